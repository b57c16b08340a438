"""How well records are resolved: pairwise and B-cubed scores on sets whose duplicates are known."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Final

from kgc.errors import KgcError
from kgc.evaluate.entities import Counts
from kgc.evaluate.report import Published
from kgc.evaluate.resolution_rows import Clustered, Judged, read_pairs, read_records
from kgc.evaluate.score import Score, measure
from kgc.resolve.tables.fields import Record
from kgc.resolve.tables.resolve import Matcher, resolve_records

SPLITS: Final = ("train", "valid", "test")
MATCH: Final = 0.5


@dataclass(frozen=True, slots=True)
class ResolutionScores:
    """Scores of a data set. `bcubed` is None where pairs are annotated, not clusters."""

    data: str
    n: int
    pairwise: Score
    bcubed: Score | None
    fields: tuple[str, ...]
    seconds: float
    published: Published | None = None
    note: str = ""
    wrong: tuple[tuple[str, str, float], ...] = field(default=(), repr=False)

    def as_json(self) -> dict[str, object]:
        """The shape of `kgc eval resolution --json`."""
        scores: dict[str, object] = {"pairwise": _score(self.pairwise)}
        if self.bcubed:
            scores["bcubed"] = _score(self.bcubed)
        return {
            "data": self.data, "strategy": "records", "model": "rules", "n": self.n, "fields": list(self.fields),
            "note": self.note, "scores": scores,
            "published": {"file": self.published.file, "lines": list(self.published.lines)} if self.published else {},
            "rejects": {}, "calls": {"made": 0, "cached": 0, "failed": 0},
            "tokens": {"prompt": 0, "cached_prefix": 0, "completion": 0}, "seconds": round(self.seconds, 2),
        }  # fmt: skip


def score_resolution(name: str, folder: Path, *, seed: int = 0) -> ResolutionScores:
    """Resolve the records of a folder with the default configuration and score what comes of it.

    Of pairs in train, valid and test (`left`, `right`, `label`) the model is fitted on the records of train and valid,
    without their labels, and the pairs of test are scored. Records with clusters are resolved as a whole.
    """
    if (folder / "records.jsonl").is_file():
        rows = read_records(folder / "records.jsonl")
        return score_clusters(name, rows, seed)
    if (folder / "test.jsonl").is_file():
        return score_pairs(name, {split: read_pairs(folder / f"{split}.jsonl") for split in SPLITS}, seed)
    raise KgcError(f"{str(folder)!r} is no resolution set.", "It has to hold records.jsonl, or train, valid and test.")


def score_clusters(name: str, rows: Sequence[Clustered], seed: int = 0) -> ResolutionScores:
    """Pairwise and B-cubed scores; the interval is by resampling the annotated things."""
    started = time.monotonic()
    found = resolve_records({row.id: row.fields for row in rows})
    seconds = time.monotonic() - started
    gold = {row.id: row.cluster for row in rows}
    ours = {key: f"g{n}" for n, group in enumerate(found.groups) for key in group}
    ours |= {key: f"s{key}" for key in gold.keys() - ours.keys()}
    counts = list(_pair_counts(gold, ours))
    pairwise = measure([{"": c} for c in counts], seed).micro
    wrong = tuple((a, b, s) for (a, b), s in found.scores.items() if gold[a] != gold[b])
    names = tuple(f.name for f in found.model.fields)
    return ResolutionScores(name, len(rows), pairwise, bcubed(gold, ours), names, seconds, wrong=wrong)


def _pair_counts(gold: Mapping[str, str], ours: Mapping[str, str]) -> Iterator[Counts]:
    """(found, gold, right) by annotated thing; a wrong pair counts for the first of its two things."""
    members: dict[str, list[str]] = {}
    for key in sorted(gold):
        members.setdefault(gold[key], []).append(key)
    groups: dict[str, list[str]] = {}
    for key in sorted(ours):
        groups.setdefault(ours[key], []).append(key)
    wrong: Counter[str] = Counter()
    for group in groups.values():
        for a, b in combinations(group, 2):
            if gold[a] != gold[b]:
                wrong[min(gold[a], gold[b])] += 1
    for cluster, keys in sorted(members.items()):
        right = sum(ours[a] == ours[b] for a, b in combinations(keys, 2))
        yield right + wrong[cluster], len(keys) * (len(keys) - 1) // 2, right


def bcubed(gold: Mapping[str, str], ours: Mapping[str, str]) -> Score:
    """B-cubed precision, recall and F1. Source: Bagga and Baldwin 1998.

    >>> bcubed({"a": "1", "b": "1", "c": "2"}, {"a": "x", "b": "x", "c": "x"}).p.__round__(3)
    0.556
    """
    both = Counter((gold[key], ours[key]) for key in gold)
    one, two = Counter(gold.values()), Counter(ours[key] for key in gold)
    n = max(len(gold), 1)
    p = sum(c * c / two[o] for (_, o), c in both.items()) / n
    r = sum(c * c / one[g] for (g, _), c in both.items()) / n
    return Score(p, r, 2 * p * r / (p + r) if p + r else 0.0)


def score_pairs(name: str, splits: Mapping[str, Sequence[Judged]], seed: int = 0) -> ResolutionScores:
    """Scores of the annotated pairs of the last split; the interval is by resampling pairs."""
    seen = list(_records(pair for split in ("train", "valid") for pair in splits.get(split, ())))
    started = time.monotonic()
    matcher = Matcher(seen)
    scored = [(pair, matcher.score(pair.left, pair.right)) for pair in splits["test"]]
    seconds = time.monotonic() - started
    counts: list[Counts] = [(int(s >= MATCH), int(p.same), int(p.same and s >= MATCH)) for p, s in scored]
    wrong = tuple((p.id, "found" if s >= MATCH else "missed", s) for p, s in scored if (s >= MATCH) != p.same)
    names = tuple(f.name for f in matcher.fields)
    pairwise = measure([{"": c} for c in counts], seed).micro
    note = "the annotated pairs alone; fitted on the records of train and valid without their labels"
    return ResolutionScores(name, len(scored), pairwise, None, names, seconds, note=note, wrong=wrong)


def _records(pairs: Iterable[Judged]) -> Iterator[Record]:
    """Each record once."""
    seen: set[tuple[tuple[str, str], ...]] = set()
    for pair in pairs:
        for record in (pair.left, pair.right):
            told = tuple(sorted(record.items()))
            if told not in seen:
                seen.add(told)
                yield record


def _score(s: Score) -> dict[str, object]:
    told: dict[str, object] = {"p": round(s.p, 4), "r": round(s.r, 4), "f1": round(s.f1, 4)}
    told["ci"] = [round(b, 4) for b in s.ci] if s.ci else None
    if s.found is not None:
        told |= {"found": s.found, "gold": s.gold, "right": s.right}
    return told
