"""How two words of two names are alike: an abbreviation, another spelling, a misspelling, or not at all."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

from rapidfuzz.distance import OSA

from kgc.resolve.lexicon import ABBREVIATIONS, KNOWN, NICKNAME_ROWS, OPPOSITE_PREFIXES
from kgc.resolve.statistics import Statistics

How = Literal["same", "spelling", "abbreviation", "typo", "nickname", "initial", ""]
_ONE_EDIT: Final = 5
"""Words of fewer letters are never taken for a misspelling of another."""
_TWO_EDITS: Final = 9
_FAR: Final = 4
"""Words that so many edits lie between are not looked at further."""
_ESTABLISHED: Final = 4
"""A word in so many names is right as it is."""
_SPELLINGS: Final = (
    ("ae", "a"),
    ("oe", "o"),
    ("ue", "u"),
    ("ph", "f"),
    ("ou", "o"),
    ("sz", "s"),
    ("z", "s"),
    ("y", "i"),
)
_NONE: Final[frozenset[str]] = frozenset()
_NO_ROW: Final[frozenset[int]] = frozenset()


def likeness(a: str, b: str, statistics: Statistics, *, person: bool = False) -> How:  # one a rule
    """How `b` is like `a`; nothing when they are two words. Symmetric."""
    if a == b:
        return "same"
    if not person and not ABBREVIATIONS.get(a, _NONE).isdisjoint(ABBREVIATIONS.get(b, _NONE)):
        return "abbreviation"
    changed = OSA.distance(a, b, score_cutoff=_FAR - 1)
    if changed >= _FAR:
        return ""
    short = min(len(a), len(b))
    if not person and short >= _ONE_EDIT and (a + "s" == b or b + "s" == a):
        return "spelling"
    if short >= _ONE_EDIT - 1 and spelled(a) == spelled(b) and not _two_words(a, b):
        return "spelling"
    return "typo" if not _two_words(a, b) and _misspelt(a, b, changed, statistics, person=person) else ""


def given_likeness(a: str, b: str, statistics: Statistics) -> How:
    """The same for given names: initials and nicknames count, a change of the ending is another name."""
    if a == b:
        return "same"
    if len(a) == 1 or len(b) == 1:
        return "initial" if a[:1] == b[:1] else ""
    if not NICKNAME_ROWS.get(a, _NO_ROW).isdisjoint(NICKNAME_ROWS.get(b, _NO_ROW)):
        return "nickname"
    if a[:-1] == b[:-1] or a[:-1] == b or a == b[:-1]:
        return ""
    return likeness(a, b, statistics, person=True)


@lru_cache(maxsize=1 << 15)
def spelled(word: str) -> str:
    """A word in the plainest of the spellings that languages vary in."""
    for longer, plain in _SPELLINGS:
        word = word.replace(longer, plain)
    return word


def edits(a: str, b: str) -> int:
    """Letters added, left out, changed, or two of them swapped."""
    return OSA.distance(a, b)


def _two_words(a: str, b: str) -> bool:
    """Whether both are right as they are, or exclude each other."""
    return (a in KNOWN and b in KNOWN) or _opposite(a, b)


def _opposite(a: str, b: str) -> bool:
    for one, two in OPPOSITE_PREFIXES:
        for x, y in ((a, b), (b, a)):
            if x.startswith(one) and y.startswith(two) and x[len(one) :] == y[len(two) :]:
                return True
    return False


def _misspelt(a: str, b: str, changed: int, statistics: Statistics, *, person: bool) -> bool:
    short = min(len(a), len(b))
    if short < _ONE_EDIT or changed > (2 if short >= _TWO_EDITS else 1):
        return False
    if any(map(str.isdecimal, a)) or any(map(str.isdecimal, b)):
        return False
    if statistics.token(a) >= _ESTABLISHED and statistics.token(b) >= _ESTABLISHED:
        return False
    if a[0] != b[0] and (person or a[1:] != b[1:]) and a[:2] != b[1::-1]:
        return False  # of persons a first letter is seldom wrong, and Baker is not Maker
    return person or not _other_ending(a, b)


def _other_ending(a: str, b: str) -> bool:
    """Another letter near the end makes another substance (propane, propene) or another word."""
    if len(a) != len(b) or a[:-3] != b[:-3]:
        return False
    changed = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(changed) == 1
