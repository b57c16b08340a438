"""How sure two names are one thing: weights in log-odds (natural), added up, as in Fellegi and Sunter (1969).

Origin of the weights: set by hand, and looked over on the lists in the tests, on generated names (`bench/resolve.py`)
and on the errors made on febrl1, restaurants_okkam, senzing_truthset and the names of the linking sets. Scores on any
of these are scores on what the weights have seen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from rapidfuzz.distance import OSA

from kgc.data.names import tidy
from kgc.resolve.compare import Comparison, Level
from kgc.resolve.lexicon import PLACES, SECTORS
from kgc.resolve.records import Feature, Item, Veto
from kgc.resolve.statistics import Statistics, clean

MERGE: Final = 0.85
"""Pairs with at least this score may be merged without asking."""
GREY: Final = 0.30
"""Pairs below are not worth a question."""

LEVELS: Final[dict[Level, tuple[float, str]]] = {
    "same": (5.0, "the same name but for case, width, accents or punctuation"),
    "alias": (4.5, "one is given as a name of the other"),
    "legal": (4.0, "the same name but for the legal form"),
    "spacing": (3.5, "the same letters, spaced otherwise"),
    "order": (2.0, "the same parts in another order"),
    "spelling": (3.0, "another spelling of the same word"),
    "abbreviation": (2.8, "a word is abbreviated"),
    "middle": (2.0, "a middle name is left out"),
    "generic": (1.8, "a word that says little is left out"),
    "typo": (2.0, "a word is misspelt"),
    "nickname": (1.2, "one given name is short for the other"),
    "initial": (0.6, "a given name is an initial"),
    "part": (-0.3, "one has a part more"),
    "acronym": (-0.3, "one is the acronym of the other"),
    "short": (-0.5, "one could be short for the other"),
    "surname": (-1.5, "one is a part of a person's name alone"),
    "other": (-6.0, "the names differ"),
}
_CERTAIN: Final = frozenset({"same", "alias", "legal"})
"""Levels at which it does not count how common the words are: the names are written the same."""
_SHORTENED: Final = frozenset({"part", "acronym", "short", "surname", "initial", "generic", "middle"})
_VALUE: Final = "attribute:"
_LINK: Final = "link"
_LINKED: Final = 9.0
"""That both are the same in a knowledge base outweighs that their names differ."""
_SHORT_NUMBER: Final = 6
_INITIALS: Final = 15.0
"""One in so many given names begins with the same letter."""
IDENTIFIES: Final = 3
"""A value that no more names share says which thing it is."""
_FACT: Final = 1.2
"""What a shared fact says for a pair."""
_OTHERS: Final = frozenset({"part", "short", "surname", "acronym"})
"""Levels at which the names are often of a thing and its part, its parent, its place, which share facts as well:"""
_PART: Final = 0.6
"""the first fact says so much less."""
_NAMED: Final = 2
"""So many shared facts are told by name."""
_MOST: Final = 3.5
"""No agreement is worth more."""
_MANY: Final = 2.5
"""Nor more than this, if it does not say which thing it is."""


def weigh(one: Item, other: Item, found: Comparison, statistics: Statistics) -> tuple[Feature, ...]:
    """What speaks for and against the pair, in a fixed order."""
    weight, words = LEVELS[found.level]
    features = [Feature("name", weight, words)]
    features += _doubts(one, other, found)
    features += _rarity(found, statistics)
    features += _crowd(one, other, found, statistics)
    features += _links(one, other)
    features += _attributes(one, other, statistics)
    features += _company(one, other, found)
    return tuple(features)


def probability(features: tuple[Feature, ...]) -> float:
    """The sum of the weights as a fraction in [0, 1]."""
    total = max(-30.0, min(30.0, math.fsum(f.weight for f in features)))
    return round(1 / (1 + math.exp(-total)), 4)


def identified(features: tuple[Feature, ...], statistics: Statistics) -> bool:
    """Whether a value that says which thing it is agrees, and more agrees than differs.

    What a thing may have several of (an address, a telephone) is shared by others too, and identifies none.
    """
    values = [
        f for f in features if f.name.startswith(_VALUE) and f.name.removeprefix(_VALUE) not in statistics.several
    ]
    linked = any(f.name == _LINK for f in features)
    return linked or (any(f.weight >= 3 for f in values) and sum(f.weight for f in values) > 3)


def standing(vetoes: tuple[Veto, ...], features: tuple[Feature, ...], statistics: Statistics) -> tuple[Veto, ...]:
    """The vetoes that no identifier outweighs; it outweighs one part of a name that differs, not all of them."""
    if any(f.name == _LINK for f in features):  # the same entry of a knowledge base, whatever it is called
        return tuple(v for v in vetoes if v.code == "type")
    if {"surname", "given"} <= {v.code for v in vetoes} or not identified(features, statistics):
        return vetoes
    return tuple(v for v in vetoes if not v.yields)


def shared_names(one: frozenset[str], other: frozenset[str]) -> tuple[Feature, ...]:
    """Two things may share a third name (a group and its branches): it speaks for them, and no guard falls for it."""
    shared = sorted(one & other)
    return (Feature("names", 2.0, f"both are also called {shared[0]!r}"),) if shared else ()


def _doubts(one: Item, other: Item, found: Comparison) -> Iterator[Feature]:
    if found.edits > 1:
        yield Feature("edits", -0.5 * (found.edits - 1), f"{found.edits} letters differ")
    if found.level == "typo" and len(found.shared) == 1:
        a, b = found.shared[0]
        longer, swapped = max(len(a), len(b)), sorted(a) == sorted(b)
        weight = 0.0 if swapped and longer > 6 else -0.4 if len(a) != len(b) and longer > 7 else -2.0
        if weight:
            yield Feature("alone", weight, "a misspelt word with no other beside it")
    if found.level == "generic" and (one.kind != other.kind or one.kind not in ("organization", "place")):
        yield Feature("kinds", -1.5, "of other things than companies and places such a word is seldom left out")
    words = {a for a, _ in found.shared}
    if found.level == "order" and one.kind != "person" and words & SECTORS and words & PLACES:
        yield Feature(
            "swapped", -2.0, "names of institutions differ by their order (Miami University, University of Miami)"
        )
    if found.doubts:
        yield Feature("doubts", -0.6 * found.doubts, f"{found.doubts} more parts differ")


def _rarity(found: Comparison, statistics: Statistics) -> Iterator[Feature]:
    """How many more names would share these words by chance: the size times the share of each word among all."""
    if found.level in _CERTAIN or not found.shared or not statistics.size:
        return
    chance = math.log10(statistics.size)
    for a, b in found.shared:
        if min(len(a), len(b)) == 1:
            share = 1 / _INITIALS
        else:
            share = max(statistics.token(a) - 1, statistics.token(b) - 1, 0.5) / statistics.size
        chance += math.log10(min(share, 1.0))
    weight = round(max(-2.0, min(1.2, -0.8 * chance)), 3)
    words = " ".join(a for a, _ in found.shared)
    if abs(weight) >= 0.1:
        yield Feature("rarity", weight, f"{words!r} is {'rare' if weight > 0 else 'common'}")


def _crowd(one: Item, other: Item, found: Comparison, statistics: Statistics) -> Iterator[Feature]:
    """Names written the same that stand apart in the ledger are namesakes the more, the more there are of them."""
    if found.level == "same" and statistics.names:
        n = statistics.names.get(tidy(one.surface), 1)
        if n > 2 and tidy(one.surface) == tidy(other.surface):
            yield Feature("crowd", -1.5 * math.log2(n - 1), f"{n} names are written so")


def _links(one: Item, other: Item) -> Iterator[Feature]:
    for base, id_ in sorted(set(one.links) & set(other.links))[:1]:
        yield Feature(_LINK, _LINKED, f"both are {id_} in {base}")


def _attributes(one: Item, other: Item, statistics: Statistics) -> Iterator[Feature]:
    if not one.attributes or not other.attributes:
        return
    mine, yours = _grouped(one), _grouped(other)
    for name in sorted(mine.keys() & yours.keys()):
        if shared := mine[name] & yours[name]:
            n = min(statistics.values.get((name, value), 1) for value in shared)
            most = _MOST if n <= IDENTIFIES and name not in statistics.several else _MANY
            yield Feature(f"{_VALUE}{name}", _agreement(n, statistics.size, most), f"{name} agrees")
        elif (likeness := _nearest(mine[name], yours[name])) >= 0.75:
            yield Feature(f"{_VALUE}{name}", 1.0, f"{name} is nearly the same ({likeness:.2f})")
        else:
            yield Feature(
                f"{_VALUE}{name}", -0.5 if name in statistics.several else statistics.differs, f"{name} differs"
            )


def _agreement(n: int, size: int, most: float) -> float:
    """What it is worth that two names have a value that `n` of all names have: the less likely by chance, the more."""
    return round(max(0.3, min(most, 0.8 * math.log(max(size, 1) / n))), 3)


def _grouped(item: Item) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for name, value in item.attributes:
        if text := clean(value):
            groups.setdefault(name, set()).add(text)
    return groups


def _nearest(mine: set[str], yours: set[str]) -> float:
    few = sorted(mine)[:8], sorted(yours)[:8]
    return max((_similarity(a[:200], b[:200]) for a in few[0] for b in few[1]), default=0.0)


def _similarity(a: str, b: str) -> float:
    """Short numbers (years, house numbers) are the same or not; in longer values a slip is forgiven."""
    if len(a) < _SHORT_NUMBER and a.isdecimal() and b.isdecimal():
        return 0.0
    return OSA.normalized_similarity(a, b)


def _company(one: Item, other: Item, found: Comparison) -> Iterator[Feature]:
    shared = sorted(set(one.neighbours) & set(other.neighbours))
    if shared:
        which = ", ".join(text.replace(">", " > ", 1).replace("<", " < ", 1) for text in shared[:_NAMED])
        which += f" and {len(shared) - _NAMED} more" if len(shared) > _NAMED else ""
        weight = _FACT * len(shared) - (_PART if found.level in _OTHERS else 0)
        yield Feature("neighbours", round(min(3.0, weight), 3), f"both have the fact {which}")
    if one.documents and other.documents and set(one.documents) & set(other.documents):
        if found.level in _SHORTENED:
            yield Feature("together", 0.8, "both stand in one document, where a name is often shortened")
        elif found.level in ("typo", "nickname"):
            yield Feature("together", -1.0, "both stand in one document, which seldom spells one name in two ways")
