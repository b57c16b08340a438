"""What the linker reads and writes: names with the text around them, and decisions `link` by knowledge base."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Final

from kgc.data import Decision
from kgc.data.knowledge import Link, read_link
from kgc.ledger.codec import dump
from kgc.ledger.decisions import Decisions

BY: Final = "rule:link"
"""Who links by rule."""
_ACTIVE: Final = (
    " FROM chunk k JOIN recipe r ON r.chunking = k.chunking AND r.active JOIN extraction e ON e.recipe = r.rowid"
    " AND e.chunk_key = k.key AND e.state = 'done'"
)


@dataclass(frozen=True, slots=True)
class LinkableName:
    """A name that is alive; `row` is its number in this ledger."""

    row: int
    key: str
    type: str
    surface: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a chunk says: its document's number, its text, and where it has which names (row, start, stop)."""

    document: int
    text: str
    names: tuple[tuple[int, int, int], ...]


class Linking:
    """Whoever changes something holds a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    def names(self) -> Iterator[LinkableName]:
        """All names that are alive as of the last derivation, by key."""
        query = "SELECT n.rowid AS row, n.key, n.type, n.surface FROM member m JOIN name n ON n.rowid = m.name"
        for r in self._sql.execute(f"{query} ORDER BY n.key"):
            yield LinkableName(r["row"], r["key"], r["type"], r["surface"])

    def told(self) -> Iterator[Told]:
        """The chunks with the names that were found in them, by chunk id: an order that no arrival changes."""
        cursor = self._sql.cursor()
        cursor.row_factory = None
        query = (
            f"SELECT k.id, k.document, k.text, o.name, o.start, o.stop{_ACTIVE}"
            " JOIN mention o ON o.extraction = e.rowid WHERE o.start IS NOT NULL ORDER BY k.id"
        )
        for _, group in groupby(cursor.execute(query), key=itemgetter(0)):
            rows = list(group)
            yield Told(rows[0][1], rows[0][2], tuple(sorted({row[3:] for row in rows}, key=itemgetter(1, 2, 0))))

    def joined(self) -> Iterator[tuple[int, int]]:
        """Pairs of names that a live fact joins."""
        query = f"SELECT DISTINCT c.head, c.tail{_ACTIVE} JOIN claim c ON c.extraction = e.rowid"
        for row in self._sql.execute(f"{query} WHERE c.tail IS NOT NULL"):
            yield row[0], row[1]

    def ruled(self, kb: str) -> dict[str, Link]:
        """The links that people gave to keys."""
        mine = ((d, _link(d)) for d in Decisions(self._sql).of_kind("link") if d.by != BY)
        return {d.what[0]: link for d, link in mine if link and link.kb == kb}

    def refused(self, kb: str) -> frozenset[tuple[str, str]]:
        """(key, id) of links that were undone."""
        rows = self._sql.execute("SELECT what, payload FROM decision WHERE kind = 'link' AND undone").fetchall()
        found = ((_key(row["what"]), _read(row["payload"])) for row in rows)
        return frozenset((key, link.id) for key, link in found if link and link.kb == kb)

    def replace(self, kb: str, decisions: Iterable[Decision]) -> tuple[int, int]:
        """Put these in place of the rule's links to `kb`; returns how many came and went.

        One that stays keeps its time; what was undone stays undone; people's own are not touched.
        """
        wanted = {d.id: d for d in decisions}
        there = self._there(kb)
        gone = sorted(there - wanted.keys())
        self._sql.executemany("DELETE FROM decision WHERE id = ?", ((id_,) for id_ in gone))
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        before = self._sql.total_changes
        self._sql.executemany(
            "INSERT OR IGNORE INTO decision VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
            ((d.id, d.kind, dump(list(d.what)), d.payload, d.score, d.reason, d.by, now) for d in wanted.values()),
        )
        added = self._sql.total_changes - before
        self._sql.executemany(
            "UPDATE decision SET score = ?, reason = ? WHERE id = ? AND by = ?",
            ((d.score, d.reason, d.id, BY) for d in wanted.values() if d.id in there),
        )
        return added, len(gone)

    def difference(self, kb: str, decisions: Iterable[Decision]) -> tuple[int, int]:
        """What `replace` would return."""
        wanted, there = {d.id for d in decisions}, self._there(kb)
        known = "SELECT count(*) FROM decision WHERE id = ?"
        new = sum(not self._sql.execute(known, (id_,)).fetchone()[0] for id_ in wanted - there)
        return new, len(there - wanted)

    def about(self, decision: Decision, kb: str) -> bool:
        """Whether a decision links to this knowledge base."""
        link = _link(decision)
        return link is not None and link.kb == kb

    def _there(self, kb: str) -> set[str]:
        """The ids of the rule's links to a knowledge base that are in force."""
        return {d.id for d in Decisions(self._sql).of_kind("link") if d.by == BY and self.about(d, kb)}


def _key(what: str) -> str:
    """The one key of a decision `link`."""
    return str(json.loads(what)[0])


def _link(decision: Decision) -> Link | None:
    return _read(decision.payload)


def _read(payload: str) -> Link | None:
    """None where an older version, or another program, wrote what is no link."""
    try:
        return read_link(payload)
    except ValueError:
        return None
