"""What stands on a Neo4j server is held against the rules of a schema, whoever wrote it, against a real server."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kgc.data import Event, EventRole, Literal, Node
from kgc.errors import StoreError
from kgc.pipeline.validating import Target, Verdict, validate
from kgc.store.neo4j import Neo4jStore
from kgc.testing.graphs import SCHEMA, ListGraph, Synthetic
from kgc.testing.store_contract import HOSTILE, fact_between, small_graph
from tests.store.test_neo4j_difference import ask, store  # noqa: F401  # a fixture

if TYPE_CHECKING:
    from tests.servers.neo4j import Neo4jServer

pytestmark = pytest.mark.server


def on_server(server: Neo4jServer) -> Verdict:
    return validate(no_graph, lambda: SCHEMA, "", Target(server.uri, password_env="KGC_TEST_PASSWORD"))


def no_graph() -> ListGraph:
    raise AssertionError("the server's graph is asked for, not the workspace's")


def embedded(graph: ListGraph) -> Verdict:
    return validate(lambda: graph, lambda: SCHEMA, "", Target())


def told(verdict: Verdict) -> list[tuple[object, ...]]:
    return [(f.severity, f.message, f.thing, f.property, f.value) for f in verdict.findings]


def test_what_kgc_wrote_breaks_no_rule_whatever_its_names(store: Neo4jStore, neo4j: Neo4jServer) -> None:  # noqa: F811
    firm = Node("f" * 16, "Company", "Acme")
    roles = (EventRole("buyer", firm), EventRole("price", Literal("5 EUR", "5", "amount", "EUR")))
    vague = (EventRole("buyer", firm), EventRole("price", Literal("a lot", "a lot", "amount")))
    graph = small_graph(HOSTILE)
    events = (Event("e1", "Acquisition", "bought", roles, 0.5, "proposed", evidence=graph.fact_rows[0].evidence),
              Event("e2", "Acquisition", "buys", vague, 0.5, "proposed"))  # fmt: skip
    store.write(replace(graph, event_rows=events))
    assert on_server(neo4j).findings == ()


def test_a_broken_rule_is_told_in_the_words_of_the_embedded_graph(store: Neo4jStore, neo4j: Neo4jServer) -> None:  # noqa: F811
    good = small_graph(("Ada Lovelace", "陈伟民"))
    firm = good.entity_rows[-2]
    wrong = replace(good, fact_rows=(*good.fact_rows, fact_between(900, firm, firm, "Award", "is its own prize")))
    schema = replace(SCHEMA, relations=tuple(replace(r, head=("Entity",), tail=("Entity",)) for r in SCHEMA.relations))
    store.write(replace(wrong, schema=schema))
    found, here = on_server(neo4j), embedded(wrong)
    assert told(found) == told(here) != []
    assert [f.id for f in found.findings] == [f.id for f in here.findings]
    assert [f.facts for f in found.findings] == [f.facts for f in here.findings] == [(f"{900:016x}",)] * 2
    places = [[(p.document, p.page, p.quote) for p in f.places] for f in found.findings]
    assert places == [[("docs/a.txt", 2, "is its own prize")]] * 2


def test_what_others_wrote_is_held_against_the_rules_as_well(store: Neo4jStore, neo4j: Neo4jServer) -> None:  # noqa: F811
    store.write(small_graph(("Ada",)))
    ask(neo4j, "MATCH (p:Person {name: 'Ada'}) SET p.age = 'very old', p.birth_date = ['1815', '1816-01']")
    ask(neo4j, "CREATE (:Person {born: 1900})-[:WORKS_FOR {status: 'sure', confidence: 7}]->(:Award {name: 'Gold'})")
    ask(neo4j, "CREATE (:Acquisition {trigger: 'taken over', price: 12.5})-[:BUYER]->(:Person {name: 'Bo'})")
    ask(neo4j, "CREATE (:Company {name: 'Firm', listed: 1, revenue: 'much'})-[:LIKES]->(:Wine {name: 'Red'})")
    messages = {f.message for f in on_server(neo4j).findings}
    assert messages == {
        "age of a Person must be a whole number.", "birthDate of a Person can have one value only.",
        "A Person needs a name.", "The tail of WorksFor must be an Organization.",
        "A status is proposed, accepted or rejected.", "A confidence is one number from 0 to 1.",
        "buyer of an Acquisition must be an Organization.", "listed of a Company must be true or false.",
        "revenue of a Company must be an amount.",
    }  # fmt: skip


def test_a_missing_role_is_found(store: Neo4jStore, neo4j: Neo4jServer) -> None:  # noqa: F811
    ask(neo4j, "CREATE (:Acquisition {trigger: 'taken over'})")
    assert [f.message for f in on_server(neo4j).findings] == ["An Acquisition needs its buyer."]


def test_a_graph_of_any_size_is_read_as_it_comes(store: Neo4jStore, neo4j: Neo4jServer) -> None:  # noqa: F811
    graph = Synthetic(600)
    store.write(graph)
    verdict = on_server(neo4j)
    assert verdict.violations == 0
    assert verdict.statements > 600 * 8


def test_nothing_is_changed_there(store: Neo4jStore, neo4j: Neo4jServer) -> None:  # noqa: F811
    store.write(small_graph(("Ada",)))
    everything = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN elementId(n) AS n, properties(n) AS p, properties(r) AS r"
    before = sorted(map(str, ask(neo4j, everything)))
    on_server(neo4j)
    assert sorted(map(str, ask(neo4j, everything))) == before


def test_a_wrong_password_and_a_server_that_is_away_are_said(
    neo4j: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGC_TEST_PASSWORD", "wrong")
    with pytest.raises(StoreError, match="refuses the user"):
        on_server(neo4j)
    with pytest.raises(StoreError, match="No Neo4j server answers"):
        on_server(replace(neo4j, uri="bolt://127.0.0.1:9"))
    with pytest.raises(StoreError, match="no address of a graph server"):
        on_server(replace(neo4j, uri="ftp://127.0.0.1"))
    monkeypatch.delenv("KGC_TEST_PASSWORD")
    with pytest.raises(StoreError, match="KGC_TEST_PASSWORD"):
        on_server(neo4j)
