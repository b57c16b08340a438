"""Names for the treebank by the model itself, held to what people tagged: a name has a proper noun."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

import numpy as np

from kgc.slm.bits import DAYS
from kgc.slm.decode import Labels, stretches
from kgc.slm.train.encode import Encoded
from kgc.slm.train.examples import LABELS, Argument, Example
from kgc.slm.train.records import rows
from kgc.slm.train.run import Judge, Output

SURE: Final = 0.6
"""A name that the model is less sure of is not learned from."""
JOINED: Final = 3
Tagged = tuple[int, int, str]
"""Start, end and part of speech of a treebank word."""


def label(judge: Judge, data: Path) -> Iterator[Example]:
    """Passages of UD English-EWT train that hold a proper noun, labelled. Doubtful words are marked as such."""
    texts = list(passages(data / "treebank/ud_en_ewt/train.jsonl"))
    windows = [judge.reader.read(Example(text, ())) for text, _ in texts]
    for (text, tagged), window, out in zip(texts, windows, judge.outputs(windows), strict=True):
        yield Example(text, tuple(labelled(text, tagged, window, out)), source="treebank")


def passages(path: Path) -> Iterator[tuple[str, list[Tagged]]]:
    """Three sentences of a document at a time."""
    for _, group in groupby(rows(path), key=lambda r: r["doc"]):
        sentences = [tags(r) for r in group]
        for at in range(0, len(sentences), JOINED):
            text, tagged = "", list[Tagged]()
            for sentence, found in sentences[at : at + JOINED]:
                text += " " if text else ""
                tagged += [(s + len(text), e + len(text), pos) for s, e, pos in found]
                text += sentence
            if any(pos == "PROPN" for _, _, pos in tagged):
                yield text, tagged


def tags(row: dict[str, object]) -> tuple[str, list[Tagged]]:
    """A sentence as printed and its words; `spaces` has a 1 for each word with a space behind it."""
    text, found = "", list[Tagged]()
    columns = (str(row["words"]).split(" "), str(row["upos"]).split(" "), str(row["spaces"]))
    for word, pos, space in zip(*columns, strict=True):
        found.append((len(text), len(text) + len(word), pos))
        text += word + " " * int(space)
    return text.rstrip(), found


def labelled(text: str, tagged: Sequence[Tagged], window: Encoded, out: Output) -> Iterator[Argument]:
    """Names with a proper noun that the model is sure of; the rest of its names, and proper nouns that it passes over
    with little certainty, as arguments without a kind: they are not learned from."""
    proper = [(s, e) for s, e, pos in tagged if pos == "PROPN"]
    named: list[tuple[int, int]] = []
    for found in stretches(out.words, Labels.of(LABELS)):
        start, end = window.borders[found.start][0], window.borders[found.end - 1][1]
        named.append((start, end))
        real = found.label == "NORP" or any(s < end and start < e for s, e in proper)
        yield Argument(start, end, found.label if real and found.probability >= SURE else "")
    outside = np.exp(out.words[:, 0] - np.logaddexp.reduce(out.words, axis=1))
    for start, end in proper:
        free = all(end <= s or e <= start for s, e in named)
        at = [i for i, (s, e) in enumerate(window.borders) if s < end and start < e]
        if free and at and text[start:end].lower() not in DAYS and outside[at].min() < 0.95:
            yield Argument(start, end, "")
