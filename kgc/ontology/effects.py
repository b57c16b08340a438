"""What a change of schema does to a graph: what stays, what gets another name, what goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import Protocol

from kgc.data import Entity, Event, Fact, Node
from kgc.data.facts import OPEN
from kgc.schema.check import signature
from kgc.schema.model import Schema

Sort = OneOf["class", "relation", "attribute", "event"]
Fate = OneOf["kept", "renamed", "dropped"]


class Graph(Protocol):
    """What is looked at of a graph."""

    def entities(self) -> Iterator[Entity]: ...
    def facts(self) -> Iterator[Fact]: ...
    def events(self) -> Iterator[Event]: ...


@dataclass(frozen=True, slots=True)
class Effect:
    """How many entities, facts or events of one kind share a fate; `now` is their new name, `why` why they go."""

    sort: Sort
    name: str
    fate: Fate
    count: int
    now: str = ""
    why: str = ""


def effects(graph: Graph, new: Schema) -> tuple[Effect, ...]:
    """What becomes of all that the graph holds, most numerous first of each sort.

    It is what reading the same answers under the new schema gives; the built-in model, which reads the passages again,
    may find more where a class or relation is new. Facts in the words of the text (`open:`) stay.
    """
    found: Counter[tuple[Sort, str, Fate, str, str]] = Counter()
    for entity in graph.entities():
        found["class", entity.type, *_renamed(entity.type, _class(new, entity.type), "its class is gone")] += 1
    for fact in graph.facts():
        attribute = not isinstance(fact.tail, Node)
        found["attribute" if attribute else "relation", fact.relation, *_fact(new, fact)] += 1
    for event in graph.events():
        known = new.event(event.type)
        found["event", event.type, *_renamed(event.type, known.name if known else "", "its class is gone")] += 1
    order = ("class", "relation", "attribute", "event")
    rows = sorted(found.items(), key=lambda row: (order.index(row[0][0]), -row[1], row[0]))
    return tuple(Effect(sort, name, fate, count, now, why) for (sort, name, fate, now, why), count in rows)


def _fact(new: Schema, fact: Fact) -> tuple[Fate, str, str]:
    """What becomes of a fact, its new name, and why it goes."""
    if fact.relation.startswith(OPEN):
        return "kept", fact.relation, ""
    tail = fact.tail.type if isinstance(fact.tail, Node) else ""
    gone = next((name for name in (fact.head.type, tail) if name and not _class(new, name)), "")
    if gone:
        return "dropped", "", f"the class {gone} is gone"
    head, end = _class(new, fact.head.type), _class(new, tail)
    if not tail:
        known = new.attribute(head, fact.relation)
        return _renamed(fact.relation, known.name if known else "", f"{head} has no such attribute")
    relation = new.relation(fact.relation)
    if relation and signature(new, relation.name, head, end) != "ok":
        return "dropped", "", f"it does not go from {head} to {end}"
    return _renamed(fact.relation, relation.name if relation else "", "the relation is gone")


def _renamed(was: str, now: str, why: str) -> tuple[Fate, str, str]:
    if not now:
        return "dropped", "", why
    return "kept" if was == now else "renamed", now, ""


def _class(new: Schema, name: str) -> str:
    found = new.entity(name)
    return found.name if found else ""
