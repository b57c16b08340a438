"""Pairs of names that the resolver had a word on: what is asked of people, and what was merged or kept apart."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from kgc.data import content_id


@dataclass(frozen=True, slots=True)
class StoredPair:
    """A pair with its score. `alone` is its own verdict, `verdict` that of its group, `held` why they differ.

    `features` is JSON of what spoke for and against. `id` is made of the two keys.
    """

    a: str
    b: str
    score: float
    alone: str
    verdict: str
    held: str
    features: str

    @property
    def id(self) -> str:
        return content_id("proposal", self.a, self.b)


class Proposals:
    """Reads and writes pairs, and the statistics they were scored by. Whoever changes something holds a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    def replace(self, pairs: Iterable[StoredPair]) -> None:
        """Put these in place of all that there are."""
        self._sql.execute("DELETE FROM proposal")
        self._sql.executemany(
            "INSERT INTO proposal SELECT a.rowid, b.rowid, ?, ?, ?, ?, ? FROM name a JOIN name b"
            " WHERE a.key = ? AND b.key = ?",
            ((p.score, p.alone, p.verdict, p.held, p.features, p.a, p.b) for p in pairs),
        )

    def update(self, pairs: Iterable[StoredPair]) -> None:
        """Write what came of pairs that are there."""
        self._sql.executemany(
            "UPDATE proposal SET verdict = ?, held = ? WHERE a = (SELECT rowid FROM name WHERE key = ?)"
            " AND b = (SELECT rowid FROM name WHERE key = ?)",
            ((p.verdict, p.held, p.a, p.b) for p in pairs),
        )

    def all(self) -> Iterator[StoredPair]:
        """By the keys of the pairs."""
        return self._read("1", "a.key, b.key")

    def pending(self) -> Iterator[StoredPair]:
        """What people are asked, the surest first."""
        return self._read("p.verdict = 'grey'", "p.score DESC, a.key, b.key")

    def find(self, prefix: str) -> tuple[StoredPair, ...]:
        """The pairs whose id begins so."""
        return tuple(
            self._read("substr(kgc_id('proposal', a.key, b.key), 1, ?) = ?", "a.key, b.key", (len(prefix), prefix))
        )

    def _read(self, where: str, order: str, values: tuple[object, ...] = ()) -> Iterator[StoredPair]:
        cursor = self._sql.cursor()
        cursor.row_factory = None
        rows = cursor.execute(
            "SELECT a.key, b.key, p.score, p.alone, p.verdict, p.held, p.features FROM proposal p JOIN name a ON"
            f" a.rowid = p.a JOIN name b ON b.rowid = p.b WHERE {where} ORDER BY {order}",
            values,
        )
        for row in rows:
            yield StoredPair(*row)

    # Statistics

    def statistics(self, version: str) -> tuple[int, str, bytes] | None:
        """(names counted, when, body) of the statistics that are frozen here, if of this version."""
        row = self._sql.execute("SELECT names, at, body FROM statistics WHERE version = ?", (version,)).fetchone()
        return (row[0], row[1], row[2]) if row else None

    def freeze(self, version: str, names: int, body: bytes) -> None:
        self._sql.execute(
            "INSERT OR REPLACE INTO statistics VALUES (1, ?, ?, ?, ?)",
            (version, names, datetime.now(UTC).isoformat(timespec="seconds"), body),
        )
