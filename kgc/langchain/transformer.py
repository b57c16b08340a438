"""LangChain documents to LangChain graph documents, each with the facts that stand in it and their evidence."""

from __future__ import annotations

import asyncio
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Unpack

from langchain_core.documents import Document
from langchain_neo4j.graphs.graph_document import GraphDocument, Relationship
from langchain_neo4j.graphs.graph_document import Node as GraphNode

from kgc.config import Given
from kgc.data import Entity, Fact, Node
from kgc.data.encodable import encodable
from kgc.errors import BudgetError, KgcError
from kgc.langchain.documents import keep_in_step
from kgc.pipeline.report import Report
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
        """One graph document for each document, in order.

        Raises `KgcError` when reading ends early, but for a budget that is reached. Where passages were not read, a
        `UserWarning` says why, and `source.metadata["kgc_state"]` is "failed", "pending" or "skipped" in a copy of it.
        Of no documents nothing is made, and a `workspace` keeps what it holds.
        """
        if not documents:
            return []
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
            report = workspace.ingest(folder, name="transformer", schema=self.schema, prune=True, **self.options)
            if report.stopped and report.exit_code != BudgetError.exit_code:
                raise KgcError(
                    f"The documents were not all read: {report.stopped}",
                    "Calling again goes on from here where a `workspace` was given to the transformer.",
                )
            sources = {f"transformer/{file.name}": document for file, document in files.items()}
            return list(graph_documents(workspace, sources, unread(workspace, sources, report)))


def unread(workspace: Workspace, sources: Mapping[str, Document], report: Report) -> dict[str, str]:
    """The sources that were not read, or not in full, with their state; warns of them. Blank ones hold nothing."""
    states = {d.source: d for d in workspace.documents() if d.state != "done"}
    left = {s: states[s] for s, document in sources.items() if s in states and document.page_content.strip()}
    if left:
        reasons = [(f.message, f.hint) for f in report.failures if f.document in left]
        reasons += [(d.problem.message, d.problem.hint) for d in left.values() if d.problem]
        why = report.stopped or " ".join(next(iter(reasons), ())).strip()
        warnings.warn(
            f"{len(left)} of {len(sources)} documents were not read in full: {why} See"
            " `source.metadata['kgc_state']`: `Workspace.retry` asks again what failed, the next call what is pending.",
            stacklevel=4,
        )
    return {source: d.state for source, d in left.items()}


def graph_documents(
    workspace: Workspace, sources: Mapping[str, Document], left: Mapping[str, str]
) -> Iterator[GraphDocument]:
    """What stands in each source; those that were not read in full are copies that say so in their metadata."""
    entities = {e.id: e for e in workspace.entities()}
    by_document: dict[str, list[Fact]] = {}
    for fact in workspace.facts():
        for source in dict.fromkeys(place.document for place in fact.evidence):
            by_document.setdefault(source, []).append(fact)
    for source, document in sources.items():
        told = {"metadata": {**document.metadata, "kgc_state": left.get(source)}}
        found = by_document.get(source, [])
        at = offsets(workspace.document(source).text, document.page_content) if found else ()
        given = document.model_copy(update=told) if source in left else document
        yield graph_document(given, source, found, entities, at)


def offsets(text: str, content: str) -> Sequence[int]:
    """Where each letter of a loaded text stands in the page content that it was loaded from.

    They differ where loading drops letters: byte-order marks, control characters, the carriage returns of line ends.
    """
    if text == content:
        return range(len(text))
    content = encodable(content)  # as it was written
    found: list[int] = []
    at = 0
    for letter in text:
        alike = "\n\r\f\v" if letter == "\n" else letter
        while at < len(content) - 1 and content[at] not in alike:
            at += 1
        found.append(at)
        at += 1
    return found


def graph_document(
    document: Document, source: str, facts: Sequence[Fact], entities: Mapping[str, Entity], at: Sequence[int]
) -> GraphDocument:
    """The facts that stand in one document; attributes are properties of their nodes.

    `at` says where each letter that was read stands in the page content.
    """
    ends = [end for fact in facts for end in (fact.head, fact.tail) if isinstance(end, Node)]
    nodes = {end.id: graph_node(entities[end.id]) for end in ends if end.id in entities}
    return GraphDocument(
        nodes=list(nodes.values()),
        relationships=list(relationships(facts, source, nodes, document.page_content, at)),
        source=document,
    )


def graph_node(entity: Entity) -> GraphNode:
    """A node by its name, as LangChain's are; kgc's id, other names and attributes are properties."""
    attributes = {lower_snake(a.name): a.value.value for a in reversed(entity.attributes)}
    aliases = [a.name for a in entity.aliases if a.name != entity.name]
    return GraphNode(
        id=entity.name, type=entity.type, properties={"kgc_id": entity.id, "aliases": aliases, **attributes}
    )


def relationships(
    facts: Sequence[Fact], source: str, nodes: Mapping[str, GraphNode], content: str, at: Sequence[int]
) -> Iterator[Relationship]:
    for fact in facts:
        if not isinstance(fact.tail, Node) or fact.head.id not in nodes or fact.tail.id not in nodes:
            continue
        place = next(p for p in fact.evidence if p.document == source)
        start, end = at[place.start], at[place.end - 1] + 1
        yield Relationship(
            source=nodes[fact.head.id],
            target=nodes[fact.tail.id],
            type=upper_snake(fact.relation),
            properties={
                "kgc_id": fact.id, "confidence": fact.confidence, "quote": content[start:end], "start": start,
                "end": end, "rationale": place.rationale, "strategy": place.strategy, "model": place.model,
                **{q.name: q.value for q in fact.qualifiers},
            },
        )  # fmt: skip
