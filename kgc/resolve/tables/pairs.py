"""Which records are compared: those that share a key. Blocks are bounded, so that pairs grow with the records alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from kgc.resolve.tables.fields import Field, Row

FULL: Final = 40
"""Blocks up to this size give all their pairs; in larger ones each record meets those next to it in order of text."""
WINDOW: Final = 10
_RARE: Final = 5
"""So many of the rarest words of a field are keys."""
_BEGIN: Final = 5


def candidates(fields: Sequence[Field], rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Pairs of places in `rows`, the smaller first, sorted. Which are compared does not depend on the rows' order."""
    common = [Counter(w for row in rows if (v := row.values[n]) for w in set(v.words)) for n in range(len(fields))]
    blocks: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        for key in set(_keys(fields, row, common)):
            blocks.setdefault(key, []).append(place)
    texts = ["\x1f".join(v.text if v else "" for v in row.values) for row in rows]
    found: set[tuple[int, int]] = set()
    for places in blocks.values():
        if len(places) > 1:
            ordered = sorted(places, key=lambda p: (texts[p], p))
            reach = len(ordered) if len(ordered) <= FULL else WINDOW
            for i, one in enumerate(ordered):
                for other in ordered[i + 1 : i + 1 + reach]:
                    found.add((one, other) if one < other else (other, one))
    return sorted(found)


def _keys(fields: Sequence[Field], row: Row, common: Sequence[Counter[str]]) -> Iterator[str]:
    for n, (field, value) in enumerate(zip(fields, row.values, strict=True)):
        if value is None:
            continue
        match field.sort:
            case "words" | "person":
                rarest = sorted(set(value.words), key=lambda w: (common[n][w], w))[:_RARE]
                yield from (f"{n}w{w}" for w in rarest if len(w) > 1)
                yield from (f"{n}p{w[:_BEGIN]}" for w in rarest[:3] if len(w) > _BEGIN)
                yield f"{n}t{value.text}"
            case "digits":
                yield f"{n}d{value.digits[-7:]}"
            case "code":
                yield from (f"{n}c{code}" for code in value.codes)
                yield from (f"{n}b{code[:_BEGIN]}" for code in value.codes if len(code) > _BEGIN)
            case "date" | "short" | "identifier":
                yield f"{n}t{value.text}"
            case _:
                pass
