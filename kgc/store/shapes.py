"""The graph as JSON: the shapes that `kgc export` writes and other tools rely on (docs/reference/graph.md)."""

from __future__ import annotations

import json
from itertools import groupby

from kgc.data import AttributeValue, Entity, Event, Fact, Literal, Node, Support
from kgc.store.properties import clean


def line(shape: dict[str, object]) -> str:
    """One object on one line; the same object gives the same bytes. Lone surrogates become U+FFFD."""
    return clean(json.dumps(shape, ensure_ascii=False, allow_nan=False, separators=(", ", ": ")))


def entity_shape(entity: Entity) -> dict[str, object]:
    return {
        "kind": "entity",
        "id": entity.id,
        "type": entity.type,
        "name": entity.name,
        "aliases": [{"name": a.name, "lang": a.lang, "count": a.count} for a in entity.aliases],
        "attributes": {n: [_attribute(a) for a in g] for n, g in groupby(entity.attributes, key=lambda a: a.name)},
        "links": list(entity.links),
    }


def fact_shape(fact: Fact) -> dict[str, object]:
    return {
        "kind": "fact",
        "id": fact.id,
        "relation": fact.relation,
        "head": end_shape(fact.head),
        "tail": end_shape(fact.tail),
        "confidence": fact.confidence,
        "status": fact.status,
        "conflict": fact.conflict,
        "negated": fact.negated,
        "hedged": fact.hedged,
        "qualifiers": {q.name: q.value for q in fact.qualifiers},
        "evidence": [_support(e) for e in fact.evidence],
    }


def event_shape(event: Event) -> dict[str, object]:
    return {
        "kind": "event",
        "id": event.id,
        "type": event.type,
        "trigger": event.trigger,
        "roles": [{"role": r.name, "value": end_shape(r.value)} for r in event.roles],
        "confidence": event.confidence,
        "status": event.status,
        "evidence": [_support(e) for e in event.evidence],
    }


def end_shape(end: Node | Literal) -> dict[str, object]:
    """An entity, or a literal: `literal` as written, `value` normalised."""
    if isinstance(end, Node):
        return {"id": end.id, "type": end.type, "name": end.name}
    return {
        "literal": end.raw, "value": end.value, "datatype": end.datatype, "unit": end.unit, "lang": end.lang
    }  # fmt: skip


def _attribute(attribute: AttributeValue) -> dict[str, object]:
    return {
        **end_shape(attribute.value),
        "support": attribute.support,
        "confidence": attribute.confidence,
        "conflict": attribute.conflict,
        "fact": attribute.fact,
    }


def _support(support: Support) -> dict[str, object]:
    return {
        "document": support.document,
        "page": support.page or None,
        "chunk": support.chunk,
        "start": support.start,
        "end": support.end,
        "quote": support.quote,
        "aligned": support.aligned,
        "rationale": support.rationale or None,
        "strategy": support.strategy,
        "model": support.model,
    }
