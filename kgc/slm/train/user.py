"""What a user adds to training (`kgc slm train --data`): read whole and checked before anything is trained."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, product
from pathlib import Path
from typing import Final

from kgc.data.sentences import sentences
from kgc.errors import KgcError
from kgc.slm.train.annotated import Annotated, LeftOut, Read, Refused
from kgc.slm.train.examples import NAMES, VALUES, Argument, Example
from kgc.slm.train.passages import nationalities, stated
from kgc.slm.train.sources import cut
from kgc.slm.train.user_json import read_json
from kgc.slm.train.user_labels import kind_of, relation_of
from kgc.slm.train.user_spacy import read_spacy

SHOWN: Final = 10
"""Mistakes that are told; the rest is counted."""
LONG: Final = 900
"""Code points from which a text is cut into passages of a few sentences: a window holds about 250 words."""
EVERY: Final = 4
EXPECTED: Final = ("PER", "ORG", "LOC")


@dataclass(frozen=True, slots=True)
class UserData:
    """`told` are sentences about what was found: counts a file, labels that we do not know, what is missing."""

    examples: tuple[Example, ...] = ()
    told: tuple[str, ...] = ()


def read_user(paths: Sequence[Path]) -> UserData:
    """All texts of the files, cut into passages.

    Raises `KgcError` naming file, line and fault of every text that cannot be learned from; then nothing is taken.
    """
    examples: list[Example] = []
    told: list[str] = []
    mistakes: list[Refused] = []
    for path in dict.fromkeys(paths):
        rows = list(read_one(path))
        mistakes += [r for r in rows if isinstance(r, Refused)]
        kept = [r for r in rows if isinstance(r, Annotated)]
        if not kept and not any(isinstance(r, Refused) for r in rows):
            raise KgcError(f"{path} holds no annotated text.", "It should hold texts with their names; see the docs.")
        other = any(kind_of(m.label)[0] == "MISC" for r in kept for m in r.marked)
        found = [replace(learned(r), misc=other) for r in kept]
        told += summary(path, kept, found, sum(isinstance(r, LeftOut) for r in rows))
        examples += chain.from_iterable(map(short, found))
    if mistakes:
        raise refusal(mistakes)
    return UserData(tuple(examples), tuple(told))


def read_one(path: Path) -> Iterator[Read]:
    return read_spacy(path) if path.suffix.lower() == ".spacy" else read_json(path)


def refusal(mistakes: Sequence[Refused]) -> KgcError:
    lines = [f"{m.where}: {m.why}" for m in mistakes[:SHOWN]]
    rest = f" (and {len(mistakes) - SHOWN} more)" if len(mistakes) > SHOWN else ""
    return KgcError("\n".join(lines) + rest, "Nothing was trained. Put these right, or take them out.")


def short(example: Example) -> Iterator[Example]:
    """A long text as passages of some sentences, a short one as it is."""
    if len(example.text) <= LONG:
        yield example
        return
    spans = [(s.start, s.end) for s in sentences(example.text, "en")]
    yield from (e for e in cut(example, spans, EVERY) if e.text.strip())


def learned(given: Annotated) -> Example:
    """The example of a text. A pair with a relation that we do not know is neither a fact nor none."""
    arguments = [argument(given, i) for i in range(len(given.marked))]
    named = sorted(range(len(arguments)), key=lambda i: arguments[i].start)
    facts: list[tuple[int, str, int]] = []
    open_pairs: set[tuple[int, int]] = set()
    for head, label, tail in given.facts or ():
        known = relation_of(label, valued=arguments[tail].kind in VALUES)
        if known is None:
            open_pairs.add((head, tail))
        elif known[0]:
            facts.append((tail, known[0], head) if known[1] else (head, known[0], tail))
    if given.exact:
        example = at_mentions(given.text, arguments, facts, open_pairs)
    else:
        ends = [(arguments[h].key, r, arguments[t].key) for h, r, t in facts]
        every = [arguments[i] for i in named]
        every += nationalities(given.text, every)
        every.sort(key=lambda a: a.start)
        example = stated(given.text, every, ends, "user")
        keys = {(arguments[h].key, arguments[t].key) for h, t in open_pairs}
        example = replace(example, unsure=example.unsure | between(example.arguments, keys, example.facts))
    return replace(example, negative=0.0 if given.facts is None else 1.0)


def argument(given: Annotated, index: int) -> Argument:
    mark = given.marked[index]
    kind, cls = kind_of(mark.label)
    surface = given.text[mark.start : mark.end]
    return Argument(mark.start, mark.end, kind, cls, mark.key or f"{kind} {surface}", tagged=kind in NAMES)


def at_mentions(
    text: str, arguments: Sequence[Argument], facts: Sequence[tuple[int, str, int]], unknown: set[tuple[int, int]]
) -> Example:
    """Facts between these mentions of one sentence; other mentions of the same two things are not learned from."""
    every = [*arguments, *nationalities(text, arguments)]
    order = sorted((i for i, a in enumerate(every) if a.kind), key=lambda i: every[i].start)
    number = {old: new for new, old in enumerate(order)}
    ends = [s.end for s in sentences(text, "en")]
    where = [bisect_right(ends, a.start) for a in every]
    found: dict[tuple[int, int], str] = {}
    for head, relation, tail in facts:
        if head in number and tail in number and where[head] == where[tail]:
            pair = number[head], number[tail]
            found |= {} if pair in found or pair[::-1] in found else {pair: relation}
    kept = tuple((h, r, t, 1.0) for (h, t), r in found.items())
    placed = tuple(every[i] for i in order)
    same = {(every[h].key, every[t].key) for h, t in (*unknown, *((h, t) for h, _, t in facts))}
    return Example(text, placed, kept, between(placed, same, kept), 1.0, misc=True, source="user")


def between(
    arguments: Sequence[Argument], keys: set[tuple[str, str]], facts: Sequence[tuple[int, str, int, float]]
) -> frozenset[tuple[int, int]]:
    """All pairs of mentions of these things that are no facts themselves."""
    by_key: dict[str, list[int]] = {}
    for i, one in enumerate(arguments):
        by_key.setdefault(one.key, []).append(i)
    pairs = {p for h, t in keys for p in product(by_key.get(h, ()), by_key.get(t, ()))}
    taken = {(h, t) for h, _, t, _ in facts}
    return frozenset(pairs - taken - {(t, h) for h, t in taken})


def summary(path: Path, rows: Sequence[Annotated], examples: Sequence[Example], left: int) -> Iterator[str]:
    """What a file gave, what of it is not ours, and what it lacks."""
    labels = Counter(m.label for r in rows for m in r.marked)
    given = [(r, h, label, t) for r in rows for h, label, t in r.facts or ()]
    unknown = Counter(label for r, _, label, t in given if relation_of(label, valued=valued(r, t)) is None)
    known = sum(map(len, (e.facts for e in examples)))
    skipped = f" ({left} not accepted, left out)" if left else ""
    yield f"{path}: {len(rows)} texts{skipped}, {sum(labels.values())} names and values, {len(given)} relations"
    if given:
        yield f"{path}: {known} of {len(given)} relations are ours and can be learned"
    if unknown:
        yield f"{path}: not ours, such pairs are not learned from: {counted(unknown)}"
    others = Counter({label: n for label, n in labels.items() if kind_of(label) == ("MISC", "")})
    if others:
        yield f"{path}: learned as names of another kind: {counted(others)}"
    kinds = {kind_of(label)[0] for label in labels}
    missing = [kind for kind in EXPECTED if kind not in kinds]
    if missing:
        yield f"{path}: no {', '.join(missing)} is marked; such names in these texts are learned as no names"


def valued(row: Annotated, index: int) -> bool:
    return kind_of(row.marked[index].label)[0] in VALUES


def counted(found: Counter[str]) -> str:
    return ", ".join(f"{label} {n}" for label, n in found.most_common(8)) + (", ..." if len(found) > 8 else "")
