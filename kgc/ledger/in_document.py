"""The facts that a document says, by where in its text they stand."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stand:
    """A fact and a place of a document that supports it: [start, end) in the document's text, in code points."""

    fact: str
    start: int
    end: int


def standing(connection: sqlite3.Connection, source: str, start: int, end: int, limit: int = 400) -> tuple[Stand, ...]:
    """Where facts stand between two offsets of a document, in the order of the text; hidden facts as well."""
    rows = connection.execute(
        "SELECT DISTINCT f.id, ch.start + c.start, ch.start + c.stop FROM document d"
        " JOIN chunk ch ON ch.document = d.rowid JOIN support s ON s.chunk = ch.rowid JOIN claim c ON c.rowid = s.claim"
        " JOIN fact f ON f.rowid = s.fact WHERE d.source = ? AND ch.start < ? AND ch.stop > ?"
        " AND ch.start + c.start < ? AND ch.start + c.stop > ? ORDER BY 2, 3, 1 LIMIT ?",
        (source, end, start, end, start, limit),
    )
    return tuple(Stand(*row) for row in rows)


def next_standing(connection: sqlite3.Connection, source: str, after: int) -> int | None:
    """Where the first fact stands that begins at or after an offset, or None."""
    row = connection.execute(
        "SELECT min(ch.start + c.start) FROM document d JOIN chunk ch ON ch.document = d.rowid"
        " JOIN support s ON s.chunk = ch.rowid JOIN claim c ON c.rowid = s.claim"
        " WHERE d.source = ? AND ch.stop > ? AND ch.start + c.start >= ?",
        (source, after, after),
    ).fetchone()
    return None if row is None or row[0] is None else int(row[0])
