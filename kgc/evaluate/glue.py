"""A tokenised text as it would be printed: "Duluth , Minn ." becomes "Duluth, Minn.", and offsets follow."""

from __future__ import annotations

from dataclasses import replace

from kgc.data import Span
from kgc.evaluate.rows import Row
from kgc.slm.train.records import printed


def glued(row: Row) -> Row:
    """The row without those spaces; names keep the letters that they cover."""
    text, new = printed(row.text)
    if text == row.text:
        return row
    moved = [Span(new[e.span.start], new[e.span.end]) for e in row.entities]
    return replace(
        row,
        text=text,
        entities=tuple(replace(e, span=s, surface=s.of(text)) for e, s in zip(row.entities, moved, strict=True)),
        sentences=tuple(Span(new[s.start], new[s.end]) for s in row.sentences),
    )
