"""Full-text search over entities and chunks (SQLite FTS5), for any language."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from dataclasses import dataclass

from kgc.ledger.words import match_expression

SNIPPET = 160
"""Code points of a chunk that a hit shows."""


@dataclass(frozen=True, slots=True)
class EntityHit:
    """`score` is higher for the better match (negated BM25); `facts` counts what stores hold about it."""

    id: str
    type: str
    name: str
    facts: int
    score: float


@dataclass(frozen=True, slots=True)
class ChunkHit:
    """A passage: `start` and `end` are the chunk's in its document; the snippet's pieces say whether they match."""

    chunk: str
    document: str
    page: int
    start: int
    end: int
    headings: tuple[str, ...]
    snippet: tuple[tuple[str, bool], ...]
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    entities: tuple[EntityHit, ...]
    chunks: tuple[ChunkHit, ...]


def search(connection: sqlite3.Connection, query: str, limit: int) -> Hits:
    """The best entities and passages for what a person typed; both empty when it holds no letter or digit."""
    expression = match_expression(query)
    if not expression:
        return Hits((), ())
    entities = connection.execute(
        "SELECT e.id, e.type, e.name, -bm25(entity_words) AS score, (SELECT count(*) FROM fact f WHERE f.visible AND"
        " (f.head = e.rowid OR f.tail = e.rowid)) AS facts FROM entity_words w JOIN entity e ON e.rowid = w.rowid"
        " WHERE entity_words MATCH ? AND e.visible ORDER BY lower(e.name) != lower(?), score DESC, e.id LIMIT ?",
        (expression, query.strip(), limit),
    )
    chunks = connection.execute(
        "SELECT c.id, d.source, c.page, c.start, c.stop, c.headings, c.text, -bm25(chunk_words) AS score"
        " FROM chunk_words w JOIN chunk c ON c.rowid = w.rowid JOIN document d ON d.rowid = c.document"
        " WHERE chunk_words MATCH ? ORDER BY score DESC, d.source, c.start LIMIT ?",
        (expression, limit),
    )
    return Hits(
        tuple(EntityHit(r["id"], r["type"], r["name"], r["facts"], round(r["score"], 4)) for r in entities),
        tuple(_chunk_hit(r, query) for r in chunks),
    )


def _chunk_hit(row: sqlite3.Row, query: str) -> ChunkHit:
    return ChunkHit(
        row["id"], row["source"], row["page"], row["start"], row["stop"], tuple(json.loads(row["headings"])),
        snippet(row["text"], query), round(row["score"], 4),
    )  # fmt: skip


def snippet(text: str, query: str, width: int = SNIPPET) -> tuple[tuple[str, bool], ...]:
    """The part of the text with most of the query's words, in pieces that say whether they match."""
    words = [w for w in re.findall(r"\w+", unicodedata.normalize("NFKC", query)) if w]
    if not words:
        return ((text[:width], False),)
    pattern = re.compile("|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)), re.IGNORECASE)
    places = [m.span() for m in pattern.finditer(text)]
    if not places:
        return ((text[:width].strip(), False),)
    best = max(places, key=lambda p: len({text[a:b].casefold() for a, b in places if p[0] <= a and b <= p[0] + width}))
    start = max(0, best[0] - width // 4)
    end = min(len(text), start + width)
    pieces: list[tuple[str, bool]] = []
    at = start
    for a, b in places:
        if a >= at and b <= end:
            pieces += [(text[at:a], False), (text[a:b], True)]
            at = b
    pieces.append((text[at:end], False))
    return tuple((re.sub(r"\s+", " ", t), hit) for t, hit in pieces if t)
