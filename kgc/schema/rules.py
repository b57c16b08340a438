"""What must hold of a schema as a whole: names that can live side by side in a store, inheritance that ends, IRIs.

Each rule yields `(place, message)`; a place is `Class` or `Class.field`, for whoever knows its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kgc.schema.model import DATATYPES, Attribute, EntityType, EventType, RelationType, RoleType, Schema
from kgc.schema.naming import LABELS, NAME_LIMIT, PROPERTIES, TYPES, is_identifier, lower_snake, upper_snake
from kgc.schema.read import WORDS

Broken = Iterator[tuple[str, str]]
IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_WORDS: Final = {word.casefold() for word in WORDS}


def broken(schema: Schema) -> Broken:
    """All that is wrong with a schema beyond its grammar."""
    if not (schema.entities or schema.relations or schema.events):
        yield "", "There is no class in this file. Write at least one `class Person(Entity)`."
    elif not schema.entities:
        yield "", "There is no entity class in this file. Write at least one `class Person(Entity)`."
    for rule in (cycles, identifiers, clashes, properties, hidden_attributes, sheets, former_names, inverses):
        yield from rule(schema)


def cycles(schema: Schema) -> Broken:
    for entity in schema.entities:
        if entity.name in schema.ancestors(entity.name):
            yield (
                entity.name,
                f"{entity.name} is its own ancestor. Let one class of the circle be a subclass of Entity.",
            )


def identifiers(schema: Schema) -> Broken:
    for place, name in _names(schema):
        if not is_identifier(name):
            hint = f"begin with a letter and have at most {NAME_LIMIT} letters, digits and underscores"
            yield place, f"The name {name[:60]!r} cannot be used. Names {hint}."


def _names(schema: Schema) -> Iterator[tuple[str, str]]:
    yield from ((name, name) for name in schema.names())
    for entity in schema.entities:
        yield from ((f"{entity.name}.{a.name}", a.name) for a in entity.attributes)
    for event in schema.events:
        yield from ((f"{event.name}.{r.name}", r.name) for r in event.roles)


def clashes(schema: Schema) -> Broken:
    """Stores keep classes and relationship types in one namespace that does not regard case."""
    taken = {name.casefold(): f"the {name} that kgc writes itself" for name in (*LABELS, *TYPES)}
    for place, name, told in _stored(schema):
        key = name.casefold()
        if place.casefold() in _WORDS:
            yield place, f"{place} is a word of schema files. Choose another name."
        elif key in taken and taken[key] != told:
            said = f"{told[0].upper()}{told[1:]} clashes with {taken[key]}"
            yield place, f"{said}: stores do not regard case. Choose another name."
        taken.setdefault(key, told)


def _stored(schema: Schema) -> Iterator[tuple[str, str, str]]:
    """Place, name in the store, and how to tell of it: of classes, relations, and roles (which may be shared)."""
    nodes: tuple[EntityType | EventType, ...] = (*schema.entities, *schema.events)
    for node in nodes:
        yield node.name, node.name, f"the class {node.name}"
    for relation in schema.relations:
        name = upper_snake(relation.name)
        yield relation.name, name, f"the relation {relation.name} ({name})"
    for event in schema.events:
        for role in event.roles:
            if not is_value(role):
                name = upper_snake(role.name)
                yield f"{event.name}.{role.name}", name, f"the role {name}"


def is_value(role: RoleType) -> bool:
    """Whether a role is filled by a literal and not by a thing."""
    return bool(role.types) and all(t in DATATYPES for t in role.types)


def properties(schema: Schema) -> Broken:
    """Properties are lower_snake; kgc writes some itself, and a fact's relation must not be an attribute as well."""
    relations = {r.name for r in schema.relations}
    owners: tuple[EntityType | EventType, ...] = (*schema.entities, *schema.events)
    for owner in owners:
        fields = schema.attributes(owner.name) if isinstance(owner, EntityType) else owner.roles
        taken: dict[str, str] = {}
        for field in fields:
            place, name = f"{owner.name}.{field.name}", lower_snake(field.name)
            if name in PROPERTIES and (isinstance(field, Attribute) or is_value(field)):
                yield place, f"The property {name!r} is written by kgc itself. Choose another name for {place}."
            elif name in taken:
                yield place, f"{place} and {owner.name}.{taken[name]} are both stored as {name!r}. Rename one."
            elif isinstance(field, Attribute) and field.name in relations:
                yield place, f"{place} has the name of a relation. Rename one."
            taken.setdefault(name, field.name)


def hidden_attributes(schema: Schema) -> Broken:
    for entity in schema.entities:
        for attribute in entity.attributes:
            for ancestor in schema.ancestors(entity.name):
                known = schema.entity(ancestor)
                other = next((a for a in known.attributes if a.name == attribute.name), None) if known else None
                if other and other.datatype != attribute.datatype and ancestor != entity.name:
                    told = f"{entity.name}.{attribute.name} is a {attribute.datatype.capitalize()}"
                    yield (
                        f"{entity.name}.{attribute.name}",
                        f"{told} but a {other.datatype.capitalize()} in {ancestor}. Use one datatype.",
                    )


def _classes(schema: Schema) -> Iterator[EntityType | RelationType | EventType]:
    yield from schema.entities
    yield from schema.relations
    yield from schema.events


def sheets(schema: Schema) -> Broken:
    for item in _classes(schema):
        for iri in item.labels.same_as:
            if not IRI.fullmatch(iri):
                hint = "Write all of it, as in https://schema.org/Person."
                yield f"{item.name}.same_as", f"{iri!r} in {item.name}.same_as is no IRI. {hint}"
    for relation in schema.relations:
        for template in relation.labels.templates:
            if template.count("{head}") != 1 or template.count("{tail}") != 1:
                hint = "Write {head} and {tail} once each."
                yield f"{relation.name}.templates", f"{template!r} in {relation.name}.templates is incomplete. {hint}"


def former_names(schema: Schema) -> Broken:
    groups: tuple[tuple[EntityType | RelationType | EventType, ...], ...]
    groups = (schema.entities, schema.relations, schema.events)
    for group in groups:
        owners: dict[str, str] = {}
        present = {item.name for item in group}
        for item in group:
            for name in item.labels.was:
                place = f"{item.name}.was"
                if name in present:
                    hint = "A former name is one that no class has now."
                    yield place, f"{place} says {name!r}, which is a class of this file. {hint}"
                elif name in owners:
                    yield place, f"{place} says {name!r}, and so does {owners[name]}.was. Leave it to one."
                owners.setdefault(name, item.name)


def inverses(schema: Schema) -> Broken:
    by_name = {r.name: r for r in schema.relations}
    for relation in schema.relations:
        if not relation.inverse:
            continue
        place, other = f"{relation.name}.inverse", by_name.get(relation.inverse)
        if not is_identifier(relation.inverse):
            yield place, f"{relation.inverse!r} in {place} is no name of a relation. Write one, as in 'EmployerOf'."
        elif relation.symmetric and relation.inverse != relation.name:
            yield place, f"{relation.name} is symmetric, so that it is its own inverse. Remove one of the two."
        elif other is None and relation.inverse in schema.names():
            yield place, f"{relation.inverse} in {place} is no relation. Name a relation."
        elif other is not None and not _opposite(schema, relation, other):
            hint = f"The head of {relation.name} must be a tail of {other.name}, and the other way round."
            yield place, f"{other.name} cannot be the inverse of {relation.name}. {hint}"


def _opposite(schema: Schema, one: RelationType, other: RelationType) -> bool:
    return all(
        any(schema.is_a(a, (b,)) or schema.is_a(b, (a,)) for a in ours for b in theirs)
        for ours, theirs in ((one.head, other.tail), (one.tail, other.head))
    ) and other.inverse in ("", one.name)
