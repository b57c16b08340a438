"""Where a surface stands in a text: letter by letter, else with small differences, in code points of that text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter

from rapidfuzz import fuzz

from kgc.data import Aligned, Span

LIKENESS = 90.0
"""The least likeness (0..100) of two spellings that count as one."""
SHORTEST, LONGEST = 5, 300
"""Surfaces outside these lengths (code points) must differ in case, quotes or white space at most."""
MOST = 64
"""Only so many places of one surface are looked at."""
PLAIN = str.maketrans("‘’‚‛“”„‟«»‐‑‒–—―−`´", "''''" + '""""""' + "-------" + "''")
WIDE = re.compile(r"[\u2e80-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


_start = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Places:
    """All places of a surface, in order, and how like the text they are; none where there are none."""

    spans: tuple[Span, ...] = ()
    how: Aligned = "none"

    def within(self, window: Span) -> tuple[Span, ...]:
        spans, end = self.spans, window.end
        if len(spans) == 1:
            return spans if spans[0].start >= window.start and spans[0].end <= end else ()
        first = last = bisect_left(spans, window.start, key=_start)
        while last < len(spans) and spans[last].end <= end:
            last += 1
        return spans[first:last]


class Finder:
    """Finds surfaces in one text. The folded text is made once, when the first surface needs it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded: tuple[str, list[int]] | None = None
        self._known: dict[str, Places] = {}

    def find(self, surface: str) -> Places:
        """All places of a surface. Each surface is looked for once, in time linear in the text."""
        known = self._known.get(surface)
        if known is None:
            known = self._known[surface] = self._exact(surface) or self._alike(surface)
        return known

    def _exact(self, surface: str) -> Places | None:
        """Letter by letter, as whole words where the script has them."""
        if not surface.strip():
            return Places()
        spans: list[Span] = []
        at = self.text.find(surface)
        while at >= 0 and len(spans) < MOST:
            end = at + len(surface)
            if whole_words(self.text, at, end):
                spans.append(Span(at, end))
            at = self.text.find(surface, end)
        return Places(tuple(spans), "exact") if spans else None

    def _alike(self, surface: str) -> Places:
        """The same but for case, width, quotes, dashes and white space; else the most similar piece of the text."""
        if self._folded is None:
            self._folded = folded(self.text)
        text, origin = self._folded
        wanted, _ = folded(surface)
        if not wanted:
            return Places()
        spans: list[Span] = []
        at = text.find(wanted)
        while at >= 0 and len(spans) < MOST:
            span = Span(origin[at], origin[at + len(wanted) - 1] + 1)
            if whole_words(self.text, span.start, span.end):
                spans.append(span)
            at = text.find(wanted, at + len(wanted))
        if spans:
            return Places(tuple(dict.fromkeys(spans)), "fuzzy")
        return self._similar(surface, wanted)

    def _similar(self, surface: str, wanted: str) -> Places:
        """The most similar piece of the text, for surfaces long enough to tell; digits must be the same."""
        if self._folded is None or not SHORTEST <= len(wanted) <= LONGEST:
            return Places()
        text, origin = self._folded
        found = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=LIKENESS)
        if found is None or found.dest_end - found.dest_start < SHORTEST or len(text) < len(wanted):
            return Places()
        span = _to_words(self.text, origin[found.dest_start], origin[found.dest_end - 1] + 1)
        piece = span.of(self.text)
        if fuzz.ratio(wanted, folded(piece)[0]) < LIKENESS - 5 or _digits(piece) != _digits(surface):
            return Places()
        return Places((span,), "fuzzy")


def whole_words(text: str, start: int, end: int) -> bool:
    """Whether a piece of text neither begins nor ends inside a word (any place will do in Chinese and its like)."""
    return not (_joined(text, start) or _joined(text, end))


def _joined(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return before.isalnum() and after.isalnum() and not (WIDE.match(before) or WIDE.match(after))


def _to_words(text: str, start: int, end: int) -> Span:
    """The piece without white space at its ends, and with the words it cuts by a letter or two made whole."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    for _ in range(3):
        start -= _joined(text, start)
        end += _joined(text, end)
    return Span(start, end)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def folded(text: str) -> tuple[str, list[int]]:
    """The text without white space, in NFKC, without case, with plain quotes and dashes; and where each character of
    it comes from."""
    parts: list[str] = []
    origin: list[int] = []
    at, size = 0, len(text)
    while at < size:
        char = text[at]
        end = at + 1
        if char.isascii() and (end == size or text[end].isascii()):
            if not char.isspace():
                parts.append("'" if char == "`" else char.lower())
                origin.append(at)
            at = end
            continue
        while end < size and unicodedata.combining(text[end]):
            end += 1
        plain = unicodedata.normalize("NFKC", text[at:end]).casefold().translate(PLAIN)
        kept = "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Cf")
        parts.append(kept)
        origin.extend([at] * len(kept))
        at = end
    return "".join(parts), origin
