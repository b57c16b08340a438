"""The compiled schema: one value that the prompt, the parser, the checks and every store are made from.

A schema is written as Python classes (`schemas/*.py`), read by `kgc.schema.compile` and never run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeVar

DATATYPES: Final = ("string", "integer", "number", "boolean", "date", "amount", "identifier", "url")
"""What an attribute may hold: the words `String, Integer, Number, Boolean, Date, Amount, Identifier, Url`."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The label sheet of a class: what people and models are told about it beside its name and definition."""

    label: str = ""
    aliases: tuple[str, ...] = ()
    avoid: str = ""
    examples: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribute:
    """A literal-valued property of an entity class. `datatype` is one of DATATYPES."""

    name: str
    datatype: str
    functional: bool = False
    definition: str = ""


@dataclass(frozen=True, slots=True)
class EntityType:
    """A class of things. `parent` is an entity type's name or ""; attributes are the class's own, not inherited."""

    name: str
    definition: str = ""
    parent: str = ""
    attributes: tuple[Attribute, ...] = ()
    labels: Labels = field(default_factory=Labels)


@dataclass(frozen=True, slots=True)
class RelationType:
    """A directed relation. `head` and `tail` are the allowed entity types (a union); subtypes are allowed too."""

    name: str
    head: tuple[str, ...]
    tail: tuple[str, ...]
    definition: str = ""
    symmetric: bool = False
    functional: bool = False
    inverse: str = ""
    labels: Labels = field(default_factory=Labels)


@dataclass(frozen=True, slots=True)
class RoleType:
    """A role of an event: entity types, or one datatype. Required unless annotated `| None`."""

    name: str
    types: tuple[str, ...]
    required: bool = True
    definition: str = ""


@dataclass(frozen=True, slots=True)
class EventType:
    name: str
    definition: str = ""
    roles: tuple[RoleType, ...] = ()
    labels: Labels = field(default_factory=Labels)


@dataclass(frozen=True, slots=True)
class DemoEntity:
    """An entity of a demonstration: its surface, which stands in the demonstration's text, and its type."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class DemoTriple:
    """A triple of a demonstration: head surface, relation or attribute name, tail surface or literal as written."""

    head: str
    relation: str
    tail: str


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A worked example: a text and all that the schema finds in it (checked: every name stands in the text)."""

    text: str
    entities: tuple[DemoEntity, ...] = ()
    triples: tuple[DemoTriple, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """All classes of a schema file, in file order. `source` is where it came from, for messages only."""

    name: str
    entities: tuple[EntityType, ...]
    relations: tuple[RelationType, ...] = ()
    events: tuple[EventType, ...] = ()
    demonstrations: tuple[Demonstration, ...] = ()
    definition: str = ""
    source: str = ""

    def entity(self, name: str) -> EntityType | None:
        """The entity type of this name, or of a former name (`was`), or None."""
        return _named(self.entities, name)

    def relation(self, name: str) -> RelationType | None:
        return _named(self.relations, name)

    def event(self, name: str) -> EventType | None:
        return _named(self.events, name)

    def ancestors(self, name: str) -> tuple[str, ...]:
        """The type's parents, nearest first, without itself."""
        found: list[str] = []
        current = self.entity(name)
        while current and current.parent and current.parent not in found:
            found.append(current.parent)
            current = self.entity(current.parent)
        return tuple(found)

    def descendants(self, name: str) -> tuple[str, ...]:
        """All types below this one, in file order, without itself."""
        return tuple(e.name for e in self.entities if name in self.ancestors(e.name))

    def is_a(self, name: str, allowed: tuple[str, ...]) -> bool:
        """Whether a type is one of the allowed ones or below one of them; `Entity` allows all."""
        return "Entity" in allowed or name in allowed or any(a in allowed for a in self.ancestors(name))

    def attributes(self, entity: str) -> tuple[Attribute, ...]:
        """A type's attributes, its own first and then those of its ancestors; a nearer one hides a farther one."""
        seen: dict[str, Attribute] = {}
        for name in (entity, *self.ancestors(entity)):
            found = self.entity(name)
            for attribute in found.attributes if found else ():
                seen.setdefault(attribute.name, attribute)
        return tuple(seen.values())

    def attribute(self, entity: str, name: str) -> Attribute | None:
        return next((a for a in self.attributes(entity) if a.name == name), None)

    def names(self) -> Iterator[str]:
        for group in (self.entities, self.relations, self.events):
            yield from (item.name for item in group)


T = TypeVar("T", EntityType, RelationType, EventType)


def _named(items: tuple[T, ...], name: str) -> T | None:
    return next((i for i in items if i.name == name), None) or next((i for i in items if name in i.labels.was), None)
