"""Where paid answers are kept. The ledger is one; `MemoryCache` is another, for tests and scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from kgc.llm.turns import Answer, Ask


class Cache(Protocol):
    """Keeps answers by the key of their request.

    Both calls are made on the thread that runs the driver's event loop and should take well under a millisecond.
    """

    def get(self, keys: Sequence[str]) -> dict[str, Answer]:
        """The answers that are there, by key; the driver marks them as `cached`."""
        ...

    def put(self, rows: Sequence[tuple[Ask, Answer]]) -> None:
        """Keep these answers (each carries its key) in one durable transaction; on return they survive a kill."""
        ...


class MemoryCache:
    """A cache that lasts as long as the process."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[Ask, Answer]] = {}

    def get(self, keys: Sequence[str]) -> dict[str, Answer]:
        return {key: self.rows[key][1] for key in keys if key in self.rows}

    def put(self, rows: Sequence[tuple[Ask, Answer]]) -> None:
        for ask, answer in rows:
            self.rows[answer.key] = (ask, replace(answer, cached=False))
