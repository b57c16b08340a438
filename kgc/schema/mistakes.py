"""The mistakes of one schema file, gathered so that a person sees all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from kgc.errors import SchemaError, did_you_mean, nearest

SHOWN: Final = 100
"""How many mistakes are told of one file."""


@dataclass(slots=True)
class Mistakes:
    """What is wrong in a file, by line. `source` is the file as messages name it."""

    source: str
    found: dict[tuple[int, str], None] = field(default_factory=dict)

    def add(self, line: int, message: str) -> None:
        """Note a mistake: one sentence that says what is wrong with its value, and what to do."""
        self.found[line, message] = None

    def unknown(self, line: int, kind: str, name: str, known: Iterable[str], what: str) -> None:
        """Note a name that nothing answers to, with the nearest ones; `what` says what to do if none is meant."""
        self.add(line, f"There is no {kind} named {name!r}.{did_you_mean(nearest(name, known))} {what}".rstrip())

    def check(self) -> None:
        """Raise `SchemaError` with a line for each mistake, in the order of the file; nothing if there is none.

        Beyond SHOWN mistakes only their number is told.
        """
        if self.found:
            told = sorted(self.found, key=lambda mistake: mistake[0])
            lines = [f"{self.source}:{line}: {message}" for line, message in told[:SHOWN]]
            if len(told) > SHOWN:
                lines.append(f"{self.source}:{told[SHOWN][0]}: {len(told) - SHOWN:,} more mistakes from here on.")
            raise SchemaError("\n".join(lines))
