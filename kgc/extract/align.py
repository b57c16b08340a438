"""Where the names of a fact stand, and which sentences are its evidence.

The quote of a fact is the sentence that the answer cites. `aligned` is the worst of its names and the quote, each
looked for in that sentence:

- names in the cited sentence: as they were found, exact or fuzzy;
- a name only in a sentence nearby: the quote grows to reach it, up to three sentences, and is fuzzy;
- a name farther away, or nowhere in the chunk: none; the quote stays what the answer cited;
- nothing cited: the first sentence that holds all names; else the smallest window of sentences that does, fuzzy up to
  three sentences, none beyond.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kgc.data import Aligned, Span
from kgc.data.sentences import sentences
from kgc.extract.places import Finder, Places

WIDEST = 3
"""A quote grows to at most so many sentences."""
RANK: dict[Aligned, int] = {"exact": 0, "fuzzy": 1, "none": 2}

Window = tuple[int, int]
"""The first and the last sentence of a quote, by index."""


@dataclass(frozen=True, slots=True)
class Grounding:
    """Where a fact stands: the quote's span, how well it is aligned, and a place for each surface (None = nowhere).

    `wrong` are the cited sentence numbers that do not exist.
    """

    span: Span
    aligned: Aligned
    places: tuple[Span | None, ...]
    wrong: tuple[int, ...] = ()


class Aligner:
    """Grounds facts in one text; made once for each chunk. Spans are code points of that text."""

    def __init__(self, text: str, lang: str = "") -> None:
        self.text = text
        self.sentences = sentences(text, lang)
        self._starts = [s.start for s in self.sentences]
        self._finder = Finder(text)

    def find(self, surface: str) -> Places:
        return self._finder.find(surface)

    def ground(self, surfaces: Sequence[str], cited: Sequence[int] = ()) -> Grounding:
        """The evidence of a fact with these surfaces, which cites these sentences (numbers from 1)."""
        found = [self.find(s) for s in surfaces]
        right = sorted({n - 1 for n in cited if 1 <= n <= len(self.sentences)})
        wrong = tuple(n for n in cited if not 1 <= n <= len(self.sentences))
        if not self.sentences:
            return Grounding(Span(0, len(self.text)), "none", tuple(None for _ in surfaces), wrong)
        if right:
            window, aligned = self._cited(found, (right[0], right[-1]), right)
        else:
            window, aligned = self._uncited(found)
        span = self._span(window)
        places = _nearest(found, span)
        return Grounding(span, _worst((aligned, *(p.how for p in found))), places, wrong)

    def _span(self, window: Window) -> Span:
        return Span(self.sentences[window[0]].start, self.sentences[window[1]].end)

    def _cited(self, found: list[Places], window: Window, cited: list[int]) -> tuple[Window, Aligned]:
        """The cited sentences; where they miss a name, the window that reaches it, or `none`."""
        if window[1] - window[0] >= WIDEST:
            whole = [n for n in cited if self._holds(found, (n, n))]
            window = (whole[0], whole[0]) if whole else (cited[0], cited[0])
        missing = [p for p in found if p.spans and not p.within(self._span(window))]
        if not missing:
            return window, "exact"
        reached = window
        for places in missing:
            near = min(
                (self._sentences_of(s) for s in places.spans),
                key=lambda w: max(w[1], window[1]) - min(w[0], window[0]),
            )
            reached = min(reached[0], near[0]), max(reached[1], near[1])
        return (reached, "fuzzy") if reached[1] - reached[0] < WIDEST else (window, "none")

    def _holds(self, found: list[Places], window: Window) -> bool:
        span = self._span(window)
        return all(p.within(span) for p in found if p.spans)

    def _uncited(self, found: list[Places]) -> tuple[Window, Aligned]:
        """The smallest window of sentences that holds every surface found at all, the first of several."""
        there = [p for p in found if p.spans]
        if not there:
            return (0, len(self.sentences) - 1), "none"
        window = self._smallest([[self._sentences_of(s) for s in p.spans] for p in there])
        length = window[1] - window[0] + 1
        return window, "exact" if length == 1 else "fuzzy" if length <= WIDEST else "none"

    def _sentences_of(self, span: Span) -> Window:
        """The first and last sentence that a span touches."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = max(first, bisect_right(self._starts, max(span.start, span.end - 1)) - 1)
        return first, last

    @staticmethod
    def _smallest(places: list[list[Window]]) -> Window:
        """The smallest range that takes in one place of each list; one sweep over all places."""
        events = sorted((w, which) for which, windows in enumerate(places) for w in windows)
        latest: dict[int, Window] = {}
        best: Window | None = None
        for window, which in events:
            latest[which] = window
            if len(latest) == len(places):
                reach = min(w[0] for w in latest.values()), max(w[1] for w in latest.values())
                if best is None or reach[1] - reach[0] < best[1] - best[0]:
                    best = reach
        return best or (0, 0)


def _worst(given: Sequence[Aligned]) -> Aligned:
    return max(given, key=lambda how: RANK[how])


def _nearest(found: list[Places], window: Span) -> tuple[Span | None, ...]:
    """A place for each surface: in the window where it has one, the later ones close to the first and clear of it."""
    inside = [p.within(window)[:16] or p.spans[:1] for p in found]
    if len(inside) == 2 and all(inside):
        head, tail = min(((h, t) for h in inside[0] for t in inside[1]), key=lambda pair: _distance(*pair))
        return head, tail
    return tuple(spans[0] if spans else None for spans in inside)


def _distance(one: Span, other: Span) -> tuple[bool, int]:
    """Overlapping places last, then by the gap between them."""
    gap = max(one.start, other.start) - min(one.end, other.end)
    return gap < 0, abs(gap)
