"""The shortest way from one entity to another over facts: from both ends at once, with a bound on what is looked at."""

from __future__ import annotations

import json
import sqlite3
from typing import Final

from kgc.ledger.wanted import Wanted, conditions, prepare

STEPS: Final = 8
"""The longest way that is looked for, in facts."""
LOOKED_AT: Final = 400_000
"""Facts that are looked at before the search gives up."""
CROWD: Final = 20_000
"""The search does not walk on from an entity with more facts than this at one end; two walks may meet in one."""
_BATCH: Final = 500


def shortest_path(connection: sqlite3.Connection, start: str, end: str, wanted: Wanted) -> tuple[str, ...]:
    """Ids of the entities on a shortest way over wanted facts in either direction, both ends included; () for none."""
    prepare(connection)
    return _Search(connection, wanted).path(start, end)


class _Search:
    def __init__(self, connection: sqlite3.Connection, wanted: Wanted) -> None:
        self._sql = connection
        self._where, self._values = conditions(wanted)
        self._types = json.dumps(sorted(wanted.types))
        self._left = LOOKED_AT

    def path(self, start: str, end: str) -> tuple[str, ...]:
        first, last = self._rowid(start), self._rowid(end)
        if not first or not last:
            return ()
        if first == last:
            return (start,)
        sides: tuple[dict[int, int], dict[int, int]] = ({first: 0}, {last: 0})
        edges = ([first], [last])
        for _ in range(STEPS):
            side = 0 if len(edges[0]) <= len(edges[1]) else 1
            edges[side][:] = self._step(edges[side], sides[side], (first, last))
            met = [n for n in edges[side] if n in sides[1 - side]]
            if met:
                return self._ids(_joined(min(met), sides))
            if not edges[side] or self._left <= 0:
                return ()
        return ()

    def _step(self, edge: list[int], before: dict[int, int], ends: tuple[int, int]) -> list[int]:
        """The entities one fact further out, each with where it was reached from."""
        fresh: list[int] = []
        for n in range(0, len(edge), _BATCH):
            batch = [r for r in edge[n : n + _BATCH] if r in ends or not self._crowded(r)]
            for here, there in self._beside(batch):
                if there not in before:
                    before[there] = here
                    fresh.append(there)
        return fresh

    def _beside(self, rowids: list[int]) -> list[tuple[int, int]]:
        marks = json.dumps(rowids)
        query = " UNION ALL ".join(
            f"SELECT * FROM (SELECT f.{here} AS a, f.{there} AS b FROM json_each(?) i CROSS JOIN fact f ON f.{here} ="
            f" i.value JOIN entity e ON e.rowid = f.{there} WHERE {self._where} AND e.type NOT IN (SELECT value FROM"
            " json_each(?)) LIMIT ?)"
            for here, there in (("head", "tail"), ("tail", "head"))
        )
        one = (marks, *self._values, self._types, max(0, self._left))
        rows = self._tuples(query, (*one, *one)).fetchall()
        self._left -= len(rows)
        return sorted((int(a), int(b)) for a, b in rows)

    def _crowded(self, rowid: int) -> bool:
        query = "SELECT count(*) FROM (SELECT 1 FROM fact WHERE {} = ? LIMIT ?)"
        counts = (self._tuples(query.format(end), (rowid, CROWD + 1)).fetchone()[0] for end in ("head", "tail"))
        return any(n > CROWD for n in counts)

    def _rowid(self, id_: str) -> int:
        row = self._tuples("SELECT rowid FROM entity WHERE id = ?", (id_,)).fetchone()
        return int(row[0]) if row else 0

    def _ids(self, rowids: list[int]) -> tuple[str, ...]:
        rows = self._tuples(
            "SELECT e.id FROM json_each(?) i JOIN entity e ON e.rowid = i.value ORDER BY i.key", (json.dumps(rowids),)
        )
        return tuple(r[0] for r in rows)

    def _tuples(self, query: str, values: tuple[object, ...]) -> sqlite3.Cursor:
        cursor = self._sql.cursor()
        cursor.row_factory = None
        return cursor.execute(query, values)


def _joined(middle: int, sides: tuple[dict[int, int], dict[int, int]]) -> list[int]:
    """From the first end over the middle to the last; each side tells where a rowid was reached from, 0 at its end."""
    one: list[int] = []
    at = middle
    while at:
        one.append(at)
        at = sides[0][at]
    one.reverse()
    at = sides[1][middle]
    while at:
        one.append(at)
        at = sides[1][at]
    return one
