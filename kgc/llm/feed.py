"""Jobs, pulled only as there is room for them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterable, Callable, Iterable
from itertools import islice
from typing import Generic, TypeVar

from kgc.llm.jobs import Job

T = TypeVar("T")


class Feed(Generic[T]):
    """Takes jobs from a plain iterable as asked, or from an asynchronous one by a task that keeps `ahead` ready."""

    def __init__(self, jobs: Iterable[Job[T]] | AsyncIterable[Job[T]], wake: Callable[[], None], ahead: int) -> None:
        self.exhausted = False
        self._wake = wake
        self._ready: deque[Job[T]] = deque()
        self._plain = None if isinstance(jobs, AsyncIterable) else iter(jobs)
        self._room = asyncio.Semaphore(ahead)
        self._task = asyncio.create_task(self._pull(jobs)) if isinstance(jobs, AsyncIterable) else None

    def take(self, most: int) -> list[Job[T]]:
        """Up to so many jobs that are there now. What the caller's iterable raises goes through."""
        if self._plain is not None:
            taken = list(islice(self._plain, most))
            self.exhausted = len(taken) < most
            return taken
        taken = [self._ready.popleft() for _ in range(min(most, len(self._ready)))]
        for _ in taken:
            self._room.release()
        if self._task is not None and self._task.done() and not self._ready:
            self._task.result()
            self.exhausted = True
        return taken

    async def close(self) -> None:
        self.exhausted = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _pull(self, jobs: AsyncIterable[Job[T]]) -> None:
        try:
            async for job in jobs:
                await self._room.acquire()
                self._ready.append(job)
                self._wake()
        finally:
            asyncio.get_running_loop().call_soon(self._wake)
