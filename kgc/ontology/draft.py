"""A schema made of proposals: each is applied or refused with its reason, and the whole compiles, always.

Nothing that a model or a document wrote becomes part of a file but as a name that was made of it or a text in quotes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from itertools import groupby
from typing import Final

from kgc.ontology import draft_attributes as attributes
from kgc.ontology import draft_classes as classes
from kgc.ontology import draft_relations as relations
from kgc.ontology.draft_demonstrations import with_demonstrations
from kgc.ontology.draft_desk import Desk, Flag, Refused, Unknown
from kgc.ontology.draft_references import settled
from kgc.ontology.duplicates import likenesses
from kgc.ontology.names import class_name, clean
from kgc.ontology.records import ACTIONS, THINGS, Action, Proposal, Thing
from kgc.ontology.support import Support, support
from kgc.schema.compile import CLASS_LIMIT, DEPTH_LIMIT
from kgc.schema.model import Schema
from kgc.schema.rules import broken

Act = Callable[[Desk, Proposal], str]
ACTS: Final[dict[tuple[Thing, Action], Act]] = {
    ("class", "add"): classes.add, ("class", "rename"): classes.rename, ("class", "merge"): classes.merge,
    ("class", "split"): classes.split, ("class", "move"): classes.move, ("class", "retire"): classes.retire,
    ("relation", "add"): relations.add, ("relation", "rename"): relations.rename,
    ("relation", "merge"): relations.merge, ("relation", "split"): relations.split,
    ("relation", "move"): relations.move, ("relation", "retire"): relations.retire,
    ("attribute", "add"): attributes.add, ("attribute", "rename"): attributes.rename,
    ("attribute", "merge"): attributes.merge, ("attribute", "split"): attributes.split,
    ("attribute", "move"): attributes.move, ("attribute", "retire"): attributes.retire,
}  # fmt: skip
VOTED_DOWN: Final = "It was voted down."


@dataclass(frozen=True, slots=True)
class Refusal:
    """A proposal that did not become part of the schema, and why."""

    proposal: Proposal
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A schema, and what became of each proposal.

    `accepted` are proposals as they were applied: with the name that the schema has for their thing. `flags` are what
    a person should look at (near-duplicates, what was left out), `unsupported` the new classes and relations that
    fewer quotes show than were asked for.
    """

    schema: Schema
    accepted: tuple[Proposal, ...] = ()
    refused: tuple[Refusal, ...] = ()
    flags: tuple[Flag, ...] = ()
    unsupported: tuple[str, ...] = ()


def apply(
    schema: Schema | None, proposals: Iterable[Proposal], *, name: str = "draft", definition: str = "", least: int = 1
) -> Outcome:
    """The schema with all proposals that can be part of it; without one, a new schema of this name.

    The order of the proposals does not matter: classes come before relations and these before attributes, what is
    added before what is changed, what is retired last, better supported ones first. Proposals that were voted down are
    refused. `least` is how many quotes a class or relation needs not to be marked as unsupported. The schema compiles,
    unless it has no class at all.
    """
    start = schema or Schema(name, (), definition=clean(definition))
    desk = Desk(start)
    accepted: list[Proposal] = []
    refused: list[Refusal] = []
    flags: list[Flag] = []
    for group in in_order(proposals):
        _take_all(desk, group, accepted, refused, flags)
    found = support(desk.schema, accepted)
    made = with_demonstrations(desk.schema, found)
    flags += _likenesses(start, made)
    kept = tuple(dict.fromkeys(flags))
    return Outcome(made, tuple(accepted), tuple(refused), kept, _unsupported(made, accepted, found, least))


def in_order(proposals: Iterable[Proposal]) -> Iterator[list[Proposal]]:
    """Proposals in groups that are applied one after the other, each group in an order of its own."""
    every = sorted(dict.fromkeys(proposals), key=lambda p: (_phase(p), *_rank(p)))
    return (list(group) for _, group in groupby(every, key=_phase))


def _phase(proposal: Proposal) -> tuple[int, int, int]:
    last = proposal.action == "retire"
    thing = THINGS.index(proposal.thing)
    return int(last), -thing if last else thing, ACTIONS.index(proposal.action)


def _rank(proposal: Proposal) -> tuple[float, int, int, str, str]:
    """Better supported first, then the shorter name; what is the same but for its texts by these."""
    return -proposal.score, -len(proposal.quotes), len(proposal.name), proposal.name, repr(astuple(proposal))


def _take_all(
    desk: Desk, group: Sequence[Proposal], accepted: list[Proposal], refused: list[Refusal], flags: list[Flag]
) -> None:
    """Apply a group; what speaks of something that is not there yet waits for the others of the group."""
    waiting = list(group)
    while waiting:
        later: list[tuple[Proposal, Refused]] = []
        for proposal in waiting:
            try:
                accepted.append(_take(desk, proposal, flags))
            except Unknown as reason:
                later.append((proposal, reason))
            except Refused as reason:
                refused.append(Refusal(replace(proposal, standing="rejected"), str(reason)))
        if len(later) < len(waiting):
            waiting = [proposal for proposal, _ in later]
            continue
        orphans = [(p, why) for p, why in later if _is_orphan(p)]
        refused += [Refusal(replace(p, standing="rejected"), str(why)) for p, why in later if not _is_orphan(p)]
        flags += [Flag(class_name(p.name), f"{why} It stands at the top here.") for p, why in orphans]
        waiting = [replace(p, parent="") for p, _ in orphans]


def _is_orphan(proposal: Proposal) -> bool:
    """Whether it waits for nothing but a parent, which a class can do without."""
    return proposal.thing == "class" and proposal.action == "add" and bool(proposal.parent)


def _take(desk: Desk, proposal: Proposal, flags: list[Flag]) -> Proposal:
    """Apply one proposal, or leave all as it was. Raises `Refused`."""
    if proposal.standing == "rejected":
        raise Refused(VOTED_DOWN)
    trial = Desk(desk.schema)
    name = ACTS[proposal.thing, proposal.action](trial, proposal)
    schema, unturned = settled(trial.schema)
    _check(schema)
    desk.schema = schema
    flags += [
        *trial.flags,
        *(Flag(n, "Its inverse has other ends now; the two are no inverses any more.") for n in unturned),
    ]
    return replace(proposal, name=name, standing="accepted")


def _check(schema: Schema) -> None:
    """Raises `Refused` for a schema that would not compile."""
    names = Counter(schema.names())
    if names.total() > CLASS_LIMIT:
        raise Refused(f"A schema holds {CLASS_LIMIT:,} classes at most.")
    if twice := [name for name, times in names.items() if times > 1]:
        raise Refused(f"{twice[0]} is the name of something else in the schema already.")
    if double := [e.name for e in schema.entities if len({a.name for a in e.attributes}) < len(e.attributes)]:
        raise Refused(f"{double[0]} would have two attributes of one name.")
    deep = next((e.name for e in schema.entities if len(schema.ancestors(e.name)) >= DEPTH_LIMIT), "")
    if deep:
        raise Refused(f"{deep} would have more than {DEPTH_LIMIT} classes above it.")
    if schema.entities or schema.relations or schema.events:
        wrong = next((message for _, message in broken(schema)), "")
        if wrong:
            raise Refused(wrong)


def _likenesses(before: Schema, after: Schema) -> list[Flag]:
    """What is new and like something else."""
    known = set(before.names())
    pairs = (*likenesses(after.entities), *likenesses(after.relations))
    return [
        Flag(pair.other, f"It may be the same as {pair.one}: {pair.why}.")
        for pair in pairs
        if not {pair.one, pair.other} <= known
    ]


def _unsupported(schema: Schema, accepted: Sequence[Proposal], found: Support, least: int) -> tuple[str, ...]:
    """New classes and relations with too few quotes; those of what is below a class count for it."""
    new = {p.name for p in accepted if p.action == "add" and p.thing != "attribute"}
    names: list[str] = []
    for entity in schema.entities:
        line = (entity.name, *schema.descendants(entity.name))
        if entity.name in new and len({q for n in line for q in found.classes.get(n, ())}) < least:
            names.append(entity.name)
    few = (r.name for r in schema.relations if len(found.relations.get(r.name, ())) < least)
    return (*names, *(name for name in few if name in new))
