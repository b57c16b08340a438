"""What a strategy and an extractor are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, Protocol

from kgc.data import Chunk, Extraction, Problem
from kgc.llm.turns import Turns
from kgc.schema import Schema


class Strategy(Protocol):
    """Asks a model. A frozen dataclass whose fields are its options; `name` is its plug-in name."""

    name: ClassVar[str]

    def turns(self, chunk: Chunk, schema: Schema) -> Turns[Extraction]:
        """Yield questions, be sent answers, return what was read. No I/O, no state, never raises on an answer."""
        ...


class Extractor(Protocol):
    """Reads chunks by itself, without asking anybody (the built-in model). `name` goes into evidence and recipes."""

    name: str

    def limits(self, schema: Schema) -> Sequence[Problem]:
        """What of this schema it cannot fill, as warnings to show before the run."""
        ...

    def extract(self, chunks: Iterable[Chunk], schema: Schema) -> Iterator[Extraction]:
        """One extraction a chunk, in order. Streams: memory does not grow with the number of chunks."""
        ...
