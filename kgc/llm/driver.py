"""Runs thousands of dialogues together: slots, cache, limits, retries, budget. The only thing that knows of async.

async with drive(jobs, model, cache, options) as run:
    async for outcome in run:
        ...                      # Done, Failed or Pending, one for each job, in the order they end
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable
from types import TracebackType
from typing import Generic, TypeVar

from kgc.llm.cache import Cache
from kgc.llm.elsewhere import Elsewhere
from kgc.llm.engine import MOST_AT_ONCE, Engine
from kgc.llm.jobs import Job, Outcome, Stop
from kgc.llm.model import Model
from kgc.llm.options import DriverOptions
from kgc.llm.progress import Progress

T = TypeVar("T")


class Drive(AsyncIterator[Outcome[T]], Generic[T]):
    """A run under way: iterate for the outcomes, look at `progress` and `stop` at any time.

    Answers are committed to the cache before they are used, whatever ends the run. Leaving the `async with` block gives
    up calls in flight (after `grace` seconds) and keeps what has arrived.
    """

    def __init__(
        self,
        jobs: Iterable[Job[T]] | AsyncIterable[Job[T]],
        model: Model,
        cache: Cache,
        options: DriverOptions,
        watch: Callable[[Progress], None] | None = None,
        elsewhere: Elsewhere[T] | None = None,
    ) -> None:
        self._engine = Engine(jobs, model, cache, options, watch, elsewhere)
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def progress(self) -> Progress:
        return self._engine.progress()

    @property
    def stop(self) -> Stop | None:
        """Why nothing more is asked; None while it is, and when everything was."""
        return self._engine.stop

    def interrupt(self) -> None:
        """End cleanly: nothing new is asked, calls in flight get the grace time, jobs under way come out as pending.

        Jobs that were not yet pulled stay where they are and have no outcome. May be called from a signal handler.
        """
        self._engine.loop.call_soon_threadsafe(self._engine.interrupt)

    def __aiter__(self) -> Drive[T]:
        return self

    async def __anext__(self) -> Outcome[T]:
        if self._task is None and not self._closed:
            self._task = asyncio.create_task(self._engine.run())
            self._task.add_done_callback(lambda _: self._engine.news.set())
        engine = self._engine
        while not engine.outbox:
            if self._task is None or self._closed:
                raise StopAsyncIteration
            if self._task.done():
                self._closed = True
                await self._task
                raise StopAsyncIteration
            await self._wait()
        outcome = engine.outbox.popleft()
        if len(engine.outbox) == MOST_AT_ONCE // 2:
            engine.wake.set()
        return outcome

    async def _wait(self) -> None:
        self._engine.news.clear()
        try:
            await self._engine.news.wait()
        except asyncio.CancelledError:
            await self.aclose()
            raise

    async def aclose(self) -> None:
        """Give the run up, and keep what is paid for. Raises what ended the run, if nobody was told yet."""
        if self._closed:
            return
        self._closed = True
        if self._task is None:
            await self._engine.feed.close()
            return
        self._task.cancel()
        await asyncio.wait([self._task])
        if not self._task.cancelled():
            await self._task

    async def __aenter__(self) -> Drive[T]:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


def drive(
    jobs: Iterable[Job[T]] | AsyncIterable[Job[T]],
    model: Model,
    cache: Cache,
    options: DriverOptions | None = None,
    watch: Callable[[Progress], None] | None = None,
    elsewhere: Elsewhere[T] | None = None,
) -> Drive[T]:
    """Hold the dialogues of all jobs and give each one's outcome as it ends.

    Call it where an event loop runs. `jobs` is pulled only as there is room. `watch` is called with the progress
    about ten times a second. `elsewhere` takes dialogues on once their answers are there, so that reading long
    answers does not hold up the event loop; without it they are taken on between sends. Raises `BudgetError` at once
    for a budget in money on a model without a price; while iterating, `ModelError` when no call can succeed (a wrong
    key), and `StrategyError` for a mistake in a strategy. Outcomes that were ready come first, before a `ModelError`
    also those of the calls in flight.
    """
    return Drive(jobs, model, cache, options or DriverOptions(), watch, elsewhere)
