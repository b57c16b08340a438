"""What was merged, what is asked, and why: pairs as people look at them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final
from typing import Literal as OneOf

from kgc.data import Decision, Entity, Fact
from kgc.errors import KgcError, UnknownName
from kgc.ledger import Ledger
from kgc.ledger.graph import LedgerGraph
from kgc.ledger.proposals import End, StoredPair
from kgc.pipeline.resolving import gather, pair_of
from kgc.resolve.explain import Explanation, waterfall
from kgc.resolve.match import match, named
from kgc.resolve.merges import load_features
from kgc.resolve.records import Proposal
from kgc.schema import Schema

Which = OneOf["pending", "done", "low"]
LOW: Final = 0.95
"""Merges with a lower score are worth a look."""
_TOUCHING: Final = 12
"""So many pairs with other entities are explained."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Two names that are one entity (`done`), or may be (`pending`), and what speaks for it.

    `id` is what `accept`, `reject` and `undo` take: of a decision, or of a proposal. `more` counts the other pairs of
    names of the same two entities. `held` says why the groups of the two do not go together, "" where nothing does.
    """

    id: str
    state: OneOf["pending", "done"]
    a: End
    b: End
    score: float
    reason: str
    explanation: Explanation
    by: str = ""
    at: str = ""
    more: int = 0
    held: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """A pair of names, each with its entity, and what spoke for and against their being one thing.

    `relation` says what they are now: one entity, two that people are asked about, or two.
    """

    a: End
    b: End
    relation: OneOf["one", "asked", "two"]
    explanation: Explanation
    decision: str = ""


def listed(ledger: Ledger, which: Which, limit: int) -> tuple[Merge, ...]:
    """Pairs that people are asked about, the surest first; merges that were made; those of low score, lowest first."""
    if which == "pending":
        return tuple(_pending(ledger, limit))
    merges = [d for d in ledger.decisions.of_kind("merge") if which == "done" or d.score < LOW]
    merges.sort(key=(lambda d: (d.score, d.what)) if which == "low" else (lambda d: d.what))
    return tuple(islice(_done(ledger, merges), limit))


def counts(ledger: Ledger) -> tuple[int, int]:
    """How many pairs of entities people are asked about, and how many merges are in force."""
    return ledger.proposals.count_pending(), ledger.decisions.count("merge")


def conflicts(graph: LedgerGraph) -> Iterator[Fact]:
    """Facts of which another says otherwise, by the name of their head, its id, and the relation."""
    found = [fact for fact in graph.facts() if fact.conflict]
    yield from sorted(found, key=lambda f: (f.head.name, f.head.id, f.relation, -len(f.evidence), f.id))


def _pending(ledger: Ledger, limit: int) -> Iterator[Merge]:
    for asked in ledger.proposals.pending(limit):
        proposal = pair_of(asked.pair)
        yield Merge(
            asked.pair.id, "pending", asked.a, asked.b, proposal.score, proposal.reason,
            waterfall(proposal, asked.pair.held), more=asked.more, held=asked.pair.held,
        )  # fmt: skip


def _done(ledger: Ledger, merges: Iterable[Decision]) -> Iterator[Merge]:
    """Merges whose names are alive; the others sleep."""
    for d in merges:
        a, b = (ledger.proposals.end(key) for key in d.what[:2])
        if a and b and a.entity == b.entity:
            explanation = waterfall(_proposal(d))
            yield Merge(d.id, "done", a, b, d.score, d.reason, explanation, d.by, d.at)


def _proposal(merge: Decision) -> Proposal:
    features, vetoes = load_features(merge.payload)
    return Proposal((merge.what[0], merge.what[1]), merge.score, "merge", features, vetoes)


def explain(ledger: Ledger, entity: Entity) -> tuple[Explained, ...]:
    """Why an entity has the names that it has, and with which others it was compared, the surest first."""
    inside: list[Explained] = []
    outside: list[Explained] = []
    seen = {entity.keys[0]}
    decisions = {d.what[1]: d for d in ledger.decisions.of_kind("merge") if d.what[0] == entity.keys[0]}
    for pair in ledger.proposals.about(entity.keys):
        ends = ledger.proposals.end(pair.a), ledger.proposals.end(pair.b)
        if not ends[0] or not ends[1]:
            continue
        told = _explained(pair, ends[0], ends[1])
        if told.relation != "one":
            outside.append(told)
        elif fresh := {pair.a, pair.b} - seen:
            seen |= fresh
            by = next((decisions[key] for key in sorted(fresh) if key in decisions), None)
            inside.append(replace(told, decision=by.id if by else ""))
    return (*inside, *outside[:_TOUCHING])


def _explained(pair: StoredPair, a: End, b: End) -> Explained:
    proposal = pair_of(pair)
    explanation = replace(waterfall(proposal, pair.held), verdict=proposal.verdict)
    relation: OneOf["one", "asked", "two"] = (
        "one" if a.entity == b.entity else "asked" if pair.verdict == "grey" else "two"
    )
    return Explained(a, b, relation, explanation)


def compare(ledger: Ledger, schema: Schema, one: Entity, other: Entity) -> tuple[Explained, ...]:
    """Every name of one entity beside every name of another, the surest first, whatever they share."""
    with ledger.trial():
        names = gather(ledger, ledger.derivation(schema), schema)
    ready = {item.key: named(item, names.statistics) for item in names.items if item.key in {*one.keys, *other.keys}}
    found = []
    for x in one.keys:
        for y in other.keys:
            if x == y or x not in ready or y not in ready:
                continue
            proposal = match(ready[x], ready[y], names.statistics)
            a, b = (ledger.proposals.end(key) for key in proposal.pair)
            if a and b:
                found.append(Explained(a, b, "one" if a.entity == b.entity else "two", waterfall(proposal)))
    if not found:
        raise KgcError("There are no two names to compare.", "Name two entities.")
    return tuple(sorted(found, key=lambda e: (-e.explanation.score, e.a.key, e.b.key)))


def entities_of(graph: LedgerGraph, name: str) -> tuple[Entity, ...]:
    """The entities of this id, name or alias. Raises `UnknownName` with the nearest names when there is none."""
    ids = graph.find(name)
    if not ids:
        raise UnknownName("entity", name, graph.names_like(name), "`kgc search` finds parts of names.")
    return tuple(e for e in map(graph.entity, ids) if e)
