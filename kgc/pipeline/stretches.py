"""A chunk's text in stretches of whole sentences, each short enough to be one vector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kgc.data import Span
from kgc.data.sentences import sentences
from kgc.ledger.passages import Passage

LETTERS: Final = 600
"""Code points of a stretch, unless one sentence alone is longer: about what the built-in embedder reads at once."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sentences that stand together, as spans of the chunk's text."""

    sentences: tuple[Span, ...]

    @property
    def span(self) -> Span:
        return Span(self.sentences[0].start, self.sentences[-1].end)


def stretches(text: str, lang: str = "", most: int = LETTERS) -> tuple[Stretch, ...]:
    """The text's sentences, in order, in as few stretches as `most` allows; none for a blank text."""
    found: list[Stretch] = []
    group: list[Span] = []
    for sentence in sentences(text, lang):
        if group and sentence.end - group[0].start > most:
            found.append(Stretch(tuple(group)))
            group = []
        group.append(sentence)
    if group:
        found.append(Stretch(tuple(group)))
    return tuple(found)


def readable(passage: Passage) -> tuple[str, ...]:
    """What is embedded of a passage: its stretches, each below the passage's headings."""
    above = " > ".join(passage.headings)
    texts = [stretch.span.of(passage.text) for stretch in stretches(passage.text, passage.lang)]
    return tuple(f"{above}\n{text}" if above else text for text in texts)
