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


@dataclass(frozen=True, slots=True)
class End:
    """A name of a pair, and the entity that it belongs to now: its id and what it is called."""

    key: str
    surface: str
    type: str
    entity: str
    called: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A pair that people are asked about, the best of the two entities'; `more` counts the others."""

    pair: StoredPair
    a: End
    b: End
    more: int = 0


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

    def pending(self, limit: int) -> Iterator[Asked]:
        """What people are asked, the surest first: one pair for each two entities."""
        query = (
            "SELECT a, b, n FROM (SELECT p.a, p.b, p.score, x.key AS one, y.key AS other, row_number() OVER two AS"
            " place, count(*) OVER (PARTITION BY min(m.entity, n.entity), max(m.entity, n.entity)) AS n FROM proposal p"
            " JOIN member m ON m.name = p.a JOIN member n ON n.name = p.b JOIN name x ON x.rowid = p.a"
            " JOIN name y ON y.rowid = p.b WHERE p.verdict = 'grey' AND m.entity != n.entity WINDOW two AS (PARTITION"
            " BY min(m.entity, n.entity), max(m.entity, n.entity) ORDER BY p.score DESC, x.key, y.key))"
            " WHERE place = 1 ORDER BY score DESC, one, other LIMIT ?"
        )
        for a, b, count in self._sql.execute(query, (limit,)).fetchall():
            [pair] = self._read("p.a = ? AND p.b = ?", "1", (a, b))
            yield Asked(pair, self._end(a), self._end(b), count - 1)

    def count_pending(self) -> int:
        """How many pairs of entities people are asked about."""
        query = (
            "SELECT count(*) FROM (SELECT DISTINCT min(m.entity, n.entity), max(m.entity, n.entity) FROM proposal p"
            " JOIN member m ON m.name = p.a JOIN member n ON n.name = p.b WHERE p.verdict = 'grey'"
            " AND m.entity != n.entity)"
        )
        return int(self._sql.execute(query).fetchone()[0])

    def about(self, keys: Iterable[str]) -> Iterator[StoredPair]:
        """The pairs that one of these names is in, the highest score first."""
        rows = [r[0] for key in keys for r in self._sql.execute("SELECT rowid FROM name WHERE key = ?", (key,))]
        marks = ",".join("?" * len(rows))
        return self._read(f"p.a IN ({marks}) OR p.b IN ({marks})", "p.score DESC, a.key, b.key", (*rows, *rows))

    def end(self, key: str) -> End | None:
        """The name of a key with its entity; None for one that is not alive."""
        row = self._sql.execute("SELECT rowid FROM name WHERE key = ?", (key,)).fetchone()
        return self._end(row[0]) if row and self._alive(row[0]) else None

    def sizes(self) -> tuple[int, int]:
        """How many names are alive, and how many entities they make."""
        row = self._sql.execute("SELECT count(*), count(DISTINCT entity) FROM member").fetchone()
        return row[0], row[1]

    def tallies(self) -> Iterator[tuple[str, int, int, int]]:
        """(class, names alive, names beyond the first of their entity, pairs asked about) by class."""
        rows = self._sql.execute(
            "SELECT type, count(*), sum(m.name != m.entity), 0 FROM member m JOIN name n ON n.rowid = m.entity"
            " GROUP BY type ORDER BY type"
        ).fetchall()
        asked = dict(
            self._sql.execute(
                "SELECT n.type, count(DISTINCT min(m.entity, o.entity) || ' ' || max(m.entity, o.entity)) FROM proposal"
                " p JOIN member m ON m.name = p.a JOIN member o ON o.name = p.b JOIN name n ON n.rowid = m.entity"
                " WHERE p.verdict = 'grey' AND m.entity != o.entity GROUP BY n.type"
            ).fetchall()
        )
        for type_, names, merged, _ in rows:
            yield type_, names, merged, asked.get(type_, 0)

    def _alive(self, name: int) -> bool:
        return bool(self._sql.execute("SELECT count(*) FROM member WHERE name = ?", (name,)).fetchone()[0])

    def _end(self, name: int) -> End:
        row = self._sql.execute(
            "SELECT n.key, n.surface, coalesce(e.type, r.type), kgc_id('entity', r.key), coalesce(e.name, r.surface)"
            " FROM name n JOIN member m ON m.name = n.rowid JOIN name r ON r.rowid = m.entity"
            " LEFT JOIN entity e ON e.rowid = m.entity WHERE n.rowid = ?",
            (name,),
        ).fetchone()
        return End(*row)

    def local(self, entity: str) -> Iterator[tuple[str, str, str, float, str]]:
        """(document, key, target key, score, reason) of the names that stand for an entity in single documents."""
        yield from (
            tuple(row)
            for row in self._sql.execute(
                "SELECT l.document, n.key, t.key, l.score, l.reason FROM local_link l JOIN name n ON n.rowid = l.name"
                " JOIN name t ON t.rowid = l.target JOIN member m ON m.name = l.target JOIN entity e ON e.rowid ="
                " m.entity WHERE e.id = ? ORDER BY l.document, n.key",
                (entity,),
            )
        )

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
