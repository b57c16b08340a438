"""All that stands on a Neo4j server, node by node and relationship by relationship, whoever wrote it there.

What kgc wrote for its own sake, passages and documents and its markers, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, Protocol, cast

from kgc.store.neo4j_statements import MARKER

_LEFT: Final = ("Chunk", "Document", MARKER)
_NODES: Final = f"MATCH (n) WHERE NOT n:{'|'.join(_LEFT)} RETURN elementId(n), labels(n), properties(n)"
_EDGES: Final = (
    f"MATCH (a)-[r]->(b) WHERE NOT a:{'|'.join(_LEFT)} AND NOT b:{'|'.join(_LEFT)}"
    " RETURN elementId(r), type(r), properties(r), elementId(a), labels(a), a.id, a.owners IS NOT NULL,"
    " elementId(b), labels(b), b.id, b.owners IS NOT NULL"
)

Properties = Mapping[str, object]


class Streamed(Protocol):
    """A store that streams the rows of a question of ours."""

    def stream(self, text: str) -> Iterator[Sequence[object]]: ...


class NodeRow(NamedTuple):
    """A node; `place` is its element id, which only this server knows, `own` says that kgc wrote it."""

    place: str
    labels: tuple[str, ...]
    id: str
    own: bool


class EdgeRow(NamedTuple):
    """A relationship between two nodes, of which only what names them is told."""

    place: str
    type: str
    properties: Properties
    head: NodeRow
    tail: NodeRow


def nodes(store: Streamed) -> Iterator[tuple[NodeRow, Properties]]:
    """All nodes with their properties."""
    for place, labels, properties in store.stream(_NODES):
        told = cast("Properties", properties)
        yield _node(place, labels, told.get("id"), "owners" in told), told


def edges(store: Streamed) -> Iterator[EdgeRow]:
    """All relationships."""
    for place, type_, properties, *ends in store.stream(_EDGES):
        head, tail = _node(*ends[:4]), _node(*ends[4:])
        yield EdgeRow(str(place), str(type_), cast("Properties", properties), head, tail)


def _node(place: object, labels: object, id_: object, own: object) -> NodeRow:
    named = own is True and isinstance(id_, str) and id_
    return NodeRow(str(place), tuple(sorted(cast("Sequence[str]", labels))), str(id_ if named else place), own is True)
