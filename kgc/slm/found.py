"""What a model of names gives for a text, in any language, and what it can say of pairs of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from kgc.data import Span

KIND_OF: Final = {
    "PER": "P", "ORG": "O", "LOC": "L", "MISC": "X", "NORP": "E",
    "Person": "P", "Organization": "O", "Company": "O", "GovernmentBody": "O", "School": "O",
    "Location": "L", "Country": "L", "City": "L", "Product": "G", "CreativeWork": "W", "Law": "K", "NamedEvent": "V",
    "Award": "A", "Concept": "C", "Misc": "X",
}  # fmt: skip
"""Labels of models and classes of `schemas/general.py` -> the letters that the rules know kinds of names by."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name where a model saw it.

    `kind` is a letter: P person, O body, L place, V event, A award, K law, W work, G product, C concept, X another; E a
    people ("Danish"), which is no entity.
    `cls` is its class in `schemas/general.py` where the model tells, else "". `probability` (a fraction) is that
    border and kind are right.
    """

    kind: str
    span: Span
    probability: float
    cls: str = ""


class Item(Protocol):
    """A name or a value, as the reader of relations needs it. `kind` is that of `Found`, or a value's (D, Y, M, N)."""

    @property
    def kind(self) -> str: ...
    @property
    def span(self) -> Span: ...


@dataclass(frozen=True, slots=True)
class Related:
    """A relation or attribute of the general schema between two items (indices); `probability` is calibrated."""

    head: int
    relation: str
    tail: int
    probability: float


@dataclass(frozen=True, slots=True)
class Judged:
    """What a model says of items: their classes (class and probability; "" where it does not tell) and relations.

    `related` passed the thresholds of their relations; `chances` holds every relation that is not wholly unlikely,
    (head, relation, tail) -> probability, for pairs that were looked at. `seen` are those pairs, earlier item first;
    `known` are the relations that it can tell.
    """

    classes: tuple[tuple[str, float], ...] = ()
    related: tuple[Related, ...] = ()
    chances: Mapping[tuple[int, str, int], float] = field(default_factory=dict)
    seen: frozenset[tuple[int, int]] = frozenset()
    known: frozenset[str] = frozenset()

    def chance(self, head: int, relation: str, tail: int) -> float | None:
        """How probable this relation is; None where the pair was not looked at."""
        if (min(head, tail), max(head, tail)) not in self.seen:
            return None
        return self.chances.get((head, relation, tail), 0.0)


class Passage(Protocol):
    """A text that a model has read."""

    @property
    def found(self) -> Sequence[Found]:
        """The names in text order, without overlaps."""
        ...

    def judge(self, items: Sequence[Item], together: Sequence[Sequence[int]]) -> Judged:
        """What it says of these items; pairs are looked at inside each group of `together` (indices, text order)."""
        ...


class NameReader(Protocol):
    """Reads texts of one language."""

    def passages(self, texts: Iterable[str]) -> Iterator[Passage]:
        """One passage a text, in order. Holds a bounded number of texts at a time. Raises nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Named:
    """A passage of a model that knows names only."""

    found: tuple[Found, ...]

    def judge(self, items: Sequence[Item], together: Sequence[Sequence[int]]) -> Judged:  # noqa: ARG002
        return Judged(tuple(("", 0.0) for _ in items))
