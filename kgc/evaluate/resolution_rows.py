"""Records whose duplicates are known: by the thing that each is of, or pair by pair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kgc.errors import KgcError
from kgc.evaluate.json_lines import read_objects
from kgc.resolve.tables.fields import Record

RECORDS: Final = 'A row is {"id", "fields": {"name": "…", …}, "cluster"}; records of one thing have the same cluster.'
PAIRS: Final = 'A row is {"id", "left": {"name": "…", …}, "right": {…}, "label"}; a label is 1 (one thing) or 0.'
_NUMBERS: Final = ("entity id", "id", "_id", "record id")
"""Fields that number the rows of a set; they say nothing of the thing."""


@dataclass(frozen=True, slots=True)
class Clustered:
    """A record and the thing it is of."""

    id: str
    fields: Record
    cluster: str


@dataclass(frozen=True, slots=True)
class Judged:
    """Two records and whether they are one thing."""

    id: str
    left: Record
    right: Record
    same: bool


def read_records(path: Path) -> tuple[Clustered, ...]:
    """The records of a file. Raises `KgcError` with file:line for a row of another layout, or an id that was there."""
    lines: dict[str, int] = {}
    found: list[Clustered] = []
    for number, row in read_objects(path, RECORDS):
        where = f"{path}:{number}"
        id_ = _name(row, "id", where, RECORDS)
        if (first := lines.setdefault(id_, number)) != number:
            raise KgcError(f"{where}: the id {id_!r} is that of line {first} too.", "Give every record its own id.")
        fields = _fields(row, "fields", where, RECORDS)
        found.append(Clustered(id_, fields, _name(row, "cluster", where, RECORDS)))
    return tuple(found)


def read_pairs(path: Path) -> tuple[Judged, ...]:
    """The pairs of a file, none where it is not there. Raises `KgcError` with file:line for a row of another layout."""
    return tuple(_pairs(path)) if path.is_file() else ()


def _pairs(path: Path) -> Iterator[Judged]:
    for number, row in read_objects(path, PAIRS):
        where = f"{path}:{number}"
        left, right = (_fields(row, key, where, PAIRS) for key in ("left", "right"))
        label = row.get("label")
        if label not in (0, 1):
            raise KgcError(f"{where}: {_wrong(row, 'label', '0, 1, true or false')}.", PAIRS)
        yield Judged(_name(row, "id", where, PAIRS), left, right, bool(label))


def _name(row: Mapping[str, object], key: str, where: str, layout: str) -> str:
    """An id or a cluster: a string or a number."""
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise KgcError(f"{where}: {_wrong(row, key, 'a string or a number')}.", layout)
    return str(value)


def _fields(row: Mapping[str, object], key: str, where: str, layout: str) -> Record:
    value = row.get(key)
    if not isinstance(value, dict):
        raise KgcError(f"{where}: {_wrong(row, key, 'an object')}.", layout)
    return {str(k): str(v) for k, v in value.items() if v is not None and str(k).casefold() not in _NUMBERS}


def _wrong(row: Mapping[str, object], key: str, wanted: str) -> str:
    value = row.get(key)
    return f"{key!r} is missing" if value is None else f"{key!r} is {value!r:.60}, not {wanted}"
