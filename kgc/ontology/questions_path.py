"""How the things that a question names hang together in a schema: the shortest way over relations and roles."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from kgc.ontology.stems import stems
from kgc.schema.model import DATATYPES, RelationType, Schema

FARTHEST: Final = 4.0
"""The longest way that still answers something; a relation that the question names counts half."""
ANY: Final = "Entity"


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation, or a role of an event that is a thing: `name` is `Event.role` there."""

    name: str
    head: tuple[str, ...]
    tail: tuple[str, ...]
    stems: frozenset[str]

    @property
    def open(self) -> bool:
        """Whether it goes from anything to anything, so that it says little."""
        return ANY in self.head and ANY in self.tail


@dataclass(frozen=True, slots=True)
class Step:
    """From one class to another over a relation; `forward` is from head to tail."""

    start: str
    relation: str
    forward: bool
    end: str


class Ways:
    """The ways through a schema for one question: `named` are its relations, `heard` the stems of its words."""

    def __init__(self, schema: Schema, named: Sequence[str], heard: frozenset[str]) -> None:
        self._schema = schema
        self._named = frozenset(named)
        self._heard = heard
        self._events = frozenset(event.name for event in schema.events)
        self.ties = tuple(_ties(schema))

    def has(self, name: str) -> bool:
        return any(tie.name == name for tie in self.ties)

    def tie(self, name: str) -> Tie:
        return next(t for t in self.ties if t.name == name)

    def between(self, start: str, end: str) -> tuple[Step, ...]:
        """The best way from one class to another; () when there is none, or they are the same."""
        order = count()
        heap: list[tuple[float, int, str, tuple[Step, ...]]] = [(0.0, next(order), start, ())]
        seen: dict[str, float] = {}
        while heap:
            cost, _, at, path = heapq.heappop(heap)
            if path and self.fits(at, end):
                return (*path[:-1], Step(path[-1].start, path[-1].relation, path[-1].forward, end))
            if seen.get(at, FARTHEST + 1) <= cost and path:
                continue
            seen[at] = cost
            for price, step in self._from(at, end, path):
                if cost + price <= FARTHEST:
                    heapq.heappush(heap, (cost + price, next(order), step.end, (*path, step)))
        return ()

    def fits(self, one: str, other: str) -> bool:
        """Whether a thing of one class may be of the other."""
        if self._events & {one, other}:
            return one == other
        is_a = self._schema.is_a
        return is_a(one, (other,)) or is_a(other, (one,))

    def ends(self, tie: Tie, name: str) -> bool | None:
        """Whether a class is at a tie's head (True), its tail (False) or neither (None); rather where it is named."""
        places = [(forward, end) for forward, ends in ((True, tie.head), (False, tie.tail)) for end in ends]
        fitting = [(end == ANY, not forward) for forward, end in places if self.fits(name, end)]
        return not min(fitting)[1] if fitting else None

    def _from(self, at: str, goal: str, path: tuple[Step, ...]) -> Iterator[tuple[float, Step]]:
        used = {step.relation for step in path}
        for tie in self.ties:
            price = self._price(tie, at, goal)
            if price is None or tie.name in used:
                continue
            for forward, here, there in ((True, tie.head, tie.tail), (False, tie.tail, tie.head)):
                if any(self.fits(at, end) for end in here):
                    yield from ((price, Step(at, tie.name, forward, end)) for end in there)

    def _price(self, tie: Tie, at: str, goal: str) -> float | None:
        """What going over a relation costs; one between anything and anything must share words with what it joins."""
        if tie.name in self._named:
            return 0.5
        if not tie.open:
            return 1.0
        ends = frozenset(stems(at)) | frozenset(stems(goal)) | self._heard
        return 1.5 if tie.stems and len(tie.stems & ends) * 2 >= len(tie.stems) else None


def _ties(schema: Schema) -> Iterator[Tie]:
    for relation in schema.relations:
        names = (relation.name, relation.labels.label, *relation.labels.aliases)
        head, tail = implied_ends(schema, relation)
        yield Tie(relation.name, head, tail, frozenset(s for name in names for s in stems(name)))
    for event in schema.events:
        for role in event.roles:
            if role.types[0] not in DATATYPES:
                yield Tie(f"{event.name}.{role.name}", (event.name,), role.types, frozenset(stems(role.name)))


def implied_ends(schema: Schema, relation: RelationType) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Head and tail; where both are anything, with the class that the relation's name speaks of at the end it means.

    `HasDataFormat` goes to a `DataFormat`, `IsDataFormatOf` comes from one.
    """
    head, tail = relation.head, relation.tail
    if ANY not in head or ANY not in tail:
        return head, tail
    spoken = frozenset(stems(relation.name))
    inside = [e.name for e in schema.entities if (own := frozenset(stems(e.name))) and own <= spoken]
    if not inside:
        return head, tail
    best = (max(inside, key=lambda name: (len(stems(name)), name)),)
    return (best, tail) if relation.name.casefold().endswith("of") else (head, best)
