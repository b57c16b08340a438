"""Several schemas as one: what a workspace with several active recipes holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from kgc.errors import SchemaError
from kgc.schema.model import DATATYPES, Attribute, EntityType, EventType, Labels, RelationType, RoleType, Schema
from kgc.schema.rules import clashes, cycles

T = TypeVar("T", EntityType, RelationType, EventType, Attribute, RoleType)


def union(schemas: Sequence[Schema]) -> Schema:
    """All classes of all schemas, in order; classes of one name become one.

    A relation's head and tail are joined, and so are attributes, roles and label sheets. Where two say different
    things, the earlier schema's definition, label and parent stand; a relation is symmetric or functional only if all
    that have it say so; an attribute with two datatypes is a string; a role is required only if all require it.
    One schema is itself. Raises `SchemaError` when a name is an entity here and a relation there.
    """
    if not schemas:
        raise SchemaError("There is no schema to join.", "Name at least one.")
    first, *others = dict.fromkeys(schemas)
    if not others:
        return first
    every = (first, *others)
    joined = Schema(
        "+".join(dict.fromkeys(s.name for s in every)),
        acyclic(merge((e for s in every for e in s.entities), join_entities)),
        merge((r for s in every for r in s.relations), join_relations),
        merge((e for s in every for e in s.events), join_events),
        tuple(dict.fromkeys(d for s in every for d in s.demonstrations)),
        " ".join(dict.fromkeys(s.definition for s in every if s.definition)),
        "+".join(dict.fromkeys(s.source for s in every if s.source)),
    )
    wrong = [message for _, message in clashes(joined)]
    if wrong:
        raise SchemaError(f"The schemas {joined.name} cannot be used together: {' '.join(wrong)}")
    return joined


def merge(items: Iterable[T], join: Callable[[T, T], T]) -> tuple[T, ...]:
    """Items by name, in order of their first; those of one name joined one after the other."""
    found: dict[str, T] = {}
    for item in items:
        found[item.name] = join(found[item.name], item) if item.name in found else item
    return tuple(found.values())


def join_entities(one: EntityType, other: EntityType) -> EntityType:
    return replace(
        one,
        definition=one.definition or other.definition,
        parent=one.parent or other.parent,
        attributes=merge((*one.attributes, *other.attributes), join_attributes),
        labels=join_labels(one.labels, other.labels),
    )


def join_attributes(one: Attribute, other: Attribute) -> Attribute:
    return replace(
        one,
        datatype=one.datatype if one.datatype == other.datatype else "string",
        functional=one.functional and other.functional,
        definition=one.definition or other.definition,
    )


def join_relations(one: RelationType, other: RelationType) -> RelationType:
    return replace(
        one,
        head=both(one.head, other.head),
        tail=both(one.tail, other.tail),
        definition=one.definition or other.definition,
        symmetric=one.symmetric and other.symmetric,
        functional=one.functional and other.functional,
        inverse=one.inverse or other.inverse,
        labels=join_labels(one.labels, other.labels),
    )


def join_events(one: EventType, other: EventType) -> EventType:
    shared = {r.name for r in one.roles} & {r.name for r in other.roles}
    roles = merge((*one.roles, *other.roles), join_roles)
    return replace(
        one,
        definition=one.definition or other.definition,
        roles=tuple(replace(r, required=r.required and r.name in shared) for r in roles),
        labels=join_labels(one.labels, other.labels),
    )


def join_roles(one: RoleType, other: RoleType) -> RoleType:
    return replace(
        one,
        types=_role_types(one, other),
        required=one.required and other.required,
        definition=one.definition or other.definition,
    )


def _role_types(one: RoleType, other: RoleType) -> tuple[str, ...]:
    """The classes of both; values here and things there give things; two datatypes give a string."""
    classes = tuple(t for t in both(one.types, other.types) if t not in DATATYPES)
    return classes or (one.types if one.types == other.types else ("string",))


def join_labels(one: Labels, other: Labels) -> Labels:
    return Labels(
        label=one.label or other.label,
        aliases=both(one.aliases, other.aliases),
        avoid=one.avoid or other.avoid,
        examples=both(one.examples, other.examples),
        templates=both(one.templates, other.templates),
        same_as=both(one.same_as, other.same_as),
        was=both(one.was, other.was),
    )


def both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def acyclic(entities: tuple[EntityType, ...]) -> tuple[EntityType, ...]:
    """Without the parents that would make a class its own ancestor: each schema is sound, together they may not be."""
    return tuple(_cut(entities))


def _cut(entities: tuple[EntityType, ...]) -> Iterator[EntityType]:
    parents = {e.name: e.parent for e in entities}
    for entity in entities:
        circular = {
            place for place, _ in cycles(Schema("", tuple(replace(e, parent=parents[e.name]) for e in entities)))
        }
        if entity.name in circular:
            parents[entity.name] = ""
        yield replace(entity, parent=parents[entity.name])
