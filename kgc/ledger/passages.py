"""Chunks and entities as a search by meaning reads them: what there is to embed, and what stands where."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from kgc.data import Span
from kgc.ledger.words import any_expression

_OF_KEY = "c.chunking IN (SELECT chunking FROM recipe) AND c.key = ?"


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk in its document; `row` is its number in this ledger, for as long as it is not split anew."""

    row: int
    id: str
    key: str
    document: str
    page: int
    span: Span
    text: str
    headings: tuple[str, ...]
    lang: str


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """A visible entity; `facts` counts what stores hold about it."""

    id: str
    type: str
    name: str
    facts: int


class Passages:
    """Reads only. `words` are always a person's own, in any language."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    def keys(self) -> Iterator[str]:
        """The keys of all chunks, each once, in order."""
        for row in self._sql.execute("SELECT DISTINCT key FROM chunk ORDER BY key"):
            yield row["key"]

    def names(self) -> Iterator[str]:
        """Every visible entity as `id type name`, in order: it changes when any of the three does."""
        query = "SELECT id || ' ' || type || ' ' || name AS told FROM entity WHERE visible ORDER BY 1"
        for row in self._sql.execute(query):
            yield row["told"]

    def first(self, key: str) -> Passage | None:
        """A chunk with this key; None where it is gone by now."""
        rows = self.rows_of(key)
        return self.passage(rows[0]) if rows else None

    def rows_of(self, key: str) -> tuple[int, ...]:
        """All chunks with this key, in the order of their documents."""
        query = f"SELECT c.rowid AS row FROM chunk c JOIN document d ON d.rowid = c.document WHERE {_OF_KEY}"
        return tuple(r["row"] for r in self._sql.execute(f"{query} ORDER BY d.source, c.start", (key,)))

    def passage(self, row: int) -> Passage:
        r = self._sql.execute(
            "SELECT c.*, d.source FROM chunk c JOIN document d ON d.rowid = c.document WHERE c.rowid = ?", (row,)
        ).fetchone()
        return Passage(
            row, r["id"], r["key"], r["source"], r["page"], Span(r["start"], r["stop"]), r["text"],
            tuple(json.loads(r["headings"])), r["lang"],
        )  # fmt: skip

    def by_words(self, words: str, limit: int) -> tuple[int, ...]:
        """Chunks that hold any of the words, best first (BM25)."""
        found = self._ranked(
            "SELECT c.rowid AS it FROM chunk_words w JOIN chunk c ON c.rowid = w.rowid JOIN document d ON"
            " d.rowid = c.document WHERE chunk_words MATCH ? ORDER BY bm25(chunk_words), d.source, c.start LIMIT ?",
            words, limit,
        )  # fmt: skip
        return tuple(int(it) for it in found)

    def names_by_words(self, words: str, limit: int) -> tuple[str, ...]:
        """Ids of entities whose names hold any of the words, best first (BM25)."""
        return self._ranked(
            "SELECT e.id AS it FROM entity_words w JOIN entity e ON e.rowid = w.rowid WHERE entity_words MATCH ?"
            " AND e.visible ORDER BY bm25(entity_words), e.id LIMIT ?",
            words, limit,
        )  # fmt: skip

    def _ranked(self, query: str, words: str, limit: int) -> tuple[str, ...]:
        expression = any_expression(words)
        return tuple(r["it"] for r in self._sql.execute(query, (expression, limit))) if expression else ()

    def entity(self, id: str) -> NamedEntity | None:  # noqa: A002
        r = self._sql.execute(
            "SELECT e.id, e.type, e.name, (SELECT count(*) FROM fact f WHERE f.visible AND (f.head = e.rowid OR"
            " f.tail = e.rowid)) AS facts FROM entity e WHERE e.id = ?",
            (id,),
        ).fetchone()
        return NamedEntity(r["id"], r["type"], r["name"], r["facts"]) if r else None
