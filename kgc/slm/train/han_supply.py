"""The pairs of things that the Chinese relations are learned from and scored on, out of our annotated passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kgc.data.sentences import sentences
from kgc.slm.han_pairs import HanPairs, bags
from kgc.slm.lexicon import Lexicon
from kgc.slm.names import Name
from kgc.slm.train.examples import SYMMETRIC, directed
from kgc.slm.train.han import FRESH, OURS
from kgc.slm.train.han_rules import Passage, passage
from kgc.slm.train.markup import Said, read_passages
from kgc.slm.train.measure import Tally
from kgc.slm.train.supply import held_out
from kgc.slm.values import Value, values

NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things of a sentence: what is told of them, and their relation (directed; "none")."""

    bag: tuple[int, ...]
    relation: str


def pairs_of(one: Passage, lexicon: Lexicon) -> Iterator[Pair]:
    """All pairs of a passage, sentence by sentence. Of a fact told by several pairs the nearest has it, the others
    are left out."""
    taken = [n.span for n in one.names]
    free = [v for v in values(one.text, "zh") if all(v.span.end <= s.start or s.end <= v.span.start for s in taken)]
    for span in sentences(one.text, "zh"):
        inside: list[Name | Value] = sorted(
            [*(n for n in one.names if n.span.within(span)), *(v for v in free if v.span.within(span))],
            key=lambda x: x.span,
        )
        told = list(bags(one.text, inside, lexicon))
        stated: dict[tuple[int, int], str] = {}
        skipped: set[tuple[int, int]] = set()
        for fact in one.facts:
            fits = sorted(
                (inside[b].span.start - inside[a].span.end, (a, b), name)
                for a, b, _ in told
                for name in [says(fact, inside[a], inside[b])]
                if name
            )
            skipped |= {pair for _, pair, _ in fits[1:]}
            stated |= {pair: name for _, pair, name in fits[:1]}
        for a, b, bag in told:
            if (a, b) in stated or (a, b) not in skipped:
                yield Pair(tuple(dict.fromkeys(bag)), stated.get((a, b), NONE))


def says(fact: frozenset[Said], first: Name | Value, second: Name | Value) -> str:
    """The directed relation that a fact states of two things, "" where it is of others."""
    for head, name, tail, _, _ in fact:
        for one, two, forward in ((first, second, True), (second, first, False)):
            if isinstance(one, Name) and one.surface == head and same(two, tail):
                return directed(name, forward=forward or name in SYMMETRIC)
    return ""


def same(thing: Name | Value, written: str) -> bool:
    if isinstance(thing, Name):
        return thing.surface == written
    return thing.raw in written or written in thing.raw


def gather(lexicon: Lexicon, script: dict[int, int]) -> tuple[list[Pair], list[Pair], list[Pair]]:
    """Pairs to learn from, held out, and of the file that is only scored."""
    train: list[Pair] = []
    held: list[Pair] = []
    for template in (t for file in OURS for t in read_passages(file)):
        (held if held_out(template) else train).extend(pairs_of(passage(template, lexicon, script), lexicon))
    fresh = [p for t in read_passages(FRESH) for p in pairs_of(passage(t, lexicon, script), lexicon)]
    return train, held, fresh


def score(model: HanPairs, pairs: Sequence[Pair], strict: bool = False) -> dict[str, float]:
    """Of pairs whose things are given: `Tally.row` of the most probable relations.

    With `strict` only those that pass their thresholds are said.
    """
    sure = model.sure([p.bag for p in pairs])
    best = sure.argmax(1)
    names = [model.relations[b] for b in best]
    least_ = [model.thresholds.get(n[:-1], 0.5) if strict else 0.0 for n in names]
    kept = [b > 0 and row[b] >= limit for b, row, limit in zip(best, sure, least_, strict=True)]
    sure_of = [
        (float(row[b]), n == p.relation) for k, b, row, n, p in zip(kept, best, sure, names, pairs, strict=True) if k
    ]
    gold = sum(p.relation != NONE for p in pairs)
    return Tally(len(sure_of), gold, sum(right for _, right in sure_of), sure_of).row()
