"""What a model of names gives for a text, in any language, and what it can say of pairs of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from kgc.data import Span

KIND_OF: Final = {
    "PER": "P", "ORG": "O", "LOC": "L", "MISC": "X",
    "Person": "P", "Organization": "O", "Company": "O", "GovernmentBody": "O", "School": "O",
    "Location": "L", "Country": "L", "City": "L", "Product": "G", "CreativeWork": "W", "Law": "K", "NamedEvent": "V",
    "Award": "A", "Concept": "C", "Misc": "X",
}  # fmt: skip
"""Labels of models and classes of `schemas/general.py` -> the letters that the rules know kinds of names by."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name where a model saw it.

    `kind` is a letter: P person, O body, L place, V event, A award, K law, W work, G product, C concept, X another.
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
    def cls(self) -> str: ...
    @property
    def span(self) -> Span: ...


@dataclass(frozen=True, slots=True)
class Related:
    """A relation or attribute of the general schema between two items (indices); `probability` is calibrated."""

    head: int
    relation: str
    tail: int
    probability: float


class Passage(Protocol):
    """A text that a model has read."""

    @property
    def found(self) -> Sequence[Found]:
        """The names in text order, without overlaps."""
        ...

    def related(self, sentence: Span, items: Sequence[Item]) -> Sequence[Related]:
        """What it says of the pairs of these items, which stand in one sentence; () where it cannot tell."""
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

    def related(self, sentence: Span, items: Sequence[Item]) -> Sequence[Related]:  # noqa: ARG002
        return ()
