"""A graph from a Neo4j server: labels are types, relationship types and properties are what is said.

What kgc wrote there is understood whole: names, links, confidence, quotes and qualifiers. What stands there for its own
sake, chunks and documents and who mentions what, is left.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kgc.data import Literal, Qualifier
from kgc.load.graph_records import Called, Quote, Record, Statement, Thing
from kgc.store.neo4j_pages import Properties, Streamed, edges, nodes

NAMES: Final = ("name", "title", "label", "fullName", "full_name", "caption", "id", "code", "key", "uri")
"""Properties that name a node, the best first; the first that has a text is taken."""
_OWN_NODE: Final = frozenset({"id", "name", "aliases", "links", "owners", "conflicts", "other_values"})
_EVENT: Final = frozenset({"trigger", "confidence", "status"})
_OWN_EVENT: Final = _OWN_NODE | _EVENT | {"support", "quote", "rationale", "chunks", "documents", "page", "aligned"}
_OWN_EDGE: Final = frozenset(
    {"id", "owners", "confidence", "support", "quote", "rationale", "chunks", "documents", "page", "status", "aligned",
     "hedged", "conflict", "relation", "qualifiers"}
)  # fmt: skip


def read_neo4j(store: Streamed) -> Iterator[Record]:
    """All nodes, then all relationships."""
    for node, properties in nodes(store):
        yield from _node(node.place, node.labels, properties)
    for edge in edges(store):
        yield _edge(edge.head.place, edge.tail.place, edge.type, edge.properties)


def _node(id_: str, labels: Sequence[str], properties: Properties) -> Iterator[Record]:
    own = "owners" in properties
    event = own and properties.keys() >= _EVENT
    types = tuple(sorted(label for label in labels if label != "Entity"))
    names = tuple(_names(properties, id_ if event else ""))
    quotes = (_quote(properties),) if event else ()
    confidence = _number(properties.get("confidence")) if event else 1.0
    yield Thing(id_, types, names, tuple(_texts(properties.get("links"))) if own else (), confidence, quotes=quotes,
                event=event)  # fmt: skip
    silent = _OWN_EVENT if event else _OWN_NODE if own else frozenset({_named(properties), "aliases"})
    for key in sorted(properties.keys() - silent):
        if own and key.endswith("_unit") and key.removesuffix("_unit") in properties:
            continue
        unit = properties.get(f"{key}_unit") if own else None
        yield from (Statement(id_, key, value) for value in _values(properties[key], unit))
    for other in _texts(properties.get("other_values")) if own else ():
        key, _, value = other.partition("=")
        yield Statement(id_, key, Literal(value, value))


def _edge(head: str, tail: str, type_: str, properties: Properties) -> Statement:
    if "owners" not in properties:
        pairs = tuple(Qualifier(k, v.raw) for k in sorted(properties) for v in _values(properties[k], None))
        return Statement(head, type_, tail, qualifiers=pairs)
    relation = f"open:{properties['relation']}" if properties.get("relation") else type_
    named = [(k, str(properties[k])) for k in sorted(properties.keys() - _OWN_EDGE)]
    listed = [(q.partition("=")[0], q.partition("=")[2]) for q in _texts(properties.get("qualifiers"))]
    return Statement(
        head, relation, tail, _number(properties.get("confidence")), hedged=properties.get("hedged") is True,
        status="accepted" if properties.get("status") == "accepted" else "proposed",
        qualifiers=tuple(Qualifier(k, v) for k, v in (*named, *listed)),
        quotes=(_quote(properties),) if properties.get("quote") else (),
    )  # fmt: skip


def _named(properties: Properties) -> str:
    return next((key for key in NAMES if str(properties.get(key) or "").strip()), "")


def _names(properties: Properties, otherwise: str) -> Iterator[Called]:
    trigger = properties.get("trigger") if otherwise else None
    first = str(trigger or otherwise or properties.get(_named(properties), ""))
    if first:
        yield Called(first)
    if not otherwise:
        yield from (Called(name) for name in _texts(properties.get("aliases")) if name != first)


def _quote(properties: Properties) -> Quote:
    page = properties.get("page")
    return Quote(
        str(properties.get("quote") or ""),
        ", ".join(_texts(properties.get("documents"))),
        page if isinstance(page, int) else 0,
        "fuzzy" if properties.get("aligned") == "fuzzy" else "exact",
        str(properties.get("rationale") or ""),
    )


def _values(value: object, unit: object) -> Iterator[Literal]:
    """A property's value, or each of a list; what is neither text nor number nor truth is told as JSON."""
    for one in value if isinstance(value, list | tuple) else (value,):
        if isinstance(one, bool):
            yield Literal(str(one).lower(), str(one).lower(), "boolean")
        elif isinstance(one, int | float):
            raw = f"{one:.15g}" if isinstance(one, float) else str(one)
            if isinstance(unit, str) and unit:
                yield Literal(f"{raw} {unit}", raw, "amount", unit)
            else:
                yield Literal(raw, raw, "integer" if isinstance(one, int) else "number")
        elif isinstance(one, str):
            yield Literal(one, one)
        elif one is not None:
            text = json.dumps(one, ensure_ascii=False, default=str, sort_keys=True)
            yield Literal(text, text)


def _texts(value: object) -> Iterable[str]:
    return [v for v in value if isinstance(v, str)] if isinstance(value, list | tuple) else []


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and 0 <= value <= 1 else 1.0
