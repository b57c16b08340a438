"""Where a foreign class, property or role has its place in a schema: by IRI, name, label or alias."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from kgc.data.facts import OPEN
from kgc.load.graph_rdf_subjects import local_name
from kgc.pipeline.importing_names import property_name
from kgc.schema import Attribute, EntityType, EventType, RelationType, RoleType, Schema
from kgc.schema.naming import folded
from kgc.schema.opened import OPEN_FACT

T = TypeVar("T", EntityType, RelationType, EventType)
_SCHEME = re.compile(r"^https?://(www\.)?")


@dataclass(frozen=True, slots=True)
class Way:
    """A relation that a property may be; `turned` where the property is its inverse."""

    relation: RelationType
    turned: bool = False


class Places:
    """Looks names of another graph up in a schema; what was asked before is remembered."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._entities = _index(schema.entities)
        self._events = _index(schema.events)
        self._relations = _index(schema.relations)
        self._turned: dict[str, list[RelationType]] = {}
        for relation in schema.relations:
            if relation.inverse and schema.relation(relation.inverse) is None:
                self._turned.setdefault(folded(relation.inverse), []).append(relation)
        self._depth = {e.name: len(schema.ancestors(e.name)) for e in schema.entities}
        self._known: dict[tuple[str, ...], str] = {}
        self._ways: dict[str, tuple[Way, ...]] = {}
        self._attributes: dict[tuple[str, str], Attribute | None] = {}

    def class_of(self, types: tuple[str, ...]) -> str:
        """The deepest class of the schema among these types, an event before a thing; "" for none."""
        known = self._known.get(types)
        if known is None:
            known = self._known[types] = self._class_of(types)
        return known

    def _class_of(self, types: tuple[str, ...]) -> str:
        events = [e.name for t in types for e in _found(self._events, t)]
        if events:
            return min(events)
        found = {e.name for t in types for e in _found(self._entities, t)}
        return min(found, key=lambda name: (-self._depth[name], name), default="")

    def is_event(self, name: str) -> bool:
        return self.schema.event(name) is not None

    def ways(self, name: str) -> tuple[Way, ...]:
        """The relations that a property may be, in the order of the schema, inverses last."""
        known = self._ways.get(name)
        if known is None:
            straight = [Way(r) for r in _found(self._relations, name)]
            turned = [Way(r, turned=True) for r in self._turned.get(folded(_local(name)), ())]
            known = self._ways[name] = (*straight, *turned)
        return known

    def way(self, name: str, head: str, tail: str) -> Way | None:
        """The first of them that these classes fit. An open fact fits wherever the schema is opened."""
        if name.startswith(OPEN):
            relation = self.schema.relation(OPEN_FACT)
            return Way(relation) if relation else None
        for way in self.ways(name):
            ends = (tail, head) if way.turned else (head, tail)
            if self.schema.is_a(ends[0], way.relation.head) and self.schema.is_a(ends[1], way.relation.tail):
                return way
        return None

    def attribute(self, class_: str, name: str) -> Attribute | None:
        """The attribute of a class that a property is."""
        key = (class_, name)
        if key not in self._attributes:
            wanted = folded(_local(name))
            # The others are what a derived schema calls it where the first is taken, or is no name.
            names = (wanted, f"{wanted}value", folded(property_name(name)))
            attributes = self.schema.attributes(class_)
            exact = next((a for a in attributes if a.name == name), None)
            self._attributes[key] = exact or next((a for a in attributes if folded(a.name) in names), None)
        return self._attributes[key]

    def role(self, event: str, name: str) -> RoleType | None:
        """The role of an event that a property is; our RDF writes `Event.role` where two would share a name."""
        found = self.schema.event(event)
        wanted = folded(_local(name).rpartition(".")[2])
        return next((r for r in found.roles if folded(r.name) == wanted), None) if found else None


def _index(items: Iterable[T]) -> dict[str, list[T]]:
    index: dict[str, list[T]] = {}
    for item in items:
        for key in dict.fromkeys(_keys(item)):
            index.setdefault(key, []).append(item)
    return index


def _keys(item: EntityType | RelationType | EventType) -> Iterator[str]:
    labels = item.labels
    for name in (item.name, labels.label, *labels.aliases, *labels.was):
        if name:
            yield folded(name) or name
    yield from (_same(iri) for iri in labels.same_as)


def _found(index: dict[str, list[T]], name: str) -> list[T]:
    """By the whole of an IRI, else by its last part; what has the very name before what only has the alias."""
    by_iri = index.get(_same(name))
    if by_iri:
        return by_iri
    local = _local(name)
    found = index.get(folded(local) or local, [])
    return sorted(found, key=lambda item: (item.name != local, folded(item.name) != folded(local)))


def _same(iri: str) -> str:
    """An IRI without what varies in how it is written: http or https."""
    return _SCHEME.sub("//", iri) if "://" in iri else iri


def _local(name: str) -> str:
    return local_name(name) if ":" in name else name
