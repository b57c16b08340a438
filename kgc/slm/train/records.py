"""Training records from the data sets of classes A and B: text with flat PER, ORG and LOC spans."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
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


def glued(record: Record) -> Record:
    """The record with the spaces of a tokenised text taken out where print has none; offsets follow."""
    drop = {m.start() for m in GLUE.finditer(record.text)}
    new: list[int] = []
    at = 0
    for i in range(len(record.text) + 1):
        new.append(at)
        at += i not in drop
    text = "".join(c for i, c in enumerate(record.text) if i not in drop)
    return Record(text, tuple((new[s], new[e], label) for s, e, label in record.spans))


def joined(records: Sequence[Record], size: int, joint: str = " ") -> Iterator[Record]:
    """Neighbours joined into passages of `size` records each."""
    for start in range(0, len(records), size):
        text = ""
        found: list[tuple[int, int, str]] = []
        for record in records[start : start + size]:
            text += joint if text else ""
            found += [(s + len(text), e + len(text), label) for s, e, label in record.spans]
            text += record.text
        yield Record(text, tuple(found))


def cut(row: dict[str, object], every: int, keep: str = "") -> Iterator[Record]:
    """A document's passages of `every` sentences; names across a border are left out."""
    sentences = [tuple(s) for s in row["sentences"]]  # type: ignore[attr-defined]
    named = spans(row, keep)
    for i in range(0, len(sentences), every):
        start, end = sentences[i][0], sentences[min(i + every, len(sentences)) - 1][1]
        inside = tuple((s - start, e - start, label) for s, e, label in named if s >= start and e <= end)
        yield Record(str(row["text"])[start:end], inside)


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


def english(data: Path) -> Splits:
    documents = by_document(rows(data / "ner/uner_en_ewt/dev.jsonl"))
    border = len(documents) * 7 // 10
    wiki = [glued(plain(r)) for r in rows(data / "ner/wikigold/all.jsonl")]
    red = rows(data / "ie/redocred/dev.jsonl")
    train: list[Record] = []
    for document in documents[:border]:
        train += joined([plain(r) for r in document], 3)
    train += joined(wiki[: len(wiki) * 7 // 10], 3)
    for row in red[:150]:
        train += (glued(r) for r in cut(row, 4))
    for split in ("train", "dev"):
        for row in rows(data / f"coref/gum_open/{split}.jsonl"):
            train += cut(row, 4, "named")
    for row in rows(data / "coref/litbank/train.jsonl")[:12]:
        train += (glued(r) for r in cut(row, 6, "level"))
    train += tweets(data)
    dev = [plain(r) for d in documents[border:] for r in d] + wiki[len(wiki) * 7 // 10 : len(wiki) * 8 // 10]
    dev += [glued(r) for row in red[150:170] for r in cut(row, 100)]
    return Splits(tuple(train), tuple(dev), {
        "uner_en_ewt test": tuple(plain(r) for r in rows(data / "ner/uner_en_ewt/test.jsonl")),
        "wikigold last 20%": tuple(wiki[len(wiki) * 8 // 10 :]),
        "redocred last 30 documents": tuple(glued(r) for row in red[170:] for r in cut(row, 100)),
        "conll04 test (other conventions)": tuple(glued(plain(r)) for r in rows(data / "ie/conll04/test.jsonl")),
    })  # fmt: skip


def tweets(data: Path) -> Iterator[Record]:
    """Tweets in normal case without user names: the rest teaches habits that documents do not have."""
    for name in ("ner/wnut17/train", "ner/wnut17/dev", "ner/btc/train"):
        for row in rows(data / f"{name}.jsonl"):
            text = str(row["text"])
            capital = any(c.isupper() for c in text[1:]) and not text.isupper()
            if capital and "@" not in text and "http" not in text and len(text) > 40:
                yield glued(plain(row))


def chinese(data: Path) -> Splits:
    train = [plain(r) for r in rows(data / "ner/uner_zh_gsdsimp/train.jsonl")]
    border = len(train) * 95 // 100
    test = tuple(plain(r) for r in rows(data / "ner/uner_zh_gsdsimp/dev.jsonl"))
    return Splits(tuple(joined(train[:border], 2, "")), tuple(train[border:]), {"uner_zh_gsdsimp dev": test})
