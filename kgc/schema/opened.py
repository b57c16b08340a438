"""A schema that open facts have a place in: one relation more, and a class for what has none of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kgc.errors import SchemaError
from kgc.schema.model import EntityType, RelationType, Schema

OPEN_FACT: Final = "OpenFact"
"""The relation that stands for all open facts in a store; each says its own words (docs/reference/open-facts.md)."""
COMMON: Final = "Concept"
"""The class of what an open fact names by common nouns."""


def opened(schema: Schema) -> Schema:
    """The schema with `OpenFact`, and with `Concept` where it has none. Raises `SchemaError` for a name that is taken.

    Of an opened schema it is the same schema.
    """
    if schema.relation(OPEN_FACT):
        return schema
    if OPEN_FACT in schema.names() or (COMMON in schema.names() and not schema.entity(COMMON)):
        raise SchemaError(
            f"The schema {schema.name!r} uses {OPEN_FACT} or {COMMON} for something else.",
            "Rename it there, or leave out --open.",
        )
    concept = EntityType(COMMON, "What is named by common nouns: a thing, a group, an idea, a field.")
    relation = RelationType(OPEN_FACT, ("Entity",), ("Entity",), "A fact in the words of the text.")
    entities = schema.entities if schema.entity(COMMON) else (*schema.entities, concept)
    return replace(schema, entities=entities, relations=(*schema.relations, relation))


def closed(schema: Schema) -> Schema:
    """The schema without the place for open facts."""
    return replace(schema, relations=tuple(r for r in schema.relations if r.name != OPEN_FACT))


def common_class(schema: Schema) -> str:
    """The class of what has no class of its own, by its name in the schema."""
    found = schema.entity(COMMON)
    return found.name if found else COMMON
