"""How classes and relations are used in the graph: counts, examples, and what answers had no place for."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

EXAMPLES = 4
PAIRS = 5
PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class ClassUse:
    """Entities of a class itself, without those below it, and some of their names: those of most facts first."""

    name: str
    entities: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationUse:
    """Visible facts of a relation or attribute. `pairs` are the classes at the ends ("" a value), with counts."""

    name: str
    facts: int
    conflicts: int = 0
    rejected: int = 0
    pairs: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ProblemUse:
    """What answers said that had no place in the schema, and how often."""

    code: str
    message: str
    count: int


@dataclass(frozen=True, slots=True)
class Usage:
    """The whole graph by class and relation."""

    classes: tuple[ClassUse, ...]
    relations: tuple[RelationUse, ...]
    problems: tuple[ProblemUse, ...]


def usage(connection: sqlite3.Connection) -> Usage:
    """Count everything; takes about a second on a graph of a million facts."""
    return Usage(_classes(connection), _relations(connection), _problems(connection))


def _classes(sql: sqlite3.Connection) -> tuple[ClassUse, ...]:
    rows = sql.execute("SELECT type, count(*) FROM entity WHERE visible GROUP BY type ORDER BY 2 DESC, 1").fetchall()
    query = (
        "SELECT name FROM (SELECT e.name, e.rowid AS n FROM entity e WHERE e.type = ? AND e.visible LIMIT 200) s"
        " ORDER BY (SELECT count(*) FROM (SELECT 1 FROM fact f WHERE f.head = s.n LIMIT 50)) DESC, name LIMIT ?"
    )
    return tuple(
        ClassUse(type_, count, tuple(row[0] for row in sql.execute(query, (type_, EXAMPLES)))) for type_, count in rows
    )


def _relations(sql: sqlite3.Connection) -> tuple[RelationUse, ...]:
    rows = sql.execute(
        "SELECT relation, sum(visible), sum(conflict), sum(status = 'rejected') FROM fact GROUP BY relation"
        " ORDER BY 2 DESC, 1"
    ).fetchall()
    pairs: dict[str, list[tuple[str, str, int]]] = {}
    for relation, head, tail, count in sql.execute(
        "SELECT f.relation, h.type, coalesce(t.type, ''), count(*) FROM fact f JOIN entity h ON h.rowid = f.head"
        " LEFT JOIN entity t ON t.rowid = f.tail WHERE f.visible GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3"
    ):
        pairs.setdefault(relation, []).append((head, tail, count))
    return tuple(
        RelationUse(name, facts, conflicts, rejected, tuple(pairs.get(name, ())[:PAIRS]))
        for name, facts, conflicts, rejected in rows
    )


def _problems(sql: sqlite3.Connection) -> tuple[ProblemUse, ...]:
    rows = sql.execute(
        "SELECT p.code, p.detail, count(*) FROM problem p JOIN extraction e ON e.rowid = p.extraction JOIN recipe r"
        " ON r.rowid = e.recipe WHERE r.active AND p.code IN ('unknown_label', 'type_violation')"
        " GROUP BY p.code, json_extract(p.detail, '$.message') ORDER BY 3 DESC LIMIT ?",
        (PROBLEMS,),
    )
    return tuple(ProblemUse(code, str(json.loads(detail).get("message", "")), count) for code, detail, count in rows)
