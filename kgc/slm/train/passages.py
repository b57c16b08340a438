"""Our own passages and templates as examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Final

from kgc.data.sentences import sentences
from kgc.slm.train.examples import COARSE, Argument, Example
from kgc.slm.train.filling import Passage
from kgc.slm.train.markup import Template, read_fact, read_parts
from kgc.slm.train.sources import peoples

IN: Final = "LocatedIn"


def read_free(path: Path) -> Iterator[Template]:
    """Lines of the markup whose relations the general schema does not hold (`data/more`)."""
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            text, _, right = line.partition(" =>")
            source = f"{path.name}:{at}"
            facts = tuple(read_fact(f.strip(), source) for f in right.split(";") if f.strip())
            yield Template(tuple(read_parts(text, source)), facts, source)


def example(passage: Passage, source: str = "own") -> Example:
    """A passage of the markup. A fact is learned at the nearest mentions of both ends in one sentence."""
    arguments = [
        Argument(e.start, e.end, COARSE[e.kind], e.kind, e.key, tagged=cased(passage.text[e.start : e.end], e.kind))
        for e in passage.entities
    ]
    arguments += [Argument(v.start, v.end, v.kind, "", v.key) for v in passage.values]
    arguments += nationalities(passage.text, arguments)
    arguments.sort(key=lambda a: a.start)
    facts = [(f.head, f.name, f.tail) for f in passage.facts]
    return stated(passage.text, arguments, facts, source)


def cased(surface: str, kind: str) -> bool:
    """Whether it is written like a name: concepts in lower case are known to relations only."""
    return kind != "Concept" or any(c.isupper() for c in surface)


def nationalities(text: str, arguments: Sequence[Argument]) -> list[Argument]:
    taken = [(a.start, a.end, a.kind) for a in arguments]
    return [Argument(s, e, k) for s, e, k in peoples(text, taken)[len(taken) :]]


def stated(text: str, arguments: Sequence[Argument], facts: Sequence[tuple[str, str, str]], source: str) -> Example:
    """An example from facts between keys.

    Further mentions of the same two, and places around a place that has a fact, are not learned from.
    """
    cuts = sentences(text, "en")
    where = [next((n for n, s in enumerate(cuts) if a.start < s.end), len(cuts)) for a in arguments]
    by_key: dict[str, list[int]] = {}
    for i, argument in enumerate(arguments):
        if argument.key:
            by_key.setdefault(argument.key, []).append(i)
    found: dict[tuple[int, int], tuple[str, float]] = {}
    unsure: set[tuple[int, int]] = set()
    around = {h: t for h, r, t in facts if r == IN}
    for head, relation, tail in facts:
        ways = [(i, j) for i, j in product(by_key[head], by_key[tail]) if where[i] == where[j]]
        unsure |= set(ways)
        free = [w for w in ways if w not in found and w[::-1] not in found]
        if free:
            best = min(free, key=lambda w: abs(arguments[w[0]].start - arguments[w[1]].start))
            found[best] = (relation, 1.0)
        wide = around.get(tail)
        unsure |= set(product(by_key[head], by_key[wide])) if wide else set()
    kept = tuple((i, r, j, w) for (i, j), (r, w) in found.items())
    both = unsure - set(found) - {(j, i) for i, j in found}
    return Example(text, tuple(arguments), kept, frozenset(both), 1.0, misc=True, source=source)
