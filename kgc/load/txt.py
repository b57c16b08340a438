"""Plain text: paragraphs between blank lines, headings by rules that are safe rather than clever."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from kgc.data import Block, BlockKind, Document, Meta, Problem, Span
from kgc.load.contract import Source
from kgc.load.draft import document
from kgc.load.encoding import decode

UNDERLINE = re.compile(r"^\s*(={3,}|-{3,}|~{3,}|\*{3,})\s*$")
NUMBERED = re.compile(
    r"^\s*(?:(?P<part>(?:BOOK|PART|Book|Part)\s+(?:[IVXLC]+|\d+)\b|第[一二三四五六七八九十百零〇\d]{1,6}[编編部卷])"
    r"|(?P<chapter>(?:CHAPTER|STAVE|Chapter|Stave|SECTION|ARTICLE)\s+(?:[IVXLC]+|\d+|[A-Z]+)\b|第[一二三四五六七八九十百零〇\d]{1,6}章)"
    r"|(?P<section>(?:Section|Article)\s+(?:[IVXLC]+|\d+)\b|第[一二三四五六七八九十百零〇\d]{1,6}[节節]))"
)
ITEM = re.compile(r"^\s*(?:[-*•·‣▪●○◦■□]\s+|\(?\d{1,3}[.)]\s+|\(?[a-z][.)]\s+)\S")
ENDS = re.compile(r"[.,;:!?。，；：！？…、]['\"”’)]*\s*$")
CONTENTS = re.compile(r"(?:\s{3,}|\.{3,}|…+)\s*\d+\s*$")
LONG_LINE = 200


class TextLoader:
    """The text as it stands in the file; only its layout is found out."""

    media_types: ClassVar[tuple[str, ...]] = ("text/plain",)
    suffixes: ClassVar[tuple[str, ...]] = (".txt", ".text")

    def load(self, source: Source) -> Document | Problem:
        decoded = decode(source.data)
        text = decoded.text
        blocks = tuple(blocks_of(text))
        title = " ".join(blocks[0].span.of(text).split()) if blocks else ""
        title = title if len(title) <= 80 and not ENDS.search(title) else ""
        return document(source, text, blocks, Meta(title=title, encoding=decoded.encoding))


def blocks_of(text: str) -> Iterator[Block]:
    """The blocks of a plain text, in order."""
    for lines in paragraphs(text):
        yield from layout(text, lines)


def paragraphs(text: str) -> Iterator[list[Span]]:
    """Lines that follow each other without a blank one between them."""
    lines: list[Span] = []
    at = 0
    for raw in text.split("\n"):
        if raw.strip():
            left = len(raw) - len(raw.lstrip())
            lines.append(Span(at + left, at + len(raw.rstrip())))
        elif lines:
            yield lines
            lines = []
        at += len(raw) + 1
    if lines:
        yield lines


def layout(text: str, lines: list[Span]) -> Iterator[Block]:
    """The blocks of one paragraph: headings on top of it, then one paragraph, or an item a line.

    Where lines are long, each is a paragraph of its own, and short lines before a long one are its headings.
    """
    long = [i for i, s in enumerate(lines) if s.end - s.start > LONG_LINE]
    stacked = long[0] if long and all(_heading_like(s.of(text)) for s in lines[: long[0]]) and long[0] <= 2 else 0
    rest: list[Span] = []
    skip = False
    for i, line in enumerate(lines):
        if skip:
            skip = False
            continue
        under = UNDERLINE.match(lines[i + 1].of(text)) if i + 1 < len(lines) and not rest else None
        level = heading_level(line.of(text), alone=len(lines) == 1, first=not rest)
        if under and line.end - line.start <= 100:
            level, skip = (1 if "=" in under[1] else 2), True
        elif i < stacked:
            level = level or 2 + i
        if level:
            yield from body(text, rest)
            rest = []
            yield Block("heading", line, level)
        else:
            rest.append(line)
    yield from body(text, rest)


def body(text: str, lines: list[Span]) -> Iterator[Block]:
    """Lines without a heading, as paragraphs and items. A long line is one, so is Chinese up to a sentence's end."""
    group: list[Span] = []
    for line in lines:
        words = line.of(text)
        if group and (ITEM.match(words) or line.end - line.start > LONG_LINE or closes(group[-1].of(text))):
            yield _block(text, group)
            group = []
        group.append(line)
    if group:
        yield _block(text, group)


def closes(line: str) -> bool:
    """Whether a paragraph ends with this line."""
    return len(line) > LONG_LINE or line[-1] in "。；：！？"


def _block(text: str, lines: list[Span]) -> Block:
    kind: BlockKind = "item" if ITEM.match(lines[0].of(text)) else "paragraph"
    return Block(kind, Span(lines[0].start, lines[-1].end))


def heading_level(line: str, *, alone: bool, first: bool) -> int:
    """1..6 where a line is a heading by itself, else 0.

    Numbered ones ("Chapter IV", "第一章 总则") may stand before their text; a line in capitals must stand alone.
    """
    if len(line) > 80 or CONTENTS.search(line) or (ENDS.search(line) and not line.rstrip().endswith(".")):
        return 0
    numbered = NUMBERED.match(line)
    if numbered and not ENDS.search(line[numbered.end() + 1 :]) and (first or "第" in line[:3]):
        return 1 if numbered["part"] else 2 if numbered["chapter"] else 3
    letters = [c for c in line if c.isalpha()]
    capital = len(letters) >= 4 and all(c.isupper() for c in letters) and not ENDS.search(line)
    return 2 if alone and capital and not line.startswith("[") else 0


def _heading_like(line: str) -> bool:
    return len(line) <= 60 and not ENDS.search(line) and (line[0].isupper() or line[0].isdigit()) and "[" not in line
