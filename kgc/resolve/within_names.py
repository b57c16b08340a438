"""The names of one document: where each stands, and which two may be of one thing at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kgc.resolve.folding import fold
from kgc.resolve.records import Kind

LONGEST: Final = 200
"""What is longer (code points) is no name that another could stand for."""
PLACES_KEPT: Final = 64
"""So many places of a name are kept; later ones say nothing new."""
_EDGE: Final = " \t\r\n\"'“”‘’«»()[]（）【】「」『』,;:，；：、"
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_DOTTED = re.compile(r"^(?:[A-Z]\. ?)+[A-Z]\.?$")
_POSSESSIVE = re.compile(r"\s?['’]s?$")
_TAIL = re.compile(r"\s*(?:[(（\[]|,\s*(?:who|whom|whose|which|where|an?|the|now|then|later|former|in|of)\b|[–—])")


@dataclass(frozen=True, slots=True)
class Named:
    """A name where it stands: `text[start:end]`. `key` is what links speak of, `surface` the name as it is kept.

    `kind` says how its parts are read; `types` is its class and the classes above it, nearest first, where known.
    """

    key: str
    surface: str
    kind: Kind
    start: int
    end: int
    types: tuple[str, ...] = ()


@dataclass(slots=True)
class Name:
    """A name of the document, once for all its places. `number` counts names by where they first stand."""

    number: int
    key: str
    surface: str
    kind: Kind
    types: tuple[str, ...]
    count: int = 0
    places: list[tuple[int, int]] = field(default_factory=list)

    @property
    def first(self) -> int:
        return self.places[0][0]


@dataclass(frozen=True, slots=True)
class Claim:
    """A rule's word that a name stands for another: indices into the names, how sure (a fraction), and why."""

    name: int
    target: int
    score: float
    reason: str


def gather(mentions: Iterable[Named]) -> tuple[Name, ...]:
    """The names by where they first stand (then by key). Mentions with no place, or too long, are left out."""
    found: dict[str, Name] = {}
    ordered = sorted(mentions, key=lambda m: (m.start, m.end, m.key))
    for m in ordered:
        if not 0 <= m.start < m.end or not 0 < len(m.surface) <= LONGEST:
            continue
        name = found.get(m.key)
        if name is None:
            name = found[m.key] = Name(len(found), m.key, m.surface, m.kind, m.types)
        name.count += 1
        if len(name.places) < PLACES_KEPT:
            name.places.append((m.start, m.end))
    return tuple(found.values())


def compatible(a: Name, b: Name) -> bool:
    """Whether two names may be of one thing by kind and class: a class above the other's is no clash."""
    if a.kind != b.kind:
        return False
    return not a.types or not b.types or a.types[0] in b.types or b.types[0] in a.types


def core(surface: str) -> str:
    """A name without article, possessive, quotes, and what is told of it after a comma or in brackets.

    >>> core("the Vrije Universiteit's"), core("Ada Byron (1815-1852), who wrote")
    ('Vrije Universiteit', 'Ada Byron')
    """
    text = surface[:LONGEST].strip(_EDGE)
    if (tail := _TAIL.search(text)) and tail.start() > 1:
        text = text[: tail.start()]
    return _ARTICLE.sub("", _POSSESSIVE.sub("", text.strip(_EDGE)))


def plain(surface: str) -> str:
    """The form in which two spellings in one document are the same: folded, without article, points, spare spaces.

    >>> plain("the U.S."), plain("ACME Corp.")
    ('us', 'acme corp')
    """
    text = core(surface)
    if _DOTTED.match(text):
        text = text.replace(".", "").replace(" ", "")
    return " ".join(fold(text, {}).replace(".", " ").split())


def nearest(names: Sequence[Name], of: Name) -> Name:
    """The one that stands first, before the name if any does."""
    return min(names, key=lambda n: (n.first > of.first, n.first, n.key))
