"""A name of a chunk, in either language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kgc.data import Span
from kgc.slm.found import KIND_OF


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a chunk: `kind` is P, O, L, V, A, K or W; `cls` a class of the general schema.

    `trust` is the probability that it is one, with these borders and of this kind, a fraction in [0, 1].
    """

    span: Span
    surface: str
    kind: str
    cls: str
    trust: float = 0.9


CERTAIN: Final = 0.5
"""A name that lists and endings say nothing of takes the class that the model gives it at least this probability."""
EDGE: Final = " \t\"'“”‘’«»()[]{}<>,;:!?*_#|`~=+-–—/\\，。；：！？、（）《》【】「」·"
"""What no name begins or ends with."""


def classed(name: Name, told: tuple[str, float]) -> Name:
    """A name beyond persons, bodies and places with the class that the model tells: its own words tell none.

    Persons, bodies and places keep the class of their words: it must be the same in every passage.
    """
    cls, chance = told
    if name.kind not in "XC" or chance < CERTAIN or cls in ("", "Misc") or KIND_OF[cls] in "POL":
        return name
    return Name(name.span, name.surface, KIND_OF[cls], cls, name.trust)


def without_overlaps(found: Iterable[Name]) -> list[Name]:
    """The longer of two that overlap wins, the earlier of equals; in text order."""
    kept: list[Name] = []
    for name in sorted(found, key=lambda n: (n.span.start, -n.span.end)):
        if kept and name.span.start < kept[-1].span.end:
            if name.span.end - name.span.start > kept[-1].span.end - kept[-1].span.start:
                kept[-1] = name
            continue
        kept.append(name)
    return kept
