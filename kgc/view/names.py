"""Where names stand in a piece of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from kgc.data import Span

Kind = TypeVar("Kind")
_FIRST_CJK = "⺀"


def find_names(text: str, names: Mapping[Kind, Iterable[str]]) -> tuple[tuple[Span, Kind], ...]:
    """Where names stand in the text and which kind each is of, in order, without overlap.

    A longer name goes before a shorter one, and of one length the kind that is given first. Letter case does not
    count and any white space stands for any other, so that a name broken over two lines is found. A name in a script
    that puts spaces between words is found only as a whole word.

    >>> find_names("Li works for LIN  Li", {"person": ["Li"], "company": ["Lin Li"]})
    ((Span(start=0, end=2), 'person'), (Span(start=13, end=20), 'company'))
    """
    candidates = [(span, kind) for kind, given in names.items() for name in given for span in occurrences(text, name)]
    found: list[tuple[Span, Kind]] = []
    for span, kind in sorted(candidates, key=lambda c: c[0].start - c[0].end):
        if not any(_overlap(span, other) for other, _ in found):
            found.append((span, kind))
    return tuple(sorted(found, key=lambda f: f[0]))


def occurrences(text: str, name: str) -> Iterator[Span]:
    """Where one name stands in the text; a blank name stands nowhere."""
    pattern = r"\s+".join(re.escape(part) for part in name.split())
    for match in re.finditer(pattern, text, re.IGNORECASE) if pattern else ():
        span = Span(match.start(), match.end())
        if _whole(text, span):
            yield span


def _whole(text: str, span: Span) -> bool:
    """Whether no word goes on over either end of the span."""
    starts = span.start == 0 or not (_spaced(text[span.start - 1]) and _spaced(text[span.start]))
    ends = span.end == len(text) or not (_spaced(text[span.end - 1]) and _spaced(text[span.end]))
    return starts and ends


def _spaced(character: str) -> bool:
    """Whether it is a letter or digit of a script that puts spaces between words."""
    return character.isalnum() and character < _FIRST_CJK


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
