"""Open facts fill relations that the schema names by their verb, and that no rule of the built-in model knows."""

from __future__ import annotations

from kgc.chunk import split
from kgc.data import Document, Extraction
from kgc.schema import Schema
from kgc.schema.compile import compile_text
from kgc.schema.opened import opened
from kgc.slm.builtin import BuiltIn
from kgc.slm.open import WithOpen

TEXT = "The Nordic Cell Safety Authority certified the Fjord-7 for use at sea. Volvo sells the Amazon in Norway."
SCHEMA = '''
from kgc.schema.words import Entity, Relation

class Person(Entity):
    """A human being."""

class Organization(Entity):
    """A body."""

class Product(Entity):
    """A thing that is made."""

class Certifies(Relation):
    """A body says that a product may be used."""
    aliases = ({alias},)
    head: Organization
    tail: {tail}
'''


def schema(alias: str, tail: str = "Product") -> Schema:
    return opened(compile_text(SCHEMA.format(alias=repr(alias), tail=tail), "s", "s.py"))


def read(used: Schema) -> Extraction:
    document = Document("1", "docs/a.txt", "text/plain", "en", TEXT, "")
    [found] = WithOpen(BuiltIn(), "builtin open").extract(split(document), used)
    return found


def relations(found: Extraction) -> set[str]:
    return {t.relation for t in found.triples}


def test_an_alias_as_open_facts_have_it_or_as_people_write_it_fills_the_relation() -> None:
    for alias in ("certify", "certifies", "certified"):
        [fact] = [t for t in read(schema(alias)).triples if t.relation == "Certifies"]
        assert fact.head.surface == "Nordic Cell Safety Authority"
        assert "Fjord-7" in getattr(fact.tail, "surface", "")
        assert fact.evidence.quote.startswith("The Nordic Cell Safety Authority certified")


def test_ends_of_other_classes_leave_the_fact_open() -> None:
    found = relations(read(schema("certify", tail="Person")))
    assert "Certifies" not in found
    assert "open:certify" in found


def test_the_warning_leaves_out_what_open_facts_fill() -> None:
    model = WithOpen(BuiltIn(), "builtin open")
    assert not any("Certifies" in p.message for p in model.limits(schema("certify")))
    assert any("Certifies" in p.message for p in BuiltIn().limits(schema("certify")))
