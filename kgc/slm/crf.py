"""A linear-chain conditional random field at run time: NumPy only, many sequences at once.

Labels are BIOES ("B-PER", "I-PER", "E-PER", "S-PER", "O"), so that a span's probability is exact: no longer span
shares its labels. Source of the algorithms: Sutton and McCallum 2012, arXiv:1011.4088, sections 4.1 and 4.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kgc.slm.han_words import Hashes, rows_of

Floats = NDArray[np.float32]
NEVER: Final = np.float32(-1e4)
"""The score of a step that BIOES does not allow."""


@dataclass(frozen=True, slots=True)
class Crf:
    """Weights: a row of int8 a known feature, times `scales` (one a label), and scores of steps between labels.

    `temperature` divides all scores before probabilities are told.
    """

    labels: tuple[str, ...]
    keys: Hashes
    weights: NDArray[np.int8]
    scales: Floats
    steps: Floats
    first: Floats
    last: Floats
    temperature: float = 1.0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A span of a sequence with its label ("PER") and its probability given the sequence."""

    start: int
    end: int
    label: str
    probability: float


def read_crf(path: Path) -> Crf:
    """Read `crf.npz`. Raises OSError when it is not there."""
    with np.load(path, allow_pickle=False) as held:
        return Crf(
            tuple(str(label) for label in held["labels"]), held["keys"], held["weights"], held["scales"],
            held["steps"], held["first"], held["last"], float(held["temperature"]),
        )  # fmt: skip


def label_all(crf: Crf, sequences: Sequence[Hashes]) -> list[tuple[Labelled, ...]]:
    """The best spans of each sequence (rows of features, none empty), each with its probability."""
    if not sequences:
        return []
    scores, lengths = emissions(crf, sequences)
    chosen = best(crf, scores, lengths)
    forward, backward, total = sums(crf, scores / np.float32(crf.temperature), lengths)
    found: list[tuple[Labelled, ...]] = []
    for row, length in enumerate(lengths.tolist()):
        path = chosen[row, :length].tolist()
        held = (scores[row] / np.float32(crf.temperature), forward[row], backward[row], float(total[row]))
        found.append(tuple(spans(crf, path, held)))
    return found


def emissions(crf: Crf, sequences: Sequence[Hashes]) -> tuple[Floats, NDArray[np.int64]]:
    """Scores [sequence, place, label], 0 beyond a sequence's end, and the lengths."""
    lengths = np.array([len(s) for s in sequences], np.int64)
    every = np.concatenate(list(sequences))
    rows = rows_of(crf.keys, every.ravel())
    there = np.nonzero(rows >= 0)[0]
    flat = np.zeros((len(every), len(crf.labels)), np.float32)
    place = there // every.shape[1]
    starts = np.nonzero(np.diff(place, prepend=-1))[0]
    if len(starts):
        flat[place[starts]] = np.add.reduceat(crf.weights[rows[there]], starts, axis=0, dtype=np.int32)
    scores = np.zeros((len(lengths), int(lengths.max()), len(crf.labels)), np.float32)
    inside = np.arange(scores.shape[1])[None, :] < lengths[:, np.newaxis]
    scores[inside] = flat * crf.scales
    return scores, lengths


def best(crf: Crf, scores: Floats, lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The best label of each place (Viterbi)."""
    count, size, _ = scores.shape
    back = np.zeros((count, size, len(crf.labels)), np.int64)
    held = crf.first + scores[:, 0]
    for at in range(1, size):
        ways = held[:, :, None] + crf.steps
        back[:, at] = ways.argmax(axis=1)
        held = np.where((at < lengths)[:, None], ways.max(axis=1) + scores[:, at], held)
    label = (held + crf.last).argmax(axis=1)
    chosen = np.zeros((count, size), np.int64)
    rows = np.arange(count)
    for at in range(size - 1, -1, -1):
        inside = at < lengths
        chosen[inside, at] = label[inside]
        label = np.where(inside, back[rows, at, label], label)
    return chosen


def sums(crf: Crf, scores: Floats, lengths: NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
    """Logarithms of the forward and backward sums [sequence, place, label], and of the whole."""
    scale = np.float32(crf.temperature)
    steps, first, last = np.maximum(crf.steps / scale, NEVER), crf.first / scale, crf.last / scale
    passing = np.exp(steps)
    size = scores.shape[1]
    forward, backward = np.zeros_like(scores), np.zeros_like(scores)
    forward[:, 0] = first + scores[:, 0]
    for at in range(1, size):
        forward[:, at] = log_product(forward[:, at - 1], passing) + scores[:, at]
    for at in range(size - 1, -1, -1):
        inner = last if at == size - 1 else log_product(backward[:, at + 1] + scores[:, at + 1], passing.T)
        backward[:, at] = np.where(np.equal(lengths - 1, at)[:, np.newaxis], last, inner)
    ends = forward[np.arange(len(lengths)), lengths - 1] + last
    top = ends.max(axis=1)
    total: Floats = top + np.log(np.exp(ends - top[:, np.newaxis]).sum(axis=1))
    return forward, backward, total


def log_product(held: Floats, passing: Floats) -> Floats:
    """log(exp(held) @ passing), without overflow."""
    top = held.max(axis=1, keepdims=True)
    found: Floats = top + np.log(np.maximum(np.exp(held - top) @ passing, np.float32(1e-30)))
    return found


def spans(crf: Crf, path: Sequence[int], held: tuple[Floats, Floats, Floats, float]) -> Iterator[Labelled]:
    """The spans of a path of labels; `held` are scores, forward and backward sums, and the whole."""
    scores, forward, backward, total = held
    start = 0
    for at, label in enumerate(path):
        tag, _, name = crf.labels[label].partition("-")
        if tag in "BSO":
            start = at
        if tag in ("E", "S"):
            score = float(forward[start, path[start]] + backward[at, label])
            for i in range(start + 1, at + 1):
                score += float(crf.steps[path[i - 1], path[i]]) / crf.temperature + float(scores[i, path[i]])
            yield Labelled(start, at + 1, name, float(min(1.0, np.exp(score - total))))


def allowed(before: str, after: str) -> bool:
    """Whether a BIOES label may follow another; "" is the border of a sequence.

    >>> allowed("B-PER", "E-PER"), allowed("B-PER", "O"), allowed("", "I-LOC"), allowed("E-LOC", "")
    (True, False, False, True)
    """
    open_before = before[:1] in ("B", "I")
    if after[:1] in ("I", "E"):
        return open_before and before[2:] == after[2:]
    return not open_before
