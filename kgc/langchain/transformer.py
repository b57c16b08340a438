"""LangChain documents to LangChain graph documents, each with the facts that stand in it and their evidence."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Unpack

from langchain_core.documents import Document
from langchain_neo4j.graphs.graph_document import GraphDocument, Relationship
from langchain_neo4j.graphs.graph_document import Node as GraphNode

from kgc.config import Given
from kgc.data import Entity, Fact, Node
from kgc.langchain.documents import keep_in_step
from kgc.pipeline.workspace import Workspace
from kgc.schema import Schema
from kgc.schema.naming import lower_snake, upper_snake


class KgcGraphTransformer:
    """Takes the place of LangChain's `LLMGraphTransformer`, with kgc's strategies, cache, budget and evidence.

    `workspace` keeps what was asked, so that nothing is paid for twice; without one a folder is made for each call and
    thrown away. `options` are those of `Workspace.ingest` (model, strategy, budget, concurrency ...): without a model
    the built-in one reads, which needs no key.
    """

    def __init__(
        self, *, schema: str | Schema | None = None, workspace: str | Path | None = None, **options: Unpack[Given]
    ) -> None:
        self.schema = schema
        self.workspace = workspace
        self.options = options

    def convert_to_graph_documents(self, documents: Sequence[Document]) -> list[GraphDocument]:
        """One graph document for each document, in order. Raises `KgcError`."""
        if self.workspace is not None:
            return self._convert(documents, Path(self.workspace))
        with tempfile.TemporaryDirectory(prefix="kgc-") as folder:
            return self._convert(documents, Path(folder))

    async def aconvert_to_graph_documents(self, documents: Sequence[Document]) -> list[GraphDocument]:
        """The same beside other work: it runs in a thread."""
        return await asyncio.to_thread(self.convert_to_graph_documents, documents)

    def _convert(self, documents: Sequence[Document], path: Path) -> list[GraphDocument]:
        with Workspace(path) as workspace:
            folder = path / "loaded" / "transformer"
            files = keep_in_step(folder, documents)
            workspace.ingest(folder, name="transformer", schema=self.schema, prune=True, **self.options)
            entities = {e.id: e for e in workspace.entities()}
            by_document: dict[str, list[Fact]] = {}
            for fact in workspace.facts():
                for source in dict.fromkeys(place.document for place in fact.evidence):
                    by_document.setdefault(source, []).append(fact)
            return [
                graph_document(document, f"transformer/{file.name}", by_document, entities)
                for file, document in files.items()
            ]


def graph_document(
    document: Document, source: str, facts: dict[str, list[Fact]], entities: dict[str, Entity]
) -> GraphDocument:
    """The facts that stand in one document; attributes are properties of their nodes."""
    found = facts.get(source, [])
    ends = [end for fact in found for end in (fact.head, fact.tail) if isinstance(end, Node)]
    nodes = {end.id: graph_node(entities[end.id]) for end in ends if end.id in entities}
    return GraphDocument(
        nodes=list(nodes.values()), relationships=list(relationships(found, source, nodes)), source=document
    )


def graph_node(entity: Entity) -> GraphNode:
    """A node by its name, as LangChain's are; kgc's id, other names and attributes are properties."""
    attributes = {lower_snake(a.name): a.value.value for a in reversed(entity.attributes)}
    aliases = [a.name for a in entity.aliases if a.name != entity.name]
    return GraphNode(
        id=entity.name, type=entity.type, properties={"kgc_id": entity.id, "aliases": aliases, **attributes}
    )


def relationships(facts: Sequence[Fact], source: str, nodes: dict[str, GraphNode]) -> Iterator[Relationship]:
    for fact in facts:
        if not isinstance(fact.tail, Node) or fact.head.id not in nodes or fact.tail.id not in nodes:
            continue
        place = next(p for p in fact.evidence if p.document == source)
        yield Relationship(
            source=nodes[fact.head.id],
            target=nodes[fact.tail.id],
            type=upper_snake(fact.relation),
            properties={
                "kgc_id": fact.id, "confidence": fact.confidence, "quote": place.quote, "start": place.start,
                "end": place.end, "rationale": place.rationale, "strategy": place.strategy, "model": place.model,
                **{q.name: q.value for q in fact.qualifiers},
            },
        )  # fmt: skip
