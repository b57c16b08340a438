"""The names that an answer may use, looked up in one step: classes, relations, attributes, events of a schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal as OneOf

from kgc.schema import DATATYPES, EventType, RelationType, RoleType, Schema
from kgc.schema.check import resolve_label

Kind = OneOf["entity", "relation", "attribute", "event"]
KINDS: tuple[Kind, ...] = ("entity", "relation", "attribute", "event")
LONGEST = 200
"""No name of a schema is longer (in code points)."""


class Vocabulary:
    """A schema's names by kind; what is no name itself is resolved as `kgc.schema.check.resolve_label` does."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._exact: dict[str, Kind] = {}
        for entity in schema.entities:
            for attribute in entity.attributes:
                self._exact[attribute.name] = "attribute"
        self._exact.update((event.name, "event") for event in schema.events)
        self._exact.update((relation.name, "relation") for relation in schema.relations)
        self._exact.update((entity.name, "entity") for entity in schema.entities)
        self._loose: dict[str, str | None] = {}

    def names(self) -> Iterator[str]:
        yield from self._exact

    def kind(self, name: str) -> Kind | None:
        found = self.canonical(name)
        return self._exact[found] if found else None

    def canonical(self, name: str) -> str | None:
        """The schema's own spelling of a name, or None."""
        if name not in self._exact and name not in self._loose:
            tries = (resolve_label(self.schema, kind, name[:LONGEST]) for kind in KINDS)
            self._loose[name] = next((found for found in tries if found), None)
        return name if name in self._exact else self._loose[name]

    def resolve(self, kind: Kind, name: str) -> str | None:
        """The schema's own spelling of a name of this kind, or None."""
        found = self.canonical(name)
        return found if found and self._exact[found] == kind else None

    def relation(self, name: str) -> RelationType | None:
        found = self.resolve("relation", name)
        return self.schema.relation(found) if found else None

    def event(self, name: str) -> EventType | None:
        found = self.resolve("event", name)
        return self.schema.event(found) if found else None

    def is_literal(self, role: RoleType) -> bool:
        """Whether a role is filled by a value and not by a thing."""
        return all(kind.lower() in DATATYPES and self.schema.entity(kind) is None for kind in role.types)
