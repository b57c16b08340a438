"""Which edits of a schema ask a model again, and which only derive the graph again (docs/reference/schema.md).

Two hashes tell whether anything changed at all; `needs_asking` tells whether what changed could alter an answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace

from kgc.data.ids import content_id
from kgc.schema.model import Attribute, EntityType, EventType, Labels, RelationType, Schema
from kgc.schema.renames import Renames

HASH_LENGTH = 32


def asking(schema: Schema) -> str:
    """A hash of all that a model gets to see: names, definitions, sheets, signatures, demonstrations; no `same_as`."""
    shown = replace(
        schema,
        name="",
        source="",
        entities=tuple(replace(e, labels=seen(e.labels), attributes=_plain(e)) for e in schema.entities),
        relations=tuple(
            replace(r, labels=seen(r.labels), symmetric=False, functional=False, inverse="") for r in schema.relations
        ),
        events=tuple(replace(e, labels=seen(e.labels)) for e in schema.events),
    )
    return content_id("asking", json.dumps(asdict(shown)), length=HASH_LENGTH)


def deriving(schema: Schema) -> str:
    """A hash of everything but where the file lies."""
    return content_id("deriving", json.dumps(asdict(replace(schema, source=""))), length=HASH_LENGTH)


def seen(labels: Labels) -> Labels:
    """What a model may see of a label sheet; aliases only help to read its answer."""
    return replace(labels, aliases=(), same_as=(), was=())


def _plain(entity: EntityType) -> tuple[Attribute, ...]:
    return tuple(replace(a, functional=False) for a in entity.attributes)


def needs_asking(old: Schema, new: Schema) -> bool:
    """Whether answers to the old schema may lack what the new one asks for.

    Names are compared through `was`, so a rename asks nothing; what was taken away or narrowed asks nothing either.
    """
    renames = Renames(old, new)
    return (
        new.definition != old.definition
        or renames.demonstrations() != old.demonstrations
        or any(_entity_asks(entity, renames) for entity in new.entities)
        or any(_relation_asks(relation, renames) for relation in new.relations)
        or any(_event_asks(event, renames) for event in new.events)
    )


def _entity_asks(new: EntityType, renames: Renames) -> bool:
    old = renames.old_entity(new.name)
    if old is None or _text_differs(old, new):
        return True
    known = {a.name: (a.datatype, a.definition) for a in renames.old_attributes(new.name)}
    return any(known.get(a.name) != (a.datatype, a.definition) for a in renames.new.attributes(new.name))


def _relation_asks(new: RelationType, renames: Renames) -> bool:
    olds = renames.old_relations(new)
    if not olds or _text_differs(olds[0], new):
        return True
    pairs = [(renames.wide(old.head), renames.wide(old.tail)) for old in olds]
    heads, tails = renames.wide_new(new.head), renames.wide_new(new.tail)
    return not any(heads <= head and tails <= tail for head, tail in pairs)


def _event_asks(new: EventType, renames: Renames) -> bool:
    old = renames.old_event(new)
    if old is None or _text_differs(old, new):
        return True
    roles = {r.name: r for r in old.roles}
    for role in new.roles:
        known = roles.get(role.name)
        if known is None or known.definition != role.definition or (known.required and not role.required):
            return True
        if not renames.wide_new(role.types) <= renames.wide(known.types):
            return True
    return any(r.required and r.name not in {n.name for n in new.roles} for r in old.roles)


def _text_differs(old: EntityType | RelationType | EventType, new: EntityType | RelationType | EventType) -> bool:
    return old.definition != new.definition or seen(old.labels) != seen(new.labels)


def changed(old: Schema, new: Schema) -> Iterable[str]:
    """The names of the new schema's classes whose answers may be lacking, in file order; for messages."""
    renames = Renames(old, new)
    yield from (e.name for e in new.entities if _entity_asks(e, renames))
    yield from (r.name for r in new.relations if _relation_asks(r, renames))
    yield from (e.name for e in new.events if _event_asks(e, renames))
