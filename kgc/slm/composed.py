"""Text with letters and accents apart (NFD: from macOS, out of PDFs) as the models know letters, and the way back."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kgc.data import Chunk, Extraction, Literal, Mention, Span, Triple


@dataclass(frozen=True, slots=True)
class Composed:
    """A chunk to read: composed (NFC), or as it is where it is so already.

    `starts` and `ends` are, for each character of `chunk.text`, where its letter begins and ends in `written`; both are
    empty where the texts are the same.
    """

    chunk: Chunk
    written: str
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()

    def place(self, span: Span) -> Span:
        """The span of the composed text in the text as written, to whole letters."""
        return Span(self.starts[span.start], self.ends[span.end - 1]) if self.starts and span.end else span

    def read_place(self, span: Span) -> Span:
        """The span of the text as written in the composed text, to whole letters."""
        if not self.starts or span.end <= span.start:
            return span
        first = self.starts[bisect_right(self.starts, span.start) - 1]
        last = self.ends[bisect_left(self.ends, span.end)]
        return Span(bisect_left(self.starts, first), bisect_right(self.ends, last))

    def to_read(self, mentions: Sequence[Mention]) -> Sequence[Mention]:
        """Mentions of the text as written as those of the composed one."""
        if not self.starts:
            return mentions
        placed = ((m, self.read_place(m.span) if m.span else None) for m in mentions)
        return [replace(m, span=at, surface=at.of(self.chunk.text)) if at else m for m, at in placed]

    def as_written(self, found: Extraction) -> Extraction:
        """What was read of the composed chunk, with places and words of the text as written."""
        if not self.starts:
            return found
        triples = tuple(self.triple(t) for t in found.triples)
        return replace(found, mentions=tuple(self.mention(m) for m in found.mentions), triples=triples)

    def triple(self, triple: Triple) -> Triple:
        if not self.starts:
            return triple
        at = self.place(triple.evidence.span)
        tail = self.mention(triple.tail) if isinstance(triple.tail, Mention) else self.literal(triple.tail)
        evidence = replace(triple.evidence, span=at, quote=at.of(self.written))
        return replace(triple, head=self.mention(triple.head), tail=tail, evidence=evidence)

    def mention(self, mention: Mention) -> Mention:
        at = self.place(mention.span) if mention.span else None
        return replace(mention, span=at, surface=at.of(self.written)) if at else mention

    def literal(self, literal: Literal) -> Literal:
        """The value stays composed: the same in every text."""
        at = self.place(literal.span) if literal.span else None
        return replace(literal, span=at, raw=at.of(self.written)) if at else literal


def composed(chunk: Chunk) -> Composed:
    """The chunk as it is read; its key stays. Linear in the text."""
    if unicodedata.is_normalized("NFC", chunk.text):
        return Composed(chunk, chunk.text)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for span in letters(chunk.text):
        part = unicodedata.normalize("NFC", span.of(chunk.text))
        parts.append(part)
        starts += [span.start] * len(part)
        ends += [span.end] * len(part)
    text = "".join(parts)
    return Composed(replace(chunk, text=text, span=Span(0, len(text))), chunk.text, starts, ends)


def letters(text: str) -> Iterator[Span]:
    """Each character with the accents that follow it."""
    start = 0
    for at, character in enumerate(text):
        if at and not unicodedata.combining(character):
            yield Span(start, at)
            start = at
    yield Span(start, len(text))
