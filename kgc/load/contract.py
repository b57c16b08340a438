"""What a loader is: bytes in, a document or one problem out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from kgc.data import Document, Problem


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: `source` is `<root>/<path>`, `suffix` is in small letters with its dot."""

    source: str
    path: Path
    data: bytes
    media_type: str
    suffix: str
    sha256: str


class Loader(Protocol):
    """Reads one format. Made without arguments; holds no state.

    `load` never raises for what a file holds: broken, encrypted, empty, without text are one `Problem` each, with
    `where` set to the source and a hint that says what a person can do.
    """

    media_types: ClassVar[tuple[str, ...]]
    suffixes: ClassVar[tuple[str, ...]]

    def load(self, source: Source) -> Document | Problem: ...
