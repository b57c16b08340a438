"""Lines as chunks and documents: cut by content, so that a changed line changes its chunk and its document alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple
from zlib import crc32

from kgc.data import Chunk, Document, Extraction, Mention, Meta, Problem, Span, content_id
from kgc.data.facts import EventMention, Triple
from kgc.ledger.codec import dump
from kgc.ledger.rows import Rows, rows_of
from kgc.pipeline.importing_lines import Line

CHUNK_LEAST, CHUNK_MOST = 800, 3_000
PART_LEAST, PART_MOST = 500_000, 2_000_000
"""Sizes in code points. Above the least a chunk may end behind a thing, a document behind a chunk, where a hash says
so; above the most it ends in any case."""
ONE_IN: Final = 4


class Told(NamedTuple):
    """A line, the name of the thing that it is about, and its language."""

    about: str
    lang: str
    line: Line


@dataclass(frozen=True, slots=True)
class Piece:
    """A chunk's text with what it says. `rows.chunk` is its key: a hash of both."""

    text: str
    lang: str
    rows: Rows


@dataclass(slots=True)
class Part:
    """Chunks that make up one document."""

    pieces: list[Piece] = field(default_factory=list)
    size: int = 0

    def add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.size += len(piece.text) + 1

    @property
    def full(self) -> bool:
        last = int(self.pieces[-1].rows.chunk[:2], 16)
        return self.size >= PART_MOST or (self.size >= PART_LEAST and last % 16 == 0)


def pieces(told: Iterable[Told]) -> Iterator[Piece]:
    """The chunks of lines that come by language and thing."""
    held: list[Line] = []
    size, about, lang = 0, "", ""
    for one in told:
        over = one.about != about and size >= CHUNK_LEAST and crc32(about.encode()) % ONE_IN == 0
        if held and (one.lang != lang or size >= CHUNK_MOST or over):
            yield piece_of(held, lang)
            held, size = [], 0
        held.append(one.line)
        size += len(one.line.text) + 1
        about, lang = one.about, one.lang
    if held:
        yield piece_of(held, lang)


def piece_of(lines: Iterable[Line], lang: str, problems: tuple[Problem, ...] = ()) -> Piece:
    """One chunk. Names without a place in it are not counted as named there."""
    mentions: list[Mention] = []
    triples: list[Triple] = []
    events: list[EventMention] = []
    texts: list[str] = []
    at = 0
    for line in lines:
        mentions += [replace(m, span=m.span.shift(at)) for m in line.mentions if m.span]
        triples += [replace(t, evidence=replace(t.evidence, span=t.evidence.span.shift(at))) for t in line.triples]
        events += [replace(e, evidence=replace(e.evidence, span=e.evidence.span.shift(at))) for e in line.events]
        texts.append(line.text)
        at += len(line.text) + 1
    text = "\n".join(texts)
    rows = rows_of(Extraction("", tuple(mentions), tuple(triples), tuple(events), problems))
    rows = replace(rows, mentions=tuple(m for m in rows.mentions if m[1] is not None))
    said = dump([rows.names, rows.mentions, rows.claims, rows.events, rows.problems])
    return Piece(text, lang, replace(rows, chunk=content_id("import", lang, text, said, length=32)))


def parts(found: Iterable[Piece]) -> Iterator[Part]:
    """The documents that pieces make up."""
    part = Part()
    for piece in found:
        part.add(piece)
        if part.full:
            yield part
            part = Part()
    if part.pieces:
        yield part


def document_of(source: str, part: Part) -> tuple[Document, tuple[Chunk, ...]]:
    """A document and its chunks."""
    text = "\n".join(piece.text for piece in part.pieces)
    id_ = content_id(source)
    seen: dict[str, int] = {}
    chunks: list[Chunk] = []
    at = 0
    for piece in part.pieces:
        key = piece.rows.chunk
        again = seen[key] = seen.get(key, 0) + 1
        span = Span(at, at + len(piece.text))
        chunks.append(Chunk(content_id(id_, key, str(again)), id_, key, span, piece.text, lang=piece.lang))
        at = span.end + 1
    digest = content_id(source, *(piece.rows.chunk for piece in part.pieces), length=64)
    return Document(id_, source, "text/plain", "", text, digest, Meta(encoding="utf-8")), tuple(chunks)
