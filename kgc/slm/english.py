"""English texts read by the encoder: names with probabilities, and relations between any names one gives it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from kgc.data import Span
from kgc.data.sentences import sentences
from kgc.slm.bits import bits
from kgc.slm.decode import Labels, stretches
from kgc.slm.encoder import Encoded, Encoder, session
from kgc.slm.found import KIND_OF, Found, Item, Judged, Passage
from kgc.slm.lexicon import Lexicon
from kgc.slm.pairs import PairReader
from kgc.slm.related import surest
from kgc.slm.windows import Window, windows
from kgc.slm.words import words

NAMES: Final = frozenset(KIND_OF.values())


@dataclass(frozen=True, slots=True)
class EncoderReader:
    """Reads texts one by one: a window has no padding that way, and only one text's states are held."""

    encoder: Encoder
    pairs: PairReader
    labels: Labels
    lexicon: Lexicon

    @staticmethod
    def load(folder: Path, lexicon: Lexicon) -> EncoderReader:
        """Read a package's `encoder/`. Raises `KgcError` for what cannot be read."""
        encoder = Encoder.load(folder)
        pairs = PairReader(encoder.config, session(folder / "relations.onnx"))
        return EncoderReader(encoder, pairs, Labels.of(encoder.config.labels), lexicon)

    def passages(self, texts: Iterable[str]) -> Iterator[Passage]:
        for text in texts:
            yield self.read(text)

    def read(self, text: str) -> EncodedPassage:
        spans = words(text)
        starts = [s.start for s in spans]
        ids = [self.encoder.pieces.of(s.of(text)) for s in spans]
        told = bits(text, spans, self.lexicon)
        inside = [(bisect_left(starts, s.start), bisect_left(starts, s.end)) for s in sentences(text, "en")]
        cut = windows([len(i) for i in ids], [r for r in inside if r[0] < r[1]], self.encoder.room)
        seen = [(w, self.encoder.run(ids[w.start : w.end], told[w.start : w.end])) for w in cut]
        return EncodedPassage(tuple(self.found(spans, inside, seen)), self, spans, tuple(seen))

    def found(
        self, spans: Sequence[Span], inside: Sequence[tuple[int, int]], seen: Sequence[tuple[Window, Encoded]]
    ) -> Iterator[Found]:
        if not seen:
            return
        logits = np.concatenate([e.logits[w.keep_start - w.start : w.keep_end - w.start] for w, e in seen])
        for first, last in inside:
            for s in stretches(logits[first:last], self.labels, self.encoder.config.entity_temperature):
                span = Span(spans[first + s.start].start, spans[first + s.end - 1].end)
                yield Found(KIND_OF[s.label], span, s.probability)


@dataclass(frozen=True, slots=True)
class EncodedPassage:
    """A text with the states of its windows, for as long as somebody asks about pairs."""

    found: tuple[Found, ...]
    reader: EncoderReader
    spans: Sequence[Span]
    seen: tuple[tuple[Window, Encoded], ...]

    def judge(self, items: Sequence[Item], together: Sequence[Sequence[int]]) -> Judged:
        """Classes and relations; pairs of a sentence that is cut are looked at where both stand in one window."""
        starts = [s.start for s in self.spans]
        places = [self.place(i, starts) for i in items]
        classes: list[tuple[str, float]] = [("", 0.0)] * len(items)
        chances: dict[tuple[int, str, int], float] = {}
        seen: set[tuple[int, int]] = set()
        for window, encoded in self.seen:
            inside = [i for i, (a, b) in enumerate(places) if window.start <= a and b <= window.end]
            if not any(items[i].kind in NAMES for i in inside):
                continue
            at = {i: n for n, i in enumerate(inside)}
            groups = [[at[i] for i in group if i in at] for group in together]
            moved = [(places[i][0] - window.start, places[i][1] - window.start) for i in inside]
            judged = self.reader.pairs.judge(encoded, moved, [items[i] for i in inside], groups)
            for i, told in zip(inside, judged.classes, strict=True):
                if window.keep_start <= places[i][0] < window.keep_end:
                    classes[i] = told
            seen |= {(inside[a], inside[b]) for a, b in judged.seen}
            for (head, relation, tail), chance in judged.chances.items():
                key = (inside[head], relation, inside[tail])
                chances[key] = max(chance, chances.get(key, 0.0))
        related = tuple(surest(chances, self.reader.encoder.config.thresholds))
        known = frozenset(name[:-1] for name in self.reader.encoder.config.relations[1:])
        return Judged(tuple(classes), related, chances, frozenset(seen), known)

    def place(self, item: Item, starts: Sequence[int]) -> tuple[int, int]:
        """The words that an item covers, at least one."""
        first = max(0, bisect_right(starts, item.span.start) - 1)
        return first, max(first + 1, bisect_left(starts, item.span.end))
