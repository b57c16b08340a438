"""Which classes and relations of a known vocabulary those of a schema are: proposals of `same_as` with a score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kgc.ontology.duplicates import FEW, Item, name_key
from kgc.ontology.merging_match import called
from kgc.ontology.records import Proposal
from kgc.ontology.stems import stems
from kgc.schema.model import EntityType, RelationType, Schema
from kgc.schema.naming import folded

BY: Final = "align"
LEAST: Final = 0.5
"""Below this score nothing is worth a look."""
SURE: Final = 0.8
"""From this score on a name or a name and both ends speak for it."""
_NAME, _ALIAS, _WORDS, _ALIASES, _PART, _MEANING = 1.0, 0.85, 0.8, 0.6, 0.5, 0.7
_NEARER, _FARTHER = 0.25, 0.2
"""How far an end that is aligned too brings a relation's score to 1, and the share that one aligned elsewhere takes."""
_ENDS = frozenset(stems("head tail"))


@dataclass(frozen=True, slots=True)
class Alignment:
    """A class or relation of ours and one of theirs: its IRI, how well it fits in [0, 1], and why."""

    name: str
    other: str
    iri: str
    score: float
    why: str


def align(schema: Schema, vocabulary: Schema, least: float = LEAST) -> tuple[Proposal, ...]:
    """Proposals that add `same_as` to classes and relations of the schema; what has an IRI of theirs is left out.

    Each class has the best of the vocabulary's, the first of equals; of several classes that fit one IRI only the best
    is proposed. A relation counts for more where its ends are aligned as well, and for less where they are others.
    """
    every: tuple[Item, ...] = (*vocabulary.entities, *vocabulary.relations)
    theirs = {iri: item.name for item in every for iri in item.labels.same_as}
    known = {e.name: theirs[iri] for e in schema.entities for iri in e.labels.same_as if iri in theirs}
    classes = _best(_classes(schema.entities, vocabulary.entities), least, _stated(schema.entities, theirs))
    ends = {**{a.name: a.other for a in classes}, **known}
    relations = _best(_relations(schema, vocabulary, ends), least, _stated(schema.relations, theirs))
    return (
        *(_proposal("class", alignment, vocabulary) for alignment in classes),
        *(_proposal("relation", alignment, vocabulary) for alignment in relations),
    )


def _stated(items: Sequence[EntityType] | Sequence[RelationType], theirs: Mapping[str, str]) -> Mapping[str, str]:
    """Names of ours with the IRI of theirs that they state already."""
    return {item.name: iri for item in items for iri in item.labels.same_as if iri in theirs}


def likeness(one: Item, other: Item) -> tuple[float, str]:
    """How much a class (or relation) of ours is one of theirs, and why."""
    relation = isinstance(one, RelationType)
    if name_key(one.name, relation=relation) == name_key(other.name, relation=relation):
        return _NAME, "the same name"
    mine, theirs = called(one), called(other)
    words, others = stems(one.name), stems(other.name)
    if folded(one.name) in theirs or folded(other.name) in mine:
        return _ALIAS, "one's name is another name of the other"
    if len(words) > 1 and words == others:
        return _WORDS, "names of the same words"
    if shared := mine & theirs:
        return _ALIASES, f"both are called {min(shared)!r}"
    if others and words[-1:] == others[-1:] and set(others) < set(words):
        return _PART, "a kind of it by its name"
    share = _overlap(one.definition, other.definition)
    return _MEANING * share, f"their definitions share {share:.0%} of their words"


def _overlap(one: str, other: str) -> float:
    """As `kgc.ontology.duplicates.overlap`, without the words that all definitions of relations have."""
    a, b = set(stems(one)) - _ENDS, set(stems(other)) - _ENDS
    return len(a & b) / len(a | b) if min(len(a), len(b)) >= FEW else 0.0


def _classes(ones: Sequence[EntityType], others: Sequence[EntityType]) -> Iterator[Alignment]:
    for one in ones:
        for other in others:
            yield from _aligned(one, other, *likeness(one, other))


def _relations(schema: Schema, vocabulary: Schema, ends: Mapping[str, str]) -> Iterator[Alignment]:
    for one in schema.relations:
        for other in vocabulary.relations:
            score, why = likeness(one, other)
            for ours, theirs in ((one.head, other.head), (one.tail, other.tail)):
                fit = _end(vocabulary, ends, ours, theirs)
                score = score + (1 - score) * _NEARER * (score > 0) if fit > 0 else score * (1 + fit * _FARTHER)
            yield from _aligned(one, other, score, why)


def _end(vocabulary: Schema, ends: Mapping[str, str], ours: tuple[str, ...], theirs: tuple[str, ...]) -> int:
    """1 where an end is aligned with one that theirs allow, -1 where it is aligned with another, 0 where none is."""
    known = [ends[name] for name in ours if name in ends]
    if not known or "Entity" in theirs:
        return 0
    return 1 if any(vocabulary.is_a(name, theirs) for name in known) else -1


def _aligned(one: Item, other: Item, score: float, why: str) -> Iterator[Alignment]:
    if score and other.labels.same_as:
        yield Alignment(one.name, other.name, other.labels.same_as[0], round(score, 2), why)


def _best(found: Iterator[Alignment], least: float, stated: Mapping[str, str]) -> list[Alignment]:
    """One for each of ours and one for each of theirs, the best first."""
    ours, theirs = set(stated), set(stated.values())
    kept: list[Alignment] = []
    every = [(place, a) for place, a in enumerate(found) if a.score >= least]
    for _, a in sorted(every, key=lambda item: (-item[1].score, item[0])):
        if a.name not in ours and a.iri not in theirs:
            ours.add(a.name)
            theirs.add(a.iri)
            kept.append(a)
    return kept


def _proposal(thing: str, a: Alignment, vocabulary: Schema) -> Proposal:
    why = (f"{a.other} of {vocabulary.name}: {a.why}.",)
    if thing == "class":
        return Proposal("add", "class", a.name, same_as=(a.iri,), by=BY, score=a.score, objections=why)
    return Proposal("add", "relation", a.name, same_as=(a.iri,), by=BY, score=a.score, objections=why)
