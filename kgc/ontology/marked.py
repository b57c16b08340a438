"""A sentence with its noun phrases and names marked, as the patterns read it, and what they find in it."""

from __future__ import annotations

from dataclasses import dataclass

from kgc.data import Span


@dataclass(frozen=True, slots=True)
class End:
    """A noun phrase or a name in a chunk.

    `term` is what it counts as: a term in small letters and the singular, or the surface of a name. `type` is the class
    of the built-in model for a name, else ""; `head` is the head noun, "" for a name.
    """

    term: str
    span: Span
    type: str = ""
    head: str = ""
    named: bool = False

    @property
    def kind(self) -> str:
        """What it is at the end of a relation: the class of a name, else the term."""
        return self.type if self.named else self.term


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence of a chunk. In `line` each end is its number in angle brackets, other words are in small letters."""

    span: Span
    ends: tuple[End, ...]
    line: str


@dataclass(frozen=True, slots=True)
class Isa:
    """The text calls `child` a `parent`; `pattern` says by which words."""

    child: End
    parent: End
    pattern: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Who does what to whom: the verb's lemma with its particle or preposition, passives turned."""

    head: End
    words: str
    tail: End


@dataclass(frozen=True, slots=True)
class Read:
    """What was read in one sentence."""

    marked: Marked
    isas: tuple[Isa, ...] = ()
    frames: tuple[Frame, ...] = ()
