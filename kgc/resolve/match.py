"""One pair of names, compared with all that is known of them: the smallest step that the resolver takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kgc.resolve.compare import Comparison, compare
from kgc.resolve.folding import fold
from kgc.resolve.guards import vetoes
from kgc.resolve.names import Form
from kgc.resolve.records import Item, Proposal, Verdict, pair
from kgc.resolve.score import GREY, MERGE, probability, shared_names, standing, weigh
from kgc.resolve.statistics import Statistics


@dataclass(frozen=True, slots=True)
class Named:
    """An item with its form and the folded texts of its other names."""

    item: Item
    form: Form
    also: frozenset[str]


def named(item: Item, statistics: Statistics) -> Named:
    form = statistics.form(item)
    also = {" ".join(fold(alias, statistics.script).split()) for alias in item.aliases}
    if form.given_by:
        also.add(form.given_by)
    return Named(item, form, frozenset(also - {""}))


def match(a: Named, b: Named, statistics: Statistics) -> Proposal:
    """Compare two names. The verdict is that of the pair alone; its group may hold it back. Symmetric.

    A pair under a veto is apart, whatever its score.
    """
    if b.item.key < a.item.key:
        a, b = b, a
    found = _compare(a, b, statistics)
    features = weigh(a.item, b.item, found, statistics)
    features += shared_names(a.also, b.also)
    against = standing(vetoes(a.item, b.item, a.form, b.form, found), features, statistics)
    score = probability(features)
    verdict: Verdict = "apart" if against or score < GREY else "merge" if score >= MERGE else "grey"
    return Proposal(pair(a.item.key, b.item.key), score, verdict, features, against)


def hopeless(a: Named, b: Named, statistics: Statistics) -> bool:
    """Whether the names differ and nothing beside them could outweigh it: told at a fraction of the cost of `match`."""
    for evidence, other in (
        (a.item.attributes, b.item.attributes), (a.item.neighbours, b.item.neighbours), (a.also, b.also),
        (a.item.links, b.item.links),
    ):  # fmt: skip
        if evidence and other:
            return False
    return _compare(a, b, statistics).level == "other"


def _compare(a: Named, b: Named, statistics: Statistics) -> Comparison:
    found = compare(a.form, b.form, statistics)
    if not (a.also or b.also) or found.level in ("same", "legal"):
        return found
    called = a.form.text in b.also or b.form.text in a.also
    return Comparison("alias") if called else found


def explain(items: Sequence[Item], statistics: Statistics) -> tuple[Proposal, ...]:
    """Every pair of a few items, most likely first, also those that are apart: what `--explain` shows."""
    ready = [named(item, statistics) for item in items]
    found = [match(a, b, statistics) for i, a in enumerate(ready) for b in ready[i + 1 :]]
    return tuple(sorted(found, key=lambda p: (-p.score, p.pair)))
