"""Where names stand in a piece of text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kgc.data import Span

_FIRST_CJK = "⺀"


def find_names(text: str, names: Iterable[str]) -> tuple[Span, ...]:
    """Where any of the names stands in the text, in order, without overlap; a longer name goes before a shorter one.

    Letter case does not count and any white space stands for any other, so that a name broken over two lines is
    found. A name in a script that puts spaces between words is found only as a whole word.

    >>> find_names("Li works for LIN  Li", ["Lin Li", "Li"])
    (Span(start=0, end=2), Span(start=13, end=20))
    """
    found: list[Span] = []
    for name in sorted({" ".join(n.split()) for n in names} - {""}, key=lambda n: (-len(n), n)):
        pattern = r"\s+".join(re.escape(part) for part in name.split(" "))
        for match in re.finditer(pattern, text, re.IGNORECASE):
            span = Span(match.start(), match.end())
            if _whole(text, span) and not any(_overlap(span, other) for other in found):
                found.append(span)
    return tuple(sorted(found))


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
