"""Training records from the data sets of classes A and B: text with flat PER, ORG and LOC spans."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final, Protocol

from kgc.slm.train.lists import DEMONYMS


class Row(Protocol):
    """A line of a data set, as `json.loads` gives it."""

    def __getitem__(self, key: str) -> object: ...


@dataclass(frozen=True, slots=True)
class Record:
    """A text and its names: (start, end, label), sorted, without overlaps."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


LABELS: Final = {
    "PER": "PER", "ORG": "ORG", "LOC": "LOC", "person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG",
    "place": "LOC", "organization": "ORG", "GPE": "LOC", "Peop": "PER", "Org": "ORG", "Loc": "LOC",
}  # fmt: skip
DETERMINER: Final = re.compile(r"^(?:the|a|an|The|A|An|his|her|their|our|its)\s+")
NAME: Final = re.compile(r"[A-Z0-9À-Þ][^\s,;()]*(?:\s+(?:of|the|and|for|de|la|van|von|der|&|[A-Z0-9À-Þ][^\s,;()]*))*")


def rows(path: Path) -> list[dict[str, object]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def spans(row: dict[str, object], keep: str = "") -> tuple[tuple[int, int, str], ...]:
    """The row's spans with our labels, demonyms left out; `keep` names a field that must be true or "PROP"."""
    found: list[tuple[int, int, str]] = []
    for entity in row["entities"]:  # type: ignore[attr-defined]
        label = LABELS.get(entity["type"])
        if not label or (keep and entity.get(keep) not in (True, "PROP")):
            continue
        start, end = trim(entity["text"], entity["start"]) if keep else (entity["start"], entity["end"])
        surface = str(row["text"])[start:end]
        if surface and surface not in DEMONYMS and (surface != surface.lower() or not surface.isascii()):
            found.append((start, end, label))
    return flat(found)


def trim(surface: str, start: int) -> tuple[int, int]:
    """The name inside a noun phrase.

    Without determiner and apposition, or an empty span when it is not a plain name.
    """
    head = DETERMINER.match(surface)
    offset = head.end() if head else 0
    name = NAME.match(surface, offset)
    if not name:
        return start, start
    text = re.sub(r"(?:['’]s?|\s(?:of|the|and|for|de|la|&))+$", "", name.group())
    rest = surface[offset + len(text) :].strip()
    whole = not rest or rest[0] in ",(" or rest in {"'s", "’s", "'", "’"}
    return (start + offset, start + offset + len(text)) if whole else (start, start)


def flat(found: Iterable[tuple[int, int, str]]) -> tuple[tuple[int, int, str], ...]:
    """Longest first, without overlaps, in text order."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(found, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= k[0] or k[1] <= span[0] for k in kept):
            kept.append(span)
    return tuple(sorted(kept))


GLUE: Final = re.compile(
    r" (?=[,.;:!?%)\]}]|'s\b|n't\b|'re\b|'ve\b|'ll\b|'d\b|'m\b|''|'(?: |$))|(?<=[(\[{$£€#]) |(?<=``) "
    r"| (?=-- )|(?<= --) "
)


def printed(tokenised: str) -> tuple[str, list[int]]:
    """A tokenised text without the spaces that print does not have, and where each of its offsets lies then."""
    drop = {m.start() for m in GLUE.finditer(tokenised)}
    new: list[int] = []
    at = 0
    for i in range(len(tokenised) + 1):
        new.append(at)
        at += i not in drop
    return "".join(c for i, c in enumerate(tokenised) if i not in drop), new


def glued(record: Record) -> Record:
    """The record as it would be printed; offsets follow."""
    text, new = printed(record.text)
    return Record(text, tuple((new[s], new[e], label) for s, e, label in record.spans))


def plain(row: dict[str, object]) -> Record:
    return Record(str(row["text"]), spans(row))


def by_document(data: list[dict[str, object]]) -> list[list[dict[str, object]]]:
    """UNER rows grouped by document (the id without its sentence number)."""
    return [list(group) for _, group in groupby(data, key=lambda r: str(r["id"]).rsplit("-", 1)[0])]


@dataclass(frozen=True, slots=True)
class Splits:
    """What is trained on, what chooses the epoch and calibrates, and what is only scored (by name)."""

    train: tuple[Record, ...]
    dev: tuple[Record, ...]
    test: dict[str, tuple[Record, ...]]
