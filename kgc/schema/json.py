"""A schema as JSON text and back, without loss: how the ledger keeps the schema that a recipe was run with."""

from __future__ import annotations

import json
from dataclasses import MISSING, asdict, fields, is_dataclass
from typing import TypeVar, cast, get_args, get_origin, get_type_hints

from kgc.errors import SchemaError
from kgc.schema.model import Schema

T = TypeVar("T")


def to_json(schema: Schema) -> str:
    """The schema as one line of JSON in ASCII; the same schema gives the same text."""
    return json.dumps(asdict(schema), ensure_ascii=True, separators=(",", ":"))


def from_json(text: str) -> Schema:
    """The schema that `to_json` wrote, also by an older version (what was not known then has its default).

    Raises `SchemaError` for anything else.
    """
    try:
        return _record(Schema, json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise SchemaError(f"This is no schema in JSON: {error}.", "Compile the schema file again.") from error


def _record(kind: type[T], value: object) -> T:
    """A record of a dataclass `kind`; keys that it does not have are refused."""
    if not isinstance(value, dict) or not is_dataclass(kind):
        raise TypeError(f"expected an object for {kind.__name__}, not {value!r:.60}")
    hints = get_type_hints(kind)
    known = {f.name: f for f in fields(kind)}
    if unknown := set(value) - set(known):
        raise KeyError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    needed = {n for n, f in known.items() if f.default is MISSING and f.default_factory is MISSING}
    if missing := needed - set(value):
        raise KeyError(f"{kind.__name__} needs {', '.join(sorted(missing))}")
    return cast("T", kind(**{name: _value(hints[name], item) for name, item in value.items()}))


def _value(hint: object, value: object) -> object:
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise TypeError(f"expected a list, not {value!r:.60}")
        inner = get_args(hint)[0]
        return tuple(_value(inner, item) for item in value)
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint, value)
    if not isinstance(hint, type) or not isinstance(value, hint):
        raise TypeError(f"expected {hint}, not {value!r:.60}")
    return value
