"""Texts whose names are annotated with ids of a knowledge base, and what others' systems linked in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kgc.data import Span
from kgc.errors import KgcError

LITERALS: Final = frozenset({"QUANTITY", "DATETIME", "<NO_MAPPING>"})
"""What is annotated as no entity, or as one that nobody could name: not scored."""
NIL: Final = "<NIL>"
_LAYOUT: Final = 'A row is {"id", "text", "entities": [{"start", "end", "link"}]}; a link is an id or "<NIL>".'


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
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield _text(line, f"{path.name}:{number}")


def _text(line: str, where: str) -> LinkedText:
    try:
        row = json.loads(line)
        text, entities = row["text"], row["entities"]
        first, last = row.get("evaluation_span") or (0, len(text))
        names = tuple(_marked(e, text, first, last) for e in entities)
        return LinkedText(str(row["id"]), text, names)
    except (ValueError, KeyError, TypeError) as error:
        raise KgcError(f"{where}: no linked text ({type(error).__name__}: {error}).", _LAYOUT) from error


def _marked(entity: Mapping[str, object], text: str, first: int, last: int) -> Marked:
    start, end, link = entity["start"], entity["end"], str(entity["link"])
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
        raise ValueError(f"{start!r}:{end!r} is no range of the text")
    finer = "parent" in entity or entity.get("optional") is True
    scored = link not in LITERALS and not finer and first <= start and end <= last
    return Marked(Span(start, end), "" if link == NIL or link in LITERALS else link, scored)


def read_predictions(path: Path) -> dict[str, tuple[tuple[int, int, str], ...]]:
    """What a system linked, by text: {"id", "mentions": [[start, end, id], …]} a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return {str(row["id"]): tuple((m[0], m[1], str(m[2])) for m in row["mentions"]) for row in rows}
