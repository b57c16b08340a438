"""Runs that did something, for whoever asks what happened when, and what was paid for in all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from kgc.ledger.codec import dump
from kgc.ledger.connection import transaction
from kgc.llm.turns import Usage


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run that ended. `report` has the shape of `kgc ingest --json`."""

    n: int
    at: str
    kind: str
    what: str
    options: Mapping[str, object]
    report: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Spent:
    """What the answers to one kind of prompt from one model took, over all runs. `tag` is as in `codekgc/extract`."""

    tag: str
    model: str
    answers: int
    usage: Usage


class RunLog:
    """Reads and writes what runs did; each call is a transaction of its own."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    def put(self, kind: str, what: str, options: Mapping[str, object], report: Mapping[str, object]) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with transaction(self._sql):
            self._sql.execute(
                "INSERT INTO run (at, kind, what, options, report) VALUES (?, ?, ?, ?, ?)",
                (now, kind, what, dump(options), dump(report)),
            )

    def last(self, limit: int = 20) -> tuple[PastRun, ...]:
        """The newest first."""
        rows = self._sql.execute("SELECT * FROM run ORDER BY n DESC LIMIT ?", (limit,))
        return tuple(
            PastRun(r["n"], r["at"], r["kind"], r["what"], json.loads(r["options"]), json.loads(r["report"]))
            for r in rows
        )

    def spent(self) -> tuple[Spent, ...]:
        """Every paid answer of the ledger, summed by prompt and model."""
        rows = self._sql.execute(
            "SELECT tag, model, count(*) AS n, sum(prompt) AS prompt, sum(cached_prefix) AS cached_prefix,"
            " sum(completion) AS completion, sum(reasoning) AS reasoning FROM answer GROUP BY tag, model"
            " ORDER BY tag, model"
        )
        return tuple(
            Spent(
                r["tag"], r["model"], r["n"],
                Usage(r["prompt"], r["cached_prefix"], r["completion"], r["reasoning"]),
            )
            for r in rows
        )  # fmt: skip
