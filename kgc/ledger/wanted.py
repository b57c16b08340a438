"""Which facts somebody wants to see around an entity: conditions on a fact, as SQL with its values."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass
from typing import Final

from kgc.data import Status
from kgc.data.facts import LINK

_STANDS_IN: Final = (
    "EXISTS (SELECT 1 FROM support s JOIN chunk k ON k.rowid = s.chunk JOIN document d ON d.rowid = k.document"
    " WHERE s.fact = f.rowid AND d.source = ?)"
)
_YEAR: Final = re.compile(r"(?<!\d)(\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter of facts between entities; as it is made, all that stores hold.

    `types` and `relations` are those that are *not* wanted. `confidence` is the least, in [0, 1]. `document` is a
    source ("" for any). `since` and `until` are years, 0 for open; a fact without a time is kept while `undated` is
    true. `hidden` lets in what stores do not hold: denied, rejected, not aligned, below the workspace's confidence.
    """

    types: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    confidence: float = 0.0
    statuses: frozenset[Status] = frozenset()
    document: str = ""
    since: int = 0
    until: int = 0
    undated: bool = True
    hidden: bool = False

    @property
    def count(self) -> int:
        """How many conditions are set."""
        parts = (self.types, self.relations, self.confidence, self.statuses, self.document, self.since or self.until)
        return sum(map(bool, parts)) + self.hidden


ALL: Final = Wanted()
"""Everything that stores hold."""


def conditions(wanted: Wanted) -> tuple[str, tuple[object, ...]]:
    """The condition on a row `f` of fact (its tail is an entity), and its values."""
    parts: list[tuple[str, tuple[object, ...]]] = [("f.tail IS NOT NULL", ())]
    if wanted.hidden:
        parts.append(("f.relation != ?", (LINK,)))
    else:
        parts.append(("f.visible", ()))
    if wanted.confidence:
        parts.append(("f.confidence >= ?", (wanted.confidence,)))
    if wanted.relations:
        parts.append(("f.relation NOT IN (SELECT value FROM json_each(?))", (_list(wanted.relations),)))
    if wanted.statuses:
        parts.append(("f.status IN (SELECT value FROM json_each(?))", (_list(wanted.statuses),)))
    if wanted.document:
        parts.append((_STANDS_IN, (wanted.document,)))
    if wanted.since or wanted.until:
        parts.append(("kgc_during(f.time, ?, ?, ?)", (wanted.since, wanted.until, wanted.undated)))
    return " AND ".join(p for p, _ in parts), tuple(v for _, values in parts for v in values)


def prepare(connection: sqlite3.Connection) -> None:
    """Teach the connection what the conditions use."""
    connection.create_function("kgc_during", 4, during, deterministic=True)


def during(time: str, since: int, until: int, undated: int) -> bool:
    """Whether the time qualifiers of a fact (JSON, "" for none) meet the years `since` to `until`, 0 for open.

    >>> during('[["start","1998-05"],["end","2003"]]', 2000, 2001, 0), during("", 2000, 0, 0)
    (True, False)
    """
    years = {name: [int(y) for y in _YEAR.findall(value)] for name, value in json.loads(time)} if time else {}
    points = [y for found in years.values() for y in found]
    if not points:
        return bool(undated)
    start = min(years.get("start", []), default=min(points) if "end" not in years or "time" in years else 0)
    end = max(years.get("end", []), default=max(points) if "start" not in years or "time" in years else 9999)
    return (not until or start <= until) and (not since or end >= since)


def _list(names: frozenset[str] | frozenset[Status]) -> str:
    return json.dumps(sorted(names))
