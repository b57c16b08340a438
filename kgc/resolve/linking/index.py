"""Looking names up in the index of a knowledge base: the entries that a name may mean, a bounded number of them."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Final, Self

from rapidfuzz.distance import OSA

from kgc.data.knowledge import KbEntry
from kgc.resolve.linking.build import BETWEEN, MOST, VERSION
from kgc.resolve.linking.keys import code, probes, shape

CANDIDATES: Final = 48
"""So many candidates a name has at most."""
_BY_WORD: Final = 24
"""So many of them by one of its words."""
_LOOKED_AT: Final = 48
"""So many entries are looked at as possible misspellings."""
_SPARE: Final = 12
"""So many letters of a name may be a legal form, small words and marks, which are no slips."""
_NAMES: Final = "SELECT name, aliases FROM entry WHERE n = ?"
_BY_ID: Final = "SELECT n, id, name, aliases, types, description, prior, related, place FROM entry WHERE id = ?"
_BY_NUMBER: Final = "SELECT n, id, name, aliases, types, description, prior, related, place FROM entry WHERE n = ?"


@dataclass(frozen=True, slots=True)
class Found:
    """What a name may mean. `crowd` is how many entries the name was found in all, as the index counts them.

    `exact` tells that some are written as the name is.
    """

    entries: tuple[KbEntry, ...] = ()
    crowd: int = 0
    exact: bool = False


class Index:
    """An index as `build` wrote it, read-only. Not for several threads at once."""

    def __init__(self, path: Path) -> None:
        self._sql = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        meta = dict(self._sql.execute("SELECT key, value FROM meta").fetchall())
        self.size = int(meta["size"])
        self.name = meta["name"]
        self._rarity: dict[int, float] = {}

    def find(self, surface: str) -> Found:
        """The candidates of a name, written the same first. Total: any text has some or none.

        Those found as misspelt, or by one word alone, are only looked for when none is written the same; a single word
        may always be short for more.
        """
        asked = probes(surface)
        numbers: dict[int, None] = {}
        crowd = self._add(numbers, asked.same)
        exact = bool(numbers)
        self._add(numbers, asked.other)
        if not numbers:
            self._misspelt(numbers, surface, asked.typo)
            crowd += len(numbers)
        crowd += self._add(numbers, asked.acronym)
        if not exact or len(asked.words) == 1:
            crowd += self._by_words(numbers, asked.words)
        chosen = list(numbers)[:CANDIDATES]
        return Found(self._entries(chosen), max(crowd, len(chosen)), exact)

    def entry(self, id_: str) -> KbEntry | None:
        row = self._sql.execute(_BY_ID, (id_,)).fetchone()
        return _entry(row) if row else None

    def rarity(self, word: str) -> float:
        """How much a word tells: the logarithm of the share of entries that do not have it, in [0, 1]."""
        key = code(word)
        if key not in self._rarity:
            row = self._sql.execute("SELECT n FROM word WHERE key = ?", (key,)).fetchone()
            self._rarity[key] = log((self.size + 1) / (row[0] if row else 1)) / log(self.size + 1)
        return self._rarity[key]

    def close(self) -> None:
        self._sql.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _posting(self, key: int) -> tuple[int, tuple[int, ...]]:
        row = self._sql.execute("SELECT n, entries FROM posting WHERE key = ?", (key,)).fetchone()
        return (row[0], struct.unpack(f"<{len(row[1]) // 4}I", row[1])) if row else (0, ())

    def _add(self, numbers: dict[int, None], keys: Sequence[int]) -> int:
        crowd = 0
        for key in keys:
            n, entries = self._posting(key)
            numbers.update(dict.fromkeys(entries[:CANDIDATES]))
            crowd = max(crowd, n)
        return crowd

    def _misspelt(self, numbers: dict[int, None], surface: str, keys: Sequence[int]) -> None:
        """Entries with a name that one slip (two in nine letters and more) away is written the same."""
        looked: dict[int, None] = {}
        for key in keys:
            looked.update(dict.fromkeys(self._posting(key)[1][: _LOOKED_AT // 2]))
        text = "".join(shape(surface).telling)
        slips = 1 if len(text) < 9 else 2
        near: list[tuple[int, int]] = []
        for place in list(looked)[:_LOOKED_AT]:
            name, aliases = self._sql.execute(_NAMES, (place,)).fetchone()
            names = (name, *_parts(aliases)[:32]) if aliases else (name,)
            distance = min((_far(text, other, slips) for other in names), default=slips + 1)
            if distance <= slips:
                near.append((distance, place))
        numbers.update(dict.fromkeys(place for _, place in sorted(near)))

    def _by_words(self, numbers: dict[int, None], keys: Sequence[int]) -> int:
        """Entries that share words with the name, those with the most and the rarest of them first."""
        weights: dict[int, float] = {}
        crowds: list[int] = []
        for key in keys:
            n, entries = self._posting(key)
            if n:
                crowds.append(n)
            for entry in entries:
                weights[entry] = weights.get(entry, 0.0) + log(1 + self.size / n)
        best = sorted(weights, key=lambda e: -weights[e])[:_BY_WORD]  # of equals those that the posting has first
        numbers.update(dict.fromkeys(best))
        return min(crowds, default=0)

    def _entries(self, numbers: Sequence[int]) -> tuple[KbEntry, ...]:
        rows = (self._sql.execute(_BY_NUMBER, (n,)).fetchone() for n in numbers)
        return tuple(map(_entry, rows))


def is_current(path: Path) -> bool:
    """Whether a file is an index of this version."""
    try:
        with sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True) as sql:
            found = sql.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
        sql.close()
    except sqlite3.Error:
        return False
    return bool(found and found[0] == VERSION)


def _far(text: str, name: str, slips: int) -> int:
    """How many slips lie between a joined name and another; no more is counted than one over `slips`."""
    plain = name.casefold().replace(" ", "")
    if OSA.distance(text, plain, score_cutoff=slips + _SPARE) > slips + _SPARE:
        return slips + 1
    return int(OSA.distance(text, "".join(shape(name).telling), score_cutoff=slips))


def _entry(row: tuple[int, str, str, str, str, str, float, str, str]) -> KbEntry:
    _, id_, name, aliases, types, description, prior, related, place = row
    return KbEntry(id_, name, _parts(aliases), _parts(types), description, prior, _parts(related), place)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split(BETWEEN)) if text else ()


__all__ = ["CANDIDATES", "MOST", "Found", "Index", "is_current"]
