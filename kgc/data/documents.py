"""What a folder holds: documents, their blocks, and the chunks a model reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal as OneOf


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of Unicode code points: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def shift(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)

    def within(self, other: Span) -> bool:
        return other.start <= self.start and self.end <= other.end


BlockKind = OneOf["heading", "paragraph", "item", "header", "row", "code"]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document's layout, in reading order; blocks do not overlap.

    `level` is 1..6 for a heading, else 0. A `header` block is a table's header row; the `row` blocks after it, until
    the next block of another kind, belong to it.
    """

    kind: BlockKind
    span: Span
    level: int = 0


@dataclass(frozen=True, slots=True)
class Meta:
    """What a file says about itself. `pages` are spans of `Document.text`, in order, empty where a format has none."""

    title: str = ""
    pages: tuple[Span, ...] = ()
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as kgc reads it. All offsets anywhere are code points of `text`.

    `source` is `<root>/<path>` with forward slashes; `id` is a hash of `source`; `sha256` is of the file's bytes;
    `lang` is an ISO 639-1 code ("en", "zh", ...) or "" where the text does not tell.
    """

    id: str
    source: str
    media_type: str
    lang: str
    text: str
    sha256: str
    meta: Meta = field(default_factory=Meta)
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a document that is asked about at once; `document.text[span.start:span.end] == text`, always.

    `key` is a hash of what a model gets to see (text, headings, header, lang): chunks that say the same share their
    answers. `id` is the key made unique inside the workspace (document, key, which occurrence of it in the document),
    so that an edit elsewhere in the document leaves it as it is. `headings` is the heading path, outermost first;
    `header` is the header row of the table that the chunk's rows belong to, or "".
    """

    id: str
    document_id: str
    key: str
    span: Span
    text: str
    headings: tuple[str, ...] = ()
    header: str = ""
    lang: str = ""
