"""Whether a confidence of .8 is right in 8 of 10 cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Findings of similar confidence: its range, how many, their mean confidence, and the share that is right."""

    low: float
    high: float
    n: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """`ece` is the mean distance between confidence and share, by number: 0 is perfect. Bins hold equally many."""

    ece: float
    n: int
    bins: tuple[Bin, ...]


def calibration(sure: Sequence[tuple[float, bool]], bins: int = BINS) -> Calibration | None:
    """Expected calibration error with bins of equal mass; None where nothing tells how sure it is.

    With fewer findings than bins there is a bin for each. Source: Nguyen and O'Connor 2015 (adaptive bins);
    Naeini et al. 2015 (ECE).

    >>> calibration([(0.9, True), (0.9, True), (0.5, True), (0.5, False)], bins=2).ece
    0.04999999999999999
    """
    if not sure:
        return None
    ordered = sorted(sure)
    n, many = len(ordered), min(bins, len(ordered))
    cuts = [n * i // many for i in range(many + 1)]
    found = tuple(_bin(ordered[a:b]) for a, b in pairwise(cuts))
    return Calibration(sum(b.n * abs(b.confidence - b.right) for b in found) / n, n, found)


def _bin(of: Sequence[tuple[float, bool]]) -> Bin:
    n = len(of)
    return Bin(of[0][0], of[-1][0], n, sum(c for c, _ in of) / n, sum(r for _, r in of) / n)
