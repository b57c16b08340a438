"""A text that a user annotated, whatever file it came from, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kgc.data import Span
from kgc.slm.train.examples import NAMES
from kgc.slm.train.user_labels import kind_of


class BadRow(ValueError):
    """What is wrong with one annotated text, as a clause: "the name at 3 to 3 is empty"."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked stretch of the text with the user's label; marks of one `key` (where there is one) are one thing."""

    start: int
    end: int
    label: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Annotated:
    """`where` is "file:line". `facts` are (head, the user's relation, tail) by index into `marked`.

    `facts` is None where nobody looked for any. `exact`: they hold between these very mentions; otherwise between the
    things, whichever mentions tell it.
    """

    where: str
    text: str
    marked: tuple[Marked, ...]
    facts: tuple[tuple[int, str, int], ...] | None = None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Refused:
    """A text that cannot be learned from, and why."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A text that whoever annotated it did not accept."""

    where: str


Read = Annotated | Refused | LeftOut


def checked(given: Annotated) -> Annotated:
    """The text as it is. Raises `BadRow` for the first thing that is wrong with it."""
    if not given.text.strip():
        raise BadRow("the text is empty")
    if any("\ud800" <= c <= "\udfff" for c in given.text):
        raise BadRow("the text holds half a character (a lone surrogate)")
    for mark in given.marked:
        check_mark(mark, given.text)
    for one, two in overlapping(given.marked):
        raise BadRow(f"{shown(one, given.text)} and {shown(two, given.text)} overlap")
    for head, relation, tail in given.facts or ():
        if head == tail:
            raise BadRow(f"{relation} is between {shown(given.marked[head], given.text)} and itself")
    return given


def check_mark(mark: Marked, text: str) -> None:
    if not 0 <= mark.start < mark.end <= len(text):
        raise BadRow(f"no text from {mark.start} to {mark.end}; the text has {len(text)} characters")
    inside = Span(mark.start, mark.end).of(text)
    if inside != inside.strip():
        raise BadRow(f"{shown(mark, text)} begins or ends with a space")
    if cut(text, mark.start) or cut(text, mark.end):
        raise BadRow(f"{shown(mark, text)} begins or ends inside a word; offsets count Unicode characters")
    if not mark.label:
        raise BadRow(f"{shown(mark, text)} has no label")


def cut(text: str, at: int) -> bool:
    """Whether a border lies between two letters or digits."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def overlapping(marked: tuple[Marked, ...]) -> Iterator[tuple[Marked, Marked]]:
    """Neighbours among the names that overlap. A value inside a name ("Apollo 11") is nothing wrong."""
    names = sorted((m for m in marked if kind_of(m.label)[0] in NAMES), key=lambda m: (m.start, m.end))
    return ((one, two) for one, two in pairwise(names) if two.start < one.end)


def shown(mark: Marked, text: str) -> str:
    return f"{text[mark.start : mark.end][:40]!r} ({mark.start} to {mark.end})"
