"""The names that an answer may use, looked up in one step: classes, relations, attributes, events of a schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal as OneOf

from kgc.schema import DATATYPES, EventType, RelationType, RoleType, Schema

Kind = OneOf["entity", "relation", "attribute", "event"]


class Vocabulary:
    """A schema's names by kind. A name also counts when it differs in case or separators only, is the label, an alias
    or a former name (`works for`, `WORKS_FOR` for `WorksFor`), unless two names would answer to it."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._exact: dict[str, Kind] = {}
        for entity in schema.entities:
            for attribute in entity.attributes:
                self._exact[attribute.name] = "attribute"
        self._exact.update((event.name, "event") for event in schema.events)
        self._exact.update((relation.name, "relation") for relation in schema.relations)
        self._exact.update((entity.name, "entity") for entity in schema.entities)
        self._loose: dict[str, set[str]] | None = None

    def names(self) -> Iterator[str]:
        yield from self._exact

    def kind(self, name: str) -> Kind | None:
        found = self.canonical(name)
        return self._exact[found] if found else None

    def canonical(self, name: str) -> str | None:
        """The schema's own spelling of a name, or None."""
        if name in self._exact:
            return name
        if self._loose is None:
            self._loose = self._spellings()
        found = self._loose.get(squashed(name), set())
        return next(iter(found)) if len(found) == 1 else None

    def _spellings(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name in self._exact:
            found.setdefault(squashed(name), set()).add(name)
        groups = (self.schema.entities, self.schema.relations, self.schema.events)
        for name, labels in ((item.name, item.labels) for group in groups for item in group):
            for other in (labels.label, *labels.aliases, *labels.was):
                if other:
                    found.setdefault(squashed(other), set()).add(name)
        return found

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


def squashed(name: str) -> str:
    """A name without case and separators.

    >>> squashed("Works For") == squashed("WORKS_FOR") == squashed("WorksFor")
    True
    """
    return re.sub(r"[\W_]+", "", name[:200].casefold())


def direction(schema: Schema, relation: RelationType, head: str, tail: str) -> OneOf["ok", "swapped", "violation"]:
    """Whether a relation may hold between these types, only holds the other way round, or not at all."""
    if schema.is_a(head, relation.head) and schema.is_a(tail, relation.tail):
        return "ok"
    if schema.is_a(tail, relation.head) and schema.is_a(head, relation.tail):
        return "ok" if relation.symmetric else "swapped"
    return "violation"
