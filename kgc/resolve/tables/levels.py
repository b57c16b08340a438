"""How alike two values are, in a few levels: 0 the same, the last as unlike as can be."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler

from kgc.resolve.folding import HAN
from kgc.resolve.lexicon import GENERATIONS
from kgc.resolve.tables.values import Sort, Value

LEVELS: Final[Mapping[Sort, tuple[str, ...]]] = {
    "words": ("is the same", "is nearly the same", "is much alike", "is alike", "shares a little", "differs"),
    "person": ("is the same", "is nearly the same", "is much alike", "is alike", "shares a little", "differs"),
    "short": ("is the same", "is nearly the same", "is alike", "differs"),
    "identifier": ("is the same", "is nearly the same", "is alike", "differs"),
    "number": ("is the same", "is nearly the same", "is alike", "differs"),
    "date": ("is the same", "is nearly the same", "is of the same year", "differs"),
    "digits": ("is the same", "is nearly the same", "is alike", "differs"),
    "code": ("is the same", "begins the same", "differs"),
    "numerals": ("are the same", "are in part the same", "differ"),
}
"""The levels of each sort in words, the most alike first."""
_WORDS: Final = (0.999, 0.88, 0.7, 0.5, 0.25)
_SHORT: Final = (0.999, 0.84, 0.7)
_NUMBERS: Final = (0.005, 0.1, 0.35)
_PART: Final = 0.85
"""What it is worth that all that one says is in what the other says."""
_MOST: Final = 60
"""So many words of a value are compared."""
_FEW: Final = 300
"""With more pairs of words left over than this, misspellings are not looked for."""
_GIVEN: Final = 0.6
"""Given names that are less alike are two."""
_SLIP: Final = 5
"""Words of fewer letters are not misspelt."""


def level(sort: Sort, a: Value, b: Value, idf: Mapping[str, float], usual: float) -> int:
    """The level of two values; symmetric. `idf` says how much a word tells, `usual` what one not in it does."""
    if a.text == b.text and sort != "numerals":
        return 0
    if sort == "person":
        return _persons(a, b, idf, usual)
    return _under(alike(a.words, b.words, idf, usual), _WORDS) if sort == "words" else _OTHERS[sort](a, b)


def comparable(sort: Sort, a: Value, b: Value) -> bool:
    """Whether the two say anything of each other: names in two scripts do not."""
    return sort not in ("words", "person") or (HAN.search(a.text) is None) == (HAN.search(b.text) is None)


def _persons(a: Value, b: Value, idf: Mapping[str, float], usual: float) -> int:
    """Names of persons, given name first: two given names or generations that clash are two persons."""
    sons = [{GENERATIONS[w] for w in words if w in GENERATIONS} for words in (a.words, b.words)]
    if sons[0] and sons[1] and sons[0] != sons[1]:
        return len(_WORDS)
    found = _under(alike(a.words, b.words, idf, usual), _WORDS)
    if found > 1 and len(a.words) > 1 and len(b.words) > 1 and _clash(a.words, b.words):
        return len(_WORDS)
    return found


def alike(a: Sequence[str], b: Sequence[str], idf: Mapping[str, float], usual: float) -> float:
    """Which share of what the words tell both have, in [0, 1]; a misspelt word or an initial counts in part.

    The larger of the share of both (cosine) and, a little less, of the one that says less.
    """
    if not a or not b:
        return 0.0
    mine, yours = dict.fromkeys(a[:_MOST]), dict.fromkeys(b[:_MOST])
    weight = {w: idf.get(w, usual) ** 2 for w in (*mine, *yours)}
    shared = math.fsum(weight[w] for w in mine if w in yours)
    left, right = [w for w in mine if w not in yours], [w for w in yours if w not in mine]
    for word in left if len(left) * len(right) <= _FEW else ():
        how, other = max(((_word(word, o), o) for o in right), default=(0.0, ""))
        if how > 0:
            right.remove(other)
            shared += how * math.sqrt(weight[word] * weight[other])
    one, two = math.fsum(weight[w] for w in mine), math.fsum(weight[w] for w in yours)
    both = shared / math.sqrt(one * two) if one and two else 0.0
    within = shared / min(one, two) if one and two else 0.0
    return min(1.0, max(both, _PART * within if min(len(mine), len(yours)) > 1 else 0.75 * within))


def _clash(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether the given names are two: neither is in the other's name, nor its initial, nor like it."""
    one, two = a[0], b[0]
    if one in b or two in a or min(len(one), len(two)) == 1:
        return False
    return OSA.normalized_similarity(one, two) < _GIVEN and not max(_word(one, w) for w in b)


def _word(a: str, b: str) -> float:
    short, full = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) == 1:
        return 0.5 if full.startswith(short) and full.isalpha() else 0.0
    if short.isdecimal() or full.isdecimal():
        return 0.0
    if full.startswith(short):
        return 0.7 if len(short) > 2 else 0.5
    if len(short) < _SLIP or abs(len(a) - len(b)) > 2:
        return 0.0
    close = OSA.normalized_similarity(a, b)
    return close if close >= 0.72 else 0.0


def _under(found: float, bounds: Sequence[float]) -> int:
    return next((n for n, bound in enumerate(bounds) if found >= bound), len(bounds))


def _short(a: Value, b: Value) -> int:
    if a.number is not None and b.number is not None and len(a.digits) < 6:
        return 0 if a.number == b.number else len(_SHORT)
    x, y = a.text.replace(" ", ""), b.text.replace(" ", "")
    return _under(max(OSA.normalized_similarity(x, y), JaroWinkler.similarity(x, y) - 0.08), _SHORT)


def _identifiers(a: Value, b: Value) -> int:
    """Letters and digits alone count, as they are often spaced otherwise."""
    x, y = ("".join(c for c in v.text if c.isalnum()) for v in (a, b))
    return 0 if x == y else 1 if len(x) > 4 and OSA.distance(x, y) == 1 else 3


def _numbers(a: Value, b: Value) -> int:
    if a.number is None or b.number is None:
        return len(_NUMBERS)
    far = abs(a.number - b.number) / max(abs(a.number), abs(b.number), 1e-9)
    return next((n for n, bound in enumerate(_NUMBERS) if far <= bound), len(_NUMBERS))


def _dates(a: Value, b: Value) -> int:
    if a.date is None or b.date is None:
        return _short(a, b)
    if a.date == b.date:
        return 0
    swapped = (a.date[0], a.date[2], a.date[1]) == b.date
    same = sum(x == y for x, y in zip(a.date, b.date, strict=True))
    one = OSA.distance(_plain(a.date), _plain(b.date)) == 1
    if swapped or one:
        return 1
    return 2 if same == 2 or a.date[0] == b.date[0] else 3


def _plain(date: tuple[int, int, int]) -> str:
    return f"{date[0]:04}{date[1]:02}{date[2]:02}"


def _digits(one: Value, two: Value) -> int:
    """Telephone numbers: with or without the country's code."""
    a, b = one.digits, two.digits
    if not a or not b:
        return 3
    if a == b or (min(len(a), len(b)) >= 7 and (a.endswith(b) or b.endswith(a))):
        return 0
    if a[-7:] == b[-7:]:
        return 1
    distance = OSA.distance(a, b)
    return 1 if distance == 1 else 2 if distance == 2 and len(a) > 7 else 3


def _codes(one: Value, two: Value) -> int:
    a, b = one.codes, two.codes
    if a & b:
        return 0
    begun = any(x.startswith(y) or y.startswith(x) or x.endswith(y) or y.endswith(x) for x in a for y in b)
    return 1 if begun else 2


def _numerals(one: Value, two: Value) -> int:
    """Numbers in a name: "part 1" is not "part 2", but a number may be left out."""
    a, b = set(one.numerals), set(two.numerals)
    return 0 if a == b else 1 if a <= b or b <= a else 2


_OTHERS: Final[Mapping[Sort, Callable[[Value, Value], int]]] = {
    "short": _short, "identifier": _identifiers, "number": _numbers, "date": _dates, "digits": _digits, "code": _codes,
    "numerals": _numerals,
}  # fmt: skip
