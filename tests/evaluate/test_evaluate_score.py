"""Precision, recall, F1, their intervals and calibration, by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.evaluate.calibration import calibration
from kgc.evaluate.score import Score, measure, score

TEXTS = ({"A": (2, 4, 1), "B": (1, 0, 0)}, {"A": (2, 1, 1)}, {})


def test_micro_adds_counts_and_macro_averages_the_annotated_classes() -> None:
    done = measure([{"A": (4, 5, 3), "B": (1, 2, 1)}, {"C": (2, 0, 0)}])
    assert (done.micro.found, done.micro.gold, done.micro.right) == (7, 7, 4)
    assert done.micro.f1 == pytest.approx(8 / 14)
    assert done.macro is not None
    assert done.macro.f1 == pytest.approx((6 / 9 + 2 / 3) / 2)
    assert done.macro.r == pytest.approx((3 / 5 + 1 / 2) / 2)
    assert done.classes is not None
    assert set(done.classes) == {"A", "B", "C"}


def test_nothing_found_and_nothing_there_is_nothing_right() -> None:
    assert score((0, 0, 0)) == Score(0.0, 0.0, 0.0, None, 0, 0, 0)
    assert measure([]).micro.f1 == 0.0
    assert measure([{}]).micro.gold == 0


def test_intervals_are_the_same_for_the_same_seed_and_others_for_another() -> None:
    texts = [{"A": (3, 3, n % 4)} for n in range(40)]
    assert measure(texts, 7) == measure(texts, 7)
    assert measure(texts, 7).micro.ci != measure(texts, 8).micro.ci


def test_an_interval_holds_the_score_and_has_no_width_where_all_texts_agree() -> None:
    low, high = measure([{"A": (3, 3, n % 4)} for n in range(40)]).micro.ci or (1.0, 0.0)
    assert low < 0.5 < high
    assert measure([{"A": (2, 2, 1)}] * 10).micro.ci == (0.5, 0.5)


def test_an_interval_is_as_wide_as_theory_says() -> None:
    """Of n texts with one finding each, half of them right, F1 is a mean of n coins: 1.96 standard errors a side."""
    low, high = measure([{"A": (1, 1, n % 2)} for n in range(400)]).micro.ci or (0.0, 0.0)
    assert (high - low) / 2 == pytest.approx(1.96 * math.sqrt(0.25 / 400), rel=0.15)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=8))
def test_scores_and_bounds_are_fractions(counts: list[tuple[int, int, int]]) -> None:
    done = measure([{"A": (max(f, r), max(g, r), r)} for f, g, r in counts])
    assert done.micro.ci is not None
    assert all(0.0 <= x <= 1.0 for x in (done.micro.p, done.micro.r, done.micro.f1, *done.micro.ci))


def test_calibration_error_by_hand() -> None:
    sure = [(0.9, True), (0.9, True), (0.9, False), (0.9, True), (0.6, False), (0.6, True), (0.6, False), (0.6, False)]
    done = calibration(sure, bins=2)
    assert done is not None
    assert done.ece == pytest.approx((4 * abs(0.6 - 0.25) + 4 * abs(0.9 - 0.75)) / 8)
    assert [(b.n, b.low, b.high, b.right) for b in done.bins] == [(4, 0.6, 0.6, 0.25), (4, 0.9, 0.9, 0.75)]


def test_bins_hold_equally_many_and_never_none() -> None:
    done = calibration([(n / 100, n % 2 == 0) for n in range(57)])
    assert done is not None
    assert sorted({b.n for b in done.bins}) == [5, 6]
    assert sum(b.n for b in done.bins) == 57
    few = calibration([(0.5, True), (0.7, False)])
    assert few is not None
    assert [b.n for b in few.bins] == [1, 1]


def test_without_confidences_there_is_no_calibration() -> None:
    assert calibration([]) is None
