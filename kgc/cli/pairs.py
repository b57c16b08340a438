"""Pairs of names on a terminal: one a line or two, and the chart of what spoke for and against."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from kgc.cli.card import indented, value_of
from kgc.cli.visible import visible
from kgc.data import Fact, Literal
from kgc.ledger.proposals import End
from kgc.pipeline.proposed import Explained, Merge
from kgc.resolve.explain import Explanation, Step

WIDTH: Final = 30
"""Columns of the chart."""
_SPAN: Final = 10.0
"""Log-odds from the middle to either end of the chart; what goes beyond is cut."""
_NAMES: Final = {
    "name": "the names", "rarity": "how rare", "together": "one document", "neighbours": "shared facts",
    "link": "knowledge base", "names": "a third name", "crowd": "namesakes",
}  # fmt: skip
RELATIONS: Final = {"one": "one entity", "asked": "asked: is this one?", "two": "two entities"}


def merges(console: Console, found: Iterable[Merge]) -> None:
    """Pairs by class, each with its id, its score and its reason."""
    by_type: dict[str, list[Merge]] = {}
    for merge in found:
        by_type.setdefault(merge.a.type, []).append(merge)
    for type_, rows in sorted(by_type.items()):
        console.print(Text(visible(type_), style="bold"))
        for row in rows:
            _merge(console, row)


def _merge(console: Console, row: Merge) -> None:
    line = Text(f"{row.score:.2f}  ")
    line.append_text(_both(row.a, row.b))
    if row.more:
        line.append(f"  and {row.more} more", style="dim")
    line.append(f"  {row.id}", style="dim")
    indented(console, line, 2)
    author = f", by {visible(row.by)}" if row.by and not row.by.startswith("rule:") else ""
    indented(console, Text(f"{visible(row.reason)}{author}", style="dim"), 8)
    if row.held:
        indented(console, Text(f"but {visible(row.held)}", style="yellow"), 8)


def _both(a: End, b: End) -> Text:
    text = Text(visible(a.surface))
    text.append(" = ", style="bold")
    text.append(visible(b.surface))
    if a.type != b.type:
        text.append(f"  ({visible(a.type)}, {visible(b.type)})", style="dim")
    return text


def chart(console: Console, told: Explained) -> None:
    """What spoke for and against a pair: one bar for each step, from where the sum stood to where it comes to."""
    explanation = told.explanation
    title = Text(f"{visible(told.a.surface)}  |  {visible(told.b.surface)}", style="bold")
    title.append(f"  {RELATIONS[told.relation]}", style="not bold")
    if told.decision:
        title.append(f"  {told.decision}", style="not bold dim")
    console.print(title, soft_wrap=True)
    labels = [_label(s.name) for s in explanation.steps]
    wide = max(map(len, (*labels, "score")), default=0)
    for label, step in zip(labels, explanation.steps, strict=True):
        line = Text(f"  {label:<{wide}} {step.weight:+6.2f} ")
        line.append(bar(step), style="green" if step.weight > 0 else "red")
        line.append(f" {visible(step.reason)}")
        console.print(line, soft_wrap=True)
    console.print(
        Text(f"  {'score':<{wide}} {explanation.total:+6.2f} {scale(explanation)} {_verdict(told)}"), soft_wrap=True
    )
    for veto in explanation.vetoes:
        console.print(Text(f"  kept apart: {visible(veto.reason)}", style="yellow"), soft_wrap=True)
    if explanation.held:
        console.print(Text(f"  held back: {visible(explanation.held)}", style="yellow"), soft_wrap=True)


def _label(name: str) -> str:
    return visible(_NAMES.get(name, name.removeprefix("attribute:")))


def _verdict(told: Explained) -> str:
    e = told.explanation
    least = f"merged from {e.merge_at}, asked from {e.ask_at}"
    return f"{e.score:.2f} ({least})"


def bar(step: Step) -> str:
    """The way of the sum over the chart: `·` the middle, a block for each half of a log-odd."""
    first, last = sorted((_column(step.before), _column(step.after)))
    return "".join("█" if first <= n < max(last, first + 1) else "·" if n == WIDTH // 2 else " " for n in range(WIDTH))


def scale(explanation: Explanation) -> str:
    """Where the sum stands, beside the lines from which pairs are asked about (`?`) and merged (`+`)."""
    marks = {_column(_odds(explanation.ask_at)): "?", _column(_odds(explanation.merge_at)): "+"}
    marks[_column(explanation.total)] = "▲"
    return "".join(marks.get(n, "─") for n in range(WIDTH))


def _column(value: float) -> int:
    return min(WIDTH - 1, max(0, round((value + _SPAN) / (2 * _SPAN) * WIDTH)))


def _odds(score: float) -> float:
    return math.log(score / (1 - score))


def conflicts(console: Console, facts: Sequence[Fact]) -> None:
    """Values that exclude each other, side by side, each with how many places say so."""
    last = ("", "")
    for fact in facts:
        if (fact.head.id, fact.relation) != last:
            last = (fact.head.id, fact.relation)
            head = Text(visible(fact.head.name), style="bold")
            head.append(f"  {visible(fact.relation)}", style="not bold")
            head.append(f"  {fact.head.id}", style="not bold dim")
            console.print(head, soft_wrap=True)
        value = value_of(fact.tail) if isinstance(fact.tail, Literal) else visible(fact.tail.name)
        line = Text(f"{value}  {len(fact.evidence)} place{'s' if len(fact.evidence) > 1 else ''}")
        line.append(f", first {visible(fact.evidence[0].document)}" if fact.evidence else "")
        line.append(f"  {fact.id}", style="dim")
        indented(console, line, 2)
