"""Records as JSON values."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal


def plain(value: object) -> object:
    """A value made of what JSON knows. Numbers that JSON has no word for (NaN, infinities) become null."""
    match value:
        case None | bool() | int() | str():
            found: object = value
        case float():
            found = value if math.isfinite(value) else None
        case Mapping():
            found = {str(k): plain(v) for k, v in value.items()}
        case list() | tuple() | set() | frozenset():
            found = [plain(v) for v in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            found = {f.name: plain(getattr(value, f.name)) for f in fields(value)}
        case _:
            found = _scalar(value)
    return found


def _scalar(value: object) -> object:
    """What a database knows and JSON does not: times in ISO 8601, spans of time in seconds, bytes in hexadecimal."""
    match value:
        case date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Decimal():
            return plain(float(value))
        case bytes():
            return value.hex()
        case _:
            return str(value)


def dumps(value: object, *, indent: int | None = None) -> str:
    """The JSON of a record, in readable letters."""
    return json.dumps(plain(value), ensure_ascii=False, indent=indent, allow_nan=False)
