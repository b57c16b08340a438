"""The lines of a PDF page with their places on it, as PDFium reads them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from ctypes import c_double
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage  # type: ignore[import-untyped]

HYPHEN = "\x02"
"""Stands for a hyphen at a line's end until it is known whether the word is written with one."""

WORD = re.compile(r"(?<![\x02\w])[^\W\d_]+(?:-[^\W\d_]+)*(?![\x02\w])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line; its sides in points from the page's lower left corner, `size` is the height of its font.

    `bottom` is that of its first letter, `low` that of its last: PDFium gives lines that a hyphen joins as one.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    low: float
    size: float


def lines_of(page: PdfTextPage) -> tuple[Line, ...]:
    """The lines of a page in reading order (the order of its content stream, column by column)."""
    from pypdfium2 import raw  # noqa: PLC0415

    found: list[Line] = []
    letters: list[str] = []
    places: list[tuple[int, str]] = []
    for i in range(raw.FPDFText_CountChars(page)):
        code = raw.FPDFText_GetUnicode(page, i)
        if code in (10, 13):
            _end(found, letters, places, page)
        elif code in (2, 0xFFFE):
            letters.append(HYPHEN)
        elif code and not 0xD800 <= code < 0xE000:
            letter = chr(code)
            letters.append(letter)
            if not letter.isspace():
                places.append((i, letter))
    _end(found, letters, places, page)
    return tuple(found)


def _end(found: list[Line], letters: list[str], places: list[tuple[int, str]], page: PdfTextPage) -> None:
    """Close the line that was gathered, if it holds anything."""
    text = " ".join("".join(letters).replace("\xa0", " ").split(" ")).strip()
    if places and text:
        left, _, bottom, top = box(page, places[0][0])
        _, right, low, _ = box(page, places[-1][0])
        sized = next((i for i, letter in places if letter.isalnum()), places[0][0])  # a bullet may be of another font
        _, _, under, over = box(page, sized)
        found.append(Line(text, left, right, top, bottom, low, max(over - under, 0.1)))
    letters.clear()
    places.clear()


def box(page: PdfTextPage, i: int) -> tuple[float, float, float, float]:
    """Left, right, bottom, top of a letter with the height of its font, so that letters of one size have one height."""
    from pypdfium2 import raw  # noqa: PLC0415

    rect = raw.FS_RECTF()
    if raw.FPDFText_GetLooseCharBox(page, i, rect):
        return rect.left, rect.right, rect.bottom, rect.top
    sides = [c_double() for _ in range(4)]
    raw.FPDFText_GetCharBox(page, i, *sides)
    left, right, bottom, top = (s.value for s in sides)
    return left, right, bottom, top


def without_furniture(pages: Sequence[tuple[Line, ...]]) -> list[tuple[Line, ...]]:
    """The pages without running heads, feet and page numbers.

    A line is one when it is among the two highest or lowest of its page, and the same but for its digits on at least
    three pages and a third of all (heads differ on left and right pages). So a short document loses nothing.
    """
    edges = [edge_lines(lines) for lines in pages]
    seen = Counter(key for edge in edges for key in {pattern(line) for line in edge})
    often = {key for key, n in seen.items() if n >= 3 and 3 * n >= len(pages)}
    return [
        tuple(line for line in lines if not (line in edge and pattern(line) in often))
        for lines, edge in zip(pages, edges, strict=True)
    ]


def edge_lines(lines: Sequence[Line]) -> frozenset[Line]:
    by_height = sorted(lines, key=lambda line: line.top)
    return frozenset((*by_height[:2], *by_height[-2:]))


def pattern(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def vocabulary(pages: Iterable[Sequence[Line]]) -> frozenset[str]:
    """The words that stand inside a document's lines, in small letters, with and without hyphens in them."""
    found: set[str] = set()
    for lines in pages:
        for line in lines:
            for word in WORD.findall(line.text.casefold()):
                found.add(word)
                found.update(word.split("-"))
    return frozenset(found)


def join_hyphens(text: str, known: frozenset[str]) -> str:
    """Words that were parted at a line's end, put together.

    The hyphen stays before a capital or a digit, where the document writes the word with one elsewhere, and where both
    halves are words of the document and the whole is not ("two-stage").
    """

    def joined(found: re.Match[str]) -> str:
        first, second = found.group(1), found.group(2)
        one, with_hyphen = (first + second).casefold(), f"{first}-{second}".casefold()
        halves = first.casefold() in known and second.casefold() in known and one not in known
        keep = not first or not second[:1].islower() or with_hyphen in known or halves
        return f"{first}{'-' if keep else ''}{second}"

    return PARTED.sub(joined, text)


PARTED = re.compile(rf"([^\W_]*){HYPHEN}[ \n]*([^\W_]*)")
