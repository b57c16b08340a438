"""From scores of labels to spans: the best sequence that is well formed, and how sure each span is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
IMPOSSIBLE: Final = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Labels:
    """BIO labels: which may follow which. `follows[i, j]` is 0 where label j may come after i, else -1e9."""

    names: tuple[str, ...]
    follows: Scores
    begins: Scores

    @staticmethod
    def of(names: Sequence[str]) -> Labels:
        """`names` as in a model's configuration: "O", "B-PER", "I-PER", ..."""
        inside = [name[2:] if name.startswith("I-") else "" for name in names]
        kinds = [name[2:] for name in names]
        follows = np.zeros((len(names), len(names)), np.float32)
        for j, wanted in enumerate(inside):
            if wanted:
                follows[[i for i, kind in enumerate(kinds) if kind != wanted], j] = IMPOSSIBLE
        begins = np.array([IMPOSSIBLE if kind else 0.0 for kind in inside], np.float32)
        return Labels(tuple(names), follows, begins)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `start` to `end` (half-open) under one label; `probability` is that all of it is right, in [0, 1]."""

    start: int
    end: int
    label: str
    probability: float


def log_softmax(scores: Scores, temperature: float = 1.0) -> Scores:
    """Row-wise logarithms of probabilities."""
    scaled = scores / np.float32(temperature)
    scaled = scaled - scaled.max(axis=-1, keepdims=True)
    out: Scores = scaled - np.log(np.exp(scaled).sum(axis=-1, keepdims=True))
    return out


def best_path(scores: Scores, labels: Labels) -> list[int]:
    """The well-formed sequence of labels with the highest sum of scores (one row a word).

    The row-wise best is it where that is well formed, as it nearly always is; else Viterbi.
    """
    if not len(scores):
        return []
    path = scores.argmax(axis=1)
    if labels.begins[path[0]] == 0 and not labels.follows[path[:-1], path[1:]].any():
        return [int(i) for i in path]
    return viterbi(scores, labels)


def viterbi(scores: Scores, labels: Labels) -> list[int]:
    total = labels.begins + scores[0]
    back: list[NDArray[np.intp]] = []
    for row in scores[1:]:
        step = total[:, None] + labels.follows
        best = step.argmax(axis=0)
        back.append(best)
        total = step[best, np.arange(len(best))] + row
    at = int(total.argmax())
    path = [at]
    for best in reversed(back):
        at = int(best[at])
        path.append(at)
    return path[::-1]


def stretches(scores: Scores, labels: Labels, temperature: float = 1.0) -> list[Stretch]:
    """The spans of a sentence, one row of `scores` a word.

    A span's probability is that of its labels, word by word, and that it does not go on after its last: words are
    taken as independent, which `temperature` (fitted on held-out text) makes up for.
    """
    sure = log_softmax(scores, temperature)
    path = best_path(sure, labels)
    found: list[Stretch] = []
    at = 0
    while at < len(path):
        name = labels.names[path[at]]
        end = at + 1
        if name == "O":
            at = end
            continue
        inside = labels.names.index("I-" + name[2:]) if "I-" + name[2:] in labels.names else -1
        while end < len(path) and path[end] == inside:
            end += 1
        chosen = float(sure[np.arange(at, end), path[at:end]].sum())
        goes_on = float(np.exp(sure[end, inside])) if end < len(path) and inside >= 0 else 0.0
        found.append(Stretch(at, end, name[2:], float(np.exp(chosen)) * (1 - goes_on)))
        at = end
    return found
