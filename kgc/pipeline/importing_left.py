"""What of a foreign graph has no place in the schema: counted by reason, with an example each, never dropped unseen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kgc.data import Problem, ProblemCode

KINDS: Final = 5_000
"""So many reasons are told apart; a file that has more gets the rest counted together."""
REST: Final = "and others"
FIRST: Final = 5
"""So many are named in a warning."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """So many statements or things were left out for one reason; `what` is the foreign name that it is about."""

    code: ProblemCode
    reason: str
    what: str
    count: int
    example: str

    def line(self) -> str:
        """What was left out, in a line."""
        of = f" ({self.what})" if self.what else ""
        return f"{self.count:,} left out{of}: {self.reason}; for example: {self.example}."


class Left:
    """Counts what is left out."""

    def __init__(self) -> None:
        self._counts: dict[tuple[ProblemCode, str, str], int] = {}
        self._examples: dict[tuple[ProblemCode, str, str], str] = {}

    def add(self, code: ProblemCode, reason: str, what: str, example: str, count: int = 1) -> None:
        key = (code, reason, what)
        if key not in self._counts and len(self._counts) >= KINDS:
            key = (code, reason, REST)
        self._counts[key] = self._counts.get(key, 0) + count
        self._examples.setdefault(key, example[:300])

    def all(self) -> tuple[LeftOut, ...]:
        """The most frequent first."""
        found = (LeftOut(*key, count, self._examples[key]) for key, count in self._counts.items())
        return tuple(sorted(found, key=lambda one: (-one.count, one.reason, one.what)))


def problems(left: Sequence[LeftOut]) -> tuple[Problem, ...]:
    """As the ledger keeps them."""
    return tuple(
        Problem(one.code, f"{one.count} left out: {one.reason}", one.what, one.example, severity="warning")
        for one in left
    )


def warning(left: Sequence[LeftOut], schema: str, source: str) -> str:
    """One sentence on all of it, and where the rest of it is told."""
    total = sum(one.count for one in left)
    named = "; ".join(f"{one.count:,} × {one.what or one.example} ({one.reason})" for one in left[:FIRST])
    more = f"; and {len(left) - FIRST:,} more reasons" if len(left) > FIRST else ""
    return f"{total:,} things and statements have no place in the schema {schema!r}: {named}{more}. See {source!r}."
