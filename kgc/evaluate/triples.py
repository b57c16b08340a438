"""Triples of one text: what was annotated against what was found. Ends are compared by name (`entities.key`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgc.evaluate.entities import Scored, Tally, key
from kgc.evaluate.labels import ANY, Labelling
from kgc.evaluate.rows import Named, Row, Stated
from kgc.evaluate.scheme import label_at


@dataclass(frozen=True, slots=True)
class Said:
    """A triple that was found. `head_type`, `tail_type` are the schema's; "" for a literal.

    A literal is as written in `tail` and normalised in `value`: an annotation may have either.
    """

    head: str
    relation: str
    tail: str
    head_type: str = ""
    tail_type: str = ""
    confidence: float | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A triple of the annotation in the words of the schema. Each end goes by any of its names.

    `within` tells that both ends are named in one sentence (also where the annotation has no sentences).
    """

    heads: frozenset[str]
    relation: str
    tails: frozenset[str]
    head: str = ""
    tail: str = ""
    within: bool = True


def wanted(row: Row, labels: Labelling) -> tuple[Wanted, ...]:
    """The row's triples that the schema has a word for, each once."""
    found: dict[tuple[str, str, str], Wanted] = {}
    for triple in row.triples:
        head = labels.classes.get(label_at(row, triple.head_at, triple.head_label), ANY)
        tail = labels.classes.get(label_at(row, triple.tail_at, triple.tail_label), ANY)
        way = labels.way(triple.relation, head, tail)
        if way is None:
            continue
        heads, tails = _ends(row, triple)
        within = not row.sentences or _together(row, heads, tails)
        ends = [(frozenset(key(n.surface) for n in heads) | {key(triple.head)}, head)]
        ends += [(frozenset(key(n.surface) for n in tails) | {key(triple.tail)}, tail)]
        (a, x), (b, y) = reversed(ends) if way.turned else ends
        first, last = sorted((min(a), min(b))) if _symmetric(way.name, labels) else (min(a), min(b))
        same = found.get((first, way.name, last))
        found[first, way.name, last] = Wanted(a, way.name, b, x, y, within or bool(same and same.within))
    return tuple(found.values())


def _ends(row: Row, triple: Stated) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    return _mentions(row, triple.head_at, triple.head), _mentions(row, triple.tail_at, triple.tail)


def _mentions(row: Row, at: int, name: str) -> tuple[Named, ...]:
    """The places where an end is named: its cluster's, its own, or those that the annotation knows by its name."""
    if at < 0:
        return tuple(e for e in row.entities if (e.known_as or e.surface) == name)
    one = row.entities[at]
    return tuple(e for e in row.entities if e.cluster == one.cluster) if one.cluster else (one,)


def _together(row: Row, heads: Sequence[Named], tails: Sequence[Named]) -> bool:
    return any(any(h.span.within(s) for h in heads) and any(t.span.within(s) for t in tails) for s in row.sentences)


def score_triples(row: Row, found: Sequence[Said], labels: Labelling) -> Scored:
    """Strict (ends, their classes, relation), boundary (ends, relation), and strict within one sentence.

    What was found in relations that no label of the set stands for is left out. Two findings of one annotated triple
    count once; in a symmetric relation either direction is right. Within sentences, findings of triples that go across
    count on neither side. A class is compared where both sides have one: a literal has none.
    """
    gold = wanted(row, labels)
    known = labels.relations()
    ours = [s for s in found if s.relation in known]
    counts = {
        "triples_strict": _tally(ours, gold, labels, strictly=True).counts(),
        "triples_boundary": _tally(ours, gold, labels, strictly=False).counts(),
    }
    if row.sentences:
        near = tuple(w for w in gold if w.within)
        far = [w for w in gold if not w.within]
        kept = [s for s in ours if not any(right(s, w, labels, strictly=False) for w in far)]
        counts["triples_in_sentence"] = _tally(kept, near, labels, strictly=True).counts()
    sure = tuple(
        (s.confidence, any(right(s, w, labels, strictly=True) for w in gold)) for s in ours if s.confidence is not None
    )
    return Scored(counts, sure)


def score_given(row: Row, found: Sequence[Said], labels: Labelling) -> Scored:
    """Relations between the annotated entities: strict, since the ends are given."""
    known = labels.relations()
    ours = [s for s in found if s.relation in known]
    return Scored({"triples_given": _tally(ours, wanted(row, labels), labels, strictly=True).counts()})


def _tally(found: Sequence[Said], gold: Sequence[Wanted], labels: Labelling, *, strictly: bool) -> Tally:
    tally = Tally()
    hit: set[int] = set()
    wrong: set[tuple[str, str, str]] = set()
    for said in found:
        of = {n for n, w in enumerate(gold) if right(said, w, labels, strictly=strictly)}
        hit |= of
        if not of:
            wrong.add(_once(said, labels))
    for n, w in enumerate(gold):
        tally.add(w.relation, gold=1, found=int(n in hit), right=int(n in hit))
    for _, relation, _ in wrong:
        tally.add(relation, found=1)
    return tally


def _once(said: Said, labels: Labelling) -> tuple[str, str, str]:
    """What a wrong finding is counted once by."""
    head, tail = key(said.head), key(said.tail)
    first, last = sorted((head, tail)) if _symmetric(said.relation, labels) else (head, tail)
    return first, said.relation, last


def _symmetric(relation: str, labels: Labelling) -> bool:
    found = labels.schema.relation(relation)
    return bool(found and found.symmetric)


def right(said: Said, gold: Wanted, labels: Labelling, *, strictly: bool) -> bool:
    """Whether a finding says what the annotation says."""
    if said.relation != gold.relation:
        return False
    return any(
        key(head) in gold.heads
        and (key(tail) in gold.tails or (said.value and key(said.value) in gold.tails))
        and (not strictly or (_agrees(first, gold.head, labels) and _agrees(last, gold.tail, labels)))
        for head, tail, first, last in _readings(said, labels)
    )


def _readings(said: Said, labels: Labelling) -> Iterator[tuple[str, str, str, str]]:
    yield said.head, said.tail, said.head_type, said.tail_type
    if _symmetric(said.relation, labels):
        yield said.tail, said.head, said.tail_type, said.head_type


def _agrees(type_: str, label: str, labels: Labelling) -> bool:
    return not type_ or label in ("", ANY) or labels.class_of(type_) == label
