"""Facts and mentions as lines of the files that are loaded in bulk: the same as their rows (kgc.store.rows), sooner.

They are nearly all of a graph, so that each is written in one go instead of value by value.
"""

from __future__ import annotations

from collections.abc import Iterator

from kgc.data import Edge, Fact, Node, Qualifier
from kgc.store.contract import EdgeGraph, Graph
from kgc.store.layout import QUALIFIERS, Layout
from kgc.store.properties import clean, qualifier_values
from kgc.store.rows import Key, beside, fact_places, fact_row, place_of, typed_mentions
from kgc.store.staging import DIVIDER, cell

Line = tuple[Key, str | None]
_NO_QUALIFIERS = "," * len(QUALIFIERS)


def fact_lines(graph: Graph, tables: Layout) -> Iterator[Line]:
    """The facts between entities; None for those that no table takes."""
    places = fact_places(graph, tables)
    for fact in graph.edges() if isinstance(graph, EdgeGraph) else graph.facts():
        if isinstance(fact, Fact):
            if isinstance(fact.tail, Node):
                key, values = fact_row(fact, fact.tail, places)
                yield key, None if values is None else ",".join([cell(v) for v in values])
            continue
        place = places.get(fact.relation) or place_of(fact.relation, places)
        found = place[0].get((fact.head_type, fact.tail_type)) if place else None
        if place is None or found is None:
            yield (fact.relation, fact.head_type, fact.tail_type), None
        else:
            rest = place[1] and beside(fact.relation, place[1])
            yield found, _edge(fact) + "".join([f",{cell(v)}" for v in rest])


def mention_lines(graph: Graph, tables: Layout) -> Iterator[Line]:
    """Where entities are named."""
    keys = {label: ("MENTIONS", "Chunk", label) for label in tables.entities}
    for type_, m in typed_mentions(graph):
        key = keys.get(type_)
        if key is None:
            yield ("MENTIONS", "Chunk", type_), None
        else:
            yield key, f"{cell(m.chunk_id)},{cell(m.entity_id)},{cell(clean(m.surface))},{m.start},{m.end}"


def _edge(edge: Edge) -> str:
    """The columns of a fact in their order. Ids are hashes of ours: nothing in them has to be doubled."""
    (
        _, _, _, head, tail, id_, confidence, quote, rationale, chunk, document, page, status, aligned, hedged,
        conflict, qualifiers,
    ) = edge  # fmt: skip
    return (
        f'"{head}","{tail}","{id_}",{confidence},1,{_text(quote)},{_text(rationale) if rationale else ""},"{chunk}",'
        f'{_listed(document)},{page or ""},"{status}","{aligned}",'
        f"{'true' if hedged else 'false'},{'true' if conflict else 'false'},"
        f"{_qualifiers(qualifiers) if qualifiers else _NO_QUALIFIERS}"
    )


def _text(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if '"' in text else f'"{text}"'


def _listed(text: str) -> str:
    """A list of one text."""
    return _text(text.replace(DIVIDER, "\ufffd"))


def _qualifiers(qualifiers: tuple[Qualifier, ...]) -> str:
    return ",".join([cell(v) for v in qualifier_values(qualifiers)])
