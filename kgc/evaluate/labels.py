"""The labels of an annotation in the words of a schema, so that both sides of a score speak of the same classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from kgc.evaluate.rows import Row
from kgc.evaluate.scheme import label_at
from kgc.evaluate.table import Entry
from kgc.schema import EntityType, RelationType, Schema
from kgc.schema.naming import folded

T = TypeVar("T", EntityType, RelationType)


ANY: Final = "*"
"""The class of ends whose label tells nothing to the schema: any type will do."""


@dataclass(frozen=True, slots=True)
class Way:
    """A relation or attribute of the schema that says what a label says, as it is or `turned` around."""

    name: str
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Labelling:
    """How labels and types meet in classes.

    `classes` has each label's class, "" for what is no entity, ANY where the schema has no word for it; `types` the
    schema's types of each class; `scored` the classes that are scored as entities; `ways` the relations of each label,
    in the order they are tried. `unknown` are the labels that the schema has no word for: what they mark is left out
    of the score.
    """

    schema: Schema
    classes: Mapping[str, str]
    types: Mapping[str, tuple[str, ...]]
    scored: frozenset[str]
    ways: Mapping[str, tuple[Way, ...]]
    unknown: tuple[str, ...] = ()

    def class_of(self, type_: str) -> str:
        """The class of a type that was found: its own, or that of the nearest type above it; "" for none."""
        for name in (type_, *self.schema.ancestors(type_)):
            found = next((c for c, types in self.types.items() if name in types), "")
            if found:
                return found
        return ""

    def relations(self) -> frozenset[str]:
        """The relations and attributes of the schema that some label stands for."""
        return frozenset(way.name for ways in self.ways.values() for way in ways)

    def way(self, relation: str, head: str, tail: str) -> Way | None:
        """The first way to say a label's relation between these classes ("" for no entity); None for none."""
        return next((w for w in self.ways.get(relation, ()) if self._fits(w, head, tail)), None)

    def _fits(self, way: Way, head: str, tail: str) -> bool:
        first, last = (tail, head) if way.turned else (head, tail)
        relation = self.schema.relation(way.name)
        if relation is None:
            return first == ANY or any(self.schema.attribute(t, way.name) for t in self.types.get(first, ()))
        return self._allows(relation.head, first) and self._allows(relation.tail, last)

    def _allows(self, allowed: tuple[str, ...], found: str) -> bool:
        """Whether a class may stand at an end; narrower than the class is enough: the annotation may be coarser."""
        return found == ANY or any(
            self.schema.is_a(t, allowed) or any(t in self.schema.ancestors(a) for a in allowed)
            for t in self.types.get(found, ())
        )


def labelling(schema: Schema, entry: Entry, rows: Iterable[Row]) -> Labelling:
    """Match the labels that these rows have with the schema: by the table, else by name, label and alias."""
    entities: dict[str, None] = {}
    relations: dict[str, None] = {}
    for row in rows:
        entities |= dict.fromkeys(e.label for e in row.entities)
        for triple in row.triples:
            relations[triple.relation] = None
            entities[label_at(row, triple.head_at, triple.head_label)] = None
            entities[label_at(row, triple.tail_at, triple.tail_label)] = None
    types = {label: _types(schema, entry, label) for label in entities}
    told = {label for label in types if label in entry.entities}
    classes = {label: _class(label, found, label in told) for label, found in types.items()}
    ways = {label: _ways(schema, entry, label) for label in relations}
    return Labelling(
        schema,
        classes,
        {c: types[label] for label, c in classes.items() if c not in ("", ANY)},
        frozenset(c for label, c in classes.items() if c not in ("", ANY) and label not in entry.unscored),
        {label: found for label, found in ways.items() if found},
        tuple(
            [e for e, found in types.items() if not found and e not in entry.entities]
            + [r for r, found in ways.items() if not found]
        ),
    )


def _types(schema: Schema, entry: Entry, label: str) -> tuple[str, ...]:
    if label in entry.entities:
        told = tuple(t for t in entry.entities[label] if schema.entity(t))
        if told or not entry.entities[label]:
            return told
    found = named(schema.entities, label)
    return (found.name,) if found else ()


def _class(label: str, types: tuple[str, ...], told: bool) -> str:
    """One type is its own class, several are one class under the label's name; none is no entity if the table says so.

    >>> _class("PER", ("Person",), True), _class("TIME", (), True), _class("algorithm", (), False)
    ('Person', '', '*')
    """
    if not types:
        return "" if told else ANY
    return types[0] if len(types) == 1 else label


def _ways(schema: Schema, entry: Entry, label: str) -> tuple[Way, ...]:
    attributes = {a.name for e in schema.entities for a in e.attributes}
    told = [Way(name.removeprefix("~"), name.startswith("~")) for name in entry.relations.get(label, ())]
    there = tuple(w for w in told if schema.relation(w.name) or w.name in attributes)
    if there:
        return there
    found = named(schema.relations, label)
    if found:
        return (Way(found.name),)
    return tuple(Way(name) for name in sorted(attributes) if folded(name) == folded(label))


def named(items: Iterable[T], label: str) -> T | None:
    """The class whose name, label or former name is this label, else the first that has it as an alias."""
    every: list[T] = list(items)
    wanted = folded(label) or "thing"
    own = (i for i in every if (label and i.labels.label == label) or wanted in map(folded, _names(i)))
    return next(own, None) or next((i for i in every if wanted in map(folded, i.labels.aliases)), None)


def _names(item: EntityType | RelationType) -> tuple[str, ...]:
    return (item.name, item.labels.label, *item.labels.was)
