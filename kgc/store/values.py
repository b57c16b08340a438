"""What a query gives back, as JSON can hold it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, TypeAlias

from kgc.store.catalog import MARK

_OWN: Final = frozenset(("_ID", "_SRC", "_DST", "_LABEL"))

Plain: TypeAlias = str | int | float | bool | Sequence["Plain"] | Mapping[str, "Plain"] | None


def plain(value: object) -> Plain:
    """A value without the database's own ids; what has no place in JSON becomes text."""
    if isinstance(value, Mapping):
        return _record(value)
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, str):
        return value.rstrip(MARK)
    if value is None or isinstance(value, (bool, int)) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else str(value)


def _record(value: Mapping[object, object]) -> Plain:
    if "_NODES" in value:
        return {"nodes": plain(value["_NODES"]), "relationships": plain(value.get("_RELS"))}
    if "_LABEL" not in value:
        return {str(k): plain(v) for k, v in value.items()}
    word = "type" if "_SRC" in value else "label"
    own = {str(k): plain(v) for k, v in value.items() if v is not None and str(k) not in _OWN}
    return {word: plain(value["_LABEL"]), **own}
