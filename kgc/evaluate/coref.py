"""Scores of what is linked inside single documents: names, and the pronouns and noun phrases that stand for them.

All mentions of the annotation are given, with their borders and kinds, so that only the linking is scored. Figures of
systems that find the mentions themselves are no equals of these.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kgc.data import Span
from kgc.errors import KgcError
from kgc.evaluate.calibration import calibration
from kgc.evaluate.coref_measures import Parts, measured, parts
from kgc.evaluate.coref_rows import Marked, Text, read_texts
from kgc.evaluate.entities import ALL, Counts
from kgc.evaluate.report import Evaluation, Published
from kgc.evaluate.score import Measure, measures
from kgc.evaluate.sets import DataSet, published
from kgc.resolve.within import links
from kgc.resolve.within_references import LEAST, Reference, references

FOLDER: Final = "coref/"
"""How the names of these sets begin."""
GIVEN: Final = "Mentions are given (borders, kinds, which are names): only the linking is scored."
_PRONOUN: Final = "PRONOUN"


@dataclass(frozen=True, slots=True)
class Scored:
    """One text's counts by measure, its parts of the partition measures by which mentions, and how sure was right."""

    counts: Mapping[str, Mapping[str, Counts]]
    partitions: Mapping[str, Mapping[str, Parts]] = field(default_factory=dict)
    links: tuple[tuple[float, bool], ...] = ()
    references: tuple[tuple[float, bool], ...] = ()


def evaluate(data: DataSet, sample: int | None = None, seed: int = 0) -> Evaluation:
    """Score a set of texts with clusters. Raises `KgcError` for one without."""
    begun = time.monotonic()
    texts = list(read_texts(data.files))
    if not texts:
        raise KgcError(f"{data.name} has no rows.", "Give a file or split that has some.")
    chosen = [texts[i] for i in _indices(len(texts), sample, seed)]
    gap = any(m.label == _PRONOUN for t in chosen for m in t.marked)
    scored = [_pronoun(t) if gap else _document(t) for t in chosen]
    sure = {
        "links": calibration([c for s in scored for c in s.links]),
        "references": calibration([c for s in scored for c in s.references]),
    }
    return Evaluation(
        data.name, "within-document", "rules", "mentions given", False, len(scored), len(texts),
        _measures(scored, seed), {name: c for name, c in sure.items() if c}, _published(data), warnings=(GIVEN,),
        seconds=time.monotonic() - begun,
    )  # fmt: skip


def _indices(n: int, sample: int | None, seed: int) -> Sequence[int]:
    import random  # noqa: PLC0415

    if sample is None or sample >= n:
        return range(n)
    return sorted(random.Random(seed).sample(range(n), sample))  # noqa: S311  # a sample, no secret


def _published(data: DataSet) -> Published | None:
    lines = published(data)
    return Published(str(data.readme), lines) if lines else None


def _measures(scored: Sequence[Scored], seed: int) -> dict[str, Measure]:
    found = measures([s.counts for s in scored], seed)
    for which in dict.fromkeys(name for s in scored for name in s.partitions):
        of = measured([s.partitions[which] for s in scored if which in s.partitions], seed)
        found |= {f"{which}_{name}": measure for name, measure in of.items()}
    return found


def _document(text: Text) -> Scored:
    """Links of names, references, and the partitions that come of them."""
    things = Things(text)
    told = links(text.id, text.text, text.names)
    right = [things.of_key.get(t.key) == things.of_key.get(t.target) for t in told]
    sizes = Counter(things.of_key.values())
    meant = references(text.text, text.names, text.lang)
    said = [_said(r, things) for r in meant]
    unnamed = [m for m in text.marked if not m.named and m.cluster in things.named]
    stands = {t.key: t.target for t in told}
    names = [m for m in text.marked if m.named]
    gold = [m.cluster for m in names]
    alone = _numbered(m.key for m in names)
    linked = _numbered(stands.get(m.key, m.key) for m in names)
    everything = _numbered(_everything(text, stands, meant))
    return Scored(
        {
            "local_links": {ALL: (len(told), sum(n - 1 for n in sizes.values()), sum(right))},
            "references": {ALL: (len(meant), len(unnamed), sum(said))},
        },
        {
            "same_name": parts(alone, gold),
            "local": parts(linked, gold),
            "all": parts(everything, [m.cluster for m in text.marked]),
        },
        tuple((t.score, ok) for t, ok in zip(told, right, strict=True)),
        tuple((r.score, ok) for r, ok in zip(meant, said, strict=True)),
    )


class Things:
    """What the annotation says of a text: of which thing each name mostly is, and what lies where."""

    def __init__(self, text: Text) -> None:
        counts: dict[str, Counter[int]] = {}
        self.at: dict[Span, set[int]] = {}
        for m in text.marked:
            self.at.setdefault(m.span, set()).add(m.cluster)
            if m.named:
                counts.setdefault(m.key, Counter())[m.cluster] += 1
        self.of_key = {key: min(of, key=lambda c: (-of[c], c)) for key, of in counts.items()}
        self.named = {m.cluster for m in text.marked if m.named}


def _said(reference: Reference, things: Things) -> bool:
    """Whether a phrase is annotated, and as one of the thing that its target is mostly of."""
    return things.of_key[reference.target_key] in things.at.get(Span(reference.start, reference.end), ())


def _everything(text: Text, stands: Mapping[str, str], meant: Sequence[Reference]) -> Iterator[str]:
    """Of every mention what it is put with: its name's thing, what it refers to, else nothing."""
    referring = {Span(r.start, r.end): r.target_key for r in meant}
    for number, m in enumerate(text.marked):
        key = m.key if m.named else referring.get(m.span, "")
        yield stands.get(key, key) or f"\0{number}"


def _numbered(keys: Iterator[str]) -> list[int]:
    numbers: dict[str, int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]


def _pronoun(text: Text) -> Scored:
    """GAP: whether each of two names is what the pronoun stands for, at the usual threshold and when it must choose."""
    counts: dict[str, Mapping[str, Counts]] = {}
    sure: tuple[tuple[float, bool], ...] = ()
    pronoun = next(m for m in text.marked if m.label == _PRONOUN)
    names = [m for m in text.marked if m.named]
    for name, least in (("gap_forced", 0.0), ("gap", LEAST)):
        told = next(
            (r for r in references(text.text, text.names, text.lang, least) if r.start == pronoun.span.start), None
        )
        found = [m for m in names if told and m.key == told.target_key]
        gold = [m for m in names if m.cluster == pronoun.cluster]
        right = sum(m in gold for m in found)
        counts[name] = {_gender(pronoun): (len(found), len(gold), right)}
        if told and name == "gap":
            sure = ((told.score, right > 0),)
    return Scored(counts, references=sure)


def _gender(pronoun: Marked) -> str:
    return "feminine" if pronoun.surface.casefold() in ("she", "her", "hers", "herself") else "masculine"
