"""What stands on a SPARQL server is held against the rules of a schema, against a real Fuseki."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kgc.errors import StoreError
from kgc.pipeline.validating import Target, Verdict, validate
from kgc.store.sparql.store import SparqlStore
from kgc.testing.graphs import ListGraph
from kgc.testing.store_contract import fact_between, small_graph

if TYPE_CHECKING:
    from tests.servers.fuseki import FusekiServer

pytestmark = pytest.mark.server


def verdict(graph: ListGraph, uri: str) -> Verdict:
    return validate(lambda: graph, lambda: graph.schema, "", Target(uri))


def test_a_fact_that_breaks_a_rule_is_found_on_the_server(fuseki: FusekiServer, tmp_path: Path) -> None:
    good = small_graph()
    firm = good.entity_rows[-2]
    wrong = replace(good, fact_rows=(*good.fact_rows, fact_between(900, firm, firm, text="itself")))
    fuseki.update("DROP ALL")
    SparqlStore(fuseki.uri, owner="one", memory=tmp_path).write(good)
    assert verdict(good, fuseki.uri).findings == ()
    SparqlStore(fuseki.uri, owner="one", memory=tmp_path).write(wrong)
    [finding] = verdict(good, fuseki.uri).findings
    assert (finding.message, finding.thing) == ("The head of WorksFor must be a Person.", "Acme")
    assert [place.quote for place in finding.places] == ["itself"]
    fuseki.update("DROP ALL")


def test_a_server_that_is_away_is_said() -> None:
    with pytest.raises(StoreError, match="No SPARQL server answers"):
        verdict(small_graph(), "http://127.0.0.1:9/kg")
