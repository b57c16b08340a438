"""Every paid answer, by the key of its request. Committed before it is used, never asked twice."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from threading import Lock

from kgc.ledger.codec import clean, dump, pack, unpack
from kgc.ledger.connection import transaction
from kgc.llm.turns import Answer, Ask, Usage


class Answers:
    """The driver's cache (kgc.llm.cache.Cache), kept in the ledger."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection
        self._lock = Lock()  # the driver may call from a thread beside its loop

    def get(self, keys: Sequence[str]) -> dict[str, Answer]:
        """The answers that are there, by key, marked as cached."""
        found: dict[str, Answer] = {}
        with self._lock:
            for at in range(0, len(keys), 500):
                part = keys[at : at + 500]
                marks = ",".join("?" * len(part))
                rows = self._sql.execute(f"SELECT * FROM answer WHERE key IN ({marks})", part)
                found.update((r["key"], _answer(r)) for r in rows)
        return found

    def put(self, rows: Sequence[tuple[Ask, Answer]]) -> None:
        """Commit paid answers in one transaction; returns when they are on the disk."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        values = [
            (
                a.key, ask.tag, a.model, a.finish, pack(dump(list(a.texts))), a.usage.prompt, a.usage.cached_prefix,
                a.usage.completion, a.usage.reasoning, now,
            )
            for ask, a in rows
        ]  # fmt: skip
        with self._lock, transaction(self._sql):
            self._sql.executemany("INSERT OR IGNORE INTO answer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)

    def all(self) -> Iterator[Answer]:
        for row in self._sql.execute("SELECT * FROM answer ORDER BY key"):
            yield _answer(row)


def _answer(row: sqlite3.Row) -> Answer:
    usage = Usage(row["prompt"], row["cached_prefix"], row["completion"], row["reasoning"])
    texts = tuple(json.loads(unpack(row["texts"])))
    return Answer(texts, row["finish"], usage, clean(row["model"]), cached=True, key=row["key"])
