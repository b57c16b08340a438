"""What documents say of their names reaches the graph, is kept by content, and goes when the document goes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kgc.data import Chunk, Document, Extraction, Mention, Span, content_id
from kgc.ledger import Ledger
from kgc.ledger.alive import Local
from kgc.ledger.extractions import Recipe
from kgc.pipeline.derive import derive
from kgc.pipeline.within import FILE, local_links
from kgc.schema import EntityType, Schema
from kgc.schema.json import to_json

SCHEMA = Schema(
    "test", (EntityType("Person"), EntityType("Organization"), EntityType("Company", parent="Organization"))
)
RECIPE = Recipe(content_id("recipe"), "test", "codekgc", "scripted", "700.1", to_json(SCHEMA))
JANE = "Jane Smith founded it. Then Smith left."
JOHN = "John Smith was born there. Then Smith left."


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path, writable=True) as opened:
        with opened.transaction():
            opened.folders.add_root("root", "docs")
            opened.extractions.use(RECIPE, alone=True)
        yield opened


def put(ledger: Ledger, source: str, text: str, *names: tuple[str, str, int]) -> None:
    """Record a document of one chunk with these names (type, name, where)."""
    document = Document(content_id(source), source, "text/plain", "en", text, content_id(text))
    chunk = Chunk(content_id(source, text), document.id, content_id(text), Span(0, len(text)), text, lang="en")
    mentions = tuple(Mention(name, type_, Span(at, at + len(name))) for type_, name, at in names)
    with ledger.transaction():
        ledger.folders.put(document, "root", "stamp", "1")
        ledger.folders.put_chunks(source, RECIPE.chunking, [chunk], ())
        ledger.extractions.put(RECIPE, Extraction(chunk.key, mentions), asking="a", deriving="d")
        ledger.state.bump()


def smiths(ledger: Ledger) -> None:
    put(ledger, "root/jane.txt", JANE, ("Person", "Jane Smith", 0), ("Person", "Smith", JANE.rindex("Smith")))
    put(ledger, "root/john.txt", JOHN, ("Person", "John Smith", 0), ("Person", "Smith", JOHN.rindex("Smith")))


def told(ledger: Ledger) -> list[Local]:
    with ledger.transaction():
        return list(local_links(ledger, SCHEMA)(ledger.derivation(SCHEMA)))


def called(ledger: Ledger) -> set[str]:
    return {e.name for e in ledger.graph(SCHEMA, "").entities()}


def kept(place: Path) -> dict[str, str]:
    with closing(sqlite3.connect(place / ".kgc" / FILE)) as opened:
        return dict(opened.execute("SELECT digest, links FROM told").fetchall())


def test_one_surname_is_one_person_in_each_of_two_documents(ledger: Ledger) -> None:
    smiths(ledger)
    derive(ledger)
    assert called(ledger) == {"Jane Smith", "John Smith"}
    assert [(d, k, t) for d, k, t, _, _ in told(ledger)] == [
        ("root/jane.txt", "Person:Smith", "Person:Jane Smith"),
        ("root/john.txt", "Person:Smith", "Person:John Smith"),
    ]


def test_a_document_that_goes_takes_its_word_along(ledger: Ledger, tmp_path: Path) -> None:
    smiths(ledger)
    derive(ledger)
    assert len(kept(tmp_path)) == 2
    with ledger.transaction():
        ledger.folders.remove("root/jane.txt")
        ledger.state.bump()
    derive(ledger)
    assert called(ledger) == {"John Smith"}
    assert len(kept(tmp_path)) == 1


def test_what_a_document_said_is_read_from_where_it_was_kept(ledger: Ledger, tmp_path: Path) -> None:
    smiths(ledger)
    first = told(ledger)
    assert told(ledger) == first
    with closing(sqlite3.connect(tmp_path / ".kgc" / FILE)) as opened, opened:
        opened.execute("UPDATE told SET links = '[]'")
    assert told(ledger) == []


@pytest.mark.parametrize("damage", [b"", b"no database at all, but long enough to look at" * 50])
def test_a_damaged_file_is_made_again(ledger: Ledger, tmp_path: Path, damage: bytes) -> None:
    smiths(ledger)
    first = told(ledger)
    (tmp_path / ".kgc" / FILE).write_bytes(damage)
    assert told(ledger) == first
    (tmp_path / ".kgc" / FILE).unlink()
    assert told(ledger) == first


def test_kinds_come_from_the_schema_and_sisters_are_not_linked(ledger: Ledger) -> None:
    text = "Acme Corp. grew. Acme paid. Ford Motor Company. Ford drove."
    put(
        ledger, "root/a.txt", text, ("Company", "Acme Corp.", 0), ("Organization", "Acme", 17),
        ("Company", "Ford Motor Company", 28), ("Person", "Ford", 48),
    )  # fmt: skip
    assert [(k, t) for _, k, t, _, _ in told(ledger)] == [("Organization:Acme", "Company:Acme Corp.")]


def test_text_that_is_no_text_is_borne(ledger: Ledger) -> None:
    text = "\ud800 Jane Smith\u202e Smith \x00"
    put(ledger, "root/a.txt", text, ("Person", "Jane Smith", 2), ("Person", "Smith", 14))
    derive(ledger)
    assert called(ledger) == {"Jane Smith"}
