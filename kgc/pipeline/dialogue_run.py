"""Hold a few dialogues beside the graph: the model, the ledger as the driver's memory, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from kgc.config import Options
from kgc.ledger import Ledger
from kgc.llm.driver import drive
from kgc.llm.find import find as find_model
from kgc.llm.jobs import Job, Outcome
from kgc.llm.progress import Progress
from kgc.pipeline.ask import driver_options

T = TypeVar("T")


async def hold_dialogues(
    workspace: Path,
    options: Options,
    jobs: Iterable[Job[T]],
    take: Callable[[Outcome[T]], None],
    end: Callable[[Progress], None],
) -> None:
    """Hold all jobs; `take` gets each outcome, `end` how far it came, also where it was interrupted.

    Answers are committed from a thread beside the loop, so they go through a connection of their own.
    """
    o = options
    model = find_model(o.model, key_env=o.key_env, base_url=o.base_url or None, timeout=o.timeout)
    with Ledger(workspace, writable=True) as paid:
        try:
            async with drive(jobs, model, paid.answers, driver_options(o)) as run:
                try:
                    async for outcome in run:
                        take(outcome)
                finally:
                    end(run.progress)
        finally:
            await model.close()
