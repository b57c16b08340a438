"""From the probabilities of directed relations, a row a pair, to what is told of pairs, in either language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from kgc.slm.found import Related

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNLIKELY: Final = 0.02
"""Relations of a pair below this are forgotten."""


def likely(
    pairs: Sequence[tuple[int, int]], sure: NDArray[np.float32], relations: Sequence[str]
) -> Iterator[tuple[tuple[int, str, int], float]]:
    """Every relation of every pair that is not wholly unlikely; a symmetric one in the order of the text.

    `pairs` are (earlier, later) items; `relations` the columns of `sure`, none first, then "BornIn>" where the head
    stands first and "BornIn<" where it stands second.
    """
    rows, columns = np.nonzero(sure[: len(pairs), 1:] >= UNLIKELY)
    for row, column in zip(rows.tolist(), (columns + 1).tolist(), strict=True):
        first, second = pairs[row]
        name = relations[column]
        key = (first, name[:-1], second) if name.endswith(">") else (second, name[:-1], first)
        yield key, float(sure[row, column])


def surest(chances: Mapping[tuple[int, str, int], float], thresholds: Mapping[str, float]) -> Iterator[Related]:
    """The most probable relation of each pair, where it passes its threshold (.5 where it has none of its own)."""
    best: dict[tuple[int, int], tuple[float, tuple[int, str, int]]] = {}
    for key, chance in chances.items():
        pair = (min(key[0], key[2]), max(key[0], key[2]))
        best[pair] = max(best.get(pair, (0.0, key)), (chance, key))
    for chance, (head, relation, tail) in best.values():
        if chance >= thresholds.get(relation, 0.5):
            yield Related(head, relation, tail, chance)
