"""Label scores become well-formed spans, and windows hold every word once, whatever the text."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kgc.slm.decode import Labels, best_path, stretches, viterbi
from kgc.slm.windows import by_length, windows

LABELS = Labels.of(["O", "B-PER", "I-PER", "B-ORG", "I-ORG"])
SCORES = arrays(np.float32, st.tuples(st.integers(1, 4), st.just(5)), elements=st.floats(-8, 8, width=32))


def well_formed(path: tuple[int, ...]) -> bool:
    names = ["O", *(LABELS.names[i] for i in path)]
    return all(not b.startswith("I-") or a[2:] == b[2:] for a, b in pairwise(names))


@given(SCORES)
def test_the_best_path_is_the_best_of_all_well_formed_ones(scores: np.ndarray) -> None:
    every = [p for p in product(range(5), repeat=len(scores)) if well_formed(p)]
    best = max(sum(float(scores[i, x]) for i, x in enumerate(p)) for p in every)
    for path in (best_path(scores, LABELS), viterbi(scores, LABELS)):
        assert well_formed(tuple(path))
        assert sum(float(scores[i, x]) for i, x in enumerate(path)) == pytest.approx(best, abs=1e-3)


@given(SCORES, st.floats(0.5, 4))
def test_spans_are_in_order_and_their_probabilities_are_fractions(scores: np.ndarray, temperature: float) -> None:
    found = stretches(scores, LABELS, temperature)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= s.start < s.end <= len(scores) and 0 <= s.probability <= 1 for s in found)


def test_two_neighbours_of_one_kind_stay_two_names() -> None:
    rows = np.full((3, 5), -5, np.float32)
    rows[[0, 1, 2], [1, 1, 2]] = 5
    assert [(s.start, s.end, s.label) for s in stretches(rows, LABELS)] == [(0, 1, "PER"), (1, 3, "PER")]


def test_doubt_whether_a_name_goes_on_lowers_its_probability() -> None:
    rows = np.full((2, 5), -9, np.float32)
    rows[0, 1] = rows[1, 0] = 9
    [sure] = stretches(rows, LABELS)
    rows[1, 2] = 8.5
    [unsure] = stretches(rows, LABELS)
    assert unsure.probability < 0.7
    assert sure.probability > 0.99


SIZES = st.lists(st.integers(1, 8), min_size=1, max_size=120)


@given(SIZES, st.lists(st.integers(1, 40), max_size=30), st.integers(8, 40), st.integers(0, 12))
def test_every_word_is_kept_once_and_no_window_is_too_big(
    sizes: list[int], lengths: list[int], room: int, overlap: int
) -> None:
    borders = [0]
    for length in lengths:
        borders.append(min(len(sizes), borders[-1] + length))
    borders.append(len(sizes))
    sentences = [(a, b) for a, b in pairwise(borders) if a < b]
    found = windows(sizes, sentences, room, overlap)
    kept = [i for w in found for i in range(w.keep_start, w.keep_end)]
    assert kept == list(range(len(sizes)))
    for w in found:
        assert w.start <= w.keep_start < w.keep_end <= w.end
        assert sum(sizes[w.start : w.end]) <= room
    for first, last in sentences:
        if sum(sizes[first:last]) <= room:
            assert any(w.start <= first and last <= w.end for w in found)
    assert sorted(i for group in by_length(found, 64) for i in group) == list(range(len(found)))


def test_a_very_long_sentence_is_read_in_linear_many_windows() -> None:
    found = windows([1] * 100_000, [(0, 100_000)], 254, 64)
    assert len(found) <= 100_000 // (254 - 64) + 2
    inner = found[1:-1]
    assert all(w.keep_start - w.start >= 30 and w.end - w.keep_end >= 30 for w in inner)
