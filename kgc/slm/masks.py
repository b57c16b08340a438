"""A sentence with its names and values replaced by marks, so that a rule sees "P1 was born in L2" and not the letters.

A mark is one private-use character, the kind, the index in the sentence's list of things, and another private-use
character. Private-use characters of the text itself are blanked first, so that no text can forge a mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kgc.data import Span

OPEN: Final = "\ue000"
CLOSE: Final = "\ue001"
MARK: Final = re.compile(f"{OPEN}([A-Z])([0-9]+){CLOSE}")
FORGED: Final = re.compile(f"[{OPEN}{CLOSE}]")


@dataclass(frozen=True, slots=True)
class Thing:
    """A name or value in a sentence: `kind` is P, O, L, W (a work's title) or a value's D, Y, M, N, U."""

    kind: str
    span: Span
    at: int


def mask(text: str, sentence: Span, things: Sequence[Thing]) -> str:
    """The sentence with each thing replaced by its mark. `things` are in text order, without overlaps."""
    parts: list[str] = []
    at = sentence.start
    for index, thing in enumerate(things):
        parts.append(FORGED.sub(" ", text[at : thing.span.start]))
        parts.append(f"{OPEN}{thing.kind}{index}{CLOSE}")
        at = thing.span.end
    parts.append(FORGED.sub(" ", text[at : sentence.end]))
    return "".join(parts).replace("\n", " ").replace("’", "'")


def indices(marks: str) -> list[int]:
    """The indices of the marks in a piece of a masked sentence."""
    return [int(index) for _, index in MARK.findall(marks)]


def unmask(piece: str, text: str, things: Sequence[Thing]) -> str:
    """The piece with the words in place of the marks, for people to read."""
    return MARK.sub(lambda m: things[int(m[2])].span.of(text), piece)
