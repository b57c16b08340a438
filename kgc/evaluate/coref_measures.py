"""How alike two partitions of the same mentions are: MUC, B-cubed, CEAF-e and their mean, the CoNLL score.

Sources: Vilain et al. 1995 (MUC), Bagga and Baldwin 1998 (B-cubed), Luo 2005 (CEAF with entity similarity, phi 4),
Pradhan et al. 2012 (the mean of the three). Mentions are given, so that both sides hold the same ones; things of one
mention count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from kgc.evaluate.score import LEVEL, RESAMPLES, Measure, Score

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

Parts = tuple[float, float, float, float]
"""What a text adds to precision (numerator, denominator) and to recall (numerator, denominator)."""
NAMES: Final = ("muc", "b3", "ceafe")


def parts(found: Sequence[int], gold: Sequence[int]) -> Mapping[str, Parts]:
    """Each measure's parts for one text: of each mention the thing that it was put in, and the one that it is of."""
    if len(found) != len(gold):
        raise ValueError(f"{len(found)} mentions were found and {len(gold)} are given")
    return {"muc": _muc(found, gold), "b3": _b3(found, gold), "ceafe": _ceafe(found, gold)}


def _muc(found: Sequence[int], gold: Sequence[int]) -> Parts:
    """Links that are kept: of n mentions of a thing that lie in k things of the other side, n - k of n - 1."""
    return (*_kept(found, gold), *_kept(gold, found))


def _kept(one: Sequence[int], other: Sequence[int]) -> tuple[float, float]:
    sizes = Counter(one)
    pieces = Counter(a for a, _ in set(zip(one, other, strict=True)))
    return float(sum(n - pieces[a] for a, n in sizes.items())), float(sum(n - 1 for n in sizes.values()))


def _b3(found: Sequence[int], gold: Sequence[int]) -> Parts:
    ours, theirs, both = Counter(found), Counter(gold), Counter(zip(found, gold, strict=True))
    precision = sum(n * n / ours[f] for (f, _), n in both.items())
    recall = sum(n * n / theirs[g] for (_, g), n in both.items())
    return precision, float(len(found)), recall, float(len(gold))


def _ceafe(found: Sequence[int], gold: Sequence[int]) -> Parts:
    """The best one-to-one match of things, by 2 |both| / (|one| + |other|)."""
    ours, theirs, both = Counter(found), Counter(gold), Counter(zip(found, gold, strict=True))
    alike = {(f, g): 2 * n / (ours[f] + theirs[g]) for (f, g), n in both.items()}
    best = sum(_matched(component) for component in _components(alike))
    return best, float(len(ours)), best, float(len(theirs))


def _components(alike: Mapping[tuple[int, int], float]) -> Iterable[Mapping[tuple[int, int], float]]:
    """The pairs apart by what they share a thing with: a match never crosses from one to another."""
    above: dict[tuple[str, int], tuple[str, int]] = {}

    def find(x: tuple[str, int]) -> tuple[str, int]:
        while above.setdefault(x, x) != x:
            above[x] = x = above[above[x]]
        return x

    for f, g in alike:
        above[find(("f", f))] = find(("g", g))
    found: dict[tuple[str, int], dict[tuple[int, int], float]] = {}
    for (f, g), value in alike.items():
        found.setdefault(find(("f", f)), {})[f, g] = value
    return found.values()


def _matched(alike: Mapping[tuple[int, int], float]) -> float:
    """The greatest sum of a one-to-one match (Hungarian method, rows one by one)."""
    import numpy as np  # noqa: PLC0415  # heavy, and only needed to score

    if len(alike) == 1:
        return next(iter(alike.values()))
    rows = {f: i for i, f in enumerate(dict.fromkeys(f for f, _ in alike))}
    columns = {g: i for i, g in enumerate(dict.fromkeys(g for _, g in alike))}
    table = np.zeros((len(rows), len(columns)))
    for (f, g), value in alike.items():
        table[rows[f], columns[g]] = value
    if len(rows) > len(columns):
        table = table.T
    return float(sum(table[r, c] for r, c in assigned(-table)))


def assigned(cost: Numbers) -> list[tuple[int, int]]:
    """(row, column) of the cheapest assignment of every row; at least as many columns as rows. O(rows^2 columns).

    Source: Kuhn 1955, in the form of shortest augmenting paths with potentials (Jonker and Volgenant 1987).
    """
    import numpy as np  # noqa: PLC0415

    n, m = cost.shape
    u, v = np.zeros(n + 1), np.zeros(m + 1)
    row_of = np.zeros(m + 1, dtype=int)  # 1-based; 0 is free
    for row in range(1, n + 1):
        row_of[0], at = row, 0
        least, seen = np.full(m + 1, np.inf), np.zeros(m + 1, dtype=bool)
        way = np.zeros(m + 1, dtype=int)
        while row_of[at]:
            seen[at] = True
            slack = np.append(np.inf, cost[row_of[at] - 1] - u[row_of[at]] - v[1:])
            better = ~seen & (slack < least)
            least[better], way[better] = slack[better], at
            nearest = int(np.argmin(np.where(seen, np.inf, least)))
            step = least[nearest]
            u[row_of[seen]] += step
            v[seen] -= step
            least[~seen] -= step
            at = nearest
        while at:
            row_of[at], at = row_of[way[at]], int(way[at])
    return [(int(row_of[c]) - 1, c - 1) for c in range(1, m + 1) if row_of[c]]


def measured(texts: Sequence[Mapping[str, Parts]], seed: int = 0) -> dict[str, Measure]:
    """MUC, B-cubed, CEAF-e and `conll`, with percentile bootstrap intervals of F1 over texts."""
    import numpy as np  # noqa: PLC0415

    if not texts:
        return {}
    table = np.array([[text[name] for name in NAMES] for text in texts], dtype=np.float64)
    chance = np.random.default_rng(seed)
    times = chance.multinomial(len(texts), np.full(len(texts), 1 / len(texts)), size=RESAMPLES)
    drawn = np.tensordot(times.astype(np.float64), table, axes=1)
    whole, resampled = _prf(table.sum(axis=0)), _prf(drawn)
    both = np.concatenate([whole, whole.mean(axis=0, keepdims=True)])
    bounds = np.concatenate([resampled, resampled.mean(axis=1, keepdims=True)], axis=1)[..., 2]
    edges = np.percentile(bounds, [100 * (1 - LEVEL) / 2, 100 * (1 + LEVEL) / 2], axis=0)
    return {
        name: Measure(
            Score(float(both[i, 0]), float(both[i, 1]), float(both[i, 2]), (float(edges[0, i]), float(edges[1, i])))
        )
        for i, name in enumerate((*NAMES, "conll"))
    }


def _prf(sums: Numbers) -> Numbers:
    """(..., 4) sums as (..., 3) precision, recall, F1; nothing to find is 0."""
    import numpy as np  # noqa: PLC0415

    def share(a: Numbers, b: Numbers) -> Numbers:
        return np.divide(a, b, out=np.zeros_like(a), where=b > 0)

    p, r = share(sums[..., 0], sums[..., 1]), share(sums[..., 2], sums[..., 3])
    return np.stack([p, r, share(2 * p * r, p + r)], axis=-1)
