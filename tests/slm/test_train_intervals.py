"""Intervals of the encoder's own scores."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.slm.train.intervals import interval

COUNTS = st.integers(0, 5).flatmap(
    lambda right: st.tuples(st.integers(right, 9), st.integers(right, 9), st.just(right))
)


@given(st.lists(COUNTS, min_size=1, max_size=12))
def test_the_score_is_that_of_all_texts_and_the_interval_is_in_order(counts: list[tuple[int, int, int]]) -> None:
    found, gold, right = (sum(c[i] for c in counts) for i in range(3))
    score = interval(counts)
    assert score.f1 == pytest.approx(2 * right / max(1, found + gold), abs=1e-4)
    assert 0 <= score.low <= score.high <= 1
    assert score.texts == len(counts)


def test_texts_that_are_all_alike_leave_no_doubt() -> None:
    score = interval([(4, 5, 3)] * 30)
    assert score.low == score.high == score.f1


def test_more_texts_leave_less_doubt_and_the_same_seed_the_same() -> None:
    few, many = [(4, 4, 4), (4, 4, 0)] * 5, [(4, 4, 4), (4, 4, 0)] * 200
    assert interval(many).high - interval(many).low < interval(few).high - interval(few).low
    assert interval(few, 3) == interval(few, 3)
