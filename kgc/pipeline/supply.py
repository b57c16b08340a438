"""What is to be asked, handed out longest first while more of it still comes in."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock

from kgc.data import Chunk
from kgc.ledger import Ledger

PAGE = 32
"""Chunks that are fetched from the ledger at once."""


@dataclass(frozen=True, slots=True)
class Work:
    """A chunk to be read: for the first time (attempt 0), or again because a person asked for it."""

    chunk: Chunk
    attempt: int = 0


@dataclass(slots=True)
class Supply:
    """Open chunks by their length, of which only ids are held. Others may `add` to it from another thread.

    The longest come first, since a long call that starts last is what everybody then waits for.
    """

    ledger: Ledger
    first: Sequence[Work] = ()
    total: int = 0
    closed: bool = False
    _heap: list[tuple[int, str, int]] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)
    _loop: asyncio.AbstractEventLoop | None = None
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.total = len(self.first)

    def add(self, rows: Iterable[tuple[int, str, int]]) -> None:
        """More open chunks, as (length, key, rowid); chunks that say the same are taken once."""
        with self._lock:
            for length, key, rowid in rows:
                if key not in self._known:
                    self._known.add(key)
                    heapq.heappush(self._heap, (-length, key, rowid))
                    self.total += 1
            self._tell()

    def close(self) -> None:
        """Nothing more comes."""
        with self._lock:
            self.closed = True
            self._tell()

    def _tell(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._news.set)

    def _page(self) -> list[Work]:
        with self._lock:
            rowids = [heapq.heappop(self._heap)[2] for _ in range(min(PAGE, len(self._heap)))]
        return [Work(chunk) for chunk in self.ledger.extractions.chunks(rowids)]

    def now(self) -> Iterator[Work]:
        """All that is there, for whoever needs no waiting."""
        yield from self.first
        while page := self._page():
            yield from page

    async def works(self) -> AsyncIterator[Work]:
        """All that is there and all that comes, until it is closed."""
        self._loop = asyncio.get_running_loop()
        for work in self.first:
            yield work
        while True:
            self._news.clear()
            closed = self.closed  # looked at before the page: what was added before closing is still handed out
            page = self._page()
            for work in page:
                yield work
            if closed and not page:
                return
            if not page:
                await self._news.wait()


def waiting(ledger: Ledger, rows: Iterable[tuple[int, str, int]], first: Iterable[Work] = ()) -> Supply:
    """A supply of what is open now, to which nothing will be added."""
    supply = Supply(ledger, tuple(first))
    supply.add(rows)
    supply.close()
    return supply
