"""Where a schema names its own classes: heads and tails, parents, roles, inverses, demonstrations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kgc.schema.demonstrations import check_entity, check_triple
from kgc.schema.mistakes import Mistakes
from kgc.schema.model import DATATYPES, Demonstration, EventType, RelationType, Schema
from kgc.schema.rules import inverses

Names = Mapping[str, str]
"""Old name -> new name; "" for what is gone."""


def with_classes_called(schema: Schema, names: Names) -> Schema:
    """The schema with its references to classes exchanged; the classes themselves are left to the caller."""
    return replace(
        schema,
        entities=tuple(replace(e, parent=_other(names, e.parent)) for e in schema.entities),
        relations=tuple(replace(r, head=_each(names, r.head), tail=_each(names, r.tail)) for r in schema.relations),
        events=tuple(_event(e, names) for e in schema.events),
        demonstrations=tuple(_types(d, names) for d in schema.demonstrations),
    )


def with_relations_called(schema: Schema, names: Names) -> Schema:
    """Likewise for relations."""
    demos = tuple(
        replace(
            demo,
            triples=tuple(
                dict.fromkeys(
                    replace(t, relation=new) for t in demo.triples if (new := _other(names, t.relation))
                )
            ),
        )
        for demo in schema.demonstrations
    )  # fmt: skip
    relations = tuple(replace(r, inverse=_other(names, r.inverse)) for r in schema.relations)
    return replace(schema, relations=relations, demonstrations=demos)


def settled(schema: Schema) -> tuple[Schema, tuple[str, ...]]:
    """The schema without inverses that fit no more and without what its demonstrations show no more.

    Also told: the relations that lost their inverse.
    """
    wrong = {place.partition(".")[0] for place, _ in inverses(schema)}
    relations = tuple(replace(r, inverse="") if r.name in wrong else r for r in schema.relations)
    whole = replace(schema, relations=relations)
    shown = (_shown(whole, demo) for demo in schema.demonstrations)
    return replace(whole, demonstrations=tuple(d for d in shown if d.entities)), tuple(sorted(wrong))


def opposite_ends(relation: RelationType) -> bool:
    """Whether a symmetric relation could not hold the other way round."""
    return relation.symmetric and set(relation.head) != set(relation.tail)


def _other(names: Names, name: str) -> str:
    return names.get(name, name)


def _each(names: Names, given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(new for name in given if (new := _other(names, name))))


def _event(event: EventType, names: Names) -> EventType:
    roles = (
        replace(r, types=r.types if r.types[:1] and r.types[0] in DATATYPES else _each(names, r.types))
        for r in event.roles
    )
    return replace(event, roles=tuple(r for r in roles if r.types))


def _types(demo: Demonstration, names: Names) -> Demonstration:
    entities = (replace(e, type=new) for e in demo.entities if (new := _other(names, e.type)))
    return replace(demo, entities=tuple(dict.fromkeys(entities)))


def _shown(schema: Schema, demo: Demonstration) -> Demonstration:
    """A demonstration without what the schema does not say any more."""
    entities = []
    for entity in dict.fromkeys(demo.entities):
        mistakes = Mistakes("")
        check_entity(schema, demo, entity, 1, mistakes)
        entities += [] if mistakes.found else [entity]
    kept = replace(demo, entities=tuple(entities))
    triples = []
    for triple in dict.fromkeys(demo.triples):
        mistakes = Mistakes("")
        check_triple(schema, kept, triple, 1, mistakes)
        triples += [] if mistakes.found else [triple]
    return replace(kept, triples=tuple(triples))
