"""The random field: probabilities are those of all labellings counted one by one."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.slm.crf import NEVER, Crf, allowed, label_all, read_crf
from kgc.slm.train.han import write_crf

LABELS = ("O", "B-PER", "I-PER", "E-PER", "S-PER", "B-LOC", "I-LOC", "E-LOC", "S-LOC")


def field(seed: int, temperature: float = 1.0) -> Crf:
    """A field with drawn weights for the features 1 to 20."""
    dice = np.random.default_rng(seed)
    steps = dice.normal(size=(len(LABELS), len(LABELS)))
    forbidden = np.array([[not allowed(a, b) for b in LABELS] for a in LABELS])
    return Crf(
        LABELS,
        np.arange(1, 21, dtype=np.uint64),
        dice.integers(-127, 127, size=(20, len(LABELS))).astype(np.int8),
        np.full(len(LABELS), 0.02, np.float32),
        np.where(forbidden, NEVER, steps).astype(np.float32),
        np.array([0.0 if allowed("", label) else NEVER for label in LABELS], np.float32),
        np.array([0.0 if allowed(label, "") else NEVER for label in LABELS], np.float32),
        temperature,
    )


def score(crf: Crf, rows: np.ndarray[tuple[int, int], np.dtype[np.uint64]], path: tuple[int, ...]) -> float:
    total = float(crf.first[path[0]] + crf.last[path[-1]])
    for at, label in enumerate(path):
        known = [int(k) - 1 for k in rows[at] if 1 <= k <= 20]
        total += float(crf.weights[known, label].astype(float).sum() * crf.scales[label])
        total += float(crf.steps[path[at - 1], label]) if at else 0.0
    return total / crf.temperature


def spelled(path: tuple[int, ...]) -> set[tuple[int, int, str]]:
    found, start = set(), 0
    for at, label in enumerate(path):
        tag, _, kind = LABELS[label].partition("-")
        start = at if tag in ("B", "S") else start
        if tag in ("E", "S"):
            found.add((start, at + 1, kind))
    return found


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4), st.sampled_from([1.0, 1.7]))
def test_the_best_labels_and_the_probability_of_each_span_are_those_of_all_labellings(
    seed: int, size: int, temperature: float
) -> None:
    crf = field(seed, temperature)
    rows = np.random.default_rng(seed).integers(0, 40, size=(size, 5)).astype(np.uint64)
    paths = [p for p in product(range(len(LABELS)), repeat=size) if score(crf, rows, p) > -1000]
    weights = np.exp([score(crf, rows, p) for p in paths])
    best = spelled(paths[int(weights.argmax())])
    [found] = label_all(crf, [rows])
    assert {(s.start, s.end, s.label) for s in found} == best
    for span in found:
        holding = sum(
            w for p, w in zip(paths, weights, strict=True) if (span.start, span.end, span.label) in spelled(p)
        )
        assert span.probability == pytest.approx(holding / weights.sum(), abs=1e-4)


def test_sequences_read_together_are_labelled_as_if_alone() -> None:
    crf, dice = field(3), np.random.default_rng(5)
    every = [dice.integers(0, 40, size=(size, 5)).astype(np.uint64) for size in (7, 1, 12, 3)]
    alone = [label_all(crf, [rows])[0] for rows in every]
    together = label_all(crf, every)
    assert [[(s.start, s.end, s.label) for s in one] for one in together] == [
        [(s.start, s.end, s.label) for s in one] for one in alone
    ]
    assert [s.probability for one in together for s in one] == pytest.approx(
        [s.probability for one in alone for s in one], abs=1e-5
    )


def test_nothing_to_label_gives_nothing() -> None:
    assert label_all(field(1), []) == []


def test_weights_are_the_same_after_writing_and_reading(tmp_path: Path) -> None:
    crf = field(2, 1.3)
    write_crf(crf, tmp_path / "crf.npz")
    back = read_crf(tmp_path / "crf.npz")
    assert (back.labels, back.temperature) == (crf.labels, crf.temperature)
    assert np.array_equal(back.weights, crf.weights)
    assert np.array_equal(back.steps, crf.steps)
