"""A schema made of a data set's own labels, for sets that no shipped schema fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kgc.evaluate.rows import Row
from kgc.schema import EntityType, Labels, RelationType, Schema
from kgc.schema.naming import NAME_LIMIT, is_identifier

ANYTHING = "Thing"
"""The type of names for which the annotation has no label."""


def schema_of(name: str, rows: Iterable[Row], parents: Mapping[str, str]) -> Schema:
    """The labels as classes, in the order of their first use, each with its label as `label`.

    A relation allows the types that its heads and tails have in these rows. Nothing has a definition: the annotation
    holds none. `parents` are labels by label.
    """
    entities: dict[str, None] = {}
    ends: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for row in rows:
        entities |= dict.fromkeys(e.label for e in row.entities)
        for triple in row.triples:
            heads, tails = ends.setdefault(triple.relation, ({}, {}))
            heads[label_at(row, triple.head_at, triple.head_label)] = None
            tails[label_at(row, triple.tail_at, triple.tail_label)] = None
    for heads, tails in ends.values():
        entities |= heads | tails
    entities |= {parents[label]: None for label in [*entities] if label in parents}
    names = identifiers(entities)
    verbs = identifiers(ends, names.values())
    return Schema(
        name,
        tuple(
            EntityType(names[e], parent=names[parents[e]] if e in parents else "", labels=Labels(label=e))
            for e in entities
        ),
        tuple(
            RelationType(
                verbs[r], tuple(names[h] for h in heads), tuple(names[t] for t in tails), labels=Labels(label=r)
            )
            for r, (heads, tails) in ends.items()
        ),
        definition=f"The labels of {name}.",
    )


def label_at(row: Row, at: int, given: str) -> str:
    """The label of a triple's end: the entity's that it points to, else the one that it names itself."""
    return row.entities[at].label if at >= 0 else given


def identifiers(labels: Iterable[str], others: Iterable[str] = ()) -> dict[str, str]:
    """A name that a class may have for each label, different from each other and from `others`.

    >>> identifiers(["place of birth", "place-of-birth"])
    {'place of birth': 'PlaceOfBirth', 'place-of-birth': 'PlaceOfBirth2'}
    """
    found: dict[str, str] = {}
    taken = {name.casefold() for name in others}
    for label in labels:
        words = re.split(r"[\W_]+", label)
        base = "".join(w[:1].upper() + w[1:] for w in words)[: NAME_LIMIT - 4] or ANYTHING
        base = base if is_identifier(base) else f"L{base}"
        name, number = base, 1
        while name.casefold() in taken:
            number += 1
            name = f"{base}{number}"
        taken.add(name.casefold())
        found[label] = name
    return found
