"""Names in the English web treebank, marked by us (`data/treebank_names_en.tsv`): words by number, no text of it.

A line is a sentence of UD English-EWT train: its id, a checksum of its words, and its names as `first-last:KIND`, the
words counted from 0, both ends included. A sentence that other releases of the treebank write otherwise is left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Final

from kgc.errors import KgcError
from kgc.slm.train.examples import NAMES, Argument, Example
from kgc.slm.train.records import flat, rows
from kgc.slm.train.sources import peoples

JOINED: Final = 3
"""Sentences of a document that are read together."""
NAME: Final = re.compile(rf"(\d+)-(\d+):({'|'.join(NAMES)})")
Span = tuple[int, int, str]
"""First and last word and kind of a name; or its characters from start to end."""


def treebank(data: Path) -> Iterator[Example]:
    """Passages of the treebank whose sentences were all marked, or hold no proper noun.

    Those that hold none anywhere are left out.
    """
    marked = dict(read_marks(marks()))
    for _, group in groupby(rows(data / "treebank/ud_en_ewt/train.jsonl"), key=lambda r: r["doc"]):
        sentences = list(group)
        for at in range(0, len(sentences), JOINED):
            found = passage(sentences[at : at + JOINED], marked)
            if found:
                yield found


def marks() -> list[str]:
    file = resources.files("kgc.slm.train") / "data" / "treebank_names_en.tsv"
    return file.read_text(encoding="utf-8").splitlines()


def read_marks(lines: Iterable[str]) -> Iterator[tuple[tuple[str, str], list[Span]]]:
    """(sentence, checksum of its words) and its names. Raises `KgcError` for a line that cannot be read."""
    for at, line in enumerate(lines, 1):
        if line.startswith("#"):
            continue
        number, check, names, *_ = (*line.split("\t"), "", "")
        found = [NAME.fullmatch(name) for name in names.split()]
        if not check or not all(found):
            raise KgcError(
                f"treebank_names_en.tsv:{at}: {line!r} marks no sentence.",
                "It should be like `ewt-train-0 1a2b3c 5-5:LOC`.",
            )
        yield (number, check), [(int(f[1]), int(f[2]), f[3]) for f in found if f]


def checksum(row: Mapping[str, object]) -> str:
    """What tells that a sentence is the one that was marked."""
    return hashlib.sha256(str(row["words"]).encode()).hexdigest()[:6]


def passage(sentences: Sequence[Mapping[str, object]], marked: Mapping[tuple[str, str], list[Span]]) -> Example | None:
    """Sentences in one text, or None: a proper noun of them was not marked, or there is none."""
    text, named, some = "", list[Span](), False
    for row in sentences:
        names = marked.get((str(row["id"]), checksum(row)))
        proper = "PROPN" in str(row["upos"]).split(" ")
        if proper and names is None:
            return None
        some |= proper
        text += " " if text else ""
        plain, words = printed(row)
        named += [(words[a][0] + len(text), words[b][1] + len(text), kind) for a, b, kind in names or ()]
        text += plain
    arguments = tuple(Argument(s, e, kind) for s, e, kind in flat(peoples(text, named)))
    return Example(text, arguments, source="treebank") if some else None


def printed(row: Mapping[str, object]) -> tuple[str, list[tuple[int, int]]]:
    """A sentence as printed and where its words are; `spaces` has a 1 for each word with a space behind it."""
    text, found = "", list[tuple[int, int]]()
    for word, space in zip(str(row["words"]).split(" "), str(row["spaces"]), strict=True):
        found.append((len(text), len(text) + len(word)))
        text += word + " " * int(space)
    return text.rstrip(), found
