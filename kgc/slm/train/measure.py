"""Scores of an exported package, with its int8 weights: names, pairs, classes; and the calibration of both heads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from kgc.slm.decode import Labels, log_softmax, stretches
from kgc.slm.train.examples import CLASSES, DIRECTED, LABELS, Example
from kgc.slm.train.run import Judge

STEPS: Final = np.arange(0.6, 3.01, 0.1)
"""Temperatures that are tried."""
BINS: Final = 10
COMMON: Final = ("PER", "ORG", "LOC")
"""Kinds of name that every set annotates."""
LEAST: Final = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75)
WANTED: Final = 0.7
ENOUGH: Final = 8
"""Thresholds that are tried, the share of facts that should be right, and how many are needed to tell."""


@dataclass(slots=True)
class Tally:
    """Strict counts, and (probability, right) of what was found."""

    found: int = 0
    gold: int = 0
    right: int = 0
    sure: list[tuple[float, bool]] = field(default_factory=list)

    def row(self) -> dict[str, float]:
        """Precision, recall, F1 and expected calibration error, as fractions, and counts."""
        p, r = self.right / max(1, self.found), self.right / max(1, self.gold)
        f1 = 2 * self.right / max(1, self.found + self.gold)
        scores = {"precision": p, "recall": r, "f1": f1, "ece": calibration_error(self.sure)}
        return {**{k: round(v, 4) for k, v in scores.items()}, "gold": self.gold, "found": self.found}


def calibration_error(sure: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins of equal width; 0 for nothing."""
    if not sure:
        return 0.0
    chance = np.array([p for p, _ in sure])
    right = np.array([r for _, r in sure], float)
    where = np.minimum((chance * BINS).astype(int), BINS - 1)
    parts = [(where == b) for b in range(BINS) if (where == b).any()]
    return float(sum(m.mean() * abs(chance[m].mean() - right[m].mean()) for m in parts))


def names(
    judge: Judge, examples: Sequence[Example], kinds: Sequence[str] = COMMON, norp: str = "",
    temperature: float = 1.0,
) -> Tally:  # fmt: skip
    """Strict names of these kinds; nationalities count as `norp` in gold and found alike, or not at all."""
    total = Tally()
    labels = Labels.of(LABELS)
    windows = [judge.reader.read(e) for e in examples]
    for example, window, out in zip(examples, windows, judge.outputs(windows), strict=True):
        gold = {(a.start, a.end, a.kind.replace("NORP", norp or "NORP")) for a in example.arguments}
        gold = {g for g in gold if g[2] in kinds}
        said: dict[tuple[int, int, str], float] = {}
        for s in stretches(out.words, labels, temperature):
            kind = s.label.replace("NORP", norp or "NORP")
            if kind in kinds:
                said[window.borders[s.start][0], window.borders[s.end - 1][1], kind] = s.probability
        total.found += len(said)
        total.gold += len(gold)
        total.right += len(gold & said.keys())
        total.sure += [(p, name in gold) for name, p in said.items()]
    return total


def facts(judge: Judge, examples: Sequence[Example], temperature: float = 1.0, least: float = 0.0) -> Tally:
    """Relations between given names of one sentence, by mention pair; unsure pairs do not count."""
    total = Tally()
    windows = [judge.reader.read(e) for e in examples]
    for window, out in zip(windows, judge.outputs(windows), strict=True):
        if not len(window.pairs):
            continue
        chance = np.exp(log_softmax(out.pairs, temperature))
        best = chance.argmax(1)
        best[chance.max(1) < least] = 0
        right = (best == window.relations) & (best > 0)
        total.found += int((best > 0).sum())
        total.gold += int((window.relations > 0).sum())
        total.right += int(right.sum())
        total.sure += [(float(chance[i, best[i]]), bool(right[i])) for i in np.flatnonzero(best)]
    return total


def thresholds(judge: Judge, examples: Sequence[Example], temperature: float) -> dict[str, float]:
    """The least probability at which a relation is right often enough on held-out text, given the names.

    Only for relations that are found often enough to tell; the rest keep the general threshold.
    """
    said: dict[str, list[tuple[float, bool]]] = {}
    windows = [judge.reader.read(e) for e in examples]
    for window, out in zip(windows, judge.outputs(windows), strict=True):
        if len(window.pairs):
            chance = np.exp(log_softmax(out.pairs, temperature))
            best = chance[:, 1:].argmax(1) + 1
            for i, b in enumerate(best):
                said.setdefault(DIRECTED[b][:-1], []).append((float(chance[i, b]), bool(b == window.relations[i])))
    return limits(said)


def limits(said: Mapping[str, Sequence[tuple[float, bool]]]) -> dict[str, float]:
    """The least probability of each relation that is said often enough to tell, of (probability, right) rows."""
    found = {name: least(rows) for name, rows in said.items() if sum(p >= LEAST[0] for p, _ in rows) >= ENOUGH}
    return dict(sorted(found.items()))


def least(rows: Sequence[tuple[float, bool]]) -> float:
    """The first of LEAST from which on WANTED are right, counting two wrong ones more; the last where none is."""
    for limit in LEAST:
        right = [r for p, r in rows if p >= limit]
        if sum(right) >= WANTED * (len(right) + 2):
            return limit
    return LEAST[-1]


def cluster_facts(judge: Judge, examples: Sequence[Example], relation: Callable[[int], str]) -> Tally:
    """Relations in a sentence given gold names, once for each pair of things a document (Re-DocRED)."""
    total = Tally()
    windows = [judge.reader.read(e) for e in examples]
    for example, window, out in zip(examples, windows, judge.outputs(windows), strict=True):
        gold: set[tuple[str, str, str]] = set()
        said: set[tuple[str, str, str]] = set()
        best = out.pairs.argmax(1) if len(out.pairs) else np.zeros(0, int)
        for (i, j), true, found in zip(window.pairs, window.relations, best, strict=True):
            keys = tuple(example.arguments[window.arguments[x]].key for x in (i, j))
            for number, entered in ((true, gold), (found, said)):
                name = relation(int(number))
                if name != "none":
                    head, tail = keys if name.endswith(">") else keys[::-1]
                    entered.add((head, name[:-1], tail))
        total.found, total.gold = total.found + len(said), total.gold + len(gold)
        total.right += len(gold & said)
    return total


def classes(judge: Judge, examples: Sequence[Example]) -> dict[str, float]:
    """How often the class of a given name is right, of those whose class is known; overall and by class."""
    right: Counter[str] = Counter()
    count: Counter[str] = Counter()
    windows = [judge.reader.read(e) for e in examples]
    for example, window, out in zip(examples, windows, judge.outputs(windows), strict=True):
        for at, i in enumerate(window.arguments):
            cls = example.arguments[i].cls
            if cls:
                hit = CLASSES[int(out.classes[at].argmax())] == cls
                right.update({cls: hit, "all": hit})
                count.update({cls: 1, "all": 1})
    return {k: round(right[k] / n, 3) for k, n in count.items()}


def temperatures(judge: Judge, examples: Sequence[Example]) -> tuple[float, float]:
    """The temperatures of both heads at which what is found on held-out text is right as often as it says.

    Names of kinds that are not annotated everywhere do not count.
    """
    windows = [judge.reader.read(e) for e in examples]
    outs = list(judge.outputs(windows))
    labels = Labels.of(LABELS)
    told = [
        (out.words, w.borders, {(a.start, a.end, a.kind) for a in e.arguments})
        for e, w, out in zip(examples, windows, outs, strict=True)
        if (out.words.argmax(1) > 0).any()
    ]

    def named(temperature: float) -> Iterator[tuple[float, bool]]:
        for words, borders, gold in told:
            for s in stretches(words, labels, temperature):
                if s.label in COMMON:
                    yield s.probability, (borders[s.start][0], borders[s.end - 1][1], s.label) in gold

    pairs = np.concatenate([o.pairs for o in outs])
    relations = np.concatenate([w.relations for w in windows])
    some = pairs.argmax(1) > 0

    def related(temperature: float) -> Iterator[tuple[float, bool]]:
        chance = np.exp(log_softmax(pairs[some], temperature))
        yield from zip(chance.max(1).tolist(), (chance.argmax(1) == relations[some]).tolist(), strict=True)

    return coolest(named), coolest(related)


def coolest(said: Callable[[float], Iterable[tuple[float, bool]]]) -> float:
    """The temperature at which (probability, right) are together most likely; 1 where nothing is found."""
    costs: list[float] = []
    for temperature in STEPS:
        found = list(said(float(temperature)))
        if not found:
            return 1.0
        chance = np.clip([p if right else 1 - p for p, right in found], 1e-4, 1.0)
        costs.append(float(-np.log(chance).mean()))
    return round(float(STEPS[int(np.argmin(costs))]), 2)
