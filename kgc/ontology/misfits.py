"""What went wrong when documents were read with a schema: what it has no place for, what it never used, what swells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kgc.data import Extraction, Mention
from kgc.ontology.records import Evidence, Phrase
from kgc.ontology.stems import stems
from kgc.schema import Schema

MisfitCode = Literal["unknown_label", "type_violation", "unused", "overloaded", "uncovered"]
REJECTS: Final = ("unknown_label", "type_violation")
SHARE: Final = 0.5
"""A class or relation that takes more than this share of everything is overloaded."""
ENOUGH: Final = 20
"""Names or facts below which no share is looked at."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """One kind of thing that went wrong, how often, and `what` it was about, in one line."""

    code: MisfitCode
    what: str
    count: int = 0

    def line(self) -> str:
        return {
            "unknown_label": f"{self.count} times no place: {self.what}",
            "type_violation": f"{self.count} times against its ends: {self.what}",
            "unused": f"never used: {self.what}",
            "overloaded": f"takes {self.count} percent of everything: {self.what}",
            "uncovered": f"{self.count} times said, and no relation for it: {self.what}",
        }[self.code]


@dataclass(frozen=True, slots=True)
class Fit:
    """How a schema fits what was read. `coverage` is the share of relation phrases, by count, that a relation holds.

    `used` are the classes (with their ancestors), relations and attributes that something was found of.
    """

    misfits: tuple[Misfit, ...]
    coverage: float
    rejects: int
    used: frozenset[str]
    facts: int
    names: int


def fit(schema: Schema, extractions: Iterable[Extraction], evidence: Evidence) -> Fit:
    """Hold a schema against what was read with it, and against what the documents say."""
    rejects: Counter[tuple[MisfitCode, str]] = Counter()
    types: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    for extraction in extractions:
        types.update(m.type for m in extraction.mentions)
        relations.update(t.relation for t in extraction.triples)
        ends = (m for t in extraction.triples for m in (t.head, t.tail) if isinstance(m, Mention))
        types.update(m.type for m in ends if m not in extraction.mentions)
        for problem in extraction.problems:
            if problem.code in REJECTS:
                code: MisfitCode = "unknown_label" if problem.code == "unknown_label" else "type_violation"
                rejects[code, problem.message.partition(" Did you mean")[0][:200]] += 1
    used = frozenset({*types, *(a for t in types for a in schema.ancestors(t)), *relations})
    open_ = tuple(uncovered(schema, evidence))
    misfits = (
        *(Misfit(code, what, count) for (code, what), count in sorted(rejects.items(), key=lambda r: (-r[1], r[0]))),
        *_overloaded(schema, types, relations),
        *(Misfit("uncovered", _told(p), p.count) for p in open_[:30]),
        *(Misfit("unused", name) for name in schema.names() if name not in used),
    )
    total = sum(p.count for p in evidence.phrases)
    coverage = 1 - sum(p.count for p in open_) / total if total else 1.0
    return Fit(misfits, coverage, rejects.total(), used, relations.total(), types.total())


def uncovered(schema: Schema, evidence: Evidence) -> Iterator[Phrase]:
    """The relation phrases that no relation of the schema speaks of, most frequent first."""
    spoken = [_words_of(schema, name) for name in (r.name for r in schema.relations)]
    for phrase in sorted(evidence.phrases, key=lambda p: (-p.count, p.name)):
        if schema.relation(phrase.known) is not None:
            continue
        wanted = frozenset(stems(phrase.name))
        if wanted and not any(wanted <= words for words in spoken):
            yield phrase


def _words_of(schema: Schema, name: str) -> frozenset[str]:
    relation = schema.relation(name)
    if relation is None:
        return frozenset()
    labels = relation.labels
    texts = (relation.name, labels.label, *labels.aliases, *labels.templates, relation.definition)
    return frozenset(stem for text in texts for stem in stems(text))


def _overloaded(schema: Schema, types: Mapping[str, int], relations: Mapping[str, int]) -> Iterator[Misfit]:
    """Classes without a class below and relations that take most of everything: they may be worth splitting."""
    parents = {e.parent for e in schema.entities}
    for counts, among in ((types, len(schema.entities)), (relations, len(schema.relations))):
        total = sum(counts.values())
        for name, count in sorted(counts.items()):
            if total >= ENOUGH and among > 2 and count > SHARE * total and name not in parents:
                yield Misfit("overloaded", name, round(100 * count / total))


def _told(phrase: Phrase) -> str:
    heads = " or ".join(h for h, _ in phrase.heads[:2]) or "?"
    tails = " or ".join(t for t, _ in phrase.tails[:2]) or "?"
    return f"{heads} — {phrase.name} — {tails}"
