"""Strict scores: boundaries and label must be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language

from kgc.slm.cues import mark
from kgc.slm.lexicon import Lexicon
from kgc.slm.train.records import Record


@dataclass(frozen=True, slots=True)
class Counts:
    found: int = 0
    gold: int = 0
    right: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.found + other.found, self.gold + other.gold, self.right + other.right)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.found + self.gold
        return 2 * self.right / total if total else 0.0

    def __str__(self) -> str:
        return f"p {self.precision:.3f} r {self.recall:.3f} f1 {self.f1:.3f}"


def score(nlp: Language, records: Sequence[Record], lexicon: Lexicon) -> dict[str, Counts]:
    """Micro counts over the records: "all" and each label."""
    totals = {"all": Counts(), "PER": Counts(), "ORG": Counts(), "LOC": Counts()}
    docs = nlp.pipe((mark(nlp.make_doc(r.text), lexicon) for r in records if r.text.strip()), batch_size=64)
    for record, doc in zip([r for r in records if r.text.strip()], docs, strict=True):
        gold = set(record.spans)
        found = {(e.start_char, e.end_char, e.label_) for e in doc.ents}
        for label in totals:
            g = {s for s in gold if label in ("all", s[2])}
            f = {s for s in found if label in ("all", s[2])}
            totals[label] += Counts(len(f), len(g), len(f & g))
    return totals
