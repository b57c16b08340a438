"""The graph as rows of tables, streamed. Values are None where a record has no table: it is counted, not written."""

from __future__ import annotations

from collections.abc import Iterator

from kgc.data import Fact, MentionRow, Node
from kgc.data.facts import OPEN
from kgc.schema.naming import upper_snake
from kgc.schema.opened import OPEN_FACT
from kgc.store.contract import Graph
from kgc.store.layout import FACT, Column, Layout
from kgc.store.properties import Value, clean, entity_values, event_values, fact_values, role_id

Key = tuple[str, ...]
Row = tuple[Key, tuple[Value, ...] | None]
"""A label with a node's values, or (type, label from, label to) with both ids and a relationship's values."""

Place = tuple[dict[tuple[str, str], Key], tuple[None, ...]]
Places = dict[str, Place]
"""By relation: the key of each pair of labels, and nulls for columns that the table has for others."""


def node_rows(graph: Graph, tables: Layout) -> Iterator[Row]:
    """Entities, events, documents and chunks."""
    for entity in graph.entities():
        table = tables.entities.get(entity.type)
        yield (entity.type,), entity_values(entity, table) if table else None
    for event in graph.events():
        table = tables.events.get(event.type)
        yield (event.type,), event_values(event, table) if table else None
    for d in graph.documents():
        yield ("Document",), (d.id, clean(d.source), clean(d.title), d.lang or None)
    for c in graph.chunks():
        yield ("Chunk",), (c.id, c.document_id, clean(c.text), c.start, c.end)


def edge_rows(graph: Graph, tables: Layout) -> Iterator[Row]:
    """Facts between entities, roles of events, and what ties entities to their text."""
    yield from _facts(graph, tables)
    yield from tie_rows(graph, tables)
    for type_, m in typed_mentions(graph):
        key = ("MENTIONS", "Chunk", type_)
        yield key, (m.chunk_id, m.entity_id, clean(m.surface), m.start, m.end) if type_ else None


def tie_rows(graph: Graph, tables: Layout) -> Iterator[Row]:
    """Roles of events, and chunks in their documents."""
    yield from _roles(graph, tables)
    for chunk in graph.chunks():
        yield ("FROM_DOCUMENT", "Chunk", "Document"), (chunk.id, chunk.document_id)


def _facts(graph: Graph, tables: Layout) -> Iterator[Row]:
    """A fact whose tail is a literal is an attribute of its head, and no row here."""
    places = fact_places(graph, tables)
    for fact in graph.facts():
        if isinstance(fact.tail, Node):
            yield fact_row(fact, fact.tail, places)


def fact_row(fact: Fact, tail: Node, places: Places) -> Row:
    """The row of a fact between entities."""
    place = place_of(fact.relation, places)
    key = place[0].get((fact.head.type, tail.type)) if place else None
    if place is None or key is None:
        return (fact.relation, fact.head.type, tail.type), None
    return key, (fact.head.id, tail.id, *fact_values(fact), *beside(fact.relation, place[1]))


def place_of(relation: str, places: Places) -> Place | None:
    """Where the facts of a relation go; all open facts go to one place."""
    return places.get(OPEN_FACT if relation.startswith(OPEN) else relation)


def beside(relation: str, nulls: tuple[None, ...]) -> tuple[Value, ...]:
    """The columns behind a fact's own: what an open fact says, and nulls for those of others."""
    return (clean(relation.removeprefix(OPEN)), *nulls[1:]) if relation.startswith(OPEN) else nulls


def _roles(graph: Graph, tables: Layout) -> Iterator[Row]:
    for event in graph.events():
        for role in event.roles:
            value = role.value
            if not isinstance(value, Node):
                continue
            key = (upper_snake(role.name), event.type, value.type)
            edge = tables.edges.get(key[0])
            if edge is None or key[1:] not in edge.pairs:
                yield key, None
                continue
            known: dict[str, Value] = {"id": role_id(event, role, value.id), "confidence": event.confidence}
            yield key, (event.id, value.id, *(known.get(c.name) for c in edge.columns))


def typed_mentions(graph: Graph) -> Iterator[tuple[str, MentionRow]]:
    """Mentions with the type of what they name, "" where the graph has no such entity.

    Types are looked up only for a graph that does not tell them: that takes memory for every entity.
    """
    types: dict[str, str] | None = None
    for m in graph.mentions():
        if m.type:
            yield m.type, m
            continue
        if types is None:
            types = {e.id: e.type for e in graph.entities()}
        yield types.get(m.entity_id, ""), m


def fact_places(graph: Graph, tables: Layout) -> Places:
    """Where the facts of each relation go."""
    return {r.name: _places(tables, upper_snake(r.name), FACT) for r in graph.schema.relations}


def _places(tables: Layout, type_: str, columns: tuple[Column, ...]) -> Place:
    """The keys of a type by its pairs, and nulls for the columns that others who share the table have beside these."""
    edge = tables.edges.get(type_)
    if edge is None:
        return {}, ()
    return {pair: (type_, *pair) for pair in edge.pairs}, (None,) * (len(edge.columns) - len(columns))
