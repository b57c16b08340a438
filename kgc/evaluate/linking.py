"""How well names are linked where the names are given: micro scores, NIL, candidates, by length of the name.

The knowledge bases of the linking sets hold the entities of the annotation alone. That is the *gold-candidate setting*:
its scores stand beside those of nobody who had all of Wikipedia to choose from.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kgc.errors import KgcError
from kgc.evaluate.entities import Counts
from kgc.evaluate.linking_rows import LinkedText, Marked, read_linked
from kgc.evaluate.report import Published
from kgc.evaluate.score import Measure, Score, measure
from kgc.load.kb import read_kb
from kgc.resolve.linking.build import build
from kgc.resolve.linking.index import Index
from kgc.resolve.linking.keys import shape
from kgc.resolve.linking.link import link
from kgc.resolve.linking.rank import MIN_SCORE
from kgc.resolve.linking.records import Choice, Query
from kgc.resolve.linking.words import words

SETTING: Final = "gold-candidate setting: the knowledge base holds the annotated entities alone, the names are given"
_WINDOW: Final = 400
_BESIDE: Final = 24


@dataclass(frozen=True, slots=True)
class Outcome:
    """One scored name: what it means, what it was taken to mean ("" for nothing), whether that was a candidate."""

    surface: str
    gold: str
    found: str
    candidate: bool


@dataclass(frozen=True, slots=True)
class LinkingScores:
    """Scores of a data set. `nil` is the share of names without an entry that were linked to none.

    `recall` is the share of names with an entry that have it among their candidates.
    """

    data: str
    n: int
    names: int
    micro: Measure
    nil: tuple[int, int]
    recall: tuple[int, int]
    seconds: float
    outcomes: tuple[tuple[Outcome, ...], ...] = ()
    published: Published | None = None
    setting: str = field(default=SETTING)

    def as_json(self) -> dict[str, object]:
        """The shape of `kgc eval linking --json`."""
        return {
            "data": self.data, "strategy": "link", "model": "rules", "setting": self.setting, "n": self.n,
            "names": self.names,
            "scores": {
                "micro": _score(self.micro.micro)
                | {"by_words": {label: _score(s) for label, s in (self.micro.classes or {}).items()}},
                "nil": _share(self.nil, "accuracy"),
                "candidates": _share(self.recall, "recall"),
            },
            "published": {"file": self.published.file, "lines": list(self.published.lines)} if self.published else {},
            "rejects": {}, "calls": {"made": 0, "cached": 0, "failed": 0},
            "tokens": {"prompt": 0, "cached_prefix": 0, "completion": 0}, "seconds": round(self.seconds, 2),
        }  # fmt: skip


def score_linking(
    name: str, folder: Path, *, part: slice = slice(None), min_score: float = MIN_SCORE, seed: int = 0
) -> LinkingScores:
    """Link the annotated names of a folder (`test.jsonl`, `kb.jsonl`) and score them, by texts of `part`."""
    base, texts_at = folder / "kb.jsonl", folder / "test.jsonl"
    if not base.is_file() or not texts_at.is_file():
        raise KgcError(f"{str(folder)!r} is no linking set.", "It has to hold test.jsonl and kb.jsonl.")
    texts = list(read_linked(texts_at))[part]
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "kb.db"
        build(read_kb(base), path, name)
        with Index(path) as index:
            started = time.monotonic()
            outcomes = tuple(tuple(_outcomes(text, index, min_score)) for text in texts)
            return scores(name, outcomes, time.monotonic() - started, seed)


def scores(name: str, outcomes: Sequence[tuple[Outcome, ...]], seconds: float = 0.0, seed: int = 0) -> LinkingScores:
    """Scores of names by text; intervals are by resampling texts."""
    every = [o for text in outcomes for o in text]
    absent, there = [o for o in every if not o.gold], [o for o in every if o.gold]
    return LinkingScores(
        name, len(outcomes), len(every), measure([_counts(text) for text in outcomes], seed),
        (sum(not o.found for o in absent), len(absent)), (sum(o.candidate for o in there), len(there)), seconds,
        tuple(outcomes),
    )  # fmt: skip


def score_predictions(
    texts: Sequence[LinkedText], found: Mapping[str, Sequence[tuple[int, int, str]]]
) -> tuple[Counts, ...]:
    """(found, gold, right) of each text for a system that found the names itself: span and id have to be the same.

    Every link to an entry that is wrong counts as found in vain; what a system linked to none does not count.
    """
    rows = []
    for text in texts:
        gold = {(m.span.start, m.span.end, m.id) for m in text.names if m.id and m.scored}
        ours = {m for m in found.get(text.id, ()) if m[2].startswith("Q")}
        rows.append((len(ours), len(gold), len(ours & gold)))
    return tuple(rows)


def _outcomes(text: LinkedText, index: Index, min_score: float) -> Iterator[Outcome]:
    choices = link(list(_queries(text)), index, min_score=min_score)
    for marked, choice in zip(text.names, choices, strict=True):
        if marked.scored:
            yield _outcome(marked, choice, index)


def _outcome(marked: Marked, choice: Choice, index: Index) -> Outcome:
    candidates = {entry.id for entry in index.find(choice.surface).entries}
    found = choice.chosen.entry.id if choice.chosen else ""
    return Outcome(choice.surface, marked.id, found, marked.id in candidates)


def _queries(text: LinkedText) -> Iterator[Query]:
    """Each name of a text, all others of the text beside it. What is written the same is asked about once a place."""
    surfaces = [m.span.of(text.text) for m in text.names]
    telling = [frozenset(shape(s).telling) for s in surfaces]
    for i, marked in enumerate(text.names):
        near = sorted(range(len(surfaces)), key=lambda j: (abs(text.names[j].span.start - marked.span.start), j))
        beside = tuple(str(j) for j in near[1 : _BESIDE + 1] if surfaces[j] != surfaces[i])
        fuller = tuple(str(j) for j in range(len(surfaces)) if telling[i] and telling[i] < telling[j])
        start, end = marked.span.start, marked.span.end
        around = words(text.text[max(0, start - _WINDOW) : end + _WINDOW])
        yield Query(str(i), surfaces[i], context=around, beside=beside, fuller=fuller[:_BESIDE])


def _counts(outcomes: Sequence[Outcome]) -> dict[str, Counts]:
    found: dict[str, list[int]] = {}
    for o in outcomes:
        row = found.setdefault(length(o.surface), [0, 0, 0])
        row[0] += bool(o.found)
        row[1] += bool(o.gold)
        row[2] += bool(o.gold) and o.found == o.gold
    return {label: (row[0], row[1], row[2]) for label, row in found.items()}


def length(surface: str) -> str:
    """A name's length in words as a class of scores."""
    n = len(surface.split())
    return "1 word" if n <= 1 else f"{n} words" if n < 4 else "4 words and more"


def _score(s: Score) -> dict[str, object]:
    return {
        "p": round(s.p, 4), "r": round(s.r, 4), "f1": round(s.f1, 4),
        "ci": [round(b, 4) for b in s.ci] if s.ci else None, "found": s.found, "gold": s.gold, "right": s.right,
    }  # fmt: skip


def _share(counts: tuple[int, int], name: str) -> dict[str, object]:
    right, n = counts
    return {name: round(right / n, 4) if n else None, "n": n, "right": right}
