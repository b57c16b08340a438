"""Chinese names in a text by the character model, and the table that simplifies traditional script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from kgc.data import Span
from kgc.slm.crf import Crf, Labelled, label_all, read_crf
from kgc.slm.found import KIND_OF, Found
from kgc.slm.han_features import features_of
from kgc.slm.han_words import HanWords, read_words

AT_ONCE: Final = 8
"""Texts whose features are made at once."""
LONGEST: Final = 200
"""Characters of the longest piece that is labelled: a sentence, or a stretch of one."""
MOST: Final = 20_000
"""Characters that are labelled at once: memory does not grow with the text."""
SENTENCE: Final = re.compile(rf"[^\n。！？!?\r\0]{{1,{LONGEST}}}[。！？!?]*|[。！？!?]+")


@dataclass(frozen=True, slots=True)
class HanNames:
    """Persons, bodies and places by a character CRF whose features are words and lists."""

    crf: Crf
    words: HanWords

    def found(self, texts: Iterable[str]) -> Iterator[tuple[str, tuple[Found, ...]]]:
        """Each text, which is in simplified script, with its names."""
        stream = iter(texts)
        while batch := list(islice(stream, AT_ONCE)):
            yield from zip(batch, han_names(batch, self), strict=True)


def load_names(path: Path) -> HanNames:
    """Load `crf.npz` and `words.npz` of the Chinese package. Raises OSError when one is not there."""
    return HanNames(read_crf(path / "crf.npz"), read_words(path / "words.npz"))


def read_script(path: Path) -> dict[int, int]:
    """The table for `str.translate`: one character for one, so that no offset moves."""
    old, new = path.read_text(encoding="utf-8").splitlines()
    return str.maketrans(old, new)


def han_names(texts: Sequence[str], model: HanNames) -> Iterator[tuple[Found, ...]]:
    """The names of each text, in order."""
    pieces = [(row, span) for row, text in enumerate(texts) for span in sentences(text)]
    found: list[list[Found]] = [[] for _ in texts]
    for group in portions(pieces):
        cut = [span.of(texts[row]) for row, span in group]
        for (row, span), spans in zip(group, label_all(model.crf, features_of(cut, model.words)), strict=True):
            found[row] += [name(span.start, labelled) for labelled in spans]
    yield from map(tuple, found)


def sentences(text: str) -> Iterator[Span]:
    """The pieces that are labelled: between sentence ends and line breaks, none longer than `LONGEST`."""
    yield from (Span(*found.span()) for found in SENTENCE.finditer(text) if found.group().strip())


def portions(pieces: Sequence[tuple[int, Span]]) -> Iterator[list[tuple[int, Span]]]:
    """The pieces in groups of at most `MOST` characters, each of pieces of like length."""
    group: list[tuple[int, Span]] = []
    size = 0
    for piece in sorted(pieces, key=lambda p: (p[1].end - p[1].start, p[0], p[1].start)):
        length = piece[1].end - piece[1].start
        if size + length > MOST or len(group) >= MOST // LONGEST:
            yield group
            group, size = [], 0
        group.append(piece)
        size += length
    if group:
        yield group


def name(offset: int, labelled: Labelled) -> Found:
    span = Span(offset + labelled.start, offset + labelled.end)
    return Found(KIND_OF[labelled.label], span, labelled.probability)
