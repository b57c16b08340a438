"""Counts of what was seen, with where: each kind of thing has its number, its documents and a few quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kgc.ontology.records import Quote

QUOTES: Final = 5
"""Quotes of one thing that are kept, each of another sentence, of as many documents as possible."""


@dataclass(slots=True)
class Tally:
    """How often one thing was seen, in which documents, and the first places of each."""

    count: int = 0
    documents: Counter[str] = field(default_factory=Counter)
    quotes: list[Quote] = field(default_factory=list)

    def add(self, quote: Quote) -> None:
        self.count += 1
        self.documents[quote.source] += 1
        known = any((q.source, q.start) == (quote.source, quote.start) for q in self.quotes)
        fresh = self.documents[quote.source] == 1
        if not known and (len(self.quotes) < QUOTES or (fresh and len(self.sources()) < QUOTES)):
            self.quotes.append(quote)

    def sources(self) -> set[str]:
        return {q.source for q in self.quotes}

    def chosen(self) -> tuple[Quote, ...]:
        """At most `QUOTES`: one a document first, in the order seen."""
        first: list[Quote] = []
        rest: list[Quote] = []
        seen: set[str] = set()
        for quote in self.quotes:
            (rest if quote.source in seen else first).append(quote)
            seen.add(quote.source)
        return tuple((first + rest)[:QUOTES])


@dataclass(slots=True)
class Named(Tally):
    """A term or a name: what it was called beside, its classes, its head noun."""

    kinds: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    head: str = ""


@dataclass(slots=True)
class Related(Tally):
    """A relation phrase: the ends that were met together; `known` counts the relations of the built-in model."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    def ends(self, at: int) -> tuple[tuple[str, int], ...]:
        found: Counter[str] = Counter()
        for pair, count in self.pairs.items():
            if pair[at]:
                found[pair[at]] += count
        return ranked(found)


@dataclass(slots=True)
class Valued(Tally):
    """An attribute of an owner: the datatypes of its values, and the classes of names among them."""

    datatypes: Counter[str] = field(default_factory=Counter)
    cells: Counter[str] = field(default_factory=Counter)


def ranked(found: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Most frequent first; equals by name."""
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def names_of(found: Counter[str], most: int = 10) -> tuple[str, ...]:
    return tuple(name for name, _ in ranked(found)[:most])


def parts(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """All shorter stretches of some words.

    >>> list(parts(("lead", "acid", "cell")))
    [('lead',), ('acid',), ('cell',), ('lead', 'acid'), ('acid', 'cell')]
    """
    for size in range(1, len(words)):
        for start in range(len(words) - size + 1):
            yield words[start : start + size]
