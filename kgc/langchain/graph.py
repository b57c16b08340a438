"""A workspace's graph as LangChain's question-answering chains want one: a schema in words, and read-only Cypher."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypedDict

from langchain_neo4j.graphs.graph_document import GraphDocument

from kgc.errors import KgcError
from kgc.pipeline.workspace import Workspace
from kgc.schema import Schema
from kgc.schema.naming import upper_snake
from kgc.store.layout import Column, layout
from kgc.store.values import Plain

_KINDS: Final = {
    "STRING": "STRING", "STRING[]": "LIST", "INT64": "INTEGER", "DOUBLE": "FLOAT", "BOOLEAN": "BOOLEAN",
}  # fmt: skip
_OF_NODES: Final = frozenset({"links", "conflicts", "other_values"})
"""Properties of nodes that questions are not about."""
_OF_FACTS: Final = ("confidence", "quote", "documents", "start", "end", "time", "place")
"""Properties of relationships that questions are about."""


class Property(TypedDict):
    """One property of a label or of a relationship type."""

    property: str
    type: str


class Tie(TypedDict):
    """Which labels a relationship type ties."""

    start: str
    type: str
    end: str


class Structure(TypedDict):
    """What `Neo4jGraph` calls a structured schema."""

    node_props: dict[str, list[Property]]
    rel_props: dict[str, list[Property]]
    relationships: list[Tie]
    metadata: dict[str, list[str]]


class KgcGraph:
    """The `GraphStore` of LangChain over the embedded graph: for `GraphCypherQAChain` and the like.

    A query that a model wrote is data like all others: it can only read, within limits of rows and seconds, so that
    the chain's `allow_dangerous_requests=True` is no danger to the graph.
    """

    def __init__(self, workspace: Workspace, *, limit: int = 1_000, timeout: float = 30.0) -> None:
        self._workspace = workspace
        self._limit = limit
        self._timeout = timeout
        self._structure = structure(workspace.graph().schema)

    @property
    def get_schema(self) -> str:
        """The schema in words, as chains put it into prompts. A class stands for those below it as well."""
        found = self._structure
        return "\n".join([
            "Node properties:", *(_told(label, props) for label, props in found["node_props"].items()),
            "Relationship properties:", *(_told(type_, props) for type_, props in found["rel_props"].items()),
            "The relationships:", *(f"(:{r['start']})-[:{r['type']}]->(:{r['end']})" for r in found["relationships"]),
        ])  # fmt: skip

    @property
    def get_structured_schema(self) -> Structure:
        """The same as data."""
        return self._structure

    def query(self, query: str, params: Mapping[str, object] | None = None) -> list[dict[str, Plain]]:
        """Rows as maps. Raises `KgcError` for anything but reading."""
        rows = self._workspace.query(query, params or {}, limit=self._limit, timeout=self._timeout)
        return [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]

    def refresh_schema(self) -> None:
        """Look again at what the workspace's schema is."""
        self._structure = structure(self._workspace.graph().schema)

    def add_graph_documents(
        self,
        graph_documents: Sequence[GraphDocument],
        include_source: bool = False,  # noqa: ARG002 -- LangChain's signature
    ) -> None:
        """Refused with `KgcError`: what is in this graph was read from documents, with its evidence."""
        raise KgcError(
            f"{len(graph_documents)} graph documents were not added: every fact here has its place in a text.",
            "Ingest the documents: kgc.langchain.ingest_documents(workspace, documents).",
        )


def structure(schema: Schema) -> Structure:
    """Labels, types and properties of a schema, as they are in the graph."""
    tables = layout(schema)
    nodes = {**tables.entities, **tables.events}
    known = {upper_snake(r.name): tables.edges[upper_snake(r.name)] for r in schema.relations}
    ties = [Tie(start=h, type=upper_snake(r.name), end=t) for r in schema.relations for h in r.head for t in r.tail]
    return Structure(
        node_props={
            label: _properties([c for c in t.columns if c.name not in _OF_NODES]) for label, t in nodes.items()
        },
        rel_props={k: _properties([c for c in e.columns if c.name in _OF_FACTS]) for k, e in known.items()},
        relationships=ties,
        metadata={"constraint": [], "index": []},
    )


def _properties(columns: Sequence[Column]) -> list[Property]:
    return [Property(property=c.name, type=_KINDS[c.kind]) for c in columns]


def _told(name: str, properties: Sequence[Property]) -> str:
    told = ", ".join(f"{p['property']}: {p['type']}" for p in properties)
    return f"{name} {{{told}}}"
