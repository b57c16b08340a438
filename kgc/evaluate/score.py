"""Counts to precision, recall and F1, micro and macro, with intervals by resampling texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kgc.evaluate.entities import Counts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

RESAMPLES: Final = 1000
AT_ONCE: Final = 100
"""Resamples that are drawn together: memory does not grow with their number."""
LEVEL: Final = 0.95


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 as fractions. `ci` are the bounds of F1's interval (None without resampling).

    `found`, `gold` and `right` are None of a macro average. Nothing found and nothing to find is 0, as nothing right.
    """

    p: float
    r: float
    f1: float
    ci: tuple[float, float] | None = None
    found: int | None = None
    gold: int | None = None
    right: int | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure over all texts: micro, the macro average over the annotated classes, and each class."""

    micro: Score
    macro: Score | None = None
    classes: Mapping[str, Score] | None = None


def score(counts: Counts, ci: tuple[float, float] | None = None) -> Score:
    """One class's score.

    >>> score((4, 5, 3))
    Score(p=0.75, r=0.6, f1=0.6666666666666666, ci=None, found=4, gold=5, right=3)
    """
    found, gold, right = counts
    return Score(
        right / found if found else 0.0, right / gold if gold else 0.0,
        2 * right / (found + gold) if found + gold else 0.0, ci, found, gold, right,
    )  # fmt: skip


def measures(texts: Sequence[Mapping[str, Mapping[str, Counts]]], seed: int = 0) -> dict[str, Measure]:
    """Every measure that the texts have counts of, in the order of their first."""
    names = dict.fromkeys(name for text in texts for name in text)
    return {name: measure([text.get(name, {}) for text in texts], seed) for name in names}


def measure(texts: Sequence[Mapping[str, Counts]], seed: int = 0) -> Measure:
    """One measure: counts by class of each text, added up.

    Intervals are percentile bootstrap intervals of F1 at the 95% level: texts are drawn with replacement, RESAMPLES
    times, by the seed. Source: Efron and Tibshirani 1993, chapter 13.
    """
    import numpy as np  # noqa: PLC0415  # heavy, and only needed to score

    labels = sorted({label for text in texts for label in text})
    table = np.array([[text.get(label, (0, 0, 0)) for label in labels] for text in texts], dtype=np.float64)
    table = table.reshape(len(texts), len(labels), 3)
    whole = table.sum(axis=0)
    drawn = np.concatenate([np.zeros((0, len(labels), 3)), *_resampled(table, seed)])
    low, high = _bounds(_f1(drawn.sum(axis=1)))
    total = whole.sum(axis=0)
    micro = score(_counts(total), (low, high))
    if labels in ([], [""]):
        return Measure(micro)
    classes = {label: score(_counts(whole[i]), _bounds(_f1(drawn[:, i]))) for i, label in enumerate(labels)}
    there = [i for i in range(len(labels)) if whole[i, 1] > 0]
    return Measure(micro, _macro(classes, [labels[i] for i in there], drawn[:, there]), classes)


def _counts(row: Numbers) -> Counts:
    return int(row[0]), int(row[1]), int(row[2])


def _macro(classes: Mapping[str, Score], there: Sequence[str], drawn: Numbers) -> Score | None:
    """The mean of the scores of the classes that the annotation has."""
    import numpy as np  # noqa: PLC0415

    if not there:
        return None
    of = [classes[label] for label in there]
    bounds = _bounds(np.stack([_f1(drawn[:, i]) for i in range(len(there))]).mean(axis=0))
    n = len(of)
    return Score(sum(s.p for s in of) / n, sum(s.r for s in of) / n, sum(s.f1 for s in of) / n, bounds)


def _resampled(table: Numbers, seed: int) -> Iterator[Numbers]:
    """Sums over texts drawn with replacement, AT_ONCE resamples at a time."""
    import numpy as np  # noqa: PLC0415

    texts = len(table)
    if not texts:
        return
    chance = np.random.default_rng(seed)
    flat = table.reshape(texts, -1)
    for _ in range(RESAMPLES // AT_ONCE):
        times = chance.multinomial(texts, np.full(texts, 1 / texts), size=AT_ONCE)
        yield (times @ flat).reshape(AT_ONCE, *table.shape[1:])


def _f1(rows: Numbers) -> Numbers:
    """F1 of each row of counts; 0 where nothing was found and nothing is there."""
    import numpy as np  # noqa: PLC0415

    both = rows[..., 0] + rows[..., 1]
    return np.divide(2 * rows[..., 2], both, out=np.zeros_like(both), where=both > 0)


def _bounds(values: Numbers) -> tuple[float, float]:
    import numpy as np  # noqa: PLC0415

    if not len(values):
        return 0.0, 0.0
    low, high = np.percentile(values, [100 * (1 - LEVEL) / 2, 100 * (1 + LEVEL) / 2])
    return float(low), float(high)
