"""Score the Chinese entity model, and set on held-out records how sure it says it is."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kgc.slm.crf import Crf, Labelled, label_all
from kgc.slm.han_features import features_of
from kgc.slm.han_words import HanWords
from kgc.slm.train.records import Record
from kgc.slm.train.score import Counts

TEMPERATURES: Final = (0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.7, 2.0, 2.3)
BATCH: Final = 200
KINDS: Final = ("all", "PER", "ORG", "LOC")


def labelled(crf: Crf, records: Sequence[Record], words: HanWords) -> Iterator[tuple[Record, tuple[Labelled, ...]]]:
    """Each record with the spans that the model finds."""
    for start in range(0, len(records), BATCH):
        some = [r for r in records[start : start + BATCH] if r.text]
        yield from zip(some, label_all(crf, features_of([r.text for r in some], words)), strict=True)


def score(crf: Crf, records: Sequence[Record], words: HanWords) -> dict[str, Counts]:
    """Strict counts over the records: "all" and each label."""
    totals = dict.fromkeys(KINDS, Counts())
    for record, spans in labelled(crf, records, words):
        gold, found = set(record.spans), {(s.start, s.end, s.label) for s in spans}
        for kind in KINDS:
            g, f = ({s for s in some if kind in ("all", s[2])} for some in (gold, found))
            totals[kind] += Counts(len(f), len(g), len(f & g))
    return totals


def best_temperature(crf: Crf, records: Sequence[Record], words: HanWords) -> float:
    """The temperature under which what the spans say of themselves is likeliest."""

    def loss(temperature: float) -> float:
        told = told_and_right(replace(crf, temperature=temperature), records, words)
        return -sum(math.log(max(1e-6, p if right else 1 - p)) for p, right in told)

    return min(TEMPERATURES, key=loss)


def told_and_right(crf: Crf, records: Sequence[Record], words: HanWords) -> list[tuple[float, bool]]:
    """For each span found its probability and whether border and label are right."""
    return [
        (s.probability, (s.start, s.end, s.label) in record.spans)
        for record, spans in labelled(crf, records, words)
        for s in spans
    ]


def calibration_error(told: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error: how far apart probability and share of right spans are, over equal bins.

    >>> calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)])
    0.0
    """
    held: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for probability, right in told:
        held[min(bins - 1, int(probability * bins))].append((probability, right))
    apart = (abs(sum(p for p, _ in one) - sum(r for _, r in one)) for one in held)
    return sum(apart) / len(told) if told else 0.0


def report(
    crf: Crf, records: Sequence[Record], words: HanWords, say: Callable[[str], None], name: str
) -> dict[str, Counts]:
    """The scores, told as they are found with the calibration error."""
    scores = score(crf, records, words)
    error = calibration_error(told_and_right(crf, records, words))
    say(f"{name}: ece {error:.3f}, " + ", ".join(f"{kind} {counts}" for kind, counts in scores.items()))
    return scores
