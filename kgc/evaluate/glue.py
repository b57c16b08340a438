"""A tokenised text as it would be printed: "Duluth , Minn ." becomes "Duluth, Minn.", and offsets follow."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kgc.data import Span
from kgc.evaluate.rows import Row

GLUE: Final = re.compile(
    r" (?=[,.;:!?%)\]}]|'s\b|n't\b|'re\b|'ve\b|'ll\b|'d\b|'m\b|''|'(?: |$))|(?<=[(\[{$£€#]) |(?<=``) "
    r"| (?=-- )|(?<= --) "
)
"""The spaces of a tokenised text that print does not have."""


def glued(row: Row) -> Row:
    """The row without those spaces; names keep the letters that they cover."""
    drop = {m.start() for m in GLUE.finditer(row.text)}
    if not drop:
        return row
    new: list[int] = []
    at = 0
    for i in range(len(row.text) + 1):
        new.append(at)
        at += i not in drop
    text = "".join(c for i, c in enumerate(row.text) if i not in drop)
    moved = [Span(new[e.span.start], new[e.span.end]) for e in row.entities]
    return replace(
        row,
        text=text,
        entities=tuple(replace(e, span=s, surface=s.of(text)) for e, s in zip(row.entities, moved, strict=True)),
        sentences=tuple(Span(new[s.start], new[s.end]) for s in row.sentences),
    )
