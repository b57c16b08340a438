"""What lies around entities: facts between them by the indexes of either end, never more than was asked for.

A question about one entity costs about the same whether it takes part in ten facts or in a hundred thousand: where
there are more than `SCAN` at one end, no more are looked at (fewer where few neighbours are asked for).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kgc.data import Status
from kgc.ledger.wanted import Wanted, conditions, prepare

SCAN: Final = 4_000
"""Facts at one end of an entity that are looked at; above so many its drawing is a choice, not all."""
COUNT: Final = 200
"""Facts at one end that are counted one by one; above, the index is counted, with hidden ones and attributes."""
_FIELDS = "f.id, f.relation, h.id, t.id, f.confidence, f.status, f.conflict, f.negated, f.hedged, f.support, f.time"
_ENDS = " JOIN entity h ON h.rowid = f.head JOIN entity t ON t.rowid = f.tail"


@dataclass(frozen=True, slots=True)
class Place:
    """An entity as a drawing needs it. `facts` counts those between it and others; above 200 an end it is near."""

    id: str
    type: str
    name: str
    facts: int


@dataclass(frozen=True, slots=True)
class Link:
    """A fact between two entities as a drawing needs it; `time` is JSON of its time qualifiers, "" for none."""

    id: str
    relation: str
    head: str
    tail: str
    confidence: float
    status: Status
    conflict: bool
    negated: bool
    hedged: bool
    support: int
    time: str


@dataclass(frozen=True, slots=True)
class Around:
    """Neighbours of an entity, best supported first, and how many there are. `all_counted`: the number is exact."""

    ids: tuple[str, ...]
    total: int
    all_counted: bool


class Neighbourhood:
    """Reads of the derived graph for people who walk through it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection
        prepare(connection)

    def places(self, ids: Sequence[str]) -> tuple[Place, ...]:
        """The entities with these ids, in this order; one that is no longer there is left out."""
        rows = self._tuples(
            "SELECT e.id, e.type, e.name, e.rowid FROM json_each(?) i JOIN entity e ON e.id = i.value ORDER BY i.key",
            (json.dumps(list(ids)),),
        ).fetchall()
        return tuple(Place(id_, type_, name, self._degree(rowid)) for id_, type_, name, rowid in rows)

    def around(self, id_: str, wanted: Wanted, skip: Iterable[str] = (), limit: int = 50) -> Around:
        """Entities beside this one by facts that are wanted, without those in `skip`; the total counts all that are."""
        where, values = conditions(wanted)
        kinds = json.dumps(sorted(wanted.types))
        beside = (
            "SELECT e.id, max(n.support) AS support, max(n.confidence) AS sure FROM ("
            f" SELECT * FROM (SELECT f.tail AS other, f.support, f.confidence FROM fact f WHERE f.head = ? AND {where}"
            " LIMIT ?) UNION ALL SELECT * FROM (SELECT f.head, f.support, f.confidence FROM fact f WHERE f.tail = ?"
            f" AND {where} LIMIT ?)) n JOIN entity e ON e.rowid = n.other WHERE e.id != ?"
            " AND e.type NOT IN (SELECT value FROM json_each(?)) GROUP BY e.id ORDER BY support DESC, sure DESC, e.id"
        )
        rowid, scan = self._rowid(id_), min(SCAN, max(500, 40 * limit))
        rows = self._tuples(beside, (rowid, *values, scan, rowid, *values, scan, id_, kinds)).fetchall()
        left = set(skip)
        chosen = tuple(r[0] for r in rows if r[0] not in left)[:limit]
        whole = self._few(rowid, scan)
        return Around(chosen, len(rows) if whole else max(len(rows), self._degree(rowid)), whole)

    def between(self, ids: Sequence[str], wanted: Wanted, limit: int = 4_000) -> tuple[Link, ...]:
        """The wanted facts that join any two of these entities, by id.

        Each is found from the end with few facts; only those between two ends with many cost a walk over one of them.
        """
        rowids = [r[0] for r in self._tuples(
            "SELECT e.rowid FROM json_each(?) i JOIN entity e ON e.id = i.value", (json.dumps(list(ids)),)
        )]  # fmt: skip
        few_out = [r for r in rowids if self._few_at("head", r, SCAN)]
        many_out = sorted(set(rowids) - set(few_out))
        few_in = [r for r in rowids if many_out and self._few_at("tail", r, SCAN)]
        many_in = sorted(set(rowids) - set(few_in)) if many_out else []
        where, values = conditions(wanted)
        found: dict[str, Link] = {}
        for end, other, from_, to in (
            ("head", "tail", few_out, rowids), ("tail", "head", few_in, many_out), ("head", "tail", many_out, many_in),
        ):  # fmt: skip
            if from_ and to and len(found) < limit:
                query = (
                    f"SELECT {_FIELDS} FROM json_each(?) i CROSS JOIN fact f ON f.{end} = i.value{_ENDS}"
                    f" WHERE +f.{other} IN (SELECT value FROM json_each(?)) AND {where} LIMIT ?"
                )
                rows = self._tuples(query, (json.dumps(from_), json.dumps(to), *values, limit - len(found)))
                found.update((row[0], _link(row)) for row in rows)
        return tuple(found[id_] for id_ in sorted(found))

    def prominent(self, limit: int, sample: int = 6_000) -> tuple[str, ...]:
        """Entities with many facts, most first: of all where there are up to `sample` facts, else of the first."""
        end = "SELECT {0} AS rowid FROM (SELECT {0} FROM fact NOT INDEXED WHERE visible AND tail IS NOT NULL LIMIT ?)"
        rows = self._tuples(
            f"SELECT e.id FROM (SELECT rowid, count(*) AS n FROM ({end.format('head')} UNION ALL {end.format('tail')})"
            " GROUP BY rowid ORDER BY n DESC LIMIT ?) c JOIN entity e ON e.rowid = c.rowid WHERE e.visible"
            " ORDER BY c.n DESC, e.id",
            (sample, sample, limit),
        )
        return tuple(r[0] for r in rows)

    def strongest(self, id_: str, limit: int) -> tuple[tuple[str, ...], int]:
        """Ids of the best supported facts at either end of an entity, attributes too, and how many there are."""
        rowid = self._rowid(id_)
        part = "SELECT * FROM (SELECT id, support, confidence FROM fact WHERE {} = ? AND visible LIMIT ?)"
        rows = self._tuples(
            f"{part.format('head')} UNION {part.format('tail')} ORDER BY support DESC, confidence DESC, id",
            (rowid, SCAN, rowid, SCAN),
        ).fetchall()
        total = len(rows) if self._few(rowid, SCAN) else max(len(rows), self._degree(rowid))
        return tuple(r[0] for r in rows[:limit]), total

    def types(self) -> tuple[str, ...]:
        """The types that entities have, sorted; one step of the index each."""
        rows = self._tuples(
            "WITH RECURSIVE step (type) AS (SELECT min(type) FROM entity UNION ALL SELECT (SELECT min(type) FROM entity"
            " WHERE type > step.type) FROM step WHERE step.type IS NOT NULL) SELECT type FROM step"
            " WHERE type IS NOT NULL",
            (),
        )
        return tuple(r[0] for r in rows)

    def sources(self, facts: Sequence[str], limit: int = 200) -> tuple[tuple[str, int], ...]:
        """The documents that these facts stand in, each with how many of them, most first."""
        rows = self._tuples(
            "SELECT d.source, count(DISTINCT f.rowid) AS n FROM json_each(?) i JOIN fact f ON f.id = i.value"
            " JOIN support s ON s.fact = f.rowid JOIN chunk k ON k.rowid = s.chunk JOIN document d"
            " ON d.rowid = k.document GROUP BY d.source ORDER BY n DESC, d.source LIMIT ?",
            (json.dumps(list(facts)), limit),
        )
        return tuple((r[0], r[1]) for r in rows)

    # How many

    def _degree(self, rowid: int) -> int:
        return self._degree_at("head", rowid) + self._degree_at("tail", rowid)

    def _degree_at(self, end: str, rowid: int) -> int:
        """Visible facts with another entity at one end; by the index alone where they are many."""
        if not self._few_at(end, rowid, COUNT):
            return self._one(f"SELECT count(*) FROM fact WHERE {end} = ?", (rowid,))
        return self._one(f"SELECT count(*) FROM fact WHERE {end} = ? AND visible AND tail IS NOT NULL", (rowid,))

    def _few(self, rowid: int, bound: int) -> bool:
        return self._few_at("head", rowid, bound) and self._few_at("tail", rowid, bound)

    def _few_at(self, end: str, rowid: int, bound: int) -> bool:
        query = f"SELECT count(*) FROM (SELECT 1 FROM fact WHERE {end} = ? LIMIT ?)"
        return self._one(query, (rowid, bound + 1)) <= bound

    def _rowid(self, id_: str) -> int:
        row = self._tuples("SELECT rowid FROM entity WHERE id = ?", (id_,)).fetchone()
        return int(row[0]) if row else -1

    def _one(self, query: str, values: tuple[object, ...]) -> int:
        return int(self._tuples(query, values).fetchone()[0])

    def _tuples(self, query: str, values: tuple[object, ...]) -> sqlite3.Cursor:
        cursor = self._sql.cursor()
        cursor.row_factory = None
        return cursor.execute(query, values)


def _link(row: tuple[str, str, str, str, float, Status, int, int, int, int, str]) -> Link:
    id_, relation, head, tail, confidence, status, conflict, negated, hedged, support, time = row
    return Link(
        id_, relation, head, tail, confidence, status, bool(conflict), bool(negated), bool(hedged), support, time
    )
