"""The second graph of the English encoder: classes of names, and relations between two of them or one and a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kgc.slm.decode import log_softmax
from kgc.slm.encoder import Config, Encoded
from kgc.slm.found import Item, Judged
from kgc.slm.graphs import outputs
from kgc.slm.related import likely, surest

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

TYPE_OF: Final = {
    "P": "PER", "O": "ORG", "L": "LOC", "E": "NORP", "D": "date", "Y": "date", "M": "amount", "N": "number",
    "U": "url", "S": "string", "J": "position", "I": "identifier", "H": "quantity",
}  # fmt: skip
"""Kinds of items as the graph calls them; every other kind of name is MISC."""
NAMES: Final = frozenset(("PER", "ORG", "LOC", "MISC", "NORP"))
MOST: Final = 1200
"""Pairs of one sentence that are looked at, the nearest first: more stand in lists only."""


@dataclass(frozen=True, slots=True)
class PairReader:
    """The graph and what its numbers mean."""

    config: Config
    graph: InferenceSession

    def judge(self, encoded: Encoded, places: Sequence[tuple[int, int]], items: Sequence[Item],
              together: Sequence[Sequence[int]]) -> Judged:  # fmt: skip
        """Of items that stand in one window; `places` are their words there (half-open)."""
        types = [TYPE_OF.get(item.kind, "MISC") for item in items]
        pairs = [pair for group in together for pair in self.pairs(group, places, types)]
        spans = [encoded.pieces(first, last) for first, last in places]
        feed = self.feed(encoded, spans, types, pairs)
        scores, classes = outputs(self.graph, ("relations", "classes"), feed)
        sure = np.exp(log_softmax(scores, self.config.relation_temperature)) if pairs else scores
        kinds = np.exp(log_softmax(classes))
        best = kinds.argmax(axis=1)
        named = tuple((self.config.classes[k], float(kinds[i, k])) for i, k in enumerate(best))
        chances = dict(likely(pairs, sure, self.config.relations))
        return Judged(named, tuple(surest(chances, self.config.thresholds)), chances, frozenset(pairs))

    def pairs(
        self, group: Sequence[int], places: Sequence[tuple[int, int]], types: Sequence[str]
    ) -> list[tuple[int, int]]:
        """Pairs near enough to each other of which one is a name; `group` is in text order."""
        found: list[tuple[int, int]] = []
        for at, first in enumerate(group):
            for second in group[at + 1 :]:
                if places[second][0] - places[first][1] > self.config.distance:
                    break
                if (types[first] in NAMES or types[second] in NAMES) and places[first][1] <= places[second][0]:
                    found.append((first, second))
        if len(found) > MOST:
            found = sorted(found, key=lambda p: (places[p[1]][0] - places[p[0]][1], p))[:MOST]
        return found

    def feed(
        self, encoded: Encoded, spans: Sequence[tuple[int, int]], types: Sequence[str], pairs: Sequence[tuple[int, int]]
    ) -> dict[str, NDArray[np.generic]]:
        size = encoded.hidden.shape[1]
        marks = np.zeros((1, size), np.int64)
        for (first, last), kind in zip(spans, types, strict=True):
            marks[0, first:last] = self.config.types.index(kind)
        return {
            "hidden": encoded.hidden,
            "mask": np.ones((1, size), np.int64),
            "types": marks,
            "spans": np.array([(0, *s) for s in spans], np.int64).reshape(-1, 3),
            "pairs": np.array(pairs or [(0, 0)], np.int64).reshape(-1, 2),
        }
