"""Many names at once: each by itself first, then again beside what the others were taken to mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kgc.data.knowledge import KbEntry
from kgc.resolve.linking.index import Index
from kgc.resolve.linking.rank import MIN_SCORE, World, rank
from kgc.resolve.linking.records import Choice, Query


def link(
    queries: Iterable[Query],
    index: Index,
    ruled: Mapping[str, KbEntry] | None = None,
    min_score: float = MIN_SCORE,
) -> Iterator[Choice]:
    """A choice for each query, in their order. `ruled` are the entries that people gave to keys.

    The outcome depends on the set of queries, the index and the rulings alone. Queries are looked at twice: first each
    by itself; then those that other names stand beside, with what these were taken to mean in the first pass.
    """
    asked = list(queries)
    names = {q.key: q.surface for q in asked}
    given = dict(ruled or {})
    alone = World(index.rarity, given, names, min_score)
    first = [rank(q, index.find(q.surface), alone) for q in asked]
    linked = {c.key: c.chosen.entry for c in first if c.chosen} | given
    beside = replace(alone, linked=linked)
    for query, choice in zip(asked, first, strict=True):
        again = choice.options and any(key in linked for key in (*query.beside, *query.fuller))
        yield rank(query, index.find(query.surface), beside) if again else choice
