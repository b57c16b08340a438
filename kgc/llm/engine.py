"""The clockwork behind `drive`: jobs in, calls in flight, answers committed, dialogues taken on.

One task runs in rounds. A round settles what has arrived (commit it, free its slot), sends requests while slots, limits
and budget allow, pulls jobs while there is room, and takes dialogues on for some milliseconds, or has them taken on in
other processes. Sending goes before reading: answers are read while the next calls are in flight. Between rounds the
loop turns, or sleeps until an answer arrives or a wait is over.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterable, Callable, Iterable, Sequence
from dataclasses import replace
from math import inf
from typing import Generic, TypeVar

from kgc.data import Problem
from kgc.errors import ModelError
from kgc.llm.cache import Cache
from kgc.llm.elsewhere import Elsewhere, ElsewhereLost
from kgc.llm.estimate import prompt_tokens
from kgc.llm.fair import Queue
from kgc.llm.feed import Feed
from kgc.llm.gate import Gate
from kgc.llm.jobs import Done, Failed, Job, Outcome, Pending, Stop
from kgc.llm.model import BadRequest, CallError, Forbidden, Metered, Model, Unavailable
from kgc.llm.options import DriverOptions
from kgc.llm.price import cost
from kgc.llm.problems import problem_of, stop_problem
from kgc.llm.progress import Counts, Progress
from kgc.llm.running import Call, Ended, Running, answer_of, outcome_of
from kgc.llm.turns import Answer, Ask, request_key

T = TypeVar("T")

MOST_AT_ONCE = 256
"""Jobs begun, and outcomes not yet taken, at once: enough to look answers up in batches, small in memory."""

SLICE = 0.01
"""Seconds that dialogues are taken on before slots are filled again and the network gets its turn."""
STEPS = 8
"""Dialogues that are taken on together, so that their answers are looked up together."""


class Engine(Generic[T]):
    """State of one run. Everything happens on one event loop, so that nothing here needs a lock."""

    def __init__(
        self,
        jobs: Iterable[Job[T]] | AsyncIterable[Job[T]],
        model: Model,
        cache: Cache,
        options: DriverOptions,
        watch: Callable[[Progress], None] | None,
        elsewhere: Elsewhere[T] | None = None,
    ) -> None:
        self.model, self.cache, self.options, self.watch = model, cache, options, watch
        self.elsewhere = elsewhere
        self.away: dict[asyncio.Task[Sequence[Sequence[Ask] | Ended[T]]], list[Running[T]]] = {}
        self.loop = asyncio.get_running_loop()
        self.wake, self.news = asyncio.Event(), asyncio.Event()
        self.outbox: deque[Outcome[T]] = deque()
        self.arrived: list[asyncio.Task[Answer | CallError]] = []
        self.flying: dict[asyncio.Task[Answer | CallError], Call[T]] = {}
        self.calls: dict[str, Call[T]] = {}
        self.queue: Queue[T] = Queue()
        self.running: set[Running[T]] = set()
        self.begun: deque[Running[T]] = deque()
        self.ready: deque[Running[T]] = deque()
        self.stop: Stop | None = None
        self.error: ModelError | None = None
        self.hold: float | None = None
        self.counts = Counts(self.loop.time())
        self.shown = 0.0
        self.gate = Gate(options)
        self.feed = Feed(jobs, self.wake.set, min(MOST_AT_ONCE, 2 * options.concurrency))

    async def run(self) -> None:
        """Until every job has its outcome. Raises `ModelError` when no call can succeed, once those in flight have
        landed and were used; `StrategyError`."""
        try:
            while True:
                self.wake.clear()
                self._settle()
                self._launch()
                self._fill()
                self._send_away()
                self._work()
                self._launch()
                self._show()
                if self.outbox:
                    self.news.set()
                if self.error is not None and not (self.flying or self.ready or self.away):
                    raise self.error
                if self.feed.exhausted and not self.running and not self.flying:
                    return
                await self._rest()
        finally:
            await self._wind_up()
            self._show(last=True)

    def progress(self) -> Progress:
        c, now = self.counts, self.loop.time()
        return Progress(
            c.done, c.failed, c.pending, len(self.flying), len(self.queue), c.made, c.cached, c.lost, c.usage,
            cost(c.usage, self.options.price), c.rate(now), now - c.started, self.stop,
        )  # fmt: skip

    def halt(self, stop: Stop) -> None:
        """Send nothing more. What waits is pending; what is in flight is awaited, the cache still used."""
        if self.stop is not None:
            return
        self.stop = stop
        for call in self.queue.clear():
            self._give_up(call, stop_problem(stop))
        self.wake.set()

    def interrupt(self) -> None:
        """Stop as a person asked: no new jobs, calls in flight get the grace time."""
        self.feed.exhausted = True
        self.halt(Stop("interrupted", "The run was interrupted.", "Run it again: it goes on where it stopped."))
        self.loop.call_later(self.options.grace, self._cancel_flying)

    # -- settle: what has arrived is committed, then used

    def _settle(self) -> None:
        self._settle_away()
        arrived, self.arrived = self.arrived, []
        if not arrived:
            return
        self._commit(arrived)
        for task in arrived:
            call = self.flying.pop(task)
            result = outcome_of(task)
            if isinstance(result, Answer):
                self.ready += self._answered(call, result)
            else:
                self._lost(call, result)

    def _commit(self, tasks: Iterable[asyncio.Task[Answer | CallError]]) -> None:
        paid = [(self.flying[task].ask, answer) for task in tasks if (answer := answer_of(task)) is not None]
        if paid:
            self.cache.put(paid)

    def _answered(self, call: Call[T], answer: Answer) -> list[Running[T]]:
        """Give an answer to all who wait for it; those that have all their answers now."""
        limits = self.model.limits if isinstance(self.model, Metered) else None
        self.gate.answered(call, answer, limits, self.loop.time())
        self.counts.made += 1
        self.counts.usage += answer.usage
        del self.calls[call.key]
        for place, (running, index) in enumerate(call.waiters):
            if not running.over:
                running.receive(index, replace(answer, cached=True) if place else answer)
                self.counts.cached += bool(place)
        return [r for r in dict.fromkeys(r for r, _ in call.waiters) if not r.over and not r.missing]

    def _lost(self, call: Call[T], error: CallError) -> None:
        """An attempt brought no answer: ask again later, or give up."""
        now = self.loop.time()
        self.counts.lost += 1
        delay = self.gate.lost(call, error, now)
        if self.gate.bars(error):
            self.error = self.error or error
        elif isinstance(error, Forbidden) and self.counts.made:
            error = BadRequest(error.message)  # others are answered: what this one says is refused
        if isinstance(delay, Stop):
            self.halt(delay)
        if not error.retry:
            self._give_up(call, problem_of(error))
        elif self.stop is not None:
            self._give_up(call, stop_problem(self.stop))
        elif isinstance(delay, float) and self.gate.again(call):
            self.queue.put_off(call, now + delay)
        else:
            self._give_up(call, problem_of(error))

    def _give_up(self, call: Call[T], problem: Problem) -> None:
        self.calls.pop(call.key, None)
        for running, _ in call.waiters:
            if not running.over:
                self._end(running, problem)

    def _end(self, running: Running[T], problem: Problem) -> None:
        """Close a dialogue without a result: failed where asking again changes nothing, else pending."""
        running.close()
        self.running.discard(running)
        keys = running.keys()
        if problem.code in ("bad_request", "context_overflow"):
            self.counts.failed += 1
            self.outbox.append(Failed(running.job.id, problem, keys))
        else:
            self.counts.pending += 1
            self.outbox.append(Pending(running.job.id, problem, keys, self.stop))

    # -- fill: jobs are begun, answers that are there are looked up

    def _fill(self) -> None:
        """Begin jobs until about as many requests wait as are in flight at most; one batch a round."""
        room = MOST_AT_ONCE - len(self.outbox)
        if self.feed.exhausted or self.error is not None or room <= 0:
            return
        wanted = self.options.concurrency
        stock = len(self.queue) + len(self.begun)
        if len(self.begun) >= MOST_AT_ONCE or (self.stop is None and 2 * stock > wanted):
            return
        begun = [Running(job) for job in self.feed.take(min(room, MOST_AT_ONCE, max(wanted, 64)))]
        self.running.update(begun)
        self.begun += begun
        if begun:
            self.wake.set()

    # -- work: dialogues are taken on, a little at a time

    def _work(self) -> None:
        """Take dialogues on for a slice of time: new ones where slots would stay empty, else those with answers."""
        until = self.loop.time() + SLICE
        here = self.ready if self.elsewhere is None else deque[Running[T]]()
        while self.begun or here:
            short = 4 * len(self.queue) < self.options.concurrency
            source = self.begun if self.begun and (short or not here) else here
            batch = take_some(source)
            self._go_on([(running, running.step()) for running in batch])
            if self.loop.time() >= until:
                break
        if self.begun or here:
            self.wake.set()

    def _go_on(self, turns: Iterable[tuple[Running[T], Sequence[Ask] | Ended[T]]]) -> None:
        """Queue what is asked; dialogues whose answers are all there already are to be taken on again."""
        asked: list[tuple[Running[T], tuple[Ask, ...]]] = []
        for running, turn in turns:
            if isinstance(turn, Ended):
                self._done(running, turn)
            elif turn:
                asked.append((running, tuple(turn)))
            else:
                self.ready.append(running)
        self.ready += self._look_up(asked)

    # -- away: dialogues with answers are taken on in other processes, where there are some

    def _send_away(self) -> None:
        while self.elsewhere is not None and self.ready and len(self.away) < self.elsewhere.places:
            batch = take_some(self.ready)
            task = self.loop.create_task(self.elsewhere.take_on([(r.job.id, tuple(r.history)) for r in batch]))
            self.away[task] = batch
            task.add_done_callback(lambda _: self.wake.set())

    def _settle_away(self) -> None:
        """Use what came back. Where the other processes are lost, dialogues go on here."""
        for task in [task for task in self.away if task.done()]:
            batch = self.away.pop(task)
            try:
                turns = task.result()
            except ElsewhereLost:
                self.elsewhere = None
                self.ready += batch
                continue
            self._go_on([(running, running.take(turn)) for running, turn in zip(batch, turns, strict=True)])

    def _done(self, running: Running[T], end: Ended[T]) -> None:
        self.running.discard(running)
        self.counts.done += 1
        keys = running.keys()
        self.outbox.append(Done(running.job.id, end.result, keys, running.usage, running.cached, running.made))

    def _look_up(self, asked: list[tuple[Running[T], tuple[Ask, ...]]]) -> list[Running[T]]:
        """Answer from the cache what is there, queue the rest; those that have all their answers."""
        keyed = [(r, i, ask, request_key(ask, self.model.name)) for r, asks in asked for i, ask in enumerate(asks)]
        unknown = list(dict.fromkeys(key for _, _, _, key in keyed if key not in self.calls))
        found = self.cache.get(unknown) if unknown else {}
        for running, index, ask, key in keyed:
            if key in found:
                running.receive(index, replace(found[key], cached=True, key=key))
                self.counts.cached += 1
            elif not running.over:
                self._queue(running, index, ask, key)
        return [running for running, _ in asked if not running.missing and not running.over]

    def _queue(self, running: Running[T], index: int, ask: Ask, key: str) -> None:
        if key in self.calls:
            self.calls[key].waiters.append((running, index))
        elif self.stop is not None:
            self._end(running, stop_problem(self.stop))
        else:
            prompt = prompt_tokens(ask)
            need = self.gate.purse.worst(ask, prompt)
            call = self.calls[key] = Call(key, ask, prompt, need, [(running, index)])
            self.queue.add(call, running)

    # -- launch: requests are sent while slots, limits and budget allow

    def _launch(self) -> None:
        """As long as there are requests that may go; none while more answers wait to be read than fit in memory."""
        self.hold = None
        most = max(MOST_AT_ONCE, self.options.concurrency)
        unread = len(self.ready) + STEPS * len(self.away)
        while len(self.queue) and self.stop is None and self.error is None and unread < most:
            now = self.loop.time()
            call = self.queue.due(now)
            if call is None:
                self.hold = self.queue.wait(now)
                return
            if not call.wanted():
                self.calls.pop(self.queue.take(now).key, None)
            elif not self._send(call, now):
                return

    def _send(self, call: Call[T], now: float) -> bool:
        """Send a request if it may go; if not, set `hold` to when to look again, or stop the run."""
        wait = self.gate.wait(call, len(self.flying), now)
        if isinstance(wait, Stop):
            self.halt(wait)
            return False
        if wait > 0:
            self.hold = wait if wait < inf else None
            return False
        self.queue.take(now)
        self.gate.send(call, now)
        task = self.loop.create_task(self._ask(call))
        self.flying[task] = call
        task.add_done_callback(self._landed)
        return True

    async def _ask(self, call: Call[T]) -> Answer | CallError:
        try:
            async with asyncio.timeout(self.options.timeout):
                answer = await self.model.answer(call.ask)
        except TimeoutError:
            hint = "Raise --timeout, or lower --concurrency."
            return Unavailable(f"No answer within {self.options.timeout:g} seconds.", hint, maybe_paid=True)
        except CallError as error:
            return error
        return replace(answer, key=call.key, model=answer.model or self.model.name, cached=False)

    def _landed(self, task: asyncio.Task[Answer | CallError]) -> None:
        self.arrived.append(task)
        self.wake.set()

    # -- rest, and the end

    async def _rest(self) -> None:
        """Until something arrives, or a wait is over; lets the loop turn in any case."""
        if self.wake.is_set():
            await asyncio.sleep(0)
            return
        timer = self.loop.call_later(self.hold, self.wake.set) if self.hold is not None else None
        tick = self.loop.call_later(1.0, self.wake.set) if self.watch is not None else None
        try:
            await self.wake.wait()
        finally:
            for handle in (timer, tick):
                if handle is not None:
                    handle.cancel()

    def _show(self, last: bool = False) -> None:
        now = self.loop.time()
        if self.watch is not None and (last or now - self.shown >= self.options.progress_every):
            self.shown = now
            self.watch(self.progress())

    def _cancel_flying(self) -> None:
        for task in self.flying:
            task.cancel()

    async def _wind_up(self) -> None:
        """Whatever ended the run: keep what is paid for, leave nothing running."""
        waiting = [task for task in self.flying if not task.done()]
        try:
            if waiting and self.options.grace > 0:
                await asyncio.wait(waiting, timeout=self.options.grace)
        finally:
            self._cancel_flying()
            if waiting:
                await asyncio.wait(waiting)
            self._commit(self.flying)
            self.flying.clear()
            for gone in self.away:
                gone.cancel()
            if self.away:
                await asyncio.wait(self.away)
            for running in self.running:
                running.close()
            self.running.clear()
            await self.feed.close()


def take_some(source: deque[Running[T]]) -> list[Running[T]]:
    return [source.popleft() for _ in range(min(STEPS, len(source)))]
