"""A document while it is put together: blocks are added in reading order, and their text and spans follow."""

from __future__ import annotations

from itertools import pairwise

from kgc.data import Block, BlockKind, Document, Meta, Problem, ProblemCode, Span, content_id
from kgc.load.contract import Source
from kgc.load.encoding import clean
from kgc.load.language import language

CLOSE = frozenset({("item", "item"), ("header", "row"), ("row", "row")})
"""Neighbours that stand on lines of their own without a blank line between them."""


class Draft:
    """Text and blocks that grow together; a page ends where `end_page` is called."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._pages: list[int] = []
        self._length = 0

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """Append a block; text that is blank is left out. White space is kept only in code."""
        text = clean(text).strip("\n").rstrip() if kind == "code" else clean(text).strip()
        if not text.strip():
            return
        if self._blocks:
            gap = "\n" if (self._blocks[-1].kind, kind) in CLOSE else "\n\n"
            self._parts.append(gap)
            self._length += len(gap)
        self._parts.append(text)
        self._blocks.append(Block(kind, Span(self._length, self._length + len(text)), level))
        self._length += len(text)

    def go_on(self, text: str, gap: str) -> None:
        """Append to the last block, after `gap` (a paragraph that goes on over the end of a page)."""
        text = clean(text).strip()
        if not self._blocks or not text:
            self.add("paragraph", text)
            return
        self._parts += (gap, text)
        self._length += len(gap) + len(text)
        last = self._blocks[-1]
        self._blocks[-1] = Block(last.kind, Span(last.span.start, self._length), last.level)

    def end_page(self) -> None:
        """All that was added since the last page ended is one page; it may be empty."""
        self._pages.append(self._length)

    def join(self, other: Draft) -> None:
        """Append all blocks of another draft."""
        text = "".join(other._parts)
        for block in other._blocks:
            self.add(block.kind, block.span.of(text), block.level)

    @property
    def length(self) -> int:
        """How many letters there are so far."""
        return self._length

    @property
    def first_heading(self) -> str:
        """The first of the headings of the highest level there is."""
        text = "".join(self._parts)
        headings = [b for b in self._blocks if b.kind == "heading"]
        return " ".join(min(headings, key=lambda b: b.level).span.of(text).split()) if headings else ""

    def finish(self, source: Source, title: str = "", encoding: str = "", lang: str = "") -> Document | Problem:
        """The document, or the problem that there is no text. `title` "" means the first heading."""
        text = "".join(self._parts)
        pages = tuple(Span(a, b) for a, b in pairwise((0, *self._pages)))
        meta = Meta(title=" ".join(title.split()) or self.first_heading, pages=pages, encoding=encoding)
        return document(source, text, tuple(self._blocks), meta, lang)


def document(source: Source, text: str, blocks: tuple[Block, ...], meta: Meta, lang: str = "") -> Document | Problem:
    """The document of a source, or the problem `empty`. `lang` is what the file says, for texts too short to tell."""
    if not text.strip():
        return problem("empty", source, "holds no text", "Nothing to do, unless it should hold some.")
    return Document(
        id=content_id(source.source),
        source=source.source,
        media_type=source.media_type,
        lang=language(text) or lang,
        text=text,
        sha256=source.sha256,
        meta=meta,
        blocks=blocks,
    )


def problem(code: ProblemCode, source: Source, what: str, hint: str, raw: str = "") -> Problem:
    """A problem with a file: `what` goes on after its name."""
    return Problem(code, f"{source.source} {what}.", where=source.source, raw=raw, hint=hint)
