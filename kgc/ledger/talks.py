"""Talks of agents: what each began with and what a person said in it. All else is in the paid answers."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from kgc.ledger.codec import dump, pack, unpack
from kgc.ledger.connection import transaction

Votes = tuple[tuple[int, str, str], ...]
"""(place of the proposal, choice, reason) for each vote that a person gave in one turn."""


@dataclass(frozen=True, slots=True)
class TalkRow:
    """A talk as the ledger holds it. `brief` is JSON; `ended` is (kind, words), empty while it goes on."""

    id: str
    goal: str
    team: str
    model: str
    at: str
    brief: str
    votes: tuple[Votes, ...]
    ended: tuple[str, str]


class Talks:
    """Reads and writes talks; each call is a transaction of its own."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    def begin(self, id_: str, goal: str, team: str, model: str, brief: str) -> TalkRow:
        """Record a talk before its first question; one that is there goes on where it was."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with transaction(self._sql):
            self._sql.execute(
                "INSERT INTO talk VALUES (?, ?, ?, ?, ?, ?, ?, '') ON CONFLICT (id) DO NOTHING",
                (id_, goal, team, model, now, pack(brief), pack("[]")),
            )
        return self.get(id_)[0]

    def vote(self, id_: str, votes: tuple[Votes, ...]) -> None:
        """Keep all that a person said so far."""
        with transaction(self._sql):
            self._sql.execute("UPDATE talk SET votes = ? WHERE id = ?", (pack(dump(votes)), id_))

    def end(self, id_: str, kind: str, words: str) -> None:
        with transaction(self._sql):
            self._sql.execute("UPDATE talk SET ended = ? WHERE id = ?", (dump([kind, words]), id_))

    def all(self) -> tuple[TalkRow, ...]:
        """Every talk, the newest first."""
        return tuple(map(_row, self._sql.execute("SELECT * FROM talk ORDER BY at DESC, id")))

    def get(self, prefix: str) -> tuple[TalkRow, ...]:
        """The talks whose id begins so."""
        rows = self._sql.execute("SELECT * FROM talk WHERE substr(id, 1, ?) = ? ORDER BY id", (len(prefix), prefix))
        return tuple(map(_row, rows))


def _row(row: sqlite3.Row) -> TalkRow:
    votes = tuple(tuple((n, c, r) for n, c, r in turn) for turn in json.loads(unpack(row["votes"])))
    ended = tuple(json.loads(row["ended"])) if row["ended"] else ("", "")
    return TalkRow(row["id"], row["goal"], row["team"], row["model"], row["at"], unpack(row["brief"]), votes, ended)
