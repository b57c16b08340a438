"""What changes between two schemas, and in a graph, in lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kgc.cli.screen import paint
from kgc.cli.visible import visible
from kgc.cli.words import count, money, number

if TYPE_CHECKING:
    from kgc.ontology.diff import Diff
    from kgc.ontology.diff_change import Change
    from kgc.ontology.effects import Effect
    from kgc.ontology.migrate import Migration

ASKS = "●"
NOUNS = {
    "class": ("entity", "entities"), "relation": ("fact", "facts"), "attribute": ("value", "values"),
    "event": ("event", "events"),
}  # fmt: skip


def diff_lines(found: Diff) -> Iterator[str]:
    """Each change on a line; those that ask again are marked."""
    yield f"{visible(found.old)} → {visible(found.new)}: {count(len(found.changes), 'change')}"
    for change in found.changes:
        yield f"{ASKS if change.asks else ' '} {change.sort} {paint(visible(change.name), 'bold')} {_told(change)}"
    if found.asks:
        yield f"{ASKS} documents have to be asked again for all of it; what was answered stays"


def _told(change: Change) -> str:
    if change.kind == "renamed":
        return f"renamed from {visible(change.was)}"
    told = {"datatype": "holds another datatype", "names": "has other names", "inherits": "has one attribute more"}
    words = told.get(change.kind, change.kind)
    return f"{words}: {visible(change.detail)}" if change.detail else words


def effect_lines(found: Sequence[Effect]) -> Iterator[str]:
    """What becomes of the graph: totals, then each kind that does not stay as it is."""
    for fate in ("kept", "renamed", "dropped"):
        totals = {sort: sum(e.count for e in found if (e.sort, e.fate) == (sort, fate)) for sort in NOUNS}
        told = [count(n, *NOUNS[sort]) for sort, n in totals.items() if n]
        yield f"{fate:<8}  {', '.join(told) or 'nothing'}"
    for effect in found:
        if effect.fate != "kept":
            now = f" → {visible(effect.now)}" if effect.now else ""
            why = f" ({visible(effect.why)})" if effect.why else ""
            yield f"  {effect.fate} {count(effect.count, *NOUNS[effect.sort])} {visible(effect.name)}{now}{why}"


def migration_lines(found: Migration, schema: Path | str, *, done: bool) -> Iterator[str]:
    """A migration: changes, the graph, and what asking again would cost."""
    yield from diff_lines(found.diff)
    yield ""
    yield paint("Graph", "bold") if done else paint("Graph (would be)", "bold")
    yield from effect_lines(found.effects)
    yield ""
    yield from _asking(found, schema)


def _asking(found: Migration, schema: Path | str) -> Iterator[str]:
    if found.reads_itself:
        yield "Asked     nobody: the model reads by itself"
        return
    plan = found.asking
    if not plan.to_ask_again:
        yield "Asked     nobody: what was answered says all that the new schema wants"
        return
    cost = f"about {money(plan.cost)}" if plan.cost is not None else "cost unknown: no price"
    usage = f"{number(plan.usage.prompt)} tokens in, {number(plan.usage.completion)} out"
    yield (
        f"To ask    {count(plan.to_ask_again, 'passage')} were asked under another form of the schema;"
        f" again: {count(plan.calls, 'call')}, {usage}, {cost}"
    )
    for root in found.roots:
        yield f"          kgc ingest {visible(root)} --schema {visible(str(schema))} --reask"


def diff_json(found: Diff) -> dict[str, object]:
    return {"old": found.old, "new": found.new, "asks": found.asks, "changes": [asdict(c) for c in found.changes]}


def effects_json(found: Iterable[Effect]) -> list[dict[str, object]]:
    return [asdict(effect) for effect in found]


def migration_json(found: Migration) -> dict[str, object]:
    return {
        **diff_json(found.diff),
        "graph": effects_json(found.effects),
        "to_ask": found.asking.as_json(),
        "report": found.report.as_json() if found.report else None,
    }
