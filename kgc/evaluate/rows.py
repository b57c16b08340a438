"""Rows of annotated text, one JSON object a line, as the data sets and a user's own file have them.

{"id", "text", "entities": [{"start", "end", "type", "text", "cluster"?, "gold_name"?}],
 "triples": [{"head", "relation", "tail", "head_type"?, "tail_type"?, "head_entity"?, "tail_entity"?, "head_cluster"?,
 "tail_cluster"?}], "lang"?, "title"?, "sentences"?: [[start, end], ...]}

Offsets are code points of `text`, `entities[i].text` is `text[start:end]`; `head_entity` is an index into `entities`.
Other keys are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeGuard

from kgc.data import Span
from kgc.errors import KgcError
from kgc.evaluate.json_lines import read_objects

LAYOUT: Final = (
    'A row is {"id", "text", "entities": [{"start", "end", "type"}], "triples": [{"head", "relation", "tail"}]}.'
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name that the annotation marks. `cluster` joins the mentions of one thing, "" where there are no clusters.

    `known_as` is how the triples call it where the text writes it in another way.
    """

    span: Span
    label: str
    surface: str
    cluster: str = ""
    known_as: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A triple of the annotation. `head_at`, `tail_at` are indices of entities, -1 where the row does not tell."""

    head: str
    relation: str
    tail: str
    head_label: str = ""
    tail_label: str = ""
    head_at: int = -1
    tail_at: int = -1


@dataclass(frozen=True, slots=True)
class Row:
    """One annotated text."""

    id: str
    text: str
    entities: tuple[Named, ...] = ()
    triples: tuple[Stated, ...] = ()
    lang: str = ""
    title: str = ""
    sentences: tuple[Span, ...] = ()


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a file. Raises `KgcError` with file:line for a row that is not of the layout."""
    for number, value in read_objects(path, LAYOUT):
        yield row_of(value, f"{path}:{number}", number)


def row_of(value: Mapping[str, object], where: str, number: int) -> Row:
    """A line's object as a row; `number` is the id of one without. Raises `KgcError` that begins with `where`."""
    text = _text(value, "text", where)
    entities = tuple(_named(e, text, f"{where}: entities[{i}]") for i, e in enumerate(_list(value, "entities", where)))
    triples = tuple(
        _stated(t, len(entities), f"{where}: triples[{i}]") for i, t in enumerate(_list(value, "triples", where))
    )
    return Row(
        str(value.get("id", number)), text, entities, triples,
        str(value.get("lang") or ""), str(value.get("title") or ""),
        tuple(_sentence(s, text, where) for s in _list(value, "sentences", where)),
    )  # fmt: skip


def _named(value: object, text: str, where: str) -> Named:
    row = _object(value, where)
    start, end = row.get("start"), row.get("end")
    if not _whole(start) or not _whole(end) or not 0 <= start < end <= len(text):
        raise KgcError(f"{where}: start {start!r}, end {end!r} is no range of the text ({len(text)} long).", LAYOUT)
    span = Span(start, end)
    surface = span.of(text)
    if row.get("text", surface) != surface:
        raise KgcError(
            f"{where}: the text at {start}:{end} is {surface!r}, not {row['text']!r}.",
            "Offsets count Unicode code points from 0, the end not included.",
        )
    cluster = row.get("cluster")
    return Named(
        span, _text(row, "type", where), surface,
        "" if cluster is None else str(cluster), str(row.get("gold_name") or ""),
    )  # fmt: skip


def _stated(value: object, entities: int, where: str) -> Stated:
    row = _object(value, where)
    places: list[int] = []
    for end in ("head_entity", "tail_entity"):
        at = row.get(end)
        if at is not None and not (_whole(at) and 0 <= at < entities):
            raise KgcError(f"{where}: {end} is {at!r}; the row has {entities} entities, counted from 0.", LAYOUT)
        places.append(-1 if at is None else at)
    head, relation, tail = (_text(row, key, where) for key in ("head", "relation", "tail"))
    return Stated(head, relation, tail, str(row.get("head_type") or ""), str(row.get("tail_type") or ""), *places)


def _sentence(value: object, text: str, where: str) -> Span:
    match value:
        case [int(start), int(end)] if 0 <= start <= end <= len(text):
            return Span(start, end)
        case _:
            raise KgcError(f"{where}: the sentence {value!r} is no range of the text.", LAYOUT)


def _whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _object(value: object, where: str) -> Mapping[str, object]:
    if isinstance(value, dict):
        return value
    raise KgcError(f"{where}: {value!r:.60} is no object.", LAYOUT)


def _text(row: Mapping[str, object], key: str, where: str) -> str:
    value = row.get(key)
    if isinstance(value, str):
        return value
    raise KgcError(f"{where}: {key!r} is {'missing' if value is None else f'{value!r:.60}, not a string'}.", LAYOUT)


def _list(row: Mapping[str, object], key: str, where: str) -> Sequence[object]:
    value = row.get(key, ())
    if isinstance(value, list | tuple):
        return value
    raise KgcError(f"{where}: {key!r} is {value!r:.60}, not a list.", LAYOUT)
