"""Linking to a large knowledge base: `python bench/link.py [NAMES …]` (default 100000); `--dev`: the linking sets.

The knowledge base is generated: half persons, 35% organizations, 15% products and places, words made of syllables; how
often they come again is skewed, and 10,000 persons are all called John Smith. Every third entry has an alias (a short
form or the acronym), so that there are a third more names than entries: NAMES counts names. A prior is drawn from a
power law. What is looked up is drawn from the names: 60% as written, 20% with one letter wrong, 10% a word alone, 10%
what is not there. Times are of one thread; "lookup" is finding the candidates, "link" is that and ranking them.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measure import REPOSITORY, load, table
from kgc.data.knowledge import KbEntry
from kgc.evaluate.linking import score_linking
from kgc.resolve.linking.build import build
from kgc.resolve.linking.index import Index
from kgc.resolve.linking.rank import World, rank
from kgc.resolve.linking.records import Query

HEAD = ("names", "entries", "build s", "build CPU s", "peak MiB", "file MiB", "lookup CPU ms: median", "95%", "99%",
        "worst", "lookup wall ms: median", "John Smith CPU ms", "link CPU ms: median", "found as written", "misspelt",
        "load")  # fmt: skip
SETS = ("kore50", "oke_2015_eval", "wiki_fair_v2_no_coref")
SMITHS = 10_000
ASKED = 5_000


def syllables(chance: random.Random, n: int) -> str:
    return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(n)).title()


def words(chance: random.Random, n: int) -> list[str]:
    return [syllables(chance, chance.choice((2, 2, 3, 3, 4))) for _ in range(n)]


class Namer:
    """Names by number; the same for the same seed."""

    def __init__(self, entries: int) -> None:
        chance = random.Random(7)
        self.given = words(chance, 2_000)
        self.family = words(chance, 60_000)
        self.brand = words(chance, 200_000)
        self.branch = ["Energy", "Foods", "Bank", "Systems", "Motors", "Media", "Institute", "University", "Group"]
        self.smiths = min(SMITHS, entries // 10)

    def name(self, n: int) -> tuple[str, str]:
        """The name and the type of an entry."""
        chance = random.Random(n)

        def one(of: Sequence[str]) -> str:
            return of[int(len(of) * chance.random() ** 2)]

        if n < self.smiths:
            return "John Smith", "person"
        kind = chance.random()
        if kind < 0.5:
            middle = f" {one(self.given)}" if chance.random() < 0.3 else ""
            return f"{one(self.given)}{middle} {one(self.family)}", "person"
        if kind < 0.85:
            return f"{one(self.brand)} {one(self.brand)} {chance.choice(self.branch)}", "organization"
        return f"{one(self.brand)} {chance.randrange(1, 2000)}", "product"

    def entries(self, count: int) -> Iterator[KbEntry]:
        for n in range(count):
            name, type_ = self.name(n)
            parts = name.split()
            alias = () if n % 3 else ("".join(p[0] for p in parts) if type_ == "organization" else parts[-1],)
            yield KbEntry(f"E{n}", name, alias, (type_,), prior=float(int((n * 2654435761 % 99991 + 1) ** -0.5 * 1e4)))


def wrong(name: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(name))
    return name[:at] + chance.choice("aeioubdfg") + name[at + 1 :]


def asked(namer: Namer, entries: int) -> Iterator[tuple[str, str, str]]:
    """(how, what is asked, the name it stands for)."""
    chance = random.Random(11)
    for _ in range(ASKED):
        name, _ = namer.name(chance.randrange(namer.smiths, entries))
        how = chance.random()
        if how < 0.6:
            yield "written", name, name
        elif how < 0.8:
            yield "misspelt", wrong(name, chance), name
        elif how < 0.9:
            yield "word", chance.choice(name.split()), name
        else:
            yield "absent", " ".join(words(chance, 2)), ""


def measure(names: int) -> list[object]:
    entries = names * 3 // 4
    namer = Namer(entries)
    with tempfile.TemporaryDirectory(dir=os.environ.get("KGC_BENCH_TMP")) as place:
        path = Path(place) / "kb.db"
        start, busy = time.perf_counter(), time.process_time()
        build(namer.entries(entries), path, "bench")
        took, busy = time.perf_counter() - start, time.process_time() - busy
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        with Index(path) as index:
            looked, wall, linked, found, smith = looks(index, namer, entries)
        size = path.stat().st_size / 2**20
    return [
        names, entries, round(took), round(busy), round(peak), round(size), *percentiles(looked),
        percentiles(wall)[0], round(smith, 2), percentiles(linked)[0],
        *(round(found[h], 4) for h in ("written", "misspelt")), load(),
    ]  # fmt: skip


def looks(
    index: Index, namer: Namer, entries: int
) -> tuple[list[float], list[float], list[float], dict[str, float], float]:
    """Milliseconds of each lookup by CPU and by the wall, of each link (a tenth of them), shares found, John Smith."""
    times: list[float] = []
    wall: list[float] = []
    ranked: list[float] = []
    right: dict[str, list[bool]] = {}
    for n, (how, name, meant) in enumerate(asked(namer, entries)):
        start, busy = time.perf_counter(), time.process_time()
        found = index.find(name)
        times.append(1000 * (time.process_time() - busy))
        wall.append(1000 * (time.perf_counter() - start))
        right.setdefault(how, []).append(any(e.name == meant for e in found.entries))
        if n % 10 == 0:
            busy = time.process_time()
            rank(Query("q", name), index.find(name), World(index.rarity))
            ranked.append(1000 * (time.process_time() - busy))
    busy = time.process_time()
    for _ in range(100):
        index.find("John Smith")
    smith = 10 * (time.process_time() - busy)
    return times, wall, ranked, {how: sum(of) / len(of) for how, of in right.items()}, smith


def percentiles(times: list[float]) -> list[float]:
    ordered = sorted(times)
    return [round(ordered[min(int(len(ordered) * share), len(ordered) - 1)], 3) for share in (0.5, 0.95, 0.99, 1.0)]


def dev() -> None:
    """Scores on every other text of the linking sets: what the weights were set on; then on the others."""
    root = Path(os.environ.get("KGC_DATA", REPOSITORY / ".." / "shared" / "data")) / "el"
    rows = []
    for name in SETS:
        for part, which in (("even texts", slice(0, None, 2)), ("odd texts", slice(1, None, 2))):
            found = score_linking(name, root / name, part=which)
            micro = found.micro.micro
            shares = [round(a / b, 3) if b else "" for a, b in (found.nil, found.recall)]
            rows.append([name, part, found.names, *(round(x, 3) for x in (micro.p, micro.r, micro.f1)), *shares])
    print(table(("set", "part", "names", "P", "R", "F1", "NIL accuracy", "candidate recall"), rows))


if __name__ == "__main__":
    if sys.argv[1:] == ["--dev"]:
        dev()
    else:
        print(table(HEAD, [measure(int(n)) for n in sys.argv[1:] or ("100000",)]))
