"""Have every open chunk read, by the extractor or by asking the model, and record what became of it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from kgc.config import Options
from kgc.data import Problem
from kgc.errors import BudgetError
from kgc.ledger import Ledger
from kgc.ledger.codec import load_problem
from kgc.llm.budget import Budget
from kgc.llm.driver import drive
from kgc.llm.jobs import Done, Failed, Job, Outcome, Pending
from kgc.llm.loop import run_sync
from kgc.llm.model import Warned
from kgc.llm.options import DriverOptions
from kgc.llm.price import cost, no_price, price_of, price_table
from kgc.llm.progress import Progress as Driving
from kgc.llm.turns import Usage
from kgc.pipeline.answer_pool import AnswerPool, Read, processes_for
from kgc.pipeline.dialogues import again
from kgc.pipeline.extract_pool import extracted
from kgc.pipeline.progress import Meter, Progress, Watch
from kgc.pipeline.recipes import Preparation
from kgc.pipeline.report import Calls
from kgc.pipeline.supply import Supply, Work

BATCH = 64
"""Extractions that are committed together; the answers they were read from are committed before."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking did. `stopped` is in words why it ended early, `stop_kind` the driver's name for it."""

    calls: Calls = field(default_factory=Calls)
    usage: Usage = field(default_factory=Usage)
    cost: float | None = 0.0
    stopped: str = ""
    stop_kind: str = ""
    interrupted: bool = False
    warnings: tuple[str, ...] = ()


def ask_all(ledger: Ledger, workspace: Path, prepared: Preparation, supply: Supply, watch: Watch | None) -> Asked:
    """Read all that the supply holds; returns when everything is recorded. No model is made when there is nothing."""
    if supply.closed and not supply.total:
        return Asked()
    if prepared.extractor:
        return _extract(ledger, prepared, supply, watch)
    return _Asking(ledger, workspace, prepared, supply, watch).run()


# The built-in model


def _extract(ledger: Ledger, prepared: Preparation, supply: Supply, watch: Watch | None) -> Asked:
    """Let the extractor read; each batch is committed as it comes, also when it is interrupted."""
    sink = _Sink(ledger, prepared)
    meter = Meter("ask", watch, total=supply.total)
    interrupted = False
    try:
        with closing(extracted(prepared, (w.chunk for w in supply.now()), supply.total)) as found:
            for one in found:
                sink.put(one)
                meter.step()
    except KeyboardInterrupt:
        interrupted = True
    finally:
        sink.flush()
    meter.tell(now=True)
    return Asked(interrupted=interrupted, stopped=INTERRUPTED if interrupted else "")


INTERRUPTED = "interrupted; what was done is kept, and `kgc ingest` goes on from here"


@dataclass(slots=True)
class _Sink:
    """Collects extractions and commits them in batches.

    `kept` is why chunks that were asked again keep what was read of them before.
    """

    ledger: Ledger
    prepared: Preparation
    waiting: list[tuple[str, Read | Problem, str, int]] = field(default_factory=list)
    kept: list[Problem] = field(default_factory=list)
    since: float = field(default_factory=time.monotonic)

    def put(self, found: Read, attempt: int = 0) -> None:
        self._add(found.chunk, found, "", attempt)

    def put_unread(self, key: str, problem: Problem, state: str, attempt: int) -> None:
        self._add(key, problem, state, attempt)

    def _add(self, key: str, what: Read | Problem, state: str, attempt: int) -> None:
        self.waiting.append((key, what, state, attempt))
        if len(self.waiting) >= BATCH or time.monotonic() - self.since > 0.5:
            self.flush()

    def flush(self) -> None:
        p, self.since = self.prepared, time.monotonic()
        if not self.waiting:
            return
        store = self.ledger.extractions
        with self.ledger.transaction():
            for key, what, state, attempt in self.waiting:
                now = {"asking": p.asking, "deriving": p.deriving}
                if isinstance(what, Problem):
                    new = store.put_unread(p.recipe, key, state, what, **now, attempt=attempt)
                else:
                    new = store.put(p.recipe, what, **now, attempt=attempt)
                if not new:
                    self.kept.append(_why(what))
            self.ledger.state.bump()
        self.waiting.clear()

    def warnings(self) -> tuple[str, ...]:
        if not self.kept:
            return ()
        chunks = "1 chunk was" if len(self.kept) == 1 else f"{len(self.kept)} chunks were"
        first = self.kept[0]
        return (
            f"{chunks} asked again in vain; what was read before stays, and --reask tries again."
            f" {first.message} {first.hint}".rstrip(),
        )


def _why(what: Read | Problem) -> Problem:
    """What kept a chunk from being read."""
    found = what if isinstance(what, Problem) else what.failure
    assert found is not None
    return load_problem(found) if isinstance(found, str) else found


# A model that is asked


class _Asking:
    """One run of the driver over the open chunks."""

    def __init__(
        self,
        ledger: Ledger,
        workspace: Path,
        prepared: Preparation,
        supply: Supply,
        watch: Watch | None,
    ) -> None:
        self.ledger = ledger
        self.workspace = workspace
        self.prepared = prepared
        self.supply = supply
        self.watch = watch
        self.sink = _Sink(ledger, prepared)
        self.attempts: dict[str, int] = {}
        processes = processes_for(prepared.options.concurrency)
        self.pool = AnswerPool(prepared, processes) if processes else None
        self.last = Driving()
        self.warnings: list[str] = []

    def run(self) -> Asked:
        options = driver_options(self.prepared.options)
        interrupted = False
        try:
            run_sync(self._drive(options))
        except KeyboardInterrupt:
            interrupted = True
        finally:
            self.sink.flush()
        stop = self.last.stop
        words = INTERRUPTED if interrupted else f"{stop.message} {stop.hint}".strip() if stop else ""
        return Asked(
            Calls(self.last.made, self.last.cached, self.last.lost),
            self.last.usage,
            cost(self.last.usage, options.price),
            words,
            stop.kind if stop else "",
            interrupted,
            (*self.warnings, *self.sink.warnings()),
        )

    async def _drive(self, options: DriverOptions) -> None:
        works = self.supply.works()
        first = await anext(works, None)
        if first is None:  # nothing to ask: no key is needed
            return
        model = self.prepared.model()
        # Answers are committed from a thread beside the loop, so they go through a connection of their own.
        with Ledger(self.workspace, writable=True) as paid:
            try:
                jobs = self._jobs(first, works)
                async with drive(jobs, model, paid.answers, options, self._tell, self.pool) as run:
                    try:
                        async for outcome in run:
                            self._take(outcome)
                    finally:
                        self.last = run.progress
            finally:
                if isinstance(model, Warned):
                    self.warnings = list(model.warnings)
                await model.close()
                if self.pool:
                    await self.pool.close()

    async def _jobs(self, first: Work, rest: AsyncIterator[Work]) -> AsyncIterator[Job[Read]]:
        yield self._job(first)
        async for work in rest:
            yield self._job(work)

    def _job(self, work: Work) -> Job[Read]:
        strategy = self.prepared.strategy
        assert strategy is not None
        turns = strategy.turns(work.chunk, self.prepared.schema)
        if self.pool:
            self.pool.know(work)
        if work.attempt:
            self.attempts[work.chunk.key] = work.attempt
            turns = again(turns, work.attempt)
        return Job(work.chunk.key, turns, len(work.chunk.text))

    def _take(self, outcome: Outcome[Read]) -> None:
        attempt = self.attempts.get(outcome.id, 0)
        if self.pool:
            self.pool.forget(outcome.id)
        match outcome:
            case Done():
                self.sink.put(replace(outcome.result, answers=outcome.answers), attempt)
            case Failed():
                self.sink.put_unread(outcome.id, outcome.problem, "failed", attempt)
            case Pending():
                self.sink.put_unread(outcome.id, outcome.problem, "pending", attempt)

    def _tell(self, d: Driving) -> None:
        if self.watch is None:
            return
        settled = d.done + d.failed + d.pending
        speed = settled / d.seconds if d.seconds else 0.0
        total = self.supply.total
        left = (total - settled) / speed if speed else None
        note = d.stop.message if d.stop else ""
        self.watch(
            Progress(
                "ask", d.done, total, d.failed, d.pending, d.cached, d.in_flight, d.usage, d.cost, d.seconds,
                d.rate, left, note,
            )
        )  # fmt: skip


def driver_options(o: Options) -> DriverOptions:
    """The driver's side of the options. Raises `BudgetError` for money on a model without a price."""
    prices = price_table(Path(o.prices) if o.prices else None)
    price = price_of(o.model, prices)
    if o.budget is not None and price is None:
        raise BudgetError(
            f"A budget of {o.budget:g} dollars cannot be kept: there is no price for {o.model!r}.",
            no_price(o.model, prices) + " Or limit the calls instead: --max-calls N.",
        )
    return DriverOptions(
        concurrency=o.concurrency,
        timeout=o.timeout,
        retries=o.retries,
        requests_per_minute=o.requests_per_minute,
        tokens_per_minute=o.tokens_per_minute,
        budget=Budget(money=o.budget, calls=o.max_calls),
        price=price,
    )
