"""The English data sets as examples. Which part is trained on, which chooses and calibrates, is fixed here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import product
from pathlib import Path
from typing import Final, cast

from kgc.slm.cues import TITLES
from kgc.slm.lexicon import listed_words
from kgc.slm.train.examples import NAMES, Argument, Example
from kgc.slm.train.lists import DEMONYMS
from kgc.slm.train.records import Record, by_document, flat, glued, rows, trim

Row = dict[str, object]
KINDS: Final = {
    "PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC", "person": "PER", "location": "LOC", "corporation": "ORG",
    "group": "ORG", "product": "MISC", "creative-work": "MISC", "place": "LOC", "organization": "ORG", "GPE": "LOC",
    "Peop": "PER", "Org": "ORG", "Loc": "LOC", "TIME": "date", "NUM": "number",
}  # fmt: skip
GROUPS: Final = frozenset(
    listed_words(
        "Sunni Sunnis Shia Shias Shiite Shiites Shi'ite Muslim Muslims Islamic Islamist Islamists Christian "
        "Christians Catholic Catholics Protestant Protestants Anglican Anglicans Methodist Methodists Baptist "
        "Baptists Lutheran Lutherans Orthodox Jewish Jew Jews Hindu Hindus Buddhist Buddhists Sikh Sikhs Mormon "
        "Mormons Arab Arabs Arabic Kurd Kurds Kurdish Zionist Zionists Democrat Democrats Republican Republicans "
        "Communist Communists Marxist Marxists Nazi Nazis Hispanic Hispanics Latino Latinos Bedouin Semitic "
        "Slavic Celtic Germanic Scandinavian Westerner Westerners"
    )
)
"""Peoples, faiths and political camps: adjectives and plurals that name no body."""
PEOPLES: Final = frozenset(DEMONYMS) | GROUPS
DEMONYM: Final = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, PEOPLES), key=len, reverse=True)) + r")s?\b")
MISC_SETS: Final = frozenset({"wikigold", "redocred", "wnut17"})
"""Where names beyond persons, organisations and places are annotated too."""


def plain(row: Row, source: str, *, keep: str = "") -> Example:
    """A row's names as annotated; `keep` names a field that must be true or "PROP"."""
    text, found = str(row["text"]), []
    for entity in cast("list[dict[str, object]]", row["entities"]):
        kind = KINDS.get(str(entity["type"]), "")
        start, end = cast("int", entity["start"]), cast("int", entity["end"])
        if keep:
            start, end = untitled(text, *trim(str(entity["text"]), start)) if proper(entity, keep) else (start, start)
        if kind in NAMES and start < end:
            found.append((start, end, kind))
    arguments = tuple(Argument(s, e, kind) for s, e, kind in flat(peoples(text, found)))
    return Example(text, arguments, misc=source in MISC_SETS, source=source)


def proper(entity: dict[str, object], keep: str) -> bool:
    return entity.get(keep) in (True, "PROP")


def untitled(text: str, start: int, end: int) -> tuple[int, int]:
    """Without "Mr." and the like in front."""
    while (first := re.match(r"(\w+)\.?\s+", text[start:end])) and first[1].lower() in TITLES:
        start += first.end()
    return start, end


def people(surface: str) -> bool:
    return surface in PEOPLES or surface.removesuffix("s") in PEOPLES


def peoples(text: str, found: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Names with nationalities told apart, also where they are not annotated."""
    named = [(s, e, "NORP" if people(text[s:e]) else k) for s, e, k in found]
    free = (m for m in DEMONYM.finditer(text) if all(m.end() <= s or e <= m.start() for s, e, _ in named))
    return named + [(m.start(), m.end(), "NORP") for m in free]


def cut(example: Example, spans: Sequence[tuple[int, int]], every: int) -> Iterator[Example]:
    """A document's passages of `every` sentences; names across a border are left out."""
    for at in range(0, len(spans), every):
        yield window(example, spans[at][0], spans[min(at + every, len(spans)) - 1][1])


def window(example: Example, start: int, end: int) -> Example:
    index = {i: a for i, a in enumerate(example.arguments) if a.start >= start and a.end <= end}
    new = {old: at for at, old in enumerate(index)}
    arguments = tuple(Argument(a.start - start, a.end - start, a.kind, a.cls, a.key, a.tagged) for a in index.values())
    facts = tuple((new[h], r, new[t], w) for h, r, t, w in example.facts if h in new and t in new)
    unsure = frozenset((new[a], new[b]) for a, b in example.unsure if a in new and b in new)
    return Example(example.text[start:end], arguments, facts, unsure, example.negative, example.misc, example.source)


def joined(examples: Sequence[Example], most: int) -> Iterator[Example]:
    """Neighbours without facts joined into passages of one sentence, two, and so on up to `most`, and again."""
    start, size = 0, 0
    while start < len(examples):
        size = size % most + 1
        text, arguments = "", list[Argument]()
        for part in examples[start : start + size]:
            text += " " if text else ""
            arguments += [Argument(a.start + len(text), a.end + len(text), a.kind, a.cls) for a in part.arguments]
            text += part.text
        yield Example(text, tuple(arguments), misc=examples[start].misc, source=examples[start].source)
        start += size


def printed(example: Example) -> Example:
    """With the spaces of a tokenised text taken out where print has none."""
    spans = tuple((a.start, a.end, str(i)) for i, a in enumerate(example.arguments))
    record = glued(Record(example.text, spans))
    arguments = tuple(
        Argument(s, e, a.kind, a.cls, a.key, a.tagged)
        for (s, e, _), a in zip(record.spans, example.arguments, strict=True)
    )
    return Example(
        record.text, arguments, example.facts, example.unsure, example.negative, example.misc, example.source
    )


def sentence_spans(row: Row) -> list[tuple[int, int]]:
    return [(s, e) for s, e in cast("list[tuple[int, int]]", row["sentences"])]


# --- Re-DocRED ------------------------------------------------------------------------------------------------------


@cache
def properties() -> tuple[dict[tuple[str, str, str], str], frozenset[str]]:
    """(property, head kind, tail kind) to our relation ("~" turned), and the unsure properties."""
    table = tomllib.loads((resources.files("kgc.slm.train") / "wikidata.toml").read_text(encoding="utf-8"))
    found: dict[tuple[str, str, str], str] = {}
    for name, ways in table["property"].items():
        for head, relation, tail in map(str.split, ways):
            found[name, head, tail] = relation
    return found, frozenset(table["unsure"])


def redocred(row: Row, *, weak: float = 0.7) -> Example:
    """A document with its facts between names of one sentence; `weak` weighs a fact whose sentence nobody named."""
    text = str(row["text"])
    arguments = []
    for entity in cast("list[dict[str, object]]", row["entities"]):
        start, end, kind = cast("int", entity["start"]), cast("int", entity["end"]), KINDS[str(entity["type"])]
        kind = "NORP" if people(text[start:end]) else kind
        arguments.append(Argument(start, end, kind, key=str(entity["cluster"])))
    arguments.sort(key=lambda a: (a.start, -a.end))
    spans = sentence_spans(row)
    where = [next((n for n, (s, e) in enumerate(spans) if s <= a.start < e), -1) for a in arguments]
    facts: dict[tuple[int, int], tuple[str, float]] = {}
    unsure: set[tuple[int, int]] = set()
    for triple in cast("list[dict[str, object]]", row["triples"]):
        seen = cast("list[int]", triple.get("evidence") or [])
        for i, j in product(range(len(arguments)), repeat=2):
            ends = (arguments[i].key, arguments[j].key)
            if ends != (str(triple["head_cluster"]), str(triple["tail_cluster"])) or where[i] != where[j]:
                continue
            learn(str(triple["relation_id"]), i, j, arguments, facts, unsure, weight(seen, where[i], weak))
    kept = tuple((h, r, t, w) for (h, t), (r, w) in facts.items() if w)
    unsure |= {pair for pair, (_, w) in facts.items() if not w}
    unsure -= {(h, t) for h, _, t, _ in kept} | {(t, h) for h, _, t, _ in kept}
    return Example(text, tuple(arguments), kept, frozenset(unsure), 1.0, misc=True, source="redocred")


def weight(evidence: Sequence[int], sentence: int, weak: float) -> float:
    """1 for a sentence named as evidence, `weak` when none is named, 0 when others are."""
    if not evidence:
        return weak
    return 1.0 if sentence in evidence else 0.0


def learn(
    name: str, i: int, j: int, arguments: Sequence[Argument],
    facts: dict[tuple[int, int], tuple[str, float]], unsure: set[tuple[int, int]], amount: float,
) -> None:  # fmt: skip
    """Enter one annotated property between two names; the first of the surest relations of a pair stays."""
    ours, doubtful = properties()
    kinds = [a.kind.replace("NORP", "LOC") for a in (arguments[i], arguments[j])]
    relation = ours.get((name, kinds[0], kinds[1]), "")
    if not relation:
        if name in doubtful:
            unsure.add((i, j))
        return
    pair = (j, i) if relation.startswith("~") else (i, j)
    if facts.get(pair, ("", -1.0))[1] < amount and facts.get(pair[::-1], ("", -1.0))[1] <= amount:
        facts.pop(pair[::-1], None)
        facts[pair] = (relation.lstrip("~"), amount)


# --- which part of which set ----------------------------------------------------------------------------------------


def uner(data: Path, part: slice) -> list[list[Example]]:
    documents = by_document(rows(data / "ner/uner_en_ewt/dev.jsonl"))
    bounds = (len(documents) * 7 // 10, len(documents))
    chosen = documents[: bounds[0]] if part.start is None else documents[bounds[0] :]
    return [[plain(r, "uner") for r in d] for d in chosen]


def wikigold(data: Path, low: int, high: int) -> list[Example]:
    """Sentences from `low` to `high` tenths of the file."""
    found = rows(data / "ner/wikigold/all.jsonl")
    return [plain(r, "wikigold") for r in found[len(found) * low // 10 : len(found) * high // 10]]


def documents(data: Path, low: int, high: int, every: int) -> Iterator[Example]:
    for row in rows(data / "ie/redocred/dev.jsonl")[low:high]:
        yield from cut(redocred(row), sentence_spans(row), every)


def tweets(data: Path) -> Iterator[Example]:
    """Tweets in normal case without user names: the rest teaches habits that documents do not have."""
    for name, source in (("wnut17/train", "wnut17"), ("wnut17/dev", "wnut17"), ("btc/train", "btc")):
        for row in rows(data / f"ner/{name}.jsonl"):
            text = str(row["text"])
            capital = any(c.isupper() for c in text[1:]) and not text.isupper()
            if capital and "@" not in text and "http" not in text and len(text) > 40:
                yield plain(row, source)


def gum(data: Path) -> Iterator[Example]:
    for split in ("train", "dev"):
        for row in rows(data / f"coref/gum_open/{split}.jsonl"):
            yield from cut(plain(row, "gum", keep="named"), sentence_spans(row), 4)


def novels(data: Path, most: int = 12) -> Iterator[Example]:
    for row in rows(data / "coref/litbank/train.jsonl")[:most]:
        yield from cut(plain(row, "litbank", keep="level"), sentence_spans(row), 5)


TRAIN: Final[dict[str, Callable[[Path], Iterator[Example]]]] = {
    "uner": lambda data: (e for d in uner(data, slice(None, 7)) for e in joined(d, 3)),
    "wikigold": lambda data: joined(wikigold(data, 0, 7), 3),
    "redocred": lambda data: documents(data, 0, 150, 4),
    "gum": gum,
    "litbank": novels,
    "tweets": tweets,
}
DEV: Final[dict[str, Callable[[Path], Iterator[Example]]]] = {
    "uner": lambda data: (e for d in uner(data, slice(7, None)) for e in d),
    "wikigold": lambda data: iter(wikigold(data, 7, 8)),
    "redocred": lambda data: documents(data, 150, 170, 4),
}
TEST: Final[dict[str, Callable[[Path], Iterator[Example]]]] = {
    "uner_en_ewt test": lambda data: (plain(r, "uner") for r in rows(data / "ner/uner_en_ewt/test.jsonl")),
    "wikigold last 20%": lambda data: iter(wikigold(data, 8, 10)),
    "redocred 170-199": lambda data: documents(data, 170, 200, 4),
}
