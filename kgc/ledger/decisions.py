"""What was decided about the graph: by the resolver, anew each time, and by people, for good."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kgc.data import Decision, content_id
from kgc.ledger.codec import dump

RULE = "rule:"
"""Decisions `by` this prefix are the resolver's: replaced at every derivation, but for those that a person undid."""


def decision_id(kind: str, what: Iterable[str], payload: str = "") -> str:
    """The same decision has the same id on every machine, whoever takes it.

    `payload` is that of a person's decision: what was decided. That of a rule only explains, and is left out.
    """
    return content_id("decision", kind, payload, *what)


class Decisions:
    """Reads and writes decisions. Whoever changes something holds a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    def all(self) -> tuple[Decision, ...]:
        rows = self._sql.execute("SELECT * FROM decision ORDER BY at DESC, kind, what, id")
        return tuple(map(_decision, rows))

    def of_kind(self, *kinds: str) -> tuple[Decision, ...]:
        """Decisions in force, oldest first."""
        marks = ",".join("?" * len(kinds))
        rows = self._sql.execute(
            f"SELECT * FROM decision WHERE kind IN ({marks}) AND NOT undone ORDER BY at, id",
            kinds,
        )
        return tuple(map(_decision, rows))

    def count(self, kind: str) -> int:
        """How many decisions of a kind are in force."""
        return int(
            self._sql.execute("SELECT count(*) FROM decision WHERE kind = ? AND NOT undone", (kind,)).fetchone()[0]
        )

    def get(self, prefix: str) -> tuple[Decision, ...]:
        """The decisions whose id begins so."""
        rows = self._sql.execute("SELECT * FROM decision WHERE substr(id, 1, ?) = ?", (len(prefix), prefix))
        return tuple(map(_decision, rows))

    def put(self, decision: Decision) -> Decision:
        """Record a person's decision; taken again after it was undone, it is in force again.

        One without a time is taken now, and after all others: also after one from a machine whose clock is ahead.
        """
        at = decision.at or self._now()
        self._sql.execute(
            "INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " score = excluded.score, reason = excluded.reason, by = excluded.by, at = excluded.at,"
            " undone = excluded.undone",
            (
                decision.id, decision.kind, dump(list(decision.what)), decision.payload, decision.score,
                decision.reason, decision.by, at, decision.undone,
            ),
        )  # fmt: skip
        return replace(decision, at=at)

    def _now(self) -> str:
        """The present time, or just after the latest decision where that is later."""
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        latest = str(self._sql.execute("SELECT max(at) FROM decision").fetchone()[0] or "")
        if latest >= now:
            with suppress(ValueError, OverflowError):  # older versions took over whatever a file said
                return (datetime.fromisoformat(latest) + timedelta(microseconds=1)).isoformat(timespec="microseconds")
        return now

    def replace_by(self, by: str, decisions: Iterable[Decision]) -> bool:
        """Put these in place of all that `by` decided; one about what somebody else decided on is left out.

        Somebody decided on the same where the payload is the same as well, or none. Returns whether anything changed.
        """
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        before = self._sql.execute("SELECT id FROM decision WHERE by = ? ORDER BY id", (by,)).fetchall()
        self._sql.execute("DELETE FROM decision WHERE by = ?", (by,))
        for d in decisions:
            self._sql.execute(
                "INSERT OR IGNORE INTO decision SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1"
                " FROM decision WHERE what = ? AND payload IN ('', ?) AND kind IN ('accept', 'reject'))",
                (
                    d.id, d.kind, dump(list(d.what)), d.payload, d.score, d.reason, by, now, d.undone,
                    dump(list(d.what)), d.payload,
                ),
            )  # fmt: skip
        after = self._sql.execute("SELECT id FROM decision WHERE by = ? ORDER BY id", (by,)).fetchall()
        return [r["id"] for r in before] != [r["id"] for r in after]

    def undo(self, decision: Decision) -> Decision:
        self._sql.execute("UPDATE decision SET undone = 1 WHERE id = ?", (decision.id,))
        return replace(decision, undone=True)

    def replace_rules(self, proposals: Iterable[Decision], by: Sequence[str]) -> None:
        """Put the present decisions of these rules in place of their former ones.

        One that stays keeps its time; one that a person undid stays undone; a person's own is not touched.
        """
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        self._sql.execute("CREATE TEMP TABLE IF NOT EXISTS proposed (id TEXT PRIMARY KEY) WITHOUT ROWID")
        self._sql.execute("DELETE FROM temp.proposed")
        for d in proposals:
            self._sql.execute("INSERT OR IGNORE INTO temp.proposed VALUES (?)", (d.id,))
            self._sql.execute(
                "INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (id) DO UPDATE SET"
                " payload = excluded.payload, score = excluded.score, reason = excluded.reason, by = excluded.by"
                " WHERE NOT undone AND by LIKE 'rule:%'",
                (d.id, d.kind, dump(list(d.what)), d.payload, d.score, d.reason, d.by, now),
            )
        self._sql.execute(
            f"DELETE FROM decision WHERE by IN ({','.join('?' * len(by))}) AND NOT undone"
            " AND id NOT IN (SELECT id FROM temp.proposed)",
            tuple(by),
        )


def _decision(row: sqlite3.Row) -> Decision:
    return Decision(
        row["id"], row["kind"], tuple(json.loads(row["what"])), row["payload"], row["score"], row["reason"],
        row["by"], row["at"], bool(row["undone"]),
    )  # fmt: skip
