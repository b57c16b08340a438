"""What a node or a relationship carries: records as values, in the order of their table's columns."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from kgc.data import Entity, Event, EventRole, Fact, Literal, Qualifier, Support, content_id
from kgc.store.layout import QUALIFIERS, Kind, Literals, NodeTable

Value = str | int | float | bool | tuple[str, ...] | None
_LIMIT = 2**63
_UNQUALIFIED: Final = (None,) * (len(QUALIFIERS) + 1)


def entity_values(entity: Entity, table: NodeTable) -> tuple[Value, ...]:
    """The columns of an entity. What has no typed value, and every value after the best, is in `other_values`."""
    aliases = tuple(dict.fromkeys(a.name for a in entity.aliases if a.name))
    conflicts = tuple(dict.fromkeys(a.name for a in entity.attributes if a.conflict)) or None
    named = [(a.name, a.value) for a in entity.attributes]
    values, others = literal_values(named, table.literals)
    return (entity.id, clean(entity.name), tuple(map(clean, aliases)), entity.links, conflicts, others, *values)


def literal_values(
    named: Iterable[tuple[str, Literal]], literals: Sequence[Literals]
) -> tuple[tuple[Value, ...], tuple[str, ...] | None]:
    """Values by column, best first wins; and `name=value` of all that found no place."""
    place = {literal.name: literal for literal in literals}
    chosen: dict[str, Value] = {}
    others: list[str] = []
    for name, literal in named:
        where = place.get(name)
        value = typed(literal.value, where.column.kind) if where else None
        if where is None or value is None or where.column.name in chosen:
            others.append(clean(f"{name}={literal.value} {literal.unit}".rstrip()))
            continue
        chosen[where.column.name] = value
        if where.unit:
            chosen[where.unit] = clean(literal.unit) or None
    columns = dict.fromkeys([lit.column.name for lit in literals])
    units = dict.fromkeys([lit.unit for lit in literals if lit.unit])
    return tuple(chosen.get(c) for c in {**columns, **units}), tuple(others) or None


def typed(value: str, kind: Kind) -> Value:
    """A literal's value as a column holds it, or None where it is not of that kind."""
    try:
        if kind == "INT64":
            number = int(value)
            return number if -_LIMIT <= number < _LIMIT else None
        if kind == "DOUBLE":
            real = float(value)
            return real if math.isfinite(real) else None
    except ValueError:
        return None
    if kind == "BOOLEAN":
        return {"true": True, "false": False}.get(value.casefold())
    return clean(value)


def fact_values(fact: Fact) -> tuple[Value, ...]:
    """The columns of a fact: its best quote, and all chunks and documents that it stands on."""
    evidence = evidence_values(fact.confidence, fact.status, fact.evidence)
    return (fact.id, *evidence, fact.hedged, fact.conflict, *qualifier_values(fact.qualifiers))


def qualifier_values(qualifiers: tuple[Qualifier, ...]) -> tuple[Value, ...]:
    """A column for each of `QUALIFIERS`, and a list of all others."""
    if not qualifiers:
        return _UNQUALIFIED
    named = {q.name: clean(q.value) for q in qualifiers}
    others = tuple(f"{k}={v}" for k, v in named.items() if k not in QUALIFIERS) or None
    return (*(named.get(name) for name in QUALIFIERS), others)


def event_values(event: Event, table: NodeTable) -> tuple[Value, ...]:
    """The columns of an event; its literal roles are columns too."""
    named = [(r.name, r.value) for r in event.roles if isinstance(r.value, Literal)]
    values, others = literal_values(named, table.literals)
    evidence = evidence_values(event.confidence, event.status, event.evidence)
    return (event.id, clean(event.trigger), *evidence, others, *values)


def evidence_values(confidence: float, status: str, evidence: tuple[Support, ...]) -> tuple[Value, ...]:
    """Confidence, support, quote, rationale, chunks, documents, page, status, aligned."""
    if not evidence:
        return (confidence, 0, None, None, (), (), None, status, None)
    best = evidence[0]
    if len(evidence) == 1:
        chunks: tuple[str, ...] = (best.chunk,)
        documents: tuple[str, ...] = (clean(best.document),)
    else:
        best = max(evidence, key=_rank)
        chunks = tuple(dict.fromkeys(e.chunk for e in evidence))
        documents = tuple(dict.fromkeys(clean(e.document) for e in evidence))
    return (
        confidence, len(evidence), clean(best.quote), clean(best.rationale) or None, chunks, documents,
        best.page or None, status, best.aligned,
    )  # fmt: skip


def role_id(event: Event, role: EventRole, entity_id: str) -> str:
    """The id of the relationship that a role is."""
    return content_id("role", event.id, role.name, entity_id)


def clean(text: str) -> str:
    """Text as databases take it: a lone surrogate, which no encoding can hold, becomes U+FFFD."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text


def _rank(support: Support) -> tuple[int, float]:
    return ("none", "fuzzy", "exact").index(support.aligned), support.confidence
