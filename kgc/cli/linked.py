"""What linking found, on a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kgc.cli.call import Call
from kgc.cli.judge import line, tell_later
from kgc.cli.screen import emit, note, out, paint
from kgc.cli.visible import visible
from kgc.cli.words import count, number

if TYPE_CHECKING:
    from kgc.data.knowledge import Link
    from kgc.pipeline.link import Linked
    from kgc.pipeline.link_source import KnowledgeBase
    from kgc.resolve.linking.records import Choice, Option

SHOWN: Final = 20
"""So many links are shown, and of those that are unsure a quarter; all with --verbose."""
CANDIDATES: Final = 5
REASONS: Final = 2
"""So many reasons are shown of each link."""


def tell(call: Call, found: Linked) -> int:
    """Print what was linked; the counts go to stderr."""
    if call.json:
        emit(as_json(found))
        return 0
    most = len(found.links) + len(found.unsure) if call.verbose else SHOWN
    for choice, link in found.links[:most]:
        out(_line(choice, link))
    if len(found.links) > most:
        out(f"and {number(len(found.links) - most)} more (--verbose)")
    if not call.quiet:
        for text in _remarks(found, most // 4):
            note(text)
    return 0


def _line(choice: Choice, link: Link) -> str:
    assert choice.chosen is not None
    head = f"{visible(choice.key)} -> {paint(visible(link.text), 'bold')}  {visible(link.name)}"
    return f"{head}  {choice.chosen.score:.2f}  ({visible(_shortly(choice.why))})"


def _shortly(why: str) -> str:
    """What weighed the most of a reason; `--explain` and `--json` have the whole."""
    return "; ".join(why.split("; ")[:REASONS])


def _remarks(found: Linked, most: int) -> Iterator[str]:
    for choice in found.unsure[:most]:
        yield f"Not linked: {visible(choice.key)}: {visible(_shortly(choice.why))}"
    if len(found.unsure) > most:
        yield f"and {number(len(found.unsure) - most)} more that are unsure (--verbose)"
    without = found.names - len(found.links) - len(found.unsure) - len(found.ruled)
    ruled = f", {number(len(found.ruled))} by people" if found.ruled else ""
    yield (
        f"{visible(found.kb)}: {count(found.entries, 'entry', 'entries')}; of {count(found.names, 'name')}"
        f" {number(len(found.links))} linked{ruled}, {number(len(found.unsure))} unsure, {number(without)} not there."
    )
    would = "would be " if found.dry_run else ""
    yield f"{number(found.added)} {would}added, {number(found.withdrawn)} {would}withdrawn."


def as_json(found: Linked) -> dict[str, object]:
    """The shape of `kgc link --json`."""
    return {
        "kb": found.kb,
        "entries": found.entries,
        "names": found.names,
        "linked": len(found.links),
        "unsure": [
            {"key": c.key, "reason": c.why, "candidates": [_option(o) for o in c.options[:CANDIDATES]]}
            for c in found.unsure
        ],
        "by_people": [{"key": key, "link": link.text, "name": link.name} for key, link in found.ruled],
        "changed": {"added": found.added, "withdrawn": found.withdrawn},
        "dry_run": found.dry_run,
        "links": [
            {"key": c.key, "link": link.text, "id": link.id, "name": link.name, "score": c.chosen.score,
             "reason": c.why, "features": {f.name: f.weight for f in c.chosen.features}}
            for c, link in found.links if c.chosen
        ],
    }  # fmt: skip


def explained(call: Call, kb: KnowledgeBase, name: str) -> int:
    """Print every candidate of a name with what speaks for and against it."""
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace:
        found = workspace.explain_link(kb, name)
    if call.json:
        emit([
            {"key": c.key, "chosen": c.chosen.entry.id if c.chosen else None, "reason": c.why,
             "candidates": [_option(o) for o in c.options]}
            for c in found
        ])  # fmt: skip
        return 0
    for choice in found:
        chosen = visible(choice.chosen.entry.name) if choice.chosen else "nothing"
        out(f"{paint(visible(choice.key), 'bold')} means {chosen}: {visible(choice.why)}")
        for option in choice.options[: None if call.verbose else CANDIDATES]:
            out(f"  {option.score:.2f}  {visible(option.entry.name)}  {visible(option.entry.id)}")
            for feature in sorted(option.features, key=lambda f: -abs(f.weight)):
                out(f"        {feature.weight:+.1f}  {visible(feature.reason)}")
    return 0


def _option(option: Option) -> dict[str, object]:
    return {
        "id": option.entry.id, "name": option.entry.name, "score": option.score,
        "features": {f.name: f.weight for f in option.features},
    }  # fmt: skip


def by_hand(call: Call, kb: KnowledgeBase, entity: str, entry: str, by: str) -> int:
    """A person's link, for every name of the entity."""
    from kgc.pipeline.workspace import Workspace

    with Workspace(call.workspace) as workspace:
        taken = workspace.link_to(entity, entry, kb, by)
        tell_later(call, workspace)
    if call.json:
        emit(taken)
    elif not call.quiet:
        for decision in taken:
            out(line(decision))
    return 0
