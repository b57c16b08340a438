"""A Fellegi-Sunter model of records: how often each level is found of pairs that match and of pairs that do not.

Fitted by expectation and maximisation on pairs that share a key, without labels (Winkler 1988), from the shares that
matches usually have and those of random pairs, which also hold it back where there are few pairs.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kgc.resolve.records import Feature
from kgc.resolve.tables.fields import Field, Row
from kgc.resolve.tables.levels import LEVELS, comparable, level
from kgc.resolve.tables.values import Sort

MISSING: Final = -1
RANDOM: Final = 10_000
"""So many random pairs tell how often things that do not match are alike."""
FITTED: Final = 15_000
"""About so many pairs, evenly drawn, are fitted on."""
ROUNDS: Final = 25
_MATCHES: Final[Mapping[Sort, tuple[float, ...]]] = {
    "words": (0.45, 0.2, 0.15, 0.12, 0.05, 0.03),
    "person": (0.45, 0.2, 0.15, 0.12, 0.05, 0.03),
    "short": (0.8, 0.1, 0.04, 0.06),
    "identifier": (0.92, 0.065, 0.005, 0.01),
    "number": (0.55, 0.2, 0.15, 0.1),
    "date": (0.84, 0.1, 0.03, 0.03),
    "digits": (0.75, 0.1, 0.05, 0.1),
    "code": (0.75, 0.18, 0.07),
    "numerals": (0.72, 0.2, 0.08),
}
"""How often matches are of each level where nothing is known: the beginning, and what few pairs are held to."""
_OTHERS: Final[Mapping[Sort, tuple[float, ...]]] = {
    "words": (0.002, 0.003, 0.005, 0.02, 0.1, 0.87),
    "person": (0.002, 0.003, 0.005, 0.02, 0.1, 0.87),
    "short": (0.01, 0.005, 0.015, 0.97),
    "identifier": (0.0005, 0.001, 0.0005, 0.998),
    "number": (0.02, 0.05, 0.2, 0.73),
    "date": (0.003, 0.003, 0.02, 0.974),
    "digits": (0.003, 0.001, 0.006, 0.99),
    "code": (0.01, 0.01, 0.98),
    "numerals": (0.1, 0.3, 0.6),
}  # fmt: skip
"""How often things that do not match are of each level; so many random pairs' worth as `_FEW`."""
_FEW: Final = 30.0
_HELD: Final[Mapping[Sort, float]] = {
    "words": 40.0, "person": 1000.0, "short": 4000.0, "identifier": 4000.0, "number": 100.0, "date": 400.0,
    "digits": 400.0, "code": 4000.0, "numerals": 4000.0,
}  # fmt: skip
"""So many pairs' worth the usual shares count: what identifies does so everywhere."""
_HELD_RANDOM: Final = 200.0
_MOST_MATCH: Final = 0.3
"""Of pairs that share a key no more are taken to match: few records would say anything."""
_RARE: Final = (-1.5, 3.0)
"""How much less or more a common or a rare value that is the same may tell, in log-odds."""
_LEAST: Final = 1e-4

Levels = tuple[int, ...]
Shares = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Model:
    """`m` and `u` are the shares of the levels of each field among matches and others, `prior` that of matches.

    `weights` are what their levels tell. `counts` are how many records have a value, of `size`; `idf` how much words
    tell, by field.
    """

    fields: tuple[Field, ...]
    m: Shares
    u: Shares
    weights: Shares
    prior: float
    size: int
    counts: tuple[Mapping[str, int], ...]
    idf: tuple[Mapping[str, float], ...]

    def levels(self, a: Row, b: Row) -> Levels:
        usual = math.log(self.size + 1)
        return tuple(
            MISSING
            if x is None or y is None or not comparable(field.sort, x, y)
            else level(field.sort, x, y, self.idf[n], usual)
            for n, (field, x, y) in enumerate(zip(self.fields, a.values, b.values, strict=True))
        )

    def features(self, a: Row, b: Row) -> tuple[Feature, ...]:
        """What speaks for and against two records, by field."""
        found = [Feature("prior", round(math.log(self.prior / (1 - self.prior)), 3), "as often as records match")]
        for n, (field, at) in enumerate(zip(self.fields, self.levels(a, b), strict=True)):
            if at == MISSING:
                continue
            weight = self.weights[n][at]
            value = a.values[n]
            if at == 0 and value is not None:
                weight += self._rarity(n, value.text)
            found.append(Feature(f"field:{field.name}", round(weight, 3), f"{field.name} {LEVELS[field.sort][at]}"))
        return tuple(found)

    def score(self, a: Row, b: Row) -> float:
        """How sure it is that two records are one thing, in [0, 1].

        Records of one field alone are not matched, unless it is a number or a code, nor are persons of whom nothing
        but the name can be compared: a mere name has namesakes.
        """
        features = self.features(a, b)
        if max(_filled(a), _filled(b)) == 1 and not any(map(self._identifies, features)):
            return 0.0
        if len(features) == 2 and features[1].name in self._persons():
            return 0.0
        total = math.fsum(f.weight for f in features)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def _persons(self) -> frozenset[str]:
        return frozenset(f"field:{f.name}" for f in self.fields if f.sort == "person")

    def _identifies(self, feature: Feature) -> bool:
        return any(
            f.sort in ("digits", "code", "identifier") and feature.name == f"field:{f.name}" for f in self.fields
        )

    def _rarity(self, n: int, text: str) -> float:
        """What a value that is the same tells beyond what one usually does: the rarer, the more."""
        counts = self.counts[n]
        usual = math.fsum(c * c for c in counts.values()) / max(1, sum(counts.values())) if counts else 1.0
        return max(_RARE[0], min(_RARE[1], 0.5 * math.log(max(usual, 1.0) / max(counts.get(text, 1), 1))))


def fit(fields: Sequence[Field], rows: Sequence[Row], pairs: Sequence[tuple[int, int]]) -> Model:
    """A model of these rows and of pairs among them that could match."""
    counts = tuple(Counter(v.text for row in rows if (v := row.values[n])) for n in range(len(fields)))
    idf = tuple(_idf(rows, n) if field.sort in ("words", "person") else {} for n, field in enumerate(fields))
    m = tuple(_MATCHES[field.sort] for field in fields)
    start = Model(tuple(fields), m, m, m, 0.5, len(rows), counts, idf)
    u = _shares(fields, _table(start, rows, _random_pairs(len(rows))))
    table = _table(start, rows, pairs[:: len(pairs) // FITTED + 1])
    if not len(table):
        return Model(tuple(fields), m, u, tuple(map(_weights, m, u)), 0.01, len(rows), counts, idf)
    m, u, prior = _maximised(fields, table, m, u)
    return Model(tuple(fields), m, u, tuple(map(_weights, m, u)), prior, len(rows), counts, idf)


def _filled(row: Row) -> int:
    return sum(v is not None for v in row.values)


def _idf(rows: Sequence[Row], n: int) -> dict[str, float]:
    seen: Counter[str] = Counter()
    for row in rows:
        if found := row.values[n]:
            seen.update(set(found.words))
    return {word: math.log((len(rows) + 1) / count) + 0.1 for word, count in seen.items() if count > 1}


def _random_pairs(size: int) -> list[tuple[int, int]]:
    chance = random.Random(0)  # noqa: S311  # a sample, no secret
    if size < 2:
        return []
    drawn = ((chance.randrange(size), chance.randrange(size)) for _ in range(min(RANDOM, 4 * size * size)))
    return [(a, b) for a, b in drawn if a != b]


def _table(model: Model, rows: Sequence[Row], pairs: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
    found = [model.levels(rows[a], rows[b]) for a, b in pairs]
    return np.array(found, dtype=np.int64).reshape(len(found), len(model.fields))


def _shares(fields: Sequence[Field], table: NDArray[np.int64]) -> Shares:
    """The shares of levels among random pairs."""
    out = []
    for n, field in enumerate(fields):
        size = len(LEVELS[field.sort])
        seen = np.bincount(table[:, n][table[:, n] >= 0], minlength=size) if len(table) else np.zeros(size)
        seen = seen + _FEW * np.array(_OTHERS[field.sort])
        out.append(_smooth(seen / seen.sum()))
    return tuple(out)


def _smooth(shares: NDArray[np.float64]) -> tuple[float, ...]:
    kept = np.maximum(shares, _LEAST)
    return tuple(float(x) for x in kept / kept.sum())


def _maximised(fields: Sequence[Field], table: NDArray[np.int64], m: Shares, u: Shares) -> tuple[Shares, Shares, float]:
    """The shares and the prior that explain the pairs best, held to where they began."""
    began_m, began_u, prior = m, u, 0.1
    patterns, times = np.unique(table, axis=0, return_counts=True)
    for _ in range(ROUNDS):
        odds = np.full(len(patterns), math.log(prior / (1 - prior)))
        for n in range(len(fields)):
            ratio = np.log(np.array([*m[n], 1.0]) / np.array([*u[n], 1.0]))  # the last one is for what is missing
            odds += ratio[patterns[:, n]]
        sure = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
        prior = float(np.clip((sure * times).sum() / times.sum(), 1e-4, _MOST_MATCH))
        m = _counted(patterns, sure * times, began_m, [_HELD[f.sort] for f in fields])
        u = _counted(patterns, (1 - sure) * times, began_u, [max(_HELD_RANDOM, _HELD[f.sort]) for f in fields])
    return m, u, prior


def _counted(patterns: NDArray[np.int64], weights: NDArray[np.float64], began: Shares, held: Sequence[float]) -> Shares:
    out = []
    for n, strength in enumerate(held):
        there = patterns[:, n] >= 0
        seen = np.bincount(patterns[there, n], weights=weights[there], minlength=len(began[n]))
        out.append(_smooth((seen + strength * np.array(began[n])) / (seen.sum() + strength)))
    return tuple(out)


def _weights(m: Sequence[float], u: Sequence[float]) -> tuple[float, ...]:
    """The log-odds of each level; a level that is less alike never speaks more for a match (pooled with its neighbour).

    >>> [round(w, 2) for w in _weights((0.5, 0.3, 0.2), (0.2, 0.05, 0.75))]
    [1.16, 1.16, -1.32]
    """
    pools: list[tuple[float, float, int]] = []
    for one, two in zip(m, u, strict=True):
        pools.append((one, two, 1))
        while len(pools) > 1 and pools[-1][0] * pools[-2][1] > pools[-2][0] * pools[-1][1]:
            (a, b, n), (c, d, k) = pools.pop(), pools.pop()
            pools.append((a + c, b + d, n + k))
    return tuple(math.log(a / b) for a, b, n in pools for _ in range(n))
