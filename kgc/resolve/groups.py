"""From pairs to groups that hold together as a whole: no chain through a weak middle, no veto inside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from kgc.resolve.records import Pair, Proposal, pair

TOGETHER: Final = 0.6
"""The pairs between two groups need this score on average before the groups become one."""
AMBIGUOUS: Final = 0.1
"""A name that goes with two that exclude each other, with scores no further apart than this, goes with neither."""
_LOOKED_AT: Final = 24
"""Of a larger group so many names are compared, those that say the most."""
_RIVALS: Final = 12

Judge = Callable[[str, str], Proposal]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups of two and more, the pairs that the whole held back and why, the rulings that contradict others."""

    groups: tuple[tuple[str, ...], ...]
    held: Mapping[Pair, str]
    refused: tuple[tuple[Pair, str], ...]


class _Groups:
    """Groups that grow: each key knows its group, a sorted list."""

    def __init__(self, keys: Iterable[str], apart: Collection[Pair], weight: Mapping[str, int]) -> None:
        self.of = {key: [key] for key in keys}
        self.unit: dict[str, str] = {}
        self._apart: dict[str, set[str]] = {}
        self._weight = weight
        for a, b in apart:
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)

    def forbidden(self, a: str, b: str) -> bool:
        """Whether a person took apart two names that would come into one group."""
        one, two = sorted((self.of[a], self.of[b]), key=len)
        return any(not self._apart.get(key, set()).isdisjoint(two) for key in one if key in self._apart)

    def join(self, a: str, b: str) -> None:
        larger, smaller = sorted((self.of[a], self.of[b]), key=len, reverse=True)
        larger.extend(smaller)
        for key in smaller:
            self.of[key] = larger

    def units(self, key: str) -> list[list[str]]:
        """The names of a group that are compared for it, those that a person joined side by side."""
        found: dict[str, list[str]] = {}
        for name in self.telling(key):
            found.setdefault(self.unit.get(name, name), []).append(name)
        return list(found.values())

    def telling(self, key: str) -> Sequence[str]:
        """The names of a group that are compared for it."""
        group = self.of[key]
        if len(group) <= _LOOKED_AT:
            return group
        return sorted(group, key=lambda k: (-self._weight.get(k, 0), k))[:_LOOKED_AT]

    def result(self) -> tuple[tuple[str, ...], ...]:
        unique = {id(group): group for group in self.of.values() if len(group) > 1}
        return tuple(sorted(tuple(sorted(group)) for group in unique.values()))


def settle(
    edges: Collection[Proposal],
    judge: Judge,
    together: Collection[Pair] = (),
    apart: Collection[Pair] = (),
    weight: Mapping[str, int] | None = None,
) -> Grouping:
    """Group the names of one component. The order of what is given means nothing.

    `edges` are pairs that may be merged; `judge` compares any two; `weight` says how much a name tells (its length).
    A person's pairs come first, the smaller first; one that would join what a person took apart is refused.
    """
    keys = {k for e in edges for k in e.pair} | {k for p in together for k in p}
    groups = _Groups(keys, apart, weight or {})
    refused = []
    for a, b in sorted(set(together)):
        if groups.of[a] is groups.of[b]:
            continue
        if groups.forbidden(a, b):
            refused.append(((a, b), "it would join names that a person took apart"))
        else:
            groups.join(a, b)
    groups.unit = {key: min(group) for key, group in groups.of.items() if len(group) > 1}
    held = _ambiguous(edges, judge)
    for edge in sorted(edges, key=lambda e: (-e.score, e.pair)):
        a, b = edge.pair
        if groups.of[a] is groups.of[b] or edge.pair in held:
            continue
        if why := "a person took them apart" if groups.forbidden(a, b) else _weak(groups, a, b, judge):
            held[edge.pair] = why
        else:
            groups.join(a, b)
    return Grouping(groups.result(), held, tuple(refused))


def _weak(groups: _Groups, a: str, b: str, judge: Judge) -> str:
    """Why two groups do not make one, or nothing. Names that a person joined count as one that has several names."""
    total = count = 0.0
    for ones in groups.units(a):
        for twos in groups.units(b):
            proposals = [judge(one, two) for one in ones for two in twos]
            free = [p.score for p in proposals if not p.vetoes]
            bad = next((p for p in proposals if any(not v.yields for v in p.vetoes) or (p.vetoes and not free)), None)
            if bad:
                return f"in one group with it, {bad.pair[0]} and {bad.pair[1]} are apart: {bad.vetoes[0].reason}"
            total += max(free)
            count += 1
    return "" if total >= TOGETHER * count else f"the groups are alike on average by {total / count:.2f} only"


def _ambiguous(edges: Iterable[Proposal], judge: Judge) -> dict[Pair, str]:
    """Pairs of a name that goes as well with another name which excludes the first."""
    beside: dict[str, list[tuple[float, str]]] = {}
    for edge in edges:
        for one, two in (edge.pair, edge.pair[::-1]):
            beside.setdefault(one, []).append((-edge.score, two))
    held: dict[Pair, str] = {}
    for key, others in beside.items():
        for (score, one), (rival, two) in combinations(sorted(others)[:_RIVALS], 2):
            if abs(score - rival) <= AMBIGUOUS and judge(one, two).vetoes:
                held[pair(key, one)] = f"{key} could as well be {two}"
                held[pair(key, two)] = f"{key} could as well be {one}"
    return held
