"""Have chunks read as `kgc ingest` would, beside the graph: nothing that is found here enters it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol, runtime_checkable

from kgc.data import Chunk, Extraction, Mention, Problem
from kgc.ledger import Ledger
from kgc.llm.driver import drive
from kgc.llm.jobs import Done, Failed, Job, Pending
from kgc.llm.loop import run_sync
from kgc.llm.price import cost
from kgc.llm.progress import Progress as Driving
from kgc.llm.turns import Usage
from kgc.pipeline.ask import driver_options
from kgc.pipeline.progress import Meter, Progress, Watch
from kgc.pipeline.recipes import Preparation
from kgc.pipeline.report import Calls
from kgc.schema import Schema


@runtime_checkable
class Relates(Protocol):
    """An extractor that can say how given mentions are related."""

    def relate(self, given: Iterable[tuple[Chunk, Sequence[Mention]]], schema: Schema) -> Iterator[Extraction]:
        """One extraction a chunk, in order, with triples between these mentions alone, and attributes of them."""
        ...


@dataclass(slots=True)
class Reading:
    """What was read, by chunk key. `failed` are the chunks that could not be read, `pending` those not asked.

    `stopped` is in words why it ended early; `by_budget` whether the budget was why.
    """

    found: dict[str, Extraction] = field(default_factory=dict)
    failed: dict[str, Problem] = field(default_factory=dict)
    pending: dict[str, Problem] = field(default_factory=dict)
    calls: Calls = field(default_factory=Calls)
    usage: Usage = field(default_factory=Usage)
    cost: float | None = 0.0
    seconds: float = 0.0
    stopped: str = ""
    by_budget: bool = False


def read(prepared: Preparation, chunks: Sequence[Chunk], workspace: Path, watch: Watch | None = None) -> Reading:
    """Read the chunks; those that say the same are read once.

    Paid answers are kept in the workspace's ledger, and what it has is not asked again. Ctrl-C is raised on: what was
    paid for is kept.
    """
    different = list({c.key: c for c in chunks}.values())
    started = time.monotonic()
    reading = Reading()
    if prepared.extractor:
        meter = Meter("ask", watch, total=len(different))
        for found in prepared.extractor.extract(different, prepared.schema):
            reading.found[found.chunk] = found
            meter.step()
    elif different:
        run_sync(_ask(prepared, different, workspace, reading, watch))
    reading.seconds = time.monotonic() - started
    return reading


async def _ask(
    prepared: Preparation, chunks: Sequence[Chunk], workspace: Path, reading: Reading, watch: Watch | None
) -> None:
    options = driver_options(prepared.options)
    model = prepared.model()

    def tell(at: Driving) -> None:
        if watch:
            watch(_progress(at, len(chunks)))

    with Ledger(workspace, writable=True) as paid:
        try:
            async with drive(_jobs(prepared, chunks), model, paid.answers, options, tell) as run:
                async for outcome in run:
                    match outcome:
                        case Done():
                            reading.found[outcome.id] = replace(outcome.result, answers=outcome.answers)
                        case Failed():
                            reading.failed[outcome.id] = outcome.problem
                        case Pending():
                            reading.pending[outcome.id] = outcome.problem
                last = run.progress
        finally:
            await model.close()
    reading.calls = Calls(last.made, last.cached, last.lost)
    reading.usage, reading.cost = last.usage, cost(last.usage, options.price)
    if last.stop:
        reading.stopped = f"{last.stop.message} {last.stop.hint}".strip()
        reading.by_budget = last.stop.kind == "budget"


def _jobs(prepared: Preparation, chunks: Sequence[Chunk]) -> Iterator[Job[Extraction]]:
    strategy = prepared.strategy
    assert strategy is not None
    for chunk in chunks:
        yield Job(chunk.key, strategy.turns(chunk, prepared.schema), len(chunk.text))


def _progress(d: Driving, total: int) -> Progress:
    settled = d.done + d.failed + d.pending
    speed = settled / d.seconds if d.seconds else 0.0
    return Progress(
        "ask", d.done, total, d.failed, d.pending, d.cached, d.in_flight, d.usage, d.cost, d.seconds, d.rate,
        (total - settled) / speed if speed else None, d.stop.message if d.stop else "",
    )  # fmt: skip
