"""What a proposed schema looks like on the screen: what was sampled, what it holds, what stays empty, how to go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from kgc.cli.call import Call
from kgc.cli.imported import sizes
from kgc.cli.screen import emit, note, out
from kgc.cli.visible import visible_lines
from kgc.cli.words import count, money
from kgc.pipeline.report import tokens_json

if TYPE_CHECKING:
    from kgc.ontology.agents.hold import Estimate, Held
    from kgc.ontology.agents.teams import Team
    from kgc.ontology.keyless import Drafted
    from kgc.ontology.records import Evidence, Proposal
    from kgc.schema import Schema

Accepted: TypeAlias = "dict[tuple[str, str], Proposal]"
ROWS: Final = 40
"""Classes, and relations, that are listed; --verbose lists all."""
STRATA: Final = 12
"""Kinds of document that are listed."""


def tell(
    call: Call, drafted: Drafted, written: tuple[Path, Path] | None, folder: Path | None, held: Held | None = None
) -> int:
    """The schema on stdout where it was not written to a file; everything about it on stderr or in the JSON.

    Returns the exit code: 4 where a budget ended the talk, 3 where something else from outside did.
    """
    from kgc.schema.render import as_python

    if call.json:
        emit(as_json(drafted, written) | (talk_json(held) if held else {}))
    else:
        if written is None and drafted.schema.entities:
            out(as_python(drafted.schema).rstrip("\n"))
        for line in () if call.quiet else lines(drafted, written, folder, ROWS if not call.verbose else 10_000, held):
            note(visible_lines(line))
    stop = held.talk.stop if held else None
    return {"budget": 4, "failed": 3, "interrupted": 130}.get(stop.kind, 0) if stop else 0


def tell_estimate(call: Call, told: Estimate, team: Team) -> int:
    """What a talk may ask at most."""
    if call.json:
        emit({
            "team": team.name, "calls": told.calls, "cost": told.cost,
            "tokens": {"prompt": told.prompt, "cached_prefix": 0, "completion": told.completion},
        })  # fmt: skip
        return 0
    tokens = f"about {told.prompt:,} prompt and {told.completion:,} completion tokens"
    out(f"The team {team.name} asks at most {count(told.calls, 'call')}: {tokens}, {money(told.cost)}.")
    return 0


def lines(
    drafted: Drafted, written: tuple[Path, Path] | None, folder: Path | None, rows: int, held: Held | None = None
) -> Iterator[str]:
    yield from sampled(drafted.evidence)
    yield ""
    schema = drafted.schema
    accepted: Accepted = {(p.thing, p.name): p for p in drafted.outcome.accepted}
    yield f"{count(len(schema.entities), 'class', 'classes')}, with names or quotes that show them:"
    yield from shortened(class_lines(schema, accepted), rows)
    yield f"{count(len(schema.relations), 'relation')}:"
    yield from shortened(relation_lines(schema, accepted), rows)
    yield ""
    if drafted.outcome.unsupported:
        yield f"Without a quote: {', '.join(drafted.outcome.unsupported)}."
    for problem in drafted.unfilled:
        yield f"{problem.message}"
    if drafted.by_verbs:
        yield f"With --open it fills these relations by their verbs: {', '.join(drafted.by_verbs)}."
    for flag in drafted.outcome.flags[:5]:
        yield f"{flag.name}: {flag.message}"
    yield from talked(held) if held else ("This is a draft by rules; go through it before you rely on it.",)
    yield from go_on(drafted, written, folder)


def talked(held: Held) -> Iterator[str]:
    """How the talk went."""
    stop, settled = held.talk.stop, held.talk.table.settled
    refused = sum(p.standing == "rejected" for p in settled)
    left = sum(p.standing == "open" for p in settled)
    yield (
        f"{count(len(held.talk.said), 'turn')}, {count(held.made, 'call')} paid now, {money(held.cost)};"
        f" {count(refused, 'proposal')} refused, {left} left open. It ended: {stop.words if stop else 'it goes on'}."
    )
    if held.talk.withheld:
        yield f"{count(held.talk.withheld, 'passage')} that give orders to their readers were shown to nobody."
    if held.stopped:
        yield "The same command goes on from here, and pays for nothing twice."
    yield f"Who said what: kgc ontology transcript {held.id[:8]}"


def talk_json(held: Held) -> dict[str, object]:
    stop = held.talk.stop
    return {
        "made_by": "agents",
        "talk": held.id,
        "stopped": {"kind": stop.kind, "round": stop.round, "words": stop.words} if stop else None,
        "calls": {"made": held.made, "cached": held.cached},
        "tokens": tokens_json(held.usage),
        "cost": held.cost,
        "withheld": held.talk.withheld,
    }


def sampled(found: Evidence) -> Iterator[str]:
    files = f"{found.sampled} of {count(found.documents, 'document')}"
    languages = ", ".join(f"{lang} {n}" for lang, n in found.languages)
    unread = f"; {found.unread} could not be read" if found.unread else ""
    yield f"Sampled {files}{unread}: {count(found.passages, 'passage')}, about {found.words:,} words ({languages})."
    if found.sampled < found.documents:
        yield from shortened((f"  {s.name}: {s.sampled} of {s.documents}" for s in found.strata), STRATA)


def class_lines(schema: Schema, accepted: Accepted) -> Iterator[str]:
    """Classes as a tree, each with its examples."""

    def below(parent: str, depth: int) -> Iterator[str]:
        for entity in schema.entities:
            if entity.parent != parent:
                continue
            made = accepted.get(("class", entity.name))
            shown = ", ".join(entity.labels.examples[:3])
            told = f"{made.by.removeprefix('rule:')}, {made.score:.2f}" if made else ""
            yield f"  {'  ' * depth}{entity.name} ({told}){': ' + shown if shown else ''}"
            yield from below(entity.name, depth + 1)

    yield from below("", 0)


def relation_lines(schema: Schema, accepted: Accepted) -> Iterator[str]:
    for relation in schema.relations:
        made = accepted.get(("relation", relation.name))
        told = f"{made.by.removeprefix('rule:')}, {made.score:.2f}" if made else ""
        yield f"  {' | '.join(relation.head)} -{relation.name}-> {' | '.join(relation.tail)} ({told})"


def shortened(rows: Iterable[str], most: int) -> Iterator[str]:
    every = list(rows)
    yield from every[:most]
    if len(every) > most:
        yield f"  … and {len(every) - most} more"


def go_on(drafted: Drafted, written: tuple[Path, Path] | None, folder: Path | None) -> Iterator[str]:
    if written is None:
        yield "Write it to a file with -o schemas/mine.py."
        return
    target, page = written
    yield f"Wrote {target}, and what it rests on: {page}."
    if folder:
        yield f"Go on: kgc ingest {folder} --schema {target}{' --open' if drafted.by_verbs else ''}"


def as_json(drafted: Drafted, written: tuple[Path, Path] | None) -> dict[str, object]:
    """Everything, for a program: the sample, each proposal with its quotes, what is refused, flagged and unfilled."""
    from kgc.schema.render import as_python

    found, outcome = drafted.evidence, drafted.outcome
    return {
        **sizes(outcome.schema),
        "path": written[0] if written else None,
        "evidence": written[1] if written else None,
        "goal": drafted.goal,
        "made_by": "rules",
        "sample": {
            "documents": found.documents,
            "sampled": found.sampled,
            "unread": [p.message for p in drafted.unread],
            "passages": found.passages,
            "words": found.words,
            "languages": dict(found.languages),
            "strata": found.strata,
        },
        "proposals": outcome.accepted,
        "refused": [{"proposal": r.proposal, "reason": r.reason} for r in outcome.refused],
        "flags": outcome.flags,
        "unsupported": outcome.unsupported,
        "by_verbs": drafted.by_verbs,
        "unfilled": [{"where": p.where, "message": p.message} for p in drafted.unfilled],
        "text": as_python(outcome.schema),
    }
