"""Names in, groups and reasons out: a pure function of the names, the frozen statistics and what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from kgc.resolve.blocking import candidates
from kgc.resolve.clusters import roots
from kgc.resolve.groups import Grouping, settle
from kgc.resolve.guards import compatible
from kgc.resolve.match import Named, hopeless, match, named
from kgc.resolve.records import Feature, Item, Pair, Proposal, Resolution, Rulings, pair
from kgc.resolve.score import GREY, MERGE
from kgc.resolve.statistics import Statistics

_KEPT: Final = 20_000
"""So many forms are kept at a time."""
_ALIAS: Final = (Feature("name", 4.5, "the group knows one by the other's name"),)


def resolve(items: Iterable[Item], statistics: Statistics, rulings: Rulings | None = None) -> Resolution:
    """Groups of names that mean one thing, and the proposals behind them.

    The outcome depends on the set of items, the statistics and the rulings alone. Rulings about keys that are not there
    sleep. Pairs that share no block, or score below `GREY`, or stand under a veto without scoring `MERGE`, leave no
    trace; `explain` compares them all the same. Raises ValueError when two items have one key.
    """
    ordered = sorted(items, key=lambda item: item.key)
    for one, two in pairwise(ordered):
        if one.key == two.key:
            raise ValueError(f"two items have the key {one.key!r}")
    world = _World(ordered, statistics)
    proposals = list(_proposals(world, candidates(ordered, statistics).tolist()))
    alive = world.place
    together = _awake((rulings or Rulings()).together, alive)
    apart = _awake((rulings or Rulings()).apart, alive)
    world.keep_apart(apart)
    edges = [p for p in proposals if p.verdict == "merge" and p.pair not in apart]
    groupings = [world.group(part, links) for part, links in _components(edges, together)]
    held = {p: why for g in groupings for p, why in g.held.items()}
    groups = tuple(sorted(group for g in groupings for group in g.groups))
    of = {key: n for n, group in enumerate(groups) for key in group}
    final = (_ruled(p, of, held, apart) for p in proposals)
    refused = tuple(sorted(r for g in groupings for r in g.refused))
    return Resolution(groups, tuple(sorted(final, key=lambda p: (p.pair,))), refused)


class _World:
    """The items, their forms as they are asked for, and comparisons of any two."""

    def __init__(self, items: Sequence[Item], statistics: Statistics) -> None:
        self.items = items
        self.statistics = statistics
        self.place = {item.key: i for i, item in enumerate(items)}
        self._named: dict[int, Named] = {}
        self._apart: dict[str, set[str]] = {}

    def keep_apart(self, pairs_: Iterable[Pair]) -> None:
        for a, b in pairs_:
            self._apart.setdefault(a, set()).add(b)

    def named(self, place: int) -> Named:
        found = self._named.get(place)
        if found is None:
            if len(self._named) >= _KEPT:
                self._named.clear()
            found = self._named[place] = named(self.items[place], self.statistics)
        return found

    def propose(self, one: int, two: int) -> Proposal | None:
        a, b = self.named(one), self.named(two)
        return None if hopeless(a, b, self.statistics) else match(a, b, self.statistics)

    def group(self, edges: Sequence[Proposal], together: Sequence[Pair]) -> Grouping:
        """Settle one component, whose names' aliases count for the whole of it."""
        keys = {k for e in edges for k in e.pair} | {k for p in together for k in p}
        mine = {key: self.named(self.place[key]) for key in keys}
        also = frozenset(name for n in mine.values() for name in n.also)
        known: dict[Pair, Proposal] = {e.pair: e for e in edges}

        def judge(a: str, b: str) -> Proposal:
            both = pair(a, b)
            if both not in known:
                found = match(mine[a], mine[b], self.statistics)
                if not also.isdisjoint((mine[a].form.text, mine[b].form.text)) and compatible(
                    mine[a].item, mine[b].item
                ):
                    found = replace(found, score=max(found.score, MERGE), features=_ALIAS, vetoes=())
                known[both] = found
            return known[both]

        apart = [(a, b) for a in sorted(mine) for b in sorted(self._apart.get(a, ())) if b in mine]
        return settle(edges, judge, together, apart, {key: len(n.form.text) for key, n in mine.items()})


def _awake(pairs_: Iterable[Pair], alive: Iterable[str]) -> frozenset[Pair]:
    known = frozenset(alive)
    return frozenset(pair(a, b) for a, b in pairs_ if a in known and b in known and a != b)


def _proposals(world: _World, pairs_: Iterable[list[int]]) -> Iterator[Proposal]:
    """The pairs that are worth a word."""
    for one, two in pairs_:
        proposal = world.propose(one, two)
        if proposal and proposal.score >= (MERGE if proposal.vetoes else GREY):
            yield proposal


def _components(edges: Sequence[Proposal], together: frozenset[Pair]) -> Iterator[tuple[list[Proposal], list[Pair]]]:
    """Edges and people's pairs, by what hangs together."""
    root = roots([*(e.pair for e in edges), *together])
    parts: dict[str, tuple[list[Proposal], list[Pair]]] = {}
    for edge in edges:
        parts.setdefault(root[edge.pair[0]], ([], []))[0].append(edge)
    for link in together:
        parts.setdefault(root[link[0]], ([], []))[1].append(link)
    yield from (parts[key] for key in sorted(parts))


def _ruled(p: Proposal, of: dict[str, int], held: dict[Pair, str], apart: frozenset[Pair]) -> Proposal:
    """A proposal with the verdict of its group."""
    if p.pair in apart:
        return replace(p, verdict="apart", features=(*p.features, Feature("person", 0.0, "a person took them apart")))
    group = of.get(p.pair[0])
    if group is not None and group == of.get(p.pair[1]):
        return replace(p, verdict="merge")
    if p.verdict != "merge":
        return p
    why = held.get(p.pair, "the groups they belong to do not go together")
    return replace(p, verdict="grey", features=(*p.features, Feature("whole", 0.0, why)))
