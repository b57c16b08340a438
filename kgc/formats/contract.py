"""What a format is: a pair of inverse functions between records and the text that models read and write.

Laws, which `kgc.testing.format_contract` checks for any format:

1. `parse(render(items)).items == items`, without a reject.
2. `parse` never raises and never evaluates, whatever the text.
3. The prefix of a valid answer gives a subset of its items.
4. Every reject is a `Problem` with a code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Generic, Protocol, TypeVar

from kgc.data import Problem
from kgc.schema import Schema

Items = TypeVar("Items")
Items_co = TypeVar("Items_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Parsed(Generic[Items_co]):
    """What an answer holds, and a `Problem` for all that could not be read (`where` is "line 7", from 1)."""

    items: Items_co
    rejects: tuple[Problem, ...] = ()


class Format(Protocol[Items]):
    """A frozen dataclass whose fields are its options; `name` is its plug-in name."""

    name: ClassVar[str]

    def render(self, items: Items, schema: Schema) -> str:
        """The text that a flawless model would write for these items."""
        ...

    def parse(self, text: str, schema: Schema) -> Parsed[Items]:
        """Read as far as possible; linear in the text. Never raises on a text."""
        ...
