"""From pairs to groups that hold together as a whole: no chain through a weak middle, no veto inside.

Two sorts of groups grow side by side. What the rules join has to hold together by itself; what people join on top of
it is theirs, and takes whole groups together. So a person's merge makes one of two groups and undoes nothing in either.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final

from kgc.resolve.records import Pair, Proposal, Rulings, pair

TOGETHER: Final = 0.6
"""The pairs between two groups need this score on average before the groups become one."""
AMBIGUOUS: Final = 0.1
"""A name that goes with two that exclude each other, with scores no further apart than this, goes with neither."""
_LOOKED_AT: Final = 24
"""Of a larger group so many names are compared, those that say the most."""
_RIVALS: Final = 12
_MATES: Final = 4
"""So many names that people joined with a rival are looked at."""

Judge = Callable[[str, str], Proposal]
Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups of two and more; those that rules alone join; the pairs that were held back, and why; refused rulings."""

    groups: Groups
    by_rule: Groups
    held: Mapping[Pair, str]
    refused: tuple[tuple[Pair, str], ...]


class _Union:
    """Groups that grow: each key knows its group, a list."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.of = {key: [key] for key in keys}

    def one(self, a: str, b: str) -> bool:
        return self.of[a] is self.of[b]

    def join(self, a: str, b: str) -> None:
        if self.one(a, b):
            return
        larger, smaller = sorted((self.of[a], self.of[b]), key=len, reverse=True)
        larger.extend(smaller)
        for key in smaller:
            self.of[key] = larger

    def groups(self) -> Groups:
        unique = {id(group): group for group in self.of.values() if len(group) > 1}
        return tuple(sorted(tuple(sorted(group)) for group in unique.values()))


class _World:
    """The groups of the rules, and those that people make of them."""

    def __init__(self, keys: Iterable[str], apart: Collection[Pair], weight: Mapping[str, int], judge: Judge) -> None:
        self.rules = _Union(keys)
        self.all = _Union(self.rules.of)
        self.judge = judge
        self._weight = weight
        self._apart: dict[str, set[str]] = {}
        for a, b in apart:
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)

    def forbidden(self, a: str, b: str) -> bool:
        """Whether a person took apart two names that would come into one group."""
        one, two = sorted((self.all.of[a], self.all.of[b]), key=len)
        if one is two:
            return False
        return any(not self._apart[key].isdisjoint(two) for key in one if key in self._apart)

    def told(self, pairs: Iterable[Pair]) -> list[Pair]:
        """Join what is told to be one thing, in order; returns what cannot be."""
        refused = []
        for a, b in sorted(set(pairs)):
            if self.forbidden(a, b):
                refused.append((a, b))
            else:
                self.all.join(a, b)
        return refused

    def telling(self, key: str) -> Sequence[str]:
        """The names of a rules' group that are compared for it."""
        group = self.rules.of[key]
        if len(group) <= _LOOKED_AT:
            return group
        return sorted(group, key=lambda k: (-self._weight.get(k, 0), k))[:_LOOKED_AT]

    def excluding(self, a: str, b: str) -> bool:
        """Whether two names cannot be one thing, nor any that people joined with one and with the other."""
        if self.all.one(a, b):
            return False
        mates = ([key, *sorted(k for k in self.all.of[key] if k != key)[:_MATES]] for key in (a, b))
        return all(self.judge(one, two).vetoes for one, two in product(*mates))


def settle(
    edges: Collection[Proposal], judge: Judge, rulings: Rulings, weight: Mapping[str, int] | None = None
) -> Grouping:
    """Group the names of one component. The order of what is given means nothing.

    `edges` are pairs that may be merged; `judge` compares any two; `weight` says how much a name tells (its length).
    A person's pairs come first, the smaller first; one that would join what a person took apart is refused.
    """
    together = {pair(a, b) for a, b in rulings.together}
    told = {pair(a, b) for a, b in rulings.told}
    keys = sorted({k for e in edges for k in e.pair} | {k for p in together | told for k in p})
    world = _World(keys, rulings.apart, weight or {}, judge)
    refused = tuple((p, "it would join names that a person took apart") for p in world.told(together))
    world.told(told)
    held = _ambiguous(edges, world)
    for edge in sorted(edges, key=lambda e: (-e.score, e.pair)):
        a, b = edge.pair
        if world.rules.one(a, b) or edge.pair in held:
            continue
        if why := "a person took them apart" if world.forbidden(a, b) else _weak(world, a, b):
            held[edge.pair] = why
        else:
            world.rules.join(a, b)
            world.all.join(a, b)
    return Grouping(world.all.groups(), world.rules.groups(), held, refused)


def _weak(world: _World, a: str, b: str) -> str:
    """Why two groups of the rules do not make one, or nothing."""
    total = count = 0.0
    for one, two in product(world.telling(a), world.telling(b)):
        found = world.judge(one, two)
        if found.vetoes:
            return f"in one group with it, {found.pair[0]} and {found.pair[1]} are apart: {found.vetoes[0].reason}"
        total += found.score
        count += 1
    return "" if total >= TOGETHER * count else f"the groups are alike on average by {total / count:.2f} only"


def _ambiguous(edges: Iterable[Proposal], world: _World) -> dict[Pair, str]:
    """Pairs of a name that goes as well with another name which excludes the first."""
    beside: dict[str, list[tuple[float, str]]] = {}
    for edge in edges:
        for one, two in (edge.pair, edge.pair[::-1]):
            beside.setdefault(one, []).append((-edge.score, two))
    held: dict[Pair, str] = {}
    for key, others in beside.items():
        for (score, one), (rival, two) in combinations(sorted(others)[:_RIVALS], 2):
            if abs(score - rival) <= AMBIGUOUS and world.excluding(one, two):
                held[pair(key, one)] = f"{key} could as well be {two}"
                held[pair(key, two)] = f"{key} could as well be {one}"
    return held
