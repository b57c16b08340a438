"""The graph people see, as tables: the labels, relationship types and properties of a schema (docs/reference/graph.md).

Every store writes these names, so that one query works on all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from typing import Literal as OneOf

from kgc.errors import StoreError
from kgc.schema import DATATYPES, Attribute, EventType, Schema
from kgc.schema.naming import is_identifier, lower_snake, upper_snake
from kgc.schema.opened import OPEN_FACT

Kind = OneOf["STRING", "STRING[]", "INT64", "DOUBLE", "BOOLEAN"]


@dataclass(frozen=True, slots=True)
class Column:
    """A property and what it holds."""

    name: str
    kind: Kind = "STRING"


@dataclass(frozen=True, slots=True)
class Literals:
    """Where the values of an attribute or a literal role go; amounts have a second property for the unit."""

    name: str
    column: Column
    unit: str = ""


@dataclass(frozen=True, slots=True)
class NodeTable:
    """The nodes of one label. `above` are the labels they carry as well where a store allows it, nearest first."""

    label: str
    columns: tuple[Column, ...]
    literals: tuple[Literals, ...] = ()
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EdgeTable:
    """The relationships of one type; `pairs` are the labels they go from and to."""

    type: str
    columns: tuple[Column, ...]
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """All tables by label and by type, in the order of the schema."""

    entities: dict[str, NodeTable]
    events: dict[str, NodeTable]
    texts: dict[str, NodeTable]
    edges: dict[str, EdgeTable]

    def nodes(self) -> dict[str, NodeTable]:
        return {**self.entities, **self.events, **self.texts}


_LISTS: Final = ("aliases", "links", "conflicts", "other_values", "chunks", "documents", "qualifiers")
_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(_LISTS, "STRING[]"),
    **dict.fromkeys(("support", "page", "start", "end"), "INT64"),
    **dict.fromkeys(("confidence",), "DOUBLE"),
    **dict.fromkeys(("hedged", "conflict"), "BOOLEAN"),
}


def _columns(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, _KINDS.get(name, "STRING")) for name in names)


QUALIFIERS: Final = ("start", "end", "time", "place", "amount")
"""Qualifiers with a property of their own; all others stand in the list `qualifiers` as `name=value`."""

_EVIDENCE: Final = ("confidence", "support", "quote", "rationale", "chunks", "documents", "page", "status", "aligned")
ENTITY: Final = _columns("id", "name", "aliases", "links", "conflicts", "other_values")
EVENT: Final = _columns("id", "trigger", *_EVIDENCE, "other_values")
FACT: Final = (
    *_columns("id", *_EVIDENCE, "hedged", "conflict"),
    *(Column(name) for name in QUALIFIERS),
    *_columns("qualifiers"),
)
SAID: Final = Column("relation")
"""What an open fact says between its ends, in the words of the text."""
ROLE: Final = _columns("id", "confidence")
MENTION: Final = _columns("surface", "start", "end")
CHUNK: Final = _columns("id", "document_id", "text", "start", "end")
DOCUMENT: Final = _columns("id", "source", "title", "lang")

_LITERAL: Final = frozenset(DATATYPES)
_VALUES: Final[dict[str, Kind]] = {"integer": "INT64", "number": "DOUBLE", "amount": "DOUBLE", "boolean": "BOOLEAN"}


def layout(schema: Schema) -> Layout:
    """The tables of a schema. Raises `StoreError` for a name that may not stand in a query."""
    for name in schema.names():
        _checked(name)
    entities = {e.name: _entity(schema, e.name) for e in schema.entities}
    events = {e.name: _event(e) for e in schema.events}
    texts = {"Chunk": NodeTable("Chunk", CHUNK), "Document": NodeTable("Document", DOCUMENT)}
    return Layout(entities, events, texts, _edges(schema))


def _entity(schema: Schema, name: str) -> NodeTable:
    literals = _literals(schema.attributes(name), ENTITY)
    return NodeTable(name, (*ENTITY, *_of(literals)), literals, (*schema.ancestors(name), "Entity"))


def _event(event: EventType) -> NodeTable:
    roles = tuple(Attribute(r.name, r.types[0]) for r in event.roles if r.types and r.types[0] in _LITERAL)
    literals = _literals(roles, EVENT)
    return NodeTable(event.name, (*EVENT, *_of(literals)), literals)


def _literals(attributes: Iterable[Attribute], own: tuple[Column, ...]) -> tuple[Literals, ...]:
    """Attributes as columns; a name that is taken gets an underscore, two that are spelled alike share one."""
    taken = {c.name for c in own}
    found: dict[str, Literals] = {}
    for attribute in attributes:
        name = lower_snake(_checked(attribute.name))
        name = f"{name}_" if name in taken else name
        unit = f"{name}_unit" if attribute.datatype == "amount" else ""
        column = Column(name, _VALUES.get(attribute.datatype, "STRING"))
        first = next((f for f in found.values() if f.column.name == name), None)
        found[attribute.name] = (
            Literals(attribute.name, first.column, first.unit) if first else Literals(attribute.name, column, unit)
        )
    return tuple(found.values())


def _of(literals: Iterable[Literals]) -> tuple[Column, ...]:
    """The columns of literals, each once."""
    found: dict[str, Column] = {}
    for literal in literals:
        found.setdefault(literal.column.name, literal.column)
    for literal in literals:
        if literal.unit:
            found.setdefault(literal.unit, Column(literal.unit))
    return tuple(found.values())


def _edges(schema: Schema) -> dict[str, EdgeTable]:
    """Relations and roles by type; those that are written alike share a table."""
    edges: dict[str, EdgeTable] = {}
    for relation in schema.relations:
        columns = (*FACT, SAID) if relation.name == OPEN_FACT else FACT
        _add(edges, upper_snake(relation.name), columns, _pairs(schema, relation.head, relation.tail))
    for event in schema.events:
        for role in event.roles:
            if not set(role.types) <= _LITERAL:
                _add(
                    edges, upper_snake(_checked(role.name)), ROLE, [(event.name, t) for t in _below(schema, role.types)]
                )
    _add(edges, "FROM_DOCUMENT", (), [("Chunk", "Document")])
    _add(edges, "MENTIONS", MENTION, [("Chunk", e.name) for e in schema.entities])
    return edges


def _add(
    edges: dict[str, EdgeTable], type_: str, columns: tuple[Column, ...], pairs: Iterable[tuple[str, str]]
) -> None:
    before = edges.get(_checked(type_), EdgeTable(type_, (), ()))
    together = {c.name: c for c in (*before.columns, *columns)}
    merged = tuple(dict.fromkeys((*before.pairs, *pairs)))
    if merged:
        edges[type_] = EdgeTable(type_, tuple(together.values()), merged)


def _pairs(schema: Schema, heads: tuple[str, ...], tails: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(h, t) for h in _below(schema, heads) for t in _below(schema, tails)]


def _below(schema: Schema, types: tuple[str, ...]) -> list[str]:
    """The entity types that are one of these, in the order of the schema."""
    return [e.name for e in schema.entities if schema.is_a(e.name, types)]


def _checked(name: str) -> str:
    if not is_identifier(name):
        raise StoreError(
            f"{name!r} cannot be a name in a graph.",
            "Names are letters, digits and underscores; rename it in the schema.",
        )
    return name
