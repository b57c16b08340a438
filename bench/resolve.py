"""Resolution of noisy names: `python bench/resolve.py [SIZE …]` (default 10000); each size in a process of its own.

The names are generated; of every 100, 83 are different things, 15 are written variants of one of them, 2 are
namesakes that must stay apart. Half are persons, 35% organizations, 15% products and places. A variant is one of: a
typo (30%: a letter left out, doubled, changed, or two swapped, never the first), other case (20%), other order (15%),
an abbreviation (15%: a middle name as its initial, a nickname, an abbreviated word, an initial), a part left out
(20%: the middle name, the legal form, a word like "Group"; where there is none, a typo). Half of the names have a
year as an attribute (a variant has that of its thing); namesakes always have, and theirs differ: nothing else could
tell them apart. But for namesakes no two things share given name and surname, or company word and branch. Words are
made of syllables; how often given names, surnames and company words come again is skewed. Some variants cannot be
told from other names ("J. Smith"): they count against recall all the same.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measure import load, run, table
from kgc.resolve.lexicon import NICKNAMES
from kgc.resolve.records import Item, Resolution
from kgc.resolve.resolver import resolve
from kgc.resolve.statistics import fit

HEAD = ("names", "made s", "fit s", "resolve s", "peak MiB", "pairs true", "pairs found", "P", "R", "load")
VARIANTS, NAMESAKES = 0.15, 0.02
ONSETS = [
    "b",
    "br",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "sh",
    "sk",
    "st",
    "t",
    "tr",
    "v",
    "w",
    "z",
]
VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ei", "io"]
CODAS = ["", "l", "n", "r", "s", "t", "nd", "rk", "lm", "x"]
SECTORS = [
    "Energy",
    "Foods",
    "Systems",
    "Logistics",
    "Pharma",
    "Steel",
    "Media",
    "Robotics",
    "Textiles",
    "Shipping",
    "Insurance",
    "Motors",
]
EXTRA = ["Group", "International", "Manufacturing", "Technologies"]
SHORT = {"International": "Intl.", "Manufacturing": "Mfg.", "Technologies": "Tech", "Systems": "Sys."}
LEGAL = ["Inc.", "Corp.", "Ltd.", "GmbH", "AG", "AB", "SA", "plc"]
NICK = [row.split()[:2] for row in NICKNAMES]


class Maker:
    """Names from one seed."""

    def __init__(self, size: int, seed: int) -> None:
        self.random = random.Random(seed)
        self.given = [self.word(2) for _ in range(1500)] + [row[0].title() for row in NICK]
        self.random.shuffle(self.given)
        self.surnames = [self.word(3) for _ in range(max(size // 8, 500))]
        self.words = [self.word(3) for _ in range(max(size // 4, 500))]

    def word(self, syllables: int) -> str:
        pick = self.random.choice
        return ("".join(pick(ONSETS) + pick(VOWELS) for _ in range(syllables)) + pick(CODAS)).title()

    def often(self, pool: Sequence[str]) -> str:
        """Skewed: the first of the pool comes far more often than the last."""
        return pool[int(len(pool) * self.random.random() ** 2)]

    def thing(self, number: int) -> Item:
        draw = self.random.random()
        if draw < 0.5:
            middle = [self.often(self.given)] if self.random.random() < 0.3 else []
            return self.item(number, "person", " ".join([self.often(self.given), *middle, self.often(self.surnames)]))
        if draw < 0.85:
            extra = [self.random.choice(EXTRA)] if self.random.random() < 0.3 else []
            legal = [self.random.choice(LEGAL)] if self.random.random() < 0.5 else []
            words = [self.often(self.words), self.random.choice(SECTORS), *extra, *legal]
            return self.item(number, "organization", " ".join(words))
        if draw < 0.92:
            return self.item(number, "thing", f"{self.often(self.words)} {self.random.randint(1, 9999)}")
        return self.item(number, "place", f"{self.word(3)} {self.word(2)}")

    def item(self, number: int, kind: str, surface: str) -> Item:
        year = (("year", str(self.random.randint(1900, 2020))),) if self.random.random() < 0.5 else ()
        return Item(f"{number:07}", surface, kind, attributes=year)  # type: ignore[arg-type]

    def core(self, item: Item) -> str:
        """What no two things share but namesakes: given name and surname, the first two words."""
        words = item.surface.casefold().split()
        return f"{words[0]} {words[-1] if item.kind == 'person' else words[1]}"

    def variant(self, item: Item) -> str:
        ways = (self.typo, self.case, self.order, self.abbreviation, self.part)
        made = self.random.choices(ways, (30, 20, 15, 15, 20))[0](item)
        return made if made != item.surface else self.typo(item)

    def typo(self, item: Item) -> str:
        words = item.surface.split()
        place = max(range(len(words)), key=lambda i: (words[i].isalpha(), len(words[i])))
        word, at = words[place], self.random.randint(1, len(words[place]) - 2)
        ways: tuple[Callable[[], str], ...] = (
            lambda: word[:at] + word[at + 1 :],
            lambda: word[:at] + word[at] + word[at:],
            lambda: word[:at] + self.random.choice("aeiorstln") + word[at + 1 :],
            lambda: word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
        return " ".join([*words[:place], self.random.choice(ways)(), *words[place + 1 :]])

    def case(self, item: Item) -> str:
        return item.surface.upper() if self.random.random() < 0.5 else item.surface.lower()

    def order(self, item: Item) -> str:
        words = item.surface.split()
        if item.kind == "person":
            return f"{words[-1]}, {' '.join(words[:-1])}"
        return item.surface if item.kind == "thing" else " ".join([words[1], words[0], *words[2:]])

    def abbreviation(self, item: Item) -> str:
        words = item.surface.split()
        if item.kind == "person":
            if len(words) > 2:
                return f"{words[0]} {words[1][0]}. {words[-1]}"
            nick = {row[0].title(): row[1].title() for row in NICK}.get(words[0])
            return f"{nick or words[0][0] + '.'} {words[-1]}"
        return " ".join(SHORT.get(w, w) for w in words)

    def part(self, item: Item) -> str:
        words = item.surface.split()
        if item.kind == "person":
            return f"{words[0]} {words[-1]}"
        if item.kind == "organization" and (words[-1] in LEGAL or words[-1] in EXTRA[:2]):
            return " ".join(words[:-1])
        return item.surface


def names(size: int, seed: int = 7) -> tuple[list[Item], dict[str, int]]:
    """Items in no particular order, and which thing each is."""
    make = Maker(size, seed)
    things: list[Item] = []
    seen: set[str] = set()
    while len(things) < size * (1 - VARIANTS - NAMESAKES):
        item = make.thing(len(things))
        if (core := make.core(item)) not in seen:
            seen.add(core)
            things.append(item)
    gold = {item.key: n for n, item in enumerate(things)}
    out = list(things)
    for n, place in enumerate(make.random.sample(range(len(things)), int(size * NAMESAKES))):
        year = make.random.randint(1900, 1950)
        things[place] = out[place] = replace(things[place], attributes=(("year", str(year)),))
        out.append(replace(things[place], key=f"{len(out):07}", attributes=(("year", str(year + 41)),)))
        gold[out[-1].key] = len(things) + n
    while len(out) < size:
        place = make.random.randrange(len(things))
        out.append(replace(things[place], key=f"{len(out):07}", surface=make.variant(things[place])))
        gold[out[-1].key] = place
    make.random.shuffle(out)
    return out, gold


def pairs(groups: Iterator[Sequence[str]]) -> set[tuple[str, str]]:
    return {(a, b) for g in map(sorted, groups) for i, a in enumerate(g) for b in g[i + 1 :]}


def truth(gold: dict[str, int]) -> set[tuple[str, str]]:
    clusters: dict[int, list[str]] = {}
    for key, thing in gold.items():
        clusters.setdefault(thing, []).append(key)
    return pairs(iter(clusters.values()))


def measure(size: int) -> tuple[list[object], list[Item], dict[str, int], Resolution]:
    clock = [time.perf_counter()]
    items, gold = names(size)
    clock.append(time.perf_counter())
    statistics = fit(items)
    clock.append(time.perf_counter())
    result = resolve(items, statistics)
    clock.append(time.perf_counter())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    wanted, found = truth(gold), pairs(iter(result.groups))
    right = len(wanted & found)
    scores = [round(right / max(len(found), 1), 4), round(right / max(len(wanted), 1), 4)]
    took = [round(b - a, 1) for a, b in pairwise(clock)]
    return [size, *took, peak, len(wanted), len(found), *scores, round(load(), 1)], items, gold, result


def main(arguments: Sequence[str]) -> None:
    if arguments[:1] == ["--one"]:
        print(json.dumps(measure(int(arguments[1]))[0]))
        return
    rows = [run([sys.executable, __file__, "--one", size]).json for size in arguments or ["10000"]]
    print(table(HEAD, rows))


if __name__ == "__main__":
    main(sys.argv[1:])
