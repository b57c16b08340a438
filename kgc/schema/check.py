"""What a model wrote, held against the schema: whether a relation may hold, and which class a label means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal as OneOf

from kgc.schema.model import Labels, Schema
from kgc.schema.naming import folded

Fit = OneOf["ok", "swapped", "violation"]
LabelKind = OneOf["entity", "relation", "event", "attribute"]


def signature(schema: Schema, relation: str, head_type: str, tail_type: str) -> Fit:
    """Whether a relation may hold between these types: "ok", "swapped" (only the other way round) or "violation".

    Subtypes fit where their ancestors do; a symmetric relation fits either way. An unknown relation is a violation.
    """
    found = schema.relation(relation)
    if found is None:
        return "violation"
    if schema.is_a(head_type, found.head) and schema.is_a(tail_type, found.tail):
        return "ok"
    if schema.is_a(tail_type, found.head) and schema.is_a(head_type, found.tail):
        return "ok" if found.symmetric else "swapped"
    return "violation"


def resolve_label(schema: Schema, kind: LabelKind, name: str) -> str | None:
    """The schema's name for what a model wrote, or None.

    Looked for in this order: the name itself, a former name (`was`), a name that differs in case, spaces, hyphens or
    underscores only, a label or an alias. What two classes answer to at the same step is neither.
    """
    sheets = tuple(_sheets(schema, kind))
    wanted = folded(name)
    steps = (
        [own for own, _ in sheets if own == name],
        [own for own, labels in sheets if name in labels.was],
        [own for own, _ in sheets if wanted and folded(own) == wanted],
        [own for own, labels in sheets if wanted and wanted in {folded(o) for o in (labels.label, *labels.aliases)}],
    )
    found = next((set(step) for step in steps if step), set())
    return found.pop() if len(found) == 1 else None


def _sheets(schema: Schema, kind: LabelKind) -> Iterator[tuple[str, Labels]]:
    match kind:
        case "entity":
            yield from ((e.name, e.labels) for e in schema.entities)
        case "relation":
            yield from ((r.name, r.labels) for r in schema.relations)
        case "event":
            yield from ((e.name, e.labels) for e in schema.events)
        case "attribute":
            yield from ((a.name, Labels()) for e in schema.entities for a in e.attributes)
