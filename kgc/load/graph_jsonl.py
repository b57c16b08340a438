"""A graph from JSON lines: what `kgc export` writes, entities, facts and events in any order."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, cast

from kgc.data import Literal, Problem, Qualifier, Status
from kgc.errors import KgcError
from kgc.load.graph_records import Called, Quote, Record, Statement, Thing

SUFFIXES: Final = (".jsonl", ".ndjson")
_STATUS: Final = ("proposed", "accepted", "rejected")
_ALIGNED: Final = ("exact", "fuzzy", "none")
_SHOWN: Final = 200

Shape = Mapping[str, object]


class Unfit(Exception):
    """A line that is no entity, fact or event; says why."""


def read_jsonl(path: Path) -> Iterator[Record]:
    """The records of a file, `.gz` or not. A line that cannot be read is a `Problem` with its number.

    Raises `KgcError` where the file cannot be opened or unpacked.
    """
    for number, line in _lines(path):
        if not line.strip():
            continue
        try:
            yield from _records(_shape(line))
        except Unfit as error:
            raw = line[:_SHOWN].decode("utf-8", "replace").rstrip()
            yield Problem("broken", str(error), f"line {number}", raw, "Correct the line, or take it out.")


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            yield from enumerate(file, 1)
    except (OSError, EOFError, zlib.error) as error:
        raise KgcError(f"{str(path)!r} cannot be read: {error}.", "Check the file.") from error


def _shape(line: bytes) -> Shape:
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unfit(f"it is no JSON ({error})") from error
    if not isinstance(found, dict):
        raise Unfit("it is no JSON object")
    return found


def _records(shape: Shape) -> Iterator[Record]:
    kind = shape.get("kind")
    if kind == "entity":
        yield _entity(shape)
    elif kind == "fact":
        yield from _fact(shape)
    elif kind == "event":
        yield from _event(shape)
    else:
        raise Unfit(f"its kind is {kind!r}, not entity, fact or event")


def _entity(shape: Shape) -> Thing:
    """Attributes are left to their facts, which say more; an export always has both."""
    name = _text(shape, "name")
    others = [Called(_text(a, "name"), _text(a, "lang", "")) for a in _objects(shape, "aliases")]
    lang = next((o.lang for o in others if o.text == name), "")
    links = tuple(str(link) for link in _list(shape, "links"))
    return Thing(_text(shape, "id"), (_text(shape, "type"),), (Called(name, lang), *others), links)


def _fact(shape: Shape) -> Iterator[Record]:
    head = _object(shape, "head")
    yield _end(head)
    tail = _object(shape, "tail")
    if "id" in tail:
        yield _end(tail)
    yield Statement(
        _text(head, "id"),
        _text(shape, "relation"),
        _text(tail, "id") if "id" in tail else _value(tail),
        _confidence(shape),
        shape.get("negated") is True,
        shape.get("hedged") is True,
        _status(shape),
        tuple(Qualifier(str(k), str(v)) for k, v in _object(shape, "qualifiers", {}).items()),
        _quotes(shape),
    )


def _event(shape: Shape) -> Iterator[Record]:
    id_, trigger = _text(shape, "id"), _text(shape, "trigger", "")
    names = (Called(trigger or id_),)
    quotes = _quotes(shape)
    roles = [(_text(role, "role"), _object(role, "value")) for role in _objects(shape, "roles")]
    yield Thing(id_, (_text(shape, "type"),), names, (), _confidence(shape), _status(shape), quotes, True)
    for name, value in roles:
        if "id" in value:
            yield _end(value)
        yield Statement(id_, name, _text(value, "id") if "id" in value else _value(value))


def _end(shape: Shape) -> Thing:
    """The end of a fact: a thing of which more may be said elsewhere."""
    return Thing(_text(shape, "id"), (_text(shape, "type"),), (Called(_text(shape, "name")),))


def _value(shape: Shape) -> Literal:
    raw = _text(shape, "literal")
    return Literal(
        raw, _text(shape, "value", raw), _text(shape, "datatype", "string"), _text(shape, "unit", ""),
        _text(shape, "lang", ""),
    )  # fmt: skip


def _quotes(shape: Shape) -> tuple[Quote, ...]:
    return tuple(map(_quote, _objects(shape, "evidence")))


def _quote(shape: Shape) -> Quote:
    aligned, page = shape.get("aligned"), shape.get("page")
    return Quote(
        _text(shape, "quote", ""),
        _text(shape, "document", ""),
        page if isinstance(page, int) and page > 0 else 0,
        aligned if aligned in _ALIGNED else "exact",
        _text(shape, "rationale", "") if shape.get("rationale") else "",
    )


def _status(shape: Shape) -> Status:
    status = shape.get("status")
    return status if status in _STATUS else "proposed"


def _confidence(shape: Shape) -> float:
    value = shape.get("confidence", 1.0)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise Unfit(f"its confidence is {value!r}, no number from 0 to 1")
    return float(value)


def _text(shape: Shape, key: str, default: str | None = None) -> str:
    value = shape.get(key, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise Unfit(f"its {key!r} is {value!r}, no text" if key in shape else f"it has no {key!r}")
    return value


def _list(shape: Shape, key: str) -> list[object]:
    value = shape.get(key, [])
    if not isinstance(value, list):
        raise Unfit(f"its {key!r} is no list")
    return value


def _objects(shape: Shape, key: str) -> list[Shape]:
    found = _list(shape, key)
    if not all(isinstance(item, dict) for item in found):
        raise Unfit(f"its {key!r} holds something that is no object")
    return cast("list[Shape]", found)


def _object(shape: Shape, key: str, default: Shape | None = None) -> Shape:
    value = shape.get(key, default)
    if not isinstance(value, dict):
        raise Unfit(f"its {key!r} is no object" if key in shape else f"it has no {key!r}")
    return value
