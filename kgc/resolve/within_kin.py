"""Relatives who share a name: what a text calls somebody's child or wife is not that somebody."""

from __future__ import annotations

import re
from typing import Final

from kgc.resolve.within_names import Name

NEAR: Final = 90
"""So many code points between two names are looked at."""
BIRTH: Final = 200
"""So many are where somebody is born."""
LOOKED: Final = 8
"""So many places of each name are."""
_KIN: Final = re.compile(
    r"[^.;:!?\n]*(?:\b(?:(?:grand|step|half-|god)?(?:son|daughter|child|children|brother|sister|father|mother|nephew|niece)"
    r"|cousin|uncle|aunt|wife|husband|widow|widower|married|marries)\b(?!\s+(?:and|of its)))"
    r"[^.;:!?\n]*"
)
_BORN: Final = re.compile(r"[^.;:!?\n]*\bborn\b[^.;:!?\n]*\bto\b[^.;:!?\n]*")
_OTHER: Final = re.compile(r"\b[A-Z][\w'’-]+ [A-Z][\w'’-]+\b|\b(?:he|she|him|her|his)\s+(?:was|is|were|had|has)\b")
"""Somebody else stands between: whose relative it is cannot be told."""


def relatives(text: str, one: Name, other: Name) -> bool:
    """Whether the text calls one the relative of the other where they stand close together in one sentence."""
    for a, b in one.places[:LOOKED]:
        for c, d in other.places[:LOOKED]:
            start, end = (b, c) if b <= c else (d, a)
            if not start <= end <= start + BIRTH:
                continue
            gap = text[start:end]
            if _BORN.fullmatch(gap) or (len(gap) <= NEAR and _KIN.fullmatch(gap) and not _OTHER.search(gap)):
                return True
    return False
