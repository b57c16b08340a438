"""Entities of one text: what was marked against what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kgc.data import Span
from kgc.evaluate.labels import Labelling
from kgc.evaluate.rows import Row

Counts = tuple[int, int, int]
"""How many were found, how many are in the annotation, how many of the found ones are right."""
ALL: Final = ""
"""The class that counts of all classes together go by."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name that was found; `span` is None where it is not in the text, `confidence` where nothing is said of it."""

    surface: str
    type: str
    span: Span | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """One text's counts by measure and class, and of each thing found how sure it was and whether it is right."""

    counts: Mapping[str, Mapping[str, Counts]]
    sure: tuple[tuple[float, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """What goes by any of these names and is of this class."""

    names: frozenset[str]
    label: str


@dataclass(slots=True)
class Tally:
    """Counts by class, added up."""

    rows: dict[str, list[int]] = field(default_factory=dict)

    def add(self, label: str, found: int = 0, gold: int = 0, right: int = 0) -> None:
        row = self.rows.setdefault(label, [0, 0, 0])
        row[0] += found
        row[1] += gold
        row[2] += right

    def counts(self) -> Mapping[str, Counts]:
        return {label: (row[0], row[1], row[2]) for label, row in self.rows.items()}


def key(name: str) -> str:
    """A name as names are compared: without spaces, case and a final stop.

    >>> key("Duluth , Minn.") == key("Duluth, Minn")
    True
    """
    return "".join(name.split()).rstrip(".").casefold() or name


def score_entities(row: Row, found: Sequence[Found], labels: Labelling) -> Scored:
    """Strict (boundaries and class), boundary, type (overlap, same class) and names (a thing by any of its names).

    What is annotated with, or found as, a class that is not scored counts on neither side. Where an annotation marks
    the same place twice, it counts once for each class.
    """
    scored = labels.scored
    gold = {
        (e.span.start, e.span.end, c) for e in row.entities for c in [labels.classes.get(e.label, "")] if c in scored
    }
    sure: dict[tuple[int, int, str], float | None] = {}
    for f in found:
        c = labels.class_of(f.type)
        if c in scored:
            place = (f.span.start, f.span.end, c) if f.span else (-1, -1, f"{c}\0{key(f.surface)}")
            sure[place] = _surer(sure.get(place), f.confidence)
    ours = set(sure)
    counts = {
        "strict": strict(ours, gold),
        "boundary": {ALL: _sets({p[:2] for p in ours if p[0] >= 0}, {p[:2] for p in gold}, _lost(ours))},
        "type": overlapping(ours, gold),
        "names": _names(row, found, labels),
    }
    return Scored(counts, tuple((c, place in gold) for place, c in sorted(sure.items()) if c is not None))


def _surer(a: float | None, b: float | None) -> float | None:
    return b if a is None else a if b is None else max(a, b)


def _lost(found: Iterable[tuple[int, int, str]]) -> int:
    """How many of the found names are not in the text."""
    return sum(1 for p in found if p[0] < 0)


def _label(label: str) -> str:
    return label.partition("\0")[0]


def _sets(found: set[tuple[int, int]], gold: set[tuple[int, int]], lost: int) -> Counts:
    return len(found) + lost, len(gold), len(found & gold)


def strict(found: set[tuple[int, int, str]], gold: set[tuple[int, int, str]]) -> Mapping[str, Counts]:
    tally = Tally()
    for place in found:
        tally.add(_label(place[2]), found=1)
    for place in gold:
        tally.add(place[2], gold=1, right=int(place in found))
    return tally.counts()


def overlapping(found: set[tuple[int, int, str]], gold: set[tuple[int, int, str]]) -> Mapping[str, Counts]:
    """A found name is right when it overlaps one of its class; each annotated one serves once, in text order."""
    tally = Tally()
    left = sorted(gold)
    for start, end, label in sorted(found):
        hit = next((g for g in left if g[2] == label and g[0] < end and start < g[1]), None)
        tally.add(_label(label), found=1, right=int(hit is not None))
        if hit:
            left.remove(hit)
    for place in gold:
        tally.add(place[2], gold=1)
    return tally.counts()


def groups(row: Row, labels: Labelling) -> Iterator[Group]:
    """The things of a text: a cluster is one; without clusters all mentions of one name and class are one."""
    found: dict[tuple[str, str], set[str]] = {}
    for e in row.entities:
        label = labels.classes.get(e.label, "")
        found.setdefault((e.cluster or key(e.surface), label), set()).add(key(e.surface))
    yield from (Group(frozenset(names), label) for (_, label), names in found.items())


def _names(row: Row, found: Sequence[Found], labels: Labelling) -> Mapping[str, Counts]:
    gold = [g for g in groups(row, labels) if g.label in labels.scored]
    by_name: dict[tuple[str, str], int] = {(name, g.label): n for n, g in enumerate(gold) for name in g.names}
    ours = {(key(f.surface), c) for f in found for c in [labels.class_of(f.type)] if c in labels.scored}
    hit = {by_name[o]: o[1] for o in ours if o in by_name}
    tally = Tally()
    for g in gold:
        tally.add(g.label, gold=1)
    for label in hit.values():
        tally.add(label, found=1, right=1)
    for o in ours:
        if o not in by_name:
            tally.add(o[1], found=1)
    return tally.counts()
