"""Values of a Neo4j server as JSON can hold them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from kgc.store.values import Plain
from kgc.store.values import plain as plain_value

_OWN: Final = frozenset({"owners"})
"""What kgc keeps on things for itself."""


def plain(value: object) -> Plain:
    """Nodes as maps with `label` (several with `|` between them) and their properties."""
    if isinstance(value, (Node, Relationship)):
        named = {"type": value.type} if isinstance(value, Relationship) else {"label": _label(value)}
        return {**named, **_properties(value)}
    if isinstance(value, Path):
        return {"nodes": [plain(n) for n in value.nodes], "relationships": [plain(r) for r in value.relationships]}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)) and not isinstance(value, Point):
        return [plain(v) for v in value]
    return value.iso_format() if isinstance(value, (Date, DateTime, Time, Duration)) else plain_value(value)


def _label(of: Node) -> str:
    return "|".join(sorted(of.labels - {"Entity"}))


def _properties(of: Node | Relationship) -> dict[str, Plain]:
    return {k: plain(v) for k, v in sorted(of.items()) if k not in _OWN}
