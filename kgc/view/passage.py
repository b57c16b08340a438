"""A fact's evidence as it stands in its document: the text before, the quote with its names marked, the text after.

All cutting is done here, in code points, since a browser counts in other units.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf

from kgc.data import Document, Fact, Literal, Node, Span, Support
from kgc.errors import UnknownName
from kgc.view.names import find_names
from kgc.view.source import Source

SegmentKind = OneOf["text", "head", "tail"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a quote: plain text, or a name of the fact's head or tail."""

    text: str
    kind: SegmentKind = "text"


@dataclass(frozen=True, slots=True)
class Passage:
    """One place that a fact stands on, ready to be drawn; `before + quote + after` is a piece of the document.

    `supports` are all that read the fact there, at least one: strategies, models, or one of them by several rules.
    `cut_before` and `cut_after` tell that the document goes on there. Where the quote does not stand in the text as
    it is (`in_place` false: loosely aligned, or the document is no longer there), `before` and `after` are empty.
    """

    supports: tuple[Support, ...]
    title: str
    before: str
    quote: tuple[Segment, ...]
    after: str
    cut_before: bool
    cut_after: bool
    in_place: bool


def evidence(source: Source, fact: Fact, *, around: int = 400, limit: int = 20) -> tuple[Passage, ...]:
    """The first `limit` places that the fact stands on, each with up to `around` code points of text on both sides."""
    heads = names_of(source, fact.head)
    tails = (fact.tail.raw, fact.tail.value) if isinstance(fact.tail, Literal) else names_of(source, fact.tail)
    groups = places(fact)[:limit]
    documents = {name: _document(source, name) for name in {group[0].document for group in groups}}
    return tuple(_passage(documents[group[0].document], group, heads, tails, around) for group in groups)


def places(fact: Fact) -> tuple[tuple[Support, ...], ...]:
    """The fact's support by where it stands, in the order of its evidence: one group a place."""
    groups: dict[tuple[str, int, int], list[Support]] = {}
    for support in fact.evidence:
        groups.setdefault((support.document, support.start, support.end), []).append(support)
    return tuple(tuple(group) for group in groups.values())


def names_of(source: Source, node: Node) -> tuple[str, ...]:
    """All names that an entity goes by; its own name alone where the workspace no longer knows it."""
    try:
        cards = source.show(node.id, limit=1)
    except UnknownName:
        return (node.name,)
    return (node.name, *(alias.name for card in cards for alias in card.entity.aliases))


def _document(source: Source, name: str) -> Document | None:
    try:
        return source.document(name)
    except UnknownName:
        return None


def _passage(
    document: Document | None, supports: tuple[Support, ...], heads: Iterable[str], tails: Iterable[str], around: int
) -> Passage:
    place = supports[0]
    span = Span(place.start, place.end)
    quote = mark(place.quote, heads, tails)
    title = document.meta.title if document else ""
    if document is None or not place.quote or span.of(document.text) != place.quote:
        return Passage(supports, title, "", quote, "", cut_before=False, cut_after=False, in_place=False)
    start, end = window(document, span, around)
    before, after = document.text[start : span.start], document.text[span.end : end]
    cut_before, cut_after = start > 0, end < len(document.text)
    return Passage(supports, title, before, quote, after, cut_before, cut_after, in_place=True)


def mark(quote: str, heads: Iterable[str], tails: Iterable[str]) -> tuple[Segment, ...]:
    """The quote in segments that together are the quote; where names overlap, the longer goes first."""
    kinds: dict[SegmentKind, Iterable[str]] = {"head": heads, "tail": tails}
    segments: list[Segment] = []
    at = 0
    for span, kind in find_names(quote, kinds):
        if at < span.start:
            segments.append(Segment(quote[at : span.start]))
        segments.append(Segment(span.of(quote), kind))
        at = span.end
    return (*segments, Segment(quote[at:])) if at < len(quote) else tuple(segments)


def window(document: Document, span: Span, around: int) -> tuple[int, int]:
    """Where to cut the document around a span: at white space if there is some near, never before a combining mark."""
    text = document.text
    start, end = max(0, span.start - around), min(len(text), span.end + around)
    if start > 0:
        start = _next_space(text, range(start, min(start + around // 4, span.start)), start)
    if end < len(text):
        end = _next_space(text, range(end - 1, max(end - around // 4, span.end) - 1, -1), end)
    while 0 < start < span.start and unicodedata.combining(text[start]):
        start += 1
    while span.end < end < len(text) and unicodedata.combining(text[end]):
        end -= 1
    return start, end


def _next_space(text: str, places: Sequence[int], otherwise: int) -> int:
    return next((i for i in places if text[i].isspace()), otherwise)
