"""A refinement without a key: what rules make of what did not fit."""

from __future__ import annotations

from dataclasses import replace

from kgc.ontology.draft import apply
from kgc.ontology.misfits import Misfit
from kgc.ontology.modest_misfits import mend
from kgc.ontology.records import Evidence, Phrase, Quote, Term
from kgc.schema import EntityType, RelationType, Schema

QUOTE = Quote("docs/a.txt", 0, 23, "The ferry left Bergen. ", "ferry")
SCHEMA = Schema(
    "s",
    (
        EntityType("Person"),
        EntityType("Company"),
        EntityType("School"),
        EntityType("Cell", "A cell. (Draft by rules.)"),
    ),
    (RelationType("WorksFor", ("Person",), ("Company",)),),
)
WORKS = Phrase(
    "works for", 10, 4, quotes=(QUOTE,), pairs=(("Person", "Company", 6), ("Person", "School", 4)), known="WorksFor"
)


def test_a_relation_becomes_wider_where_the_documents_show_other_ends() -> None:
    found = mend(SCHEMA, Evidence(4, 4, phrases=(WORKS,)))
    [relation] = apply(SCHEMA, found).schema.relations
    assert (relation.head, relation.tail) == (("Person",), ("Company", "School"))
    assert mend(apply(SCHEMA, found).schema, Evidence(4, 4, phrases=(WORKS,))) == ()


def test_one_odd_pair_widens_nothing() -> None:
    odd = replace(WORKS, pairs=(("Person", "Company", 30), ("Person", "School", 2)))
    assert mend(SCHEMA, Evidence(4, 4, phrases=(odd,))) == ()


def test_a_label_without_a_place_becomes_a_class_where_the_documents_use_the_word() -> None:
    misfits = [Misfit("unknown_label", f"the schema has no class '{name}'.", 3) for name in ("Ferry", "Hacked", "x`y")]
    found = mend(SCHEMA, Evidence(4, 4, terms=(Term("ferry", 5, 3, 0.4, quotes=(QUOTE,)),)), misfits)
    assert [(p.action, p.name, p.quotes) for p in found] == [("add", "Ferry", (QUOTE,))]


def test_a_drafted_class_goes_only_where_nobody_uses_the_word() -> None:
    unused = [Misfit("unused", name) for name in ("Cell", "Company", "School")]
    assert [(p.action, p.name) for p in mend(SCHEMA, Evidence(4, 4), unused)] == [("retire", "Cell")]
    assert mend(SCHEMA, Evidence(4, 4, terms=(Term("cell", 5, 3, 0.4),)), unused) == ()
