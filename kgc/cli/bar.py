"""A run's progress on a terminal: one line, redrawn; nothing where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kgc.cli.call import Call
from kgc.cli.visible import visible
from kgc.cli.words import duration, money, number
from kgc.pipeline.progress import Meter, Progress, Stage, Watch

if TYPE_CHECKING:
    from rich.text import Text

STAGES = {
    "read": "Reading files",
    "ask": "Reading passages",
    "derive": "Deriving facts",
    "write": "Writing the graph",
    "send": "Comparing rows",
    "embed": "Embedding",
    "link": "Reading the knowledge base",
}
NOTE = 40
"""Code points of a note (a file's name) that are shown; of a longer one, the end."""


@contextmanager
def progress(call: Call) -> Iterator[Watch | None]:
    """What to hand to a run as `watch`: a live line on stderr if that is a terminal, else None."""
    if call.quiet or call.json or not sys.stderr.isatty():
        yield None
        return
    from rich.live import Live

    from kgc.cli.screen import console

    with Live(
        console=console(sys.stderr), refresh_per_second=8, transient=True, redirect_stdout=False, redirect_stderr=False
    ) as live:

        def watch(at: Progress) -> None:
            live.update(line(at, live.console.width))

        yield watch


@contextmanager
def counting(call: Call, stage: Stage) -> Iterator[Callable[[int], None] | None]:
    """The same for work that only tells how much more was done."""
    with progress(call) as watch:
        if watch is None:
            yield None
            return
        meter = Meter(stage, watch)

        def more(count: int) -> None:
            meter.step(count=count)

        yield more


def line(at: Progress, width: int) -> Text:
    """One line: stage, bar, how many, rate, in flight, money, time left, what is being done.

    Parts are left out from the end where the terminal is narrow.
    """
    from rich.text import Text

    text = Text(f"{STAGES[at.stage]:<18}", style="bold", no_wrap=True)
    text.append(_bar(at), style="green")
    for part in _parts(at):
        if text.cell_len + len(part) + 3 <= width:
            text.append(f"  {part}", style="not bold")
    return text


def _bar(at: Progress, cells: int = 24) -> str:
    settled = at.done + at.failed + at.pending
    if not at.total:
        return ""
    full = min(cells, cells * settled // at.total)
    return "━" * full + "╌" * (cells - full)


def _parts(at: Progress) -> Iterator[str]:
    if at.total:
        yield f"{number(at.done)}/{number(at.total)}"
    elif at.done:
        yield number(at.done)
    if at.failed:
        yield f"{number(at.failed)} failed"
    if at.left is not None and at.total:
        yield f"{duration(at.left)} left"
    if at.in_flight:
        yield f"{number(at.in_flight)} in flight"
    if at.usage.prompt or at.usage.completion:
        yield f"{number(at.usage.prompt + at.usage.completion)} tokens"
        yield money(at.cost)
    if at.rate:
        yield f"{at.rate:.1f}/s"
    if at.note:
        note = visible(at.note)
        yield note if len(note) <= NOTE else "…" + note[1 - NOTE :]
