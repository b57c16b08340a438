"""An evaluation as people read it: a table of scores, how sure is how right, and what others reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kgc.cli.call import Call
from kgc.cli.screen import console, note, out, paint
from kgc.cli.visible import visible
from kgc.cli.words import count, duration, money, number

if TYPE_CHECKING:
    from rich.table import Table

    from kgc.evaluate.calibration import Calibration
    from kgc.evaluate.estimate import Estimate
    from kgc.evaluate.report import Evaluation
    from kgc.evaluate.score import Score

MEASURES: Final = {
    "strict": "Entities: boundaries and type",
    "boundary": "Entities: boundaries",
    "type": "Entities: overlap and type",
    "names": "Entities: by name",
    "triples_strict": "Triples: ends, types, relation",
    "triples_boundary": "Triples: ends, relation",
    "triples_in_sentence": "Triples within a sentence",
    "triples_given": "Triples, entities given",
    "local_links": "Names linked in their document",
    "references": "Pronouns and noun phrases",
    "same_name_muc": "Names, same spelling alone: MUC",
    "same_name_b3": "Names, same spelling alone: B-cubed",
    "same_name_ceafe": "Names, same spelling alone: CEAF-e",
    "same_name_conll": "Names, same spelling alone: CoNLL",
    "local_muc": "Names, linked: MUC",
    "local_b3": "Names, linked: B-cubed",
    "local_ceafe": "Names, linked: CEAF-e",
    "local_conll": "Names, linked: CoNLL",
    "all_muc": "All mentions: MUC",
    "all_b3": "All mentions: B-cubed",
    "all_ceafe": "All mentions: CEAF-e",
    "all_conll": "All mentions: CoNLL",
    "gap": "GAP, where sure",
    "gap_forced": "GAP, always choosing",
}
SHOWN: Final = 8
"""So many classes of a measure are shown, those with the most in the annotation first; all with --verbose."""
CLASSES: Final = ("strict", "triples_strict", "gap", "gap_forced")
"""The measures whose classes are shown, too."""


def draw(call: Call, found: Evaluation) -> None:
    """Print an evaluation on stdout, and what to know about it on stderr."""
    made = " (made of the set's labels)" if found.made else ""
    texts = count(found.n, "text") if found.n == found.texts else f"{number(found.n)} of {count(found.texts, 'text')}"
    out(f"{paint(visible(found.data), 'bold')}  {texts}, schema {visible(found.schema)}{made}, {visible(found.model)}")
    console().print(_table(found, SHOWN if not call.verbose else 1000))
    for name, of in found.calibration.items():
        out(f"Calibration of {name}: ECE {_share(of.ece)} over {number(of.n)}")
        if call.verbose:
            console().print(_bins(of))
    if found.published:
        out(f"Published, by {visible(found.published.file)}:")
        for line in found.published.lines:
            out(f"  {visible(line)}")
    if not call.quiet:
        for line in remarks(found):
            note(line)


def remarks(found: Evaluation) -> Iterator[str]:
    """What the scores leave out, what failed, what was spent."""
    for warning in found.warnings:
        yield f"Warning: {visible(warning)}"
    if found.left_out:
        shown = ", ".join(visible(x or "(no label)") for x in found.left_out[:12])
        more = f" and {len(found.left_out) - 12} more" if len(found.left_out) > 12 else ""
        yield f"Left out, for the schema has no word for it: {shown}{more}"
    if found.unscored:
        yield f"Known but not scored: {', '.join(map(visible, found.unscored))}"
    if found.rejects:
        yield "Not read: " + ", ".join(f"{number(n)} {code}" for code, n in found.rejects.items())
    calls = found.calls
    if calls.made or calls.cached or calls.failed:
        yield (
            f"Calls: {number(calls.made)} made, {number(calls.cached)} answered before, {number(calls.failed)} failed, "
            f"{number(found.usage.prompt)} tokens in, {number(found.usage.completion)} out, {money(found.cost)}"
        )
    yield f"Time: {duration(found.seconds)}"
    if found.stopped:
        yield f"Stopped: {visible(found.stopped)}"


def planned(of: Estimate) -> str:
    """A line for stderr before a model is asked."""
    price = f"about {money(of.cost)}" if of.cost is not None else "at an unknown price"
    return (
        f"Asking about {count(of.calls, 'question')}: {number(of.usage.prompt)} tokens in, "
        f"{number(of.usage.completion)} out, {price}; what was answered before is not asked again."
    )


def _table(found: Evaluation, most: int) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("")
    for name in ("P", "R", "F1", "95%", "found", "gold", "right"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, measure in found.scores.items():
        table.add_row(Text(MEASURES.get(name, name)), *_cells(measure.micro), style="bold")
        if name in CLASSES and measure.classes and len(measure.classes) > 1:
            ordered = sorted(measure.classes.items(), key=lambda c: -(c[1].gold or 0))
            for label, score in ordered[:most]:
                table.add_row(Text(f"  {visible(label)}"), *_cells(score))
            if len(ordered) > most:
                table.add_row(Text(f"  and {len(ordered) - most} more (--verbose)"))
            if measure.macro:
                table.add_row(Text("  macro average"), *_cells(measure.macro))
    return table


def _cells(score: Score) -> tuple[str, ...]:
    bounds = f"{_share(score.ci[0])}-{_share(score.ci[1])}" if score.ci else ""
    counts = ("" if n is None else number(n) for n in (score.found, score.gold, score.right))
    return (_share(score.p), _share(score.r), _share(score.f1), bounds, *counts)


def _share(value: float) -> str:
    """A fraction with three digits, as scores are written.

    >>> _share(0.6666), _share(1.0)
    ('.667', '1.00')
    """
    return "1.00" if value > 0.9995 else f"{value:.3f}"[1:]


def _bins(of: Calibration) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in ("confidence", "mean", "right", "number"):
        table.add_column(name, justify="right", no_wrap=True)
    for b in of.bins:
        table.add_row(f"{_share(b.low)}-{_share(b.high)}", _share(b.confidence), _share(b.right), number(b.n))
    return table
