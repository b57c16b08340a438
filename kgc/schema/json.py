"""A schema as JSON text and back, without loss: how the ledger keeps the schema that a recipe was run with."""

from __future__ import annotations

import json
from dataclasses import asdict

from kgc.data.plain import record
from kgc.errors import SchemaError
from kgc.schema.model import Schema


def to_json(schema: Schema) -> str:
    """The schema as one line of JSON in ASCII; the same schema gives the same text."""
    return json.dumps(asdict(schema), ensure_ascii=True, separators=(",", ":"))


def from_json(text: str) -> Schema:
    """The schema that `to_json` wrote, also by an older version (what was not known then has its default).

    Raises `SchemaError` for anything else.
    """
    try:
        return record(Schema, json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise SchemaError(f"This is no schema in JSON: {error}.", "Compile the schema file again.") from error
