"""Rows of cells as blocks: a header where there is one, and a row a line, so that chunks keep their header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, islice

from kgc.load.draft import Draft

LOOKED_AT = 50
"""Rows that tell how wide a table is."""
NUMBER = re.compile(r"[-+(]?[$€£¥%\s]*[\d.,:/%\s-]*\d[\d.,:/%\s)-]*")
LONGEST_NAME = 100


def add_table(rows: Iterable[Sequence[str]], draft: Draft) -> None:
    """Add the rows. What stands alone over a table is its title; the first full row without numbers is its header.

    Cells lose their line ends; empty cells at the end of a row are left out, rows of other lengths kept as they are.
    """
    filled = (cells for row in rows if any(cells := tidy(row)))
    first = list(islice(filled, LOOKED_AT))
    width = usual_width(first)
    at = 0
    while width > 1 and at < min(3, len(first) - 1) and len([c for c in first[at] if c]) == 1:
        draft.add("paragraph", "".join(first[at]))
        at += 1
    if at < len(first) - 1 and is_header(first[at], width):
        draft.add("header", line(first[at]))
        at += 1
    for cells in chain(first[at:], filled):
        draft.add("row", line(cells))


def tidy(row: Sequence[str]) -> list[str]:
    cells = [" ".join(cell.split()) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def line(cells: Sequence[str]) -> str:
    return " | ".join(cells)


def usual_width(rows: Sequence[Sequence[str]]) -> int:
    counts = Counter(len(row) for row in rows)
    return max(counts, key=lambda n: (counts[n], n)) if counts else 0


def is_header(cells: Sequence[str], width: int) -> bool:
    """Whether a row names columns: several cells, nearly all filled, short, different, and no numbers."""
    names = [c for c in cells if c]
    return (
        width > 1
        and len(cells) > 1
        and len(names) >= max(2, 0.6 * width)
        and len(set(names)) == len(names)
        and all(len(c) <= LONGEST_NAME and not NUMBER.fullmatch(c) for c in names)
    )
