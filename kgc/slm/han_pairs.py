"""Relations between Chinese names and values, by what stands between and around two of them in their sentence.

A bag of features, each a row of numbers, is summed and read by two small layers; NumPy only. The names themselves are
no features, only their kinds are: what is learned of one name holds for all. Trained by `kgc.slm.train.han_pairs`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kgc.slm.classes import class_of
from kgc.slm.decode import log_softmax
from kgc.slm.found import Item, Judged
from kgc.slm.lexicon import Lexicon
from kgc.slm.related import likely, surest

Floats = NDArray[np.float32]
NAMES: Final = frozenset("POLVAKWGCX")
VALUES: Final = frozenset("DYMN")
FAR: Final = 120
"""Characters between two things of which nothing is told any more."""
MOST: Final = 600
"""Pairs of one sentence that are looked at, the nearest first: more stand in lists only."""
NEAR: Final = 12
"""Characters of a long stretch that are looked at from either side."""
AFTER: Final = 300
"""Characters before and behind a pair that are looked at, at most: a sentence without an end costs no more."""
PAUSE: Final = "，；,;：:"


@dataclass(frozen=True, slots=True)
class HanPairs:
    """`keys` are the known features, sorted; `rows` theirs, int8 times `scales`; then two layers and the classes.

    `relations` are directed ("BornIn>": the head stands first), "none" the first of them.
    """

    relations: tuple[str, ...]
    thresholds: dict[str, float]
    temperature: float
    keys: NDArray[np.uint32]
    rows: NDArray[np.int8]
    scales: Floats
    bias: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats

    def logits(self, bags: Sequence[Sequence[int]]) -> Floats:
        """The scores of each bag of features, [bags, relations]."""
        summed = np.repeat(self.bias[None], len(bags), axis=0)
        for at, bag in enumerate(bags):
            codes = np.unique(np.fromiter(bag, np.uint32))
            found = np.minimum(np.searchsorted(self.keys, codes), len(self.keys) - 1)
            known = found[self.keys[found] == codes]
            summed[at] += (self.rows[known] * self.scales[known, None]).sum(0)
        hidden = np.maximum(np.maximum(summed, 0) @ self.inner + self.inner_bias, 0)
        scores: Floats = (hidden @ self.outer + self.outer_bias).astype(np.float32)
        return scores

    def judge(self, text: str, items: Sequence[Item], together: Sequence[Sequence[int]], lexicon: Lexicon) -> Judged:
        """As `Passage.judge`; no classes are told."""
        chances: dict[tuple[int, str, int], float] = {}
        seen: list[tuple[int, int]] = []
        for group in together:
            some = list(bags(text, [items[i] for i in group], lexicon))
            if some:
                pairs = [(group[a], group[b]) for a, b, _ in some]
                chances |= likely(pairs, self.sure([bag for _, _, bag in some]), self.relations)
                seen += pairs
        known = frozenset(name[:-1] for name in self.relations[1:])
        classes = tuple(("", 0.0) for _ in items)
        return Judged(classes, tuple(surest(chances, self.thresholds)), chances, frozenset(seen), known)

    def sure(self, bags_: Sequence[Sequence[int]]) -> Floats:
        """The calibrated probability of each relation, a row a bag."""
        chances: Floats = np.exp(log_softmax(self.logits(bags_), self.temperature))
        return chances


def load_pairs(path: Path) -> HanPairs:
    """Load `pairs.npz` of the Chinese package. Raises OSError when it is not there."""
    with np.load(path, allow_pickle=False) as found:
        about = json.loads(str(found["about"]))
        arrays = [found[n] for n in ("keys", "rows", "scales", "bias", "inner", "inner_bias", "outer", "outer_bias")]
    return HanPairs(tuple(about["relations"]), about["thresholds"], about["temperature"], *arrays)


def bags(text: str, items: Sequence[Item], lexicon: Lexicon) -> Iterator[tuple[int, int, list[int]]]:
    """The features of each pair of a sentence's things (indices, in text order) of which one is a name."""
    pairs = list(near(items))
    if not pairs:
        return
    kinds = [i.kind for i in items]
    sorts = [sort(i, text, lexicon) for i in items]
    plain, places = masked(text, items)
    for a, b in pairs:
        yield a, b, [crc32(f.encode("utf-8", "surrogatepass")) for f in features(plain, places, kinds, sorts, a, b)]


def near(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """The pairs that are looked at; items are in text order, and no more than `MOST` pairs of them are told of."""
    found: list[tuple[int, int]] = []
    for a, first in enumerate(items):
        for b in range(a + 1, len(items)):
            second = items[b]
            if second.span.start - first.span.end > FAR:
                break
            kinds = {first.kind, second.kind}
            if first.span.end <= second.span.start and kinds & NAMES and kinds <= NAMES | VALUES:
                found.append((a, b))
    if len(found) > MOST:
        found = sorted(found, key=lambda p: (items[p[1]].span.start - items[p[0]].span.end, p))[:MOST]
    yield from found


def sort(item: Item, text: str, lexicon: Lexicon) -> str:
    """The kind of a thing, finer for bodies and places."""
    return item.kind + class_of(item.kind, item.span.of(text), lexicon)[:2] if item.kind in "OL" else item.kind


def masked(text: str, items: Sequence[Item]) -> tuple[str, list[tuple[int, int]]]:
    """The sentence with a letter for each thing, between bars, and where those stand; 60 characters around them all."""
    first, last = max(0, items[0].span.start - 60), items[-1].span.end + 60
    start = max((text.rfind(stop, first, items[0].span.start) + 1 for stop in "\n。！？"), default=first)
    at = max(first, start)
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    size = 0
    for item in items:
        gap = text[at : max(at, item.span.start)]
        parts += [gap, f"|{item.kind}|"]
        size += len(gap)
        places.append((size, size + 3))
        size += 3
        at = max(at, item.span.end)
    rest = text[at:last]
    stops = [p for p in (rest.find(stop) for stop in "\n。！？") if p >= 0]
    return "".join((*parts, rest[: min(stops, default=len(rest))])), places


def features(
    plain: str, places: Sequence[tuple[int, int]], kinds: Sequence[str], sorts: Sequence[str], a: int, b: int
) -> Iterator[str]:
    """What is told of a pair: everything beside the kinds of both."""
    both = kinds[a] + kinds[b]
    yield f"s{sorts[a]},{sorts[b]}"
    yield f"k{both}"
    for name, value in told(plain, places, kinds, a, b):
        yield f"{both}{name}{value}"
        if name in FINE:
            yield f"{sorts[a]},{sorts[b]}{name}{value}"


FINE: Final = frozenset(("=", "<1", ">1", "n", "c="))
"""What is told beside the finer kinds too."""


def told(
    plain: str, places: Sequence[tuple[int, int]], kinds: Sequence[str], a: int, b: int
) -> Iterator[tuple[str, str]]:
    """What stands between the two, before the first and after the second, by name and value.

    Lengths and counts; the first and last characters of each stretch; every run of up to three characters; the clause
    that the second stands in, where another begins between.
    """
    start, end = places[a][0], places[b][1]
    gap, before, after = (
        plain[places[a][1] : places[b][0]],
        plain[max(0, start - AFTER) : start],
        plain[end : end + AFTER],
    )
    yield "l", str(min(len(gap), 8) if len(gap) < 8 else 8 + min(len(gap) // 8, 8))
    between = kinds[a + 1 : b]
    yield "n", str(min(len(between), 4))
    yield "na", str(min(between.count(kinds[a]), 2))
    yield "nb", str(min(between.count(kinds[b]), 2))
    pauses = sum(gap.count(c) for c in PAUSE)
    yield "p", str(min(pauses, 4))
    yield "t", str(min(gap.count("、"), 3))
    if len(between) < 4:
        yield "o", "".join(between)
    if len(gap) <= NEAR + 6:
        yield "=", gap
    for size in (1, 2, 3, 4):
        yield f"<{size}", gap[:size]
        yield f">{size}", gap[-size:]
        yield f"a{size}", after[:size]
        yield f"b{size}", before[-size:]
    yield "<>", f"{gap[:2]}~{gap[-2:]}"
    yield "b>", f"{before[-2:]}~{gap[-2:]}"
    yield ">a", f"{gap[-2:]}~{after[:2]}"
    yield "<a", f"{gap[:2]}~{after[:2]}"
    shown = gap if len(gap) <= 2 * NEAR else f"{gap[:NEAR]}\0{gap[-NEAR:]}"
    for gram in grams(shown):
        yield "g", gram
    for gram in grams(after[:8]):
        yield "A", gram
    for gram in grams(before[-8:]):
        yield "B", gram
    clause = gap[max((gap.rfind(c) for c in PAUSE), default=-1) + 1 :] if pauses else gap
    yield "c", clause[:2]
    if pauses:
        if len(clause) <= NEAR:
            yield "c=", clause
        for gram in grams(clause[-NEAR:]):
            yield "C", gram
    tail = after[: min((p for p in (after.find(c) for c in PAUSE) if p >= 0), default=len(after))]
    yield "e", tail[-2:]
    yield "h", str(gap.count("（") + gap.count("(") > gap.count("）") + gap.count(")"))
    yield "i", str(kinds[:a].count(kinds[a]) > 0) + str(len([k for k in kinds[:a] if k in NAMES]) > 0)
    yield "j", "".join(kinds[max(0, a - 1) : a]) + "~" + "".join(kinds[b + 1 : b + 2])


def grams(text: str) -> Iterator[str]:
    for size in (1, 2, 3):
        for at in range(len(text) - size + 1):
            yield text[at : at + size]
