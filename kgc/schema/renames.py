"""Two versions of a schema side by side, with what was renamed (`was`) seen as the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from kgc.schema.model import Attribute, Demonstration, EntityType, EventType, RelationType, Schema

T = TypeVar("T", EntityType, RelationType, EventType)


class Renames:
    """Looks up what a class of the new schema was in the old one."""

    def __init__(self, old: Schema, new: Schema) -> None:
        self.old = old
        self.new = new

    def old_entity(self, name: str) -> EntityType | None:
        return next(iter(self._old_entities(name)), None)

    def _old_entities(self, name: str) -> tuple[EntityType, ...]:
        found = next((e for e in self.new.entities if e.name == name), None)
        return before(found, self.old.entities) if found else ()

    def old_relations(self, new: RelationType) -> tuple[RelationType, ...]:
        """What the relation was; several when relations were joined into one."""
        return before(new, self.old.relations)

    def old_event(self, new: EventType) -> EventType | None:
        return next(iter(before(new, self.old.events)), None)

    def old_attributes(self, name: str) -> tuple[Attribute, ...]:
        """All attributes that the class had, its ancestors' included."""
        return tuple(a for e in self._old_entities(name) for a in self.old.attributes(e.name))

    def wide(self, types: Iterable[str]) -> frozenset[str]:
        """Old types with all that is below them; `Entity` is all of them."""
        return below(self.old, types)

    def wide_new(self, types: Iterable[str]) -> frozenset[str]:
        """New types with all that is below them, each by the name or names it had; a new class by its own."""
        found: set[str] = set()
        for name in below(self.new, types):
            found |= {e.name for e in self._old_entities(name)} or {name}
        return frozenset(found)

    def demonstrations(self) -> tuple[Demonstration, ...]:
        """The new demonstrations in the old names."""
        entities = {e.name: was.name for e in self.new.entities if (was := self.old_entity(e.name))}
        relations = {r.name: olds[0].name for r in self.new.relations if (olds := before(r, self.old.relations))}
        return tuple(
            replace(
                demo,
                entities=tuple(replace(e, type=entities.get(e.type, e.type)) for e in demo.entities),
                triples=tuple(replace(t, relation=relations.get(t.relation, t.relation)) for t in demo.triples),
            )
            for demo in self.new.demonstrations
        )


def before(item: T, olds: tuple[T, ...]) -> tuple[T, ...]:
    """What an item was: the old one of its name, then the old ones of its former names."""
    names = (item.name, *item.labels.was)
    return tuple(o for name in names for o in olds if o.name == name)


def below(schema: Schema, types: Iterable[str]) -> frozenset[str]:
    wanted = tuple(types)
    if "Entity" in wanted:
        return frozenset(e.name for e in schema.entities)
    return frozenset(wanted).union(*(schema.descendants(name) for name in wanted))
