"""What a thing is called that has several names: a full form that is common, not the shortest, not a slip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kgc.resolve.names import Form, form
from kgc.resolve.records import Kind

COMMON: Final = 0.15
"""A name is common for a thing if at least this share of its mentions has it."""
TWICE: Final = 2
"""A person's full name is often said at the beginning alone: so many times are enough."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: str
    count: int
    form: Form
    kind: Kind

    @property
    def full(self) -> tuple[int, int, int]:
        """How much the name tells: whole words rather than initials or letters, then how many of them."""
        words = [t for t in self.form.tokens if len(t) > 1]
        capitals = self.name.isupper() or self.name.islower()
        if self.kind == "person":
            return (min(len(words), 2), not capitals, 0)
        return (not self.form.capitals or self.form.han, not capitals, len("".join(words)) + bool(self.form.legal))


def canonical(names: Iterable[tuple[str, int]], kind: Kind) -> str:
    """The best of a thing's names, each with how often it is said. The order means nothing.

    Of the common names the fullest (a person's given and family name, an institution's name in full rather than its
    letters), of these the most frequent, then the longest, then the first.
    """
    counts: dict[str, int] = {}
    for name, n in names:
        counts[name] = counts.get(name, 0) + n
    least = COMMON * sum(counts.values())
    if kind == "person":
        least = min(least, TWICE)
    common = [n for n in counts if counts[n] >= least] or list(counts)
    found = [_Candidate(name, counts[name], form(name, kind), kind) for name in common]
    return min(found, key=_order).name


def _order(one: _Candidate) -> tuple[Sequence[int], int, int, str]:
    return ([-n for n in one.full], -one.count, -len(one.name), one.name)
