"""What of a schema the built-in model can fill: its classes and relations by the names that the rules know them by."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

from kgc.data import Problem
from kgc.schema import EntityType, RelationType, Schema


@dataclass(frozen=True, slots=True)
class Way:
    """A relation of the schema that says what a rule says, as it is or `turned` around."""

    relation: RelationType
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Inventory:
    """The schema as the rules see it: our class -> its type, our relation -> ways to say it, our attribute -> names."""

    schema: Schema
    classes: Mapping[str, str]
    relations: Mapping[str, tuple[Way, ...]]
    attributes: Mapping[str, frozenset[str]]

    def fits(self, way: Way, head: str, tail: str) -> bool:
        """Whether the types of head and tail, as the rule has them, are allowed."""
        first, last = (tail, head) if way.turned else (head, tail)
        return self.schema.is_a(first, way.relation.head) and self.schema.is_a(last, way.relation.tail)


@cache
def table() -> Mapping[str, Mapping[str, object]]:
    """`inventory.toml`."""
    raw = (resources.files("kgc.slm") / "inventory.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(raw))


def inventory(schema: Schema) -> Inventory:
    """Match a schema with what the rules know."""
    data = table()
    classes = {ours: t for ours in data["class"] for t in [class_in(schema, ours)] if t}
    relations = {ours: ways(schema, ours) for ours in data["relation"]}
    attributes = {ours: frozenset(map(plain, words(data["attribute"][ours]))) for ours in data["attribute"]}
    return Inventory(schema, classes, {k: v for k, v in relations.items() if v}, attributes)


def class_in(schema: Schema, ours: str) -> str:
    """The schema's type for one of our classes: its own, its parent's, or the one narrower class that is there."""
    data = table()
    found = first_named(schema.entities, words(data["class"][ours]))
    if found:
        return found.name
    parent = data["parent"].get(ours)
    if parent:
        return class_in(schema, str(parent))
    narrower = data["only"].get(ours)
    only = first_named(schema.entities, words(data["class"][str(narrower)])) if narrower else None
    return only.name if only else ""


def ways(schema: Schema, ours: str, depth: int = 1) -> tuple[Way, ...]:
    row = table()["relation"][ours]
    assert isinstance(row, dict)
    known = [Way(r) for r in all_named(schema.relations, words(row["names"]))]
    known += [Way(r, turned=True) for r in all_named(schema.relations, words(row.get("reversed", ())))]
    if depth:
        for name in words(row.get("broader", ())):
            wider = ways(schema, name.removeprefix("~"), depth - 1)
            known += [Way(w.relation, w.turned != name.startswith("~")) for w in wider]
    return tuple(known)


def words(value: object) -> Sequence[str]:
    return [str(v) for v in value] if isinstance(value, list) else []


@lru_cache(maxsize=1 << 12)
def plain(name: str) -> str:
    """A name without case and separators; of an IRI the last part."""
    return re.sub(r"[\W_]+", "", re.split(r"[/#]", name)[-1]).casefold()


def called(item: EntityType | RelationType) -> Iterator[str]:
    yield from map(plain, (item.name, item.labels.label, *item.labels.was))
    yield from map(plain, (*item.labels.aliases, *item.labels.same_as))


def first_named(items: Iterable[EntityType], ours: Sequence[str]) -> EntityType | None:
    """The type whose own name is one of ours, else the first that has one of them among its other names."""
    wanted = [plain(w) for w in ours]
    every = list(items)
    for word in wanted[:]:
        found = next((i for i in every if plain(i.name) == word), None)
        if found:
            return found
    return next((i for i in every if set(called(i)) & set(wanted)), None)


def all_named(items: Iterable[RelationType], ours: Sequence[str]) -> list[RelationType]:
    wanted = {plain(w) for w in ours}
    named = [i for i in items if plain(i.name) in wanted]
    return named + [i for i in items if i not in named and set(called(i)) & wanted]


def limits(schema: Schema) -> tuple[Problem, ...]:
    """What of the schema stays empty, as one warning a kind of thing."""
    ours = inventory(schema)
    filled = set(ours.classes.values())
    entities = [
        e.name for e in schema.entities if e.name not in filled and not filled & set(schema.descendants(e.name))
    ]
    said = {w.relation.name for found in ours.relations.values() for w in found}
    relations = [r.name for r in schema.relations if r.name not in said]
    known = frozenset().union(*ours.attributes.values())
    attributes = [f"{e.name}.{a.name}" for e in schema.entities for a in e.attributes if plain(a.name) not in known]
    events = [e.name for e in schema.events]
    kinds = (("entities", entities), ("relations", relations), ("attributes", attributes), ("events", events))
    return tuple(unfilled(kind, missing) for kind, missing in kinds if missing)


def unfilled(kind: str, missing: Sequence[str]) -> Problem:
    message = f"The built-in model fills none of these {kind}: {', '.join(missing)}."
    hint = "It knows people, bodies, places and what commonly connects them; a language model (--model) reads more."
    return Problem("unsupported", message, where=kind, hint=hint, severity="warning")
