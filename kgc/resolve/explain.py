"""What spoke for and against a pair, step by step, as a chart shows it: a waterfall of log-odds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kgc.resolve.records import Feature, Proposal, Verdict, Veto
from kgc.resolve.score import GREY, MERGE

LEAST_OF_ALL: Final = 30.0
"""Sums beyond this (log-odds) are as certain as any."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that spoke for (positive weight, in log-odds) or against; the sum before it and after it."""

    name: str
    weight: float
    reason: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a pair is one thing, or not: the steps in the order of their weight, the sum, the score it makes.

    `vetoes` keep the pair apart whatever the score; `held` says why its group held it back, "" where it did not.
    `merge_at` and `ask_at` are the scores from which pairs are merged and asked about.
    """

    steps: tuple[Step, ...]
    total: float
    score: float
    verdict: Verdict
    vetoes: tuple[Veto, ...] = ()
    held: str = ""
    merge_at: float = MERGE
    ask_at: float = GREY


def waterfall(proposal: Proposal, held: str = "") -> Explanation:
    """The steps of a pair: the name first, then what weighs most."""
    steps: list[Step] = []
    total = 0.0
    for feature in _ordered(proposal.features):
        after = total + feature.weight
        steps.append(Step(feature.name, feature.weight, feature.reason, round(total, 3), round(after, 3)))
        total = after
    bounded = max(-LEAST_OF_ALL, min(LEAST_OF_ALL, round(total, 3)))
    return Explanation(tuple(steps), bounded, proposal.score, proposal.verdict, proposal.vetoes, held)


def _ordered(features: Iterable[Feature]) -> list[Feature]:
    told = [f for f in features if f.weight]
    return sorted(told, key=lambda f: (f.name != "name", -abs(f.weight), f.name))
