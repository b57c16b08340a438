"""JSON Schema (2020-12) of what can be extracted with a schema: entities, triples and events of one text."""

from __future__ import annotations

import json
from typing import TypeAlias

from kgc.schema.model import DATATYPES, EventType, RelationType, RoleType, Schema

Json: TypeAlias = "str | int | bool | list[Json] | list[str] | dict[str, Json]"

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def as_json_schema(schema: Schema) -> str:
    """JSON Schema of one extraction, indented, the same text for the same schema.

    An extraction is `{"entities": [{"text", "type"}], "triples": [{"head", "head_type", "relation", "tail",
    "tail_type"}], "events": [{"type", "trigger", "roles": {role: text}}]}`; an attribute is a triple whose
    `tail_type` is its datatype.
    """
    found: dict[str, Json] = {
        "$schema": DIALECT,
        "title": schema.name,
        **described(schema.definition),
        **record(
            {
                "entities": array({"$ref": "#/$defs/entity"}),
                "triples": array(any_of(_triples(schema))),
                "events": array(any_of([_event(e) for e in schema.events])),
            },
            ("entities", "triples"),
        ),
        "$defs": {"entity": _entity(schema)},
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _entity(schema: Schema) -> dict[str, Json]:
    return record({"text": text(), "type": any_of([_class(e.name, e.definition) for e in schema.entities])})


def _class(name: str, definition: str) -> Json:
    return {"const": name, **described(definition)}


def _triples(schema: Schema) -> list[Json]:
    relations = [_relation(schema, r) for r in schema.relations]
    attributes = [
        _attribute(schema, name) for name in dict.fromkeys(a.name for e in schema.entities for a in e.attributes)
    ]
    return relations + attributes


def _relation(schema: Schema, relation: RelationType) -> Json:
    return {
        **described(relation.definition),
        **record(
            {
                "head": text(),
                "head_type": one_of(allowed(schema, relation.head)),
                "relation": {"const": relation.name},
                "tail": text(),
                "tail_type": one_of(allowed(schema, relation.tail)),
            }
        ),
    }


def _attribute(schema: Schema, name: str) -> Json:
    """An attribute of all classes that have it; its values are texts as written, whatever the datatype."""
    owners = [(e.name, a) for e in schema.entities if (a := schema.attribute(e.name, name))]
    return {
        **described(next((a.definition for _, a in owners if a.definition), "")),
        **record(
            {
                "head": text(),
                "head_type": one_of([owner for owner, _ in owners]),
                "relation": {"const": name},
                "tail": text(),
                "tail_type": one_of(sorted({a.datatype for _, a in owners})),
            }
        ),
    }


def _event(event: EventType) -> Json:
    roles: dict[str, Json] = {r.name: {**text(), **described(_role(r))} for r in event.roles}
    required = tuple(r.name for r in event.roles if r.required)
    fields: dict[str, Json] = {
        "type": {"const": event.name},
        "trigger": text(),
        "roles": record(roles, required),
    }
    return {**described(event.definition), **record(fields)}


def _role(role: RoleType) -> str:
    kinds = " or ".join(t.capitalize() if t in DATATYPES else t for t in role.types)
    return f"{kinds}: {role.definition}" if role.definition else kinds


def allowed(schema: Schema, types: tuple[str, ...]) -> list[str]:
    """The types and all below them, in file order."""
    return [e.name for e in schema.entities if schema.is_a(e.name, types)]


def record(fields: dict[str, Json], required: tuple[str, ...] | None = None) -> dict[str, Json]:
    names = list(fields) if required is None else list(required)
    return {"type": "object", "properties": fields, "required": names, "additionalProperties": False}


def array(items: Json) -> Json:
    return {"type": "array", "items": items}


def any_of(options: list[Json]) -> Json:
    """One of these; nothing at all where there is none."""
    return {"anyOf": options} if options else False


def one_of(names: list[str]) -> Json:
    return {"enum": names} if names else False


def text() -> dict[str, Json]:
    return {"type": "string", "minLength": 1}


def described(definition: str) -> dict[str, Json]:
    return {"description": definition} if definition else {}
