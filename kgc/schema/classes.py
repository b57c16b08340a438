"""A schema as a code-minded model sees it in its prompt: one line a class, valid Python, as short as can be."""

from __future__ import annotations

from collections.abc import Iterator

from kgc.schema.literals import single_spaced
from kgc.schema.model import Attribute, EntityType, EventType, Labels, RelationType, Schema
from kgc.schema.naming import spaced
from kgc.schema.python import annotation


def as_classes(schema: Schema) -> str:
    """The class prompt of CodeKGC: what a class holds as annotations, what it means as a comment behind it.

    The same schema gives the same text, in file order, without a newline at its end. Aliases, examples, templates,
    IRIs, demonstrations and former names are left out: the prompt is sent with every chunk.
    Source: Bi et al. 2023, arXiv:2304.09048 (schema as classes), made compact.
    """
    return "\n".join(_lines(schema))


def _lines(schema: Schema) -> Iterator[str]:
    if schema.definition:
        yield f"# {single_spaced(schema.definition)}"
    for entity in schema.entities:
        yield _entity(entity)
    for relation in schema.relations:
        yield _relation(relation)
    for event in schema.events:
        yield _event(event)


def _entity(entity: EntityType) -> str:
    held = "; ".join(f"{a.name}: {a.datatype.capitalize()}" for a in entity.attributes)
    line = f"class {entity.name}({entity.parent or 'Entity'}): {held or '...'}"
    return line + comment(entity.name, entity.definition, entity.labels, *_explained(entity.attributes))


def _explained(attributes: tuple[Attribute, ...]) -> Iterator[str]:
    return (f"{a.name}: {a.definition}" for a in attributes if a.definition)


def _relation(relation: RelationType) -> str:
    head, tail = " | ".join(relation.head), " | ".join(relation.tail)
    line = f"class {relation.name}(Relation): head: {head}; tail: {tail}"
    return line + comment(relation.name, relation.definition, relation.labels)


def _event(event: EventType) -> str:
    roles = "; ".join(f"{role.name}: {annotation(role)}" for role in event.roles)
    explained = (f"{r.name}: {r.definition}" for r in event.roles if r.definition)
    return f"class {event.name}(Event): {roles or '...'}" + comment(
        event.name, event.definition, event.labels, *explained
    )


def comment(name: str, definition: str, labels: Labels, *more: str) -> str:
    """The meaning of a class: its label where the name does not say it, its definition, what it is not."""
    label = labels.label if labels.label.casefold() != spaced(name) else ""
    said = f"{label}: {definition}" if label and definition else label or definition
    parts = [said, f"not {labels.avoid}" if labels.avoid else "", *more]
    text = "; ".join(part.rstrip(".。") for part in parts if part)
    return f"  # {single_spaced(text)}" if text else ""
