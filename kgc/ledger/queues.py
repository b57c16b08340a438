"""What people should look at: facts in queues, few at a time, whatever the size of the graph."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final, Literal

QueueName = Literal["low", "conflict", "unaligned", "sample", "rejected", "accepted"]
_WHERE: Final[dict[QueueName, str]] = {
    "low": "f.visible AND f.status = 'proposed'",
    "conflict": "f.conflict AND f.status = 'proposed'",
    "unaligned": "f.aligned > 0 AND f.status = 'proposed'",
    "sample": "(f.visible OR f.status = 'rejected') AND f.id >= ?",
    "rejected": "f.status = 'rejected'",
    "accepted": "f.status = 'accepted'",
}
_ORDER: Final[dict[QueueName, str]] = {
    "low": "f.confidence, f.id", "conflict": "f.head, f.relation, f.id", "unaligned": "f.aligned DESC, f.id",
    "sample": "f.id", "rejected": "f.id", "accepted": "f.id",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Narrow:
    """Which facts of a queue are wanted; "" and the whole range of confidence leave all in.

    `document` is a source or the beginning of one.
    """

    relation: str = ""
    type: str = ""
    document: str = ""
    least: float = 0.0
    most: float = 1.0


@dataclass(frozen=True, slots=True)
class Problematic:
    """What an answer said that could not become a fact, and where."""

    code: str
    message: str
    raw: str
    document: str
    chunk: str


def queue(
    connection: sqlite3.Connection, name: QueueName, narrow: Narrow, limit: int, seed: str = ""
) -> tuple[str, ...]:
    """The ids of the first facts of a queue.

    `sample` is a simple random sample of facts: ids are hashes of content, so that those from `seed` on (a hexadecimal
    beginning of an id) are as random as any; the same seed gives the same sample as long as the graph is the same.
    """
    where, values = _where(name, narrow, seed)
    rows = connection.execute(
        f"SELECT f.id FROM fact f WHERE {where} ORDER BY {_ORDER[name]} LIMIT ?", (*values, limit)
    )
    found = [row[0] for row in rows]
    if name == "sample" and len(found) < limit:  # from the beginning again, as on a ring
        where, values = _where(name, narrow, "")
        more = connection.execute(
            f"SELECT f.id FROM fact f WHERE {where} AND f.id < ? ORDER BY f.id LIMIT ?",
            (*values, seed, limit - len(found)),
        )
        found += [row[0] for row in more]
    return tuple(found)


def count(connection: sqlite3.Connection, name: QueueName, narrow: Narrow) -> int:
    """How many facts a queue holds."""
    where, values = _where(name, narrow, "")
    return int(connection.execute(f"SELECT count(*) FROM fact f WHERE {where}", values).fetchone()[0])


def _where(name: QueueName, narrow: Narrow, seed: str) -> tuple[str, tuple[object, ...]]:
    parts, values = [f"({_WHERE[name]})"], [seed] if name == "sample" else []
    wanted: list[object] = [*values]
    if narrow.relation:
        parts.append("f.relation = ?")
        wanted.append(narrow.relation)
    if narrow.type:
        parts.append("EXISTS (SELECT 1 FROM entity e WHERE e.rowid IN (f.head, f.tail) AND e.type = ?)")
        wanted.append(narrow.type)
    if narrow.document:
        parts.append(
            "EXISTS (SELECT 1 FROM support s JOIN chunk c ON c.rowid = s.chunk JOIN document d ON d.rowid = c.document"
            " WHERE s.fact = f.rowid AND substr(d.source, 1, ?) = ?)"
        )
        wanted += [len(narrow.document), narrow.document]
    if narrow.least > 0 or narrow.most < 1:
        parts.append("f.confidence BETWEEN ? AND ?")
        wanted += [narrow.least, narrow.most]
    return " AND ".join(parts), tuple(wanted)


def problems(connection: sqlite3.Connection, codes: tuple[str, ...], limit: int) -> tuple[Problematic, ...]:
    """What answers under the active recipes said that could not become a fact; all codes where none is named."""
    marks = ",".join("?" * len(codes))
    only = f"AND p.code IN ({marks})" if codes else ""
    rows = connection.execute(
        "SELECT p.code, json_extract(p.detail, '$.message'), json_extract(p.detail, '$.raw'), d.source, c.id"
        " FROM problem p JOIN extraction e ON e.rowid = p.extraction JOIN recipe r ON r.rowid = e.recipe AND r.active"
        f" JOIN chunk c ON c.key = e.chunk_key AND c.chunking = r.chunking JOIN document d ON d.rowid = c.document"
        f" WHERE 1 {only} GROUP BY p.extraction, p.n ORDER BY p.code, d.source, c.n, p.n LIMIT ?",
        (*codes, limit),
    )
    return tuple(Problematic(row[0], row[1] or "", row[2] or "", row[3], row[4]) for row in rows)
