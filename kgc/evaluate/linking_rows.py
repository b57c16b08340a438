"""Texts whose names are annotated with ids of a knowledge base, and what others' systems linked in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kgc.data import Span
from kgc.errors import KgcError
from kgc.evaluate.json_lines import read_objects

LITERALS: Final = frozenset({"QUANTITY", "DATETIME", "<NO_MAPPING>"})
"""What is annotated as no entity, or as one that nobody could name: not scored."""
NIL: Final = "<NIL>"
_LAYOUT: Final = 'A row is {"id", "text", "entities": [{"start", "end", "link"}]}; a link is an id or "<NIL>".'
_MENTIONS: Final = 'A row is {"id", "mentions": [[start, end, id], …]}.'


@dataclass(frozen=True, slots=True)
class Marked:
    """A name in a text; `id` is "" where the knowledge base has no entry for it. What is not `scored` may be linked."""

    span: Span
    id: str
    scored: bool = True


@dataclass(frozen=True, slots=True)
class LinkedText:
    id: str
    text: str
    names: tuple[Marked, ...]


def read_linked(path: Path) -> Iterator[LinkedText]:
    """The texts of a file. Raises `KgcError` with file:line for a row that is not of the layout.

    Optional names and literals are not scored, nor are finer alternatives inside another name (`parent`), nor what
    lies outside the span that was evaluated.
    """
    for number, row in read_objects(path, _LAYOUT):
        yield _text(row, f"{path}:{number}")


def _text(row: Mapping[str, object], where: str) -> LinkedText:
    match row:
        case {"id": str() | int() as id_, "text": str(text), "entities": list(entities)}:
            first, last = _evaluated(row.get("evaluation_span"), text, where)
            names = (_marked(e, text, first, last, f"{where}: entities[{i}]") for i, e in enumerate(entities))
            return LinkedText(str(id_), text, tuple(names))
        case _:
            raise KgcError(f"{where}: no linked text: {row!r:.60}.", _LAYOUT)


def _evaluated(span: object, text: str, where: str) -> tuple[int, int]:
    match span:
        case None | []:
            return 0, len(text)
        case [int(first), int(last)]:
            return first, last
        case _:
            raise KgcError(f"{where}: the evaluation_span {span!r:.60} is no range of the text.", _LAYOUT)


def _marked(entity: object, text: str, first: int, last: int, where: str) -> Marked:
    size = len(text)
    match entity:
        case {"start": int(start), "end": int(end), "link": str() | int() as id_, **rest} if 0 <= start < end <= size:
            link, finer = str(id_), "parent" in rest or rest.get("optional") is True
        case _:
            raise KgcError(f"{where}: {entity!r:.60} is no link in the text ({size} long).", _LAYOUT)
    scored = link not in LITERALS and not finer and first <= start and end <= last
    return Marked(Span(start, end), "" if link == NIL or link in LITERALS else link, scored)


def read_predictions(path: Path) -> dict[str, tuple[tuple[int, int, str], ...]]:
    """What a system linked, by text. Raises `KgcError` with file:line for a row that is not of the layout."""
    found: dict[str, tuple[tuple[int, int, str], ...]] = {}
    for number, row in read_objects(path, _MENTIONS):
        match row:
            case {"id": str() | int() as id_, "mentions": list(mentions)}:
                found[str(id_)] = tuple(_mention(m, f"{path}:{number}") for m in mentions)
            case _:
                raise KgcError(f"{path}:{number}: no linked text: {row!r:.60}.", _MENTIONS)
    return found


def _mention(value: object, where: str) -> tuple[int, int, str]:
    match value:
        case [int(start), int(end), str() | int() as id_]:
            return start, end, str(id_)
        case _:
            raise KgcError(f"{where}: {value!r:.60} is no mention.", _MENTIONS)
