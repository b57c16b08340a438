"""Names in, groups and reasons out: a pure function of the names, the frozen statistics and what people decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

from kgc.resolve.blocking import pairs_of
from kgc.resolve.clusters import roots
from kgc.resolve.groups import Grouping, settle
from kgc.resolve.guards import compatible
from kgc.resolve.match import Named, hopeless, match, named
from kgc.resolve.records import Feature, Item, Pair, Proposal, Resolution, Rulings, pair
from kgc.resolve.score import GREY, MERGE
from kgc.resolve.seen import Seen, digests, empty, pair_digests, read
from kgc.resolve.statistics import Statistics

_KEPT: Final = 20_000
"""So many forms are kept at a time."""
_ALIAS: Final = (Feature("name", 4.5, "the group knows one by the other's name"),)

Lookup = Callable[[str], Item]
"""The item of a key that is alive."""


def resolve(items: Iterable[Item], statistics: Statistics, rulings: Rulings | None = None) -> Resolution:
    """Groups of names that mean one thing, and the proposals behind them.

    The outcome depends on the set of items, the statistics and the rulings alone. Rulings about keys that are not there
    sleep. Pairs that share no block, or score below `GREY`, or stand under a veto without scoring `MERGE`, leave no
    trace; `explain` compares them all the same. Raises ValueError when two items have one key.
    """
    ordered = sorted(items, key=lambda item: item.key)
    known = {item.key: item for item in ordered}
    return group(propose(ordered, statistics), known.__getitem__, statistics, awake(rulings or Rulings(), known))


def propose(ordered: Sequence[Item], statistics: Statistics) -> tuple[Proposal, ...]:
    """The pairs of items (sorted by key) that are worth a word, by their keys, each as it stands by itself."""
    return propose_again(ordered, statistics, empty())[0]


def propose_again(ordered: Sequence[Item], statistics: Statistics, before: Seen) -> tuple[tuple[Proposal, ...], Seen]:
    """The same, sparing what was seen before under the same statistics; and what is seen now."""
    for one, two in pairwise(ordered):
        if one.key == two.key:
            raise ValueError(f"two items have the key {one.key!r}")
    names = _Names(ordered, statistics)
    all_ = digests(ordered)
    known = read(ordered, all_, statistics, before)
    pairs_ = pairs_of(known, [item.key for item in ordered])
    of_pair = pair_digests(all_, pairs_)
    fresh = np.flatnonzero(~np.isin(of_pair, before.nothing, assume_unique=False))
    told = np.ones(len(pairs_), dtype=np.bool_)
    found: list[Proposal] = []
    for row, (one_, two_) in zip(fresh.tolist(), pairs_[fresh].tolist(), strict=True):
        proposal = names.propose(one_, two_)
        if proposal and proposal.score >= (MERGE if proposal.vetoes else GREY):
            found.append(proposal)
            told[row] = False
    found.sort(key=lambda p: p.pair)
    return tuple(found), Seen(all_, known, np.unique(of_pair[told]))


def group(proposals: Sequence[Proposal], item: Lookup, statistics: Statistics, rulings: Rulings) -> Resolution:
    """Groups out of pairs. `item` is asked for names that something speaks for only; `rulings` are `awake` ones."""
    apart = frozenset(rulings.apart)
    edges = [p for p in proposals if p.verdict == "merge" and p.pair not in apart]
    parts = _components(edges, rulings)
    groupings = [_settle(links, part, item, statistics) for links, part in parts]
    held = {p: why for g in groupings for p, why in g.held.items()}
    groups = tuple(sorted(group for g in groupings for group in g.groups))
    of = {key: n for n, group in enumerate(groups) for key in group}
    final = tuple(_ruled(p, of, held, apart) for p in proposals)
    refused = tuple(sorted(r for g in groupings for r in g.refused))
    return Resolution(groups, final, refused, tuple(sorted(group for g in groupings for group in g.by_rule)))


def awake(rulings: Rulings, known: Mapping[str, object] | frozenset[str]) -> Rulings:
    """The rulings about two names that are there."""

    def both(pairs: Iterable[Pair]) -> frozenset[Pair]:
        return frozenset(pair(a, b) for a, b in pairs if a in known and b in known and a != b)

    return Rulings(both(rulings.together), both(rulings.apart), both(rulings.told))


class _Names:
    """Items with their forms as they are asked for, and comparisons of any two."""

    def __init__(self, items: Sequence[Item], statistics: Statistics) -> None:
        self._items = items
        self._statistics = statistics
        self._named: dict[int, Named] = {}

    def _at(self, place: int) -> Named:
        found = self._named.get(place)
        if found is None:
            if len(self._named) >= _KEPT:
                self._named.clear()
            found = self._named[place] = named(self._items[place], self._statistics)
        return found

    def propose(self, one: int, two: int) -> Proposal | None:
        a, b = self._at(one), self._at(two)
        return None if hopeless(a, b, self._statistics) else match(a, b, self._statistics)


def _settle(edges: Sequence[Proposal], rulings: Rulings, item: Lookup, statistics: Statistics) -> Grouping:
    """Settle one component. The aliases of names that edges join count for all of these names."""
    mine = {key: named(item(key), statistics) for key in sorted(_keys(edges, rulings))}
    root = roots(e.pair for e in edges)
    also: dict[str, set[str]] = {}
    for key, one in mine.items():
        also.setdefault(root.get(key, key), set()).update(one.also)
    known: dict[Pair, Proposal] = {e.pair: e for e in edges}

    def judge(a: str, b: str) -> Proposal:
        both = pair(a, b)
        if both not in known:
            known[both] = _called(mine[a], mine[b], also[root.get(a, a)], statistics)
        return known[both]

    return settle(edges, judge, rulings, {key: len(n.form.text) for key, n in mine.items()})


def _called(a: Named, b: Named, also: set[str], statistics: Statistics) -> Proposal:
    """Two names of one component compared; it may know one of them by the other's name."""
    found = match(a, b, statistics)
    if also.isdisjoint((a.form.text, b.form.text)) or not compatible(a.item, b.item):
        return found
    return replace(found, score=max(found.score, MERGE), features=_ALIAS, vetoes=())


def _keys(edges: Iterable[Proposal], rulings: Rulings) -> set[str]:
    return {k for e in edges for k in e.pair} | {k for p in (*rulings.together, *rulings.told) for k in p}


def _components(edges: Sequence[Proposal], rulings: Rulings) -> Iterator[tuple[list[Proposal], Rulings]]:
    """Edges and what people decided, by what hangs together."""
    root = roots([*(e.pair for e in edges), *rulings.together, *rulings.told])
    parts: dict[str, list[Proposal]] = {key: [] for key in sorted(set(root.values()))}
    for edge in edges:
        parts[root[edge.pair[0]]].append(edge)
    together, apart, told = (_by_root(pairs, root) for pairs in (rulings.together, rulings.apart, rulings.told))
    for key, links in parts.items():
        yield links, Rulings(together.get(key, ()), apart.get(key, ()), told.get(key, ()))


def _by_root(pairs: Iterable[Pair], root: Mapping[str, str]) -> dict[str, list[Pair]]:
    """The pairs that lie within one component."""
    found: dict[str, list[Pair]] = {}
    for a, b in pairs:
        if a in root and root[a] == root.get(b):
            found.setdefault(root[a], []).append((a, b))
    return found


def _ruled(p: Proposal, of: dict[str, int], held: dict[Pair, str], apart: frozenset[Pair]) -> Proposal:
    """A proposal with the verdict of its group."""
    if p.pair in apart:
        return replace(p, verdict="apart", features=(*p.features, Feature("person", 0.0, "a person took them apart")))
    group_ = of.get(p.pair[0])
    if group_ is not None and group_ == of.get(p.pair[1]):
        return replace(p, verdict="merge")
    if p.verdict != "merge":
        return p
    why = held.get(p.pair, "the groups they belong to do not go together")
    return replace(p, verdict="grey", features=(*p.features, Feature("whole", 0.0, why)))
