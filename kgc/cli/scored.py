"""`kgc eval linking|resolution`: scores of what is no extraction, on a terminal and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgc.cli.call import Call
from kgc.cli.screen import console, emit, note, out, paint
from kgc.cli.visible import visible
from kgc.cli.words import count, duration, number

if TYPE_CHECKING:
    from rich.table import Table

    from kgc.evaluate.linking import LinkingScores
    from kgc.evaluate.places import Task
    from kgc.evaluate.report import Published
    from kgc.evaluate.resolution import ResolutionScores
    from kgc.evaluate.score import Score

COLUMNS = ("P", "R", "F1", "95%", "found", "gold", "right")


def tell_scores(call: Call, task: Task, dataset: str | None, seed: int) -> int:
    """Score a set of the task, or list the sets there are."""
    from kgc.evaluate.places import folder_of

    if dataset is None:
        return _names(call, task)
    name, folder = folder_of(task, dataset)
    if task == "linking":
        from kgc.evaluate.linking import score_linking

        linked = score_linking(name, folder, seed=seed)
        return _tell(call, linked.as_json()) if call.json else _draw_linking(call, linked)
    from dataclasses import replace

    from kgc.evaluate.places import published_in
    from kgc.evaluate.resolution import score_resolution

    found = replace(score_resolution(name, folder, seed=seed), published=published_in(folder))
    return _tell(call, found.as_json()) if call.json else _draw_resolution(call, found)


def _names(call: Call, task: Task) -> int:
    from kgc.evaluate.places import names
    from kgc.evaluate.sets import data_root

    found = names(task, data_root())
    if call.json:
        return _tell(call, list(found))
    for name in found:
        out(visible(name))
    return 0


def _tell(call: Call, value: object) -> int:  # noqa: ARG001  # as the others
    emit(value)
    return 0


def _draw_linking(call: Call, found: LinkingScores) -> int:
    out(f"{paint(visible(found.data), 'bold')}  {count(found.n, 'text')}, {count(found.names, 'name')}")
    table = _table()
    table.add_row("Links, micro", *_cells(found.micro.micro), style="bold")
    for label, score in (found.micro.classes or {}).items():
        table.add_row(f"  {label}", *_cells(score))
    console().print(table)
    for (right, n), what in ((found.nil, "NIL accuracy"), (found.recall, "Candidate recall")):
        if n:
            out(f"{what}: {right / n:.3f}  ({number(right)} of {number(n)})")
    if not call.quiet:
        note(f"This is the {found.setting}: no score of a linker that had all of Wikipedia stands beside it.")
        note(f"Time: {duration(found.seconds)}")
    return 0


def _draw_resolution(call: Call, found: ResolutionScores) -> int:
    what = "pair" if found.bcubed is None else "record"
    out(f"{paint(visible(found.data), 'bold')}  {count(found.n, what)}, by {', '.join(map(visible, found.fields))}")
    table = _table()
    table.add_row("Pairs", *_cells(found.pairwise), style="bold")
    if found.bcubed:
        table.add_row("B-cubed", *_cells(found.bcubed))
    console().print(table)
    _draw_published(found.published)
    if not call.quiet:
        if found.note:
            note(f"Scored: {found.note}.")
        note(f"Time: {duration(found.seconds)}")
    return 0


def _draw_published(of: Published | None) -> None:
    if of:
        out(f"Published, by {visible(of.file)}:")
        for line in of.lines:
            out(f"  {visible(line)}")


def _table() -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("")
    for name in COLUMNS:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _cells(score: Score) -> tuple[str, ...]:
    bounds = f"{score.ci[0]:.3f}-{score.ci[1]:.3f}" if score.ci else ""
    counts = ("" if n is None else number(n) for n in (score.found, score.gold, score.right))
    return (f"{score.p:.3f}", f"{score.r:.3f}", f"{score.f1:.3f}", bounds, *counts)
