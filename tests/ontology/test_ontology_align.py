"""Classes and relations of a schema as those of known vocabularies: `same_as` with a score."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgc.cli.guard import run
from kgc.errors import UnknownName
from kgc.ontology.align import align
from kgc.ontology.draft import apply
from kgc.ontology.imports import vocabularies, vocabulary
from kgc.schema import Schema
from kgc.schema.compile import compile_file, compile_text
from kgc.schema.find import find
from kgc.schema.fingerprint import needs_asking

TEXT = '''
class Firm(Entity):
    """A business."""
    aliases = ("company",)
class Worker(Entity):
    aliases = ("person",)
class EmployedBy(Relation):
    aliases = ("employee of",)
    head: Worker
    tail: Firm
class Melts(Relation):
    head: Firm
    tail: Firm
'''
WINE = """
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix e: <http://e.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
e:Company a owl:Class . e:Winery a owl:Class ; rdfs:subClassOf e:Company .
"""


def mine() -> Schema:
    return compile_text(TEXT, "mine", "")


def found(to: str, least: float = 0.5) -> dict[str, tuple[str, float]]:
    return {p.name: (p.same_as[0], p.score) for p in align(mine(), vocabulary(to, Path()), least)}


def test_names_and_aliases_find_their_iri_and_ends_count_for_relations() -> None:
    told = found("schema.org")
    assert told["Firm"] == ("https://schema.org/Corporation", 0.85)
    assert told["Worker"] == ("https://schema.org/Person", 0.85)
    assert told["EmployedBy"][0] == "https://schema.org/worksFor"
    assert told["EmployedBy"][1] > 0.85
    assert "Melts" not in told


def test_proposals_become_same_as_and_ask_nobody() -> None:
    proposals = align(mine(), vocabulary("schema.org", Path()))
    outcome = apply(mine(), proposals)
    assert not outcome.refused
    firm = outcome.schema.entity("Firm")
    assert firm is not None
    assert firm.labels.same_as == ("https://schema.org/Corporation",)
    assert not needs_asking(mine(), outcome.schema)
    assert align(outcome.schema, vocabulary("schema.org", Path())) == ()


@pytest.mark.parametrize("name", vocabularies())
def test_a_vocabulary_is_a_schema_whose_every_class_and_relation_has_its_iri_and_meaning(name: str) -> None:
    schema = vocabulary(name, Path())
    for item in (*schema.entities, *schema.relations):
        assert item.labels.same_as, item.name
        assert item.definition, item.name
    assert "our own words" in schema.definition


@pytest.mark.parametrize("name", ["general", "company", "science", "conll04", "company_zh"])
def test_every_proposal_for_a_shipped_schema_can_be_applied(name: str) -> None:
    for to in vocabularies():
        proposals = align(find(name), vocabulary(to, Path()), 0.3)
        assert not apply(find(name), proposals).refused
        assert len({p.same_as for p in proposals}) == len({(p.thing, p.name) for p in proposals}) == len(proposals)


def test_an_ontology_of_ones_own_does_as_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "wine.ttl").write_text(WINE)
    (tmp_path / "mine.py").write_text(TEXT)
    target = tmp_path / "aligned.py"
    args = ["ontology", "align", str(tmp_path / "mine.py"), "--to", str(tmp_path / "wine.ttl"), "-o", str(target)]
    assert run(args) == 0
    assert "0.85 class Firm http://e.org/Company" in capsys.readouterr().out
    firm = compile_file(target).entity("Firm")
    assert firm is not None
    assert firm.labels.same_as == ("http://e.org/Company",)


def test_an_unknown_vocabulary_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"'schema.org'"):
        vocabulary("schemaorg", Path())
