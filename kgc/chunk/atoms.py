"""The smallest pieces that a chunk is made of, and how good a place the start of each is for a cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kgc.chunk.measure import UNIT, weight
from kgc.data import Block, Document, Span, content_id
from kgc.data.sentences import sentences

AFTER_HEADING, IN_BLOCK, IN_LIST, BLOCK, HEADING = 0, 1, 2, 3, 4
"""Ranks of a place for a cut, worst first; a heading of level 1 ranks HEADING + 6, of level 6 HEADING + 1."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A sentence, or a part of one that is too long; never cut.

    `rank` says how good a place its start is, `luck` is a hash of its text that decides between places of one rank:
    a choice that depends on nothing else in the document. `path` is the heading path it stands under, its own heading
    included; `header` the header row of its table; `heading` tells that it is a heading itself.
    """

    span: Span
    weight: int
    rank: int
    luck: str
    path: tuple[str, ...]
    header: str
    heading: bool


def atoms(document: Document, most: int) -> tuple[Atom, ...]:
    """All that is not blank in a document, as atoms in order, none of them heavier than `most` sevenths of a token."""
    found: list[Atom] = []
    path: list[tuple[int, str]] = []
    header = ""
    before: Block | None = None
    for block in whole(document):
        text = block.span.of(document.text)
        if block.kind == "heading":
            path = [(level, name) for level, name in path if level < block.level]
            path.append((block.level, " ".join(text.split())))
        header = text if block.kind == "header" else header if block.kind == "row" else ""
        names = tuple(name for _, name in path)
        found += pieces(block, document, most, rank_of(block, before), names, header)
        before = block
    return tuple(found)


def whole(document: Document) -> Iterator[Block]:
    """The blocks of a document, with a paragraph for each stretch of text that no block claims; none of them blank."""
    at = 0
    for block in (*document.blocks, Block("paragraph", Span(len(document.text), len(document.text)))):
        yield from paragraphs(document.text, at, block.span.start)
        if block.span.of(document.text).strip():
            yield block
        at = block.span.end


def paragraphs(text: str, start: int, end: int) -> Iterator[Block]:
    """What stands between blank lines of `text[start:end]`."""
    at = start
    for part in text[start:end].split("\n\n"):
        if part.strip():
            yield Block("paragraph", Span(at, at + len(part)))
        at += len(part) + 2


def rank_of(block: Block, before: Block | None) -> int:
    """How good a place the start of a block is for a cut; a heading or a header row stays with what comes after it."""
    if before is not None and before.kind in ("heading", "header"):
        return AFTER_HEADING
    if block.kind == "heading":
        return HEADING + 7 - min(6, max(1, block.level))
    return IN_LIST if block.kind in ("item", "row") else BLOCK


def pieces(
    block: Block, document: Document, most: int, rank: int, path: tuple[str, ...], header: str
) -> Iterator[Atom]:
    """The atoms of one block; the first takes the block's rank."""
    text = block.span.of(document.text)
    for span in sentences(text, document.lang):
        for part in bounded(text, span, most):
            words = part.of(text)
            yield Atom(
                part.shift(block.span.start),
                weight(words),
                rank,
                content_id(words),
                path,
                header,
                block.kind == "heading",
            )
            rank = IN_BLOCK


def bounded(text: str, span: Span, most: int) -> Iterator[Span]:
    """A span cut into parts of at most `most`: at line ends, then at white space, then anywhere."""
    if weight(span.of(text)) <= most:
        yield span
        return
    step = max(1, most // (UNIT * 4))
    at = span.start
    while at < span.end:
        end = min(span.end, at + step)
        if end < span.end:
            end = next((p + 1 for mark in "\n ，," if (p := text.rfind(mark, at + step // 2, end)) >= 0), end)
        part = text[at:end]
        left = len(part) - len(part.lstrip())
        if left < len(part):
            yield Span(at + left, at + len(part.rstrip()))
        at = end
