"""Several schemas as one: what means the same becomes one class, what may mean the same is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from kgc.errors import SchemaError
from kgc.ontology.draft_references import settled, with_classes_called, with_relations_called
from kgc.ontology.duplicates import likenesses
from kgc.ontology.merging_doubts import differences, doubts, narrower
from kgc.ontology.merging_match import Pair, pairs
from kgc.ontology.records import Proposal
from kgc.schema.model import EntityType, EventType, Labels, RelationType, RoleType, Schema
from kgc.schema.naming import spaced, upper_snake
from kgc.schema.rules import broken, is_value
from kgc.schema.union import union

Named: TypeAlias = EntityType | RelationType | EventType


@dataclass(frozen=True, slots=True)
class United:
    """Two names that became one, the schema of the second, and why."""

    name: str
    other: str
    source: str
    why: str


@dataclass(frozen=True, slots=True)
class Merged:
    """One schema out of several.

    `united` are the names that became one, `proposals` what a person or a team should decide: pairs that may be the
    same, and where the schemas say different things (the first one's word stands). `notes` say what had to give way.
    """

    schema: Schema
    united: tuple[United, ...]
    proposals: tuple[Proposal, ...]
    notes: tuple[str, ...]


def merge(schemas: Sequence[Schema], name: str = "") -> Merged:
    """Unite schemas from left to right; the first one's names, definitions and parents stand.

    Classes and relations are the same when their names (in whatever form), labels, aliases or IRIs say so. A name that
    gives way becomes an alias and a former name, so that facts found under it stay valid. Raises `SchemaError` when
    there is none, or when they cannot be brought together.
    """
    if not schemas:
        raise SchemaError("There is no schema to merge.", "Name at least two.")
    whole = schemas[0]
    united: list[United] = []
    proposals: list[Proposal] = []
    notes: list[str] = []
    for other in schemas[1:]:
        same = pairs(whole, other)
        united += [United(p.one, p.other, other.name, p.why) for p in same if p.one != p.other]
        proposals += differences(whole, other, same)
        fitted = _fitted(whole, other, same, notes)
        whole = _joined(whole, _apart(fitted, whole, notes), notes)
    proposals += doubts(likenesses(whole.entities), likenesses(whole.relations), whole)
    proposals += narrower(whole)
    kept = tuple(dict.fromkeys(proposals))
    return Merged(replace(whole, name=name or whole.name), tuple(united), kept, tuple(dict.fromkeys(notes)))


def _fitted(whole: Schema, other: Schema, same: Sequence[Pair], notes: list[str]) -> Schema:
    """The other schema in the names of the whole; a name that is something else there gets another."""
    classes = {p.other: p.one for p in same if p.sort == "class"}
    relations = {p.other: p.one for p in same if p.sort == "relation"}
    taken = _stored(whole)
    for item in _items(other):
        if item.name in classes or item.name in relations:
            continue
        free = _free(item, taken)
        if free != item.name:
            notes.append(f"{item.name} of {other.name} is called {free}: the name is something else's here.")
            (relations if isinstance(item, RelationType) else classes)[item.name] = free
        taken |= {n.casefold() for n in _names_of(item, free)}
    called = with_relations_called(with_classes_called(other, classes), relations)
    was = {label for group in (whole.entities, whole.relations, whole.events) for i in group for label in i.labels.was}
    present = {*whole.names(), *classes.values(), *relations.values(), *was}
    return replace(
        called,
        entities=tuple(replace(e, name=n, labels=_sheet(e, n, present)) for e in called.entities
                       for n in (classes.get(e.name, e.name),)),
        relations=tuple(replace(r, name=n, labels=_sheet(r, n, present)) for r in called.relations
                        for n in (relations.get(r.name, r.name),)),
        events=tuple(replace(e, name=n, labels=_sheet(e, n, present)) for e in called.events
                     for n in (classes.get(e.name, e.name),)),
    )  # fmt: skip


def _items(schema: Schema) -> tuple[Named, ...]:
    return (*schema.entities, *schema.events, *schema.relations)


def _stored(schema: Schema) -> set[str]:
    """All names that are taken in a file or a store, folded; roles that are things among them."""
    found = {n.casefold() for item in _items(schema) for n in _names_of(item, item.name)}
    return found | _roles(schema)


def _roles(schema: Schema) -> set[str]:
    """What stores call roles that are things; several events may share one."""
    return {upper_snake(r.name).casefold() for e in schema.events for r in e.roles if not is_value(r)}


def _apart(other: Schema, whole: Schema, notes: list[str]) -> Schema:
    """The other schema without roles that have the name of a class or relation of the whole."""
    taken = _stored(whole) - _roles(whole)

    def free(role: RoleType) -> RoleType:
        if is_value(role) or upper_snake(role.name).casefold() not in taken:
            return role
        notes.append(f"The role {role.name} of {other.name} is called {role.name}_role: the name is taken.")
        return replace(role, name=f"{role.name}_role")

    events = tuple(replace(e, roles=tuple(free(r) for r in e.roles)) for e in other.events)
    return replace(other, events=events)


def _names_of(item: Named, name: str) -> tuple[str, ...]:
    """What a name takes in a file and in a store."""
    return (name, upper_snake(name)) if isinstance(item, RelationType) else (name,)


def _free(item: Named, taken: set[str]) -> str:
    name = item.name
    more = f"Has{name}" if isinstance(item, RelationType) else f"{name}Item"
    for candidate in (name, more, *(f"{name}{n}" for n in range(2, 1000))):
        if not any(n.casefold() in taken for n in _names_of(item, candidate)):
            return candidate
    raise SchemaError(f"Thousands of classes are called {name!r}.", "Rename some of them.")


def _sheet(item: Named, name: str, present: set[str]) -> Labels:
    """The label sheet under another name: the old one is an alias, and a former name where no class has it."""
    labels = item.labels
    was = tuple(n for n in labels.was if n not in present)
    if name == item.name:
        return replace(labels, was=was)
    former = (*was, item.name) if item.name not in present else was
    aliases = tuple(a for a in (labels.label, spaced(item.name)) if a and a != spaced(name))
    return replace(
        labels, label="", aliases=tuple(dict.fromkeys((*labels.aliases, *aliases))), was=tuple(dict.fromkeys(former))
    )


def _joined(whole: Schema, other: Schema, notes: list[str]) -> Schema:
    """Both as one, without what cannot be in one schema."""
    told = "" if other.definition in whole.definition else other.definition
    both = union([whole, replace(other, name=f"{other.name}'", definition=told)])
    joined = replace(both, name=whole.name, source=whole.source)
    for _ in range(1000):
        place, message = next(iter(broken(joined)), ("", ""))
        if not message:
            return settled(joined)[0]
        owner, _, part = place.partition(".")
        notes.append(message)
        joined = _without(joined, owner, part)
    raise SchemaError(f"{whole.name} and {other.name} cannot be one schema.", "Merge parts of them.")


def _without(schema: Schema, owner: str, part: str) -> Schema:
    """The schema without an attribute, an inverse or a former name that breaks a rule."""
    entities = tuple(
        replace(e, attributes=tuple(a for a in e.attributes if a.name != part), labels=_less(e.labels, part))
        if e.name == owner
        else e
        for e in schema.entities
    )
    relations = tuple(
        replace(r, inverse="" if part in ("inverse", "") else r.inverse, labels=_less(r.labels, part))
        if r.name == owner
        else r
        for r in schema.relations
    )
    made = replace(schema, entities=entities, relations=relations)
    if made == schema:
        message = next(iter(broken(schema)))[1]
        raise SchemaError(f"The schemas cannot be merged: {message}")
    return made


def _less(labels: Labels, part: str) -> Labels:
    return replace(labels, was=()) if part == "was" else labels
