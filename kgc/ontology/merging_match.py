"""Which classes and relations of two schemas mean the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeVar

from kgc.ontology.duplicates import name_key
from kgc.ontology.stems import stems
from kgc.schema.model import EntityType, EventType, RelationType, Schema
from kgc.schema.naming import folded, words

Sort = OneOf["class", "relation"]
T = TypeVar("T", EntityType, RelationType, EventType)
Key = Callable[[EntityType | RelationType | EventType], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A class (or event) or relation of one schema and of another that are the same, and why."""

    sort: Sort
    one: str
    other: str
    why: str


def pairs(one: Schema, other: Schema) -> tuple[Pair, ...]:
    """What is the same in both: by name first, then by its form, by IRI, by label or alias, by its words.

    Each name is in one pair at the most; a name or alias that several answer to pairs nothing.
    """
    return (
        *_paired("class", one.entities, other.entities),
        *_paired("class", one.events, other.events),
        *_paired("relation", one.relations, other.relations),
    )


def _paired(sort: Sort, ones: Sequence[T], others: Sequence[T]) -> list[Pair]:
    relation = sort == "relation"
    steps: tuple[tuple[str, Key], ...] = (
        ("the same name", lambda i: frozenset({i.name})),
        ("a former name", lambda i: frozenset({i.name, *i.labels.was})),
        ("the same name in another form", lambda i: frozenset({name_key(i.name, relation=relation)})),
        ("the same IRI", lambda i: frozenset(i.labels.same_as)),
        ("the same label or alias", called),
        ("names of the same words", lambda i: _words(i.name, relation=relation)),
    )
    found: list[Pair] = []
    left, right = list(ones), list(others)
    for why, key in steps:
        for a, b in _meeting(left, right, key):
            found.append(Pair(sort, a.name, b.name, why))
            left.remove(a)
            right.remove(b)
    return found


def _meeting(ones: Sequence[T], others: Sequence[T], key: Key) -> list[tuple[T, T]]:
    """Pairs that share a key which nothing else has on either side."""
    owners: dict[str, tuple[list[T], list[T]]] = {}
    for side, items in enumerate((ones, others)):
        for item in items:
            for name in key(item):
                if name:
                    owners.setdefault(name, ([], []))[side].append(item)
    found = [(a[0], b[0]) for a, b in owners.values() if len(a) == len(b) == 1]
    once: list[tuple[T, T]] = []
    for a, b in sorted(dict.fromkeys(found), key=lambda pair: (ones.index(pair[0]), others.index(pair[1]))):
        if all(a != x and b != y for x, y in once):
            once.append((a, b))
    return once


def called(item: EntityType | RelationType | EventType) -> frozenset[str]:
    """All that a class is called, folded."""
    return frozenset(folded(name) for name in (item.name, item.labels.label, *item.labels.aliases) if name)


def _words(name: str, *, relation: bool) -> frozenset[str]:
    """The stems of a name of several words, as one text; a single word's stem tells too little.

    A relation keeps the word that turns it round: `HasPurpose` is not `IsPurposeOf`.
    """
    found = stems(name)
    turned = [word for word in words(name)[-1:] if relation and word.casefold() in ("of", "by")]
    return frozenset({" ".join([*found, *turned])}) if len(found) > 1 else frozenset()
