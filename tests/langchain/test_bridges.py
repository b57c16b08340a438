"""The bridges to LangChain, with its real packages: documents in, graph documents out, questions to the graph."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document
from langchain_core.language_models import FakeListChatModel
from langchain_neo4j import GraphCypherQAChain
from langchain_neo4j.graphs.graph_document import GraphDocument
from langchain_neo4j.graphs.graph_store import GraphStore

from kgc import KgcError, Workspace
from kgc.langchain import KgcGraph, KgcGraphTransformer, ingest_documents
from kgc.langchain.documents import keep_in_step
from kgc.testing.script import Faults, Script
from kgc.testing.server import Server
from tests.story import SCHEMA, read_aloud

pytestmark = pytest.mark.server

ADA = "Ada Byron works for Acme Corp. The weather was fine."
BO = "Bo Lind works for Northwind. Ada Byron works for Acme Corp."


class Shelf(BaseLoader):
    """A loader such as LangChain's community has hundreds of."""

    def lazy_load(self) -> Iterator[Document]:
        yield Document(ADA, metadata={"source": "https://example.org/a?b=../../etc/passwd"})
        yield Document(BO, metadata={"source": "shelf/b.txt", "page": 1})
        yield Document("王小明就职于远山公司。", metadata={"source": "shelf/b.txt", "page": 2})


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(Script(reply=read_aloud)) as running:
        yield running


@pytest.fixture
def schema(tmp_path: Path) -> str:
    path = tmp_path / "staff.py"
    path.write_text(SCHEMA, encoding="utf-8")
    return str(path)


def test_any_loader_feeds_a_workspace_and_stays_in_step_with_it(tmp_path: Path, schema: str, server: Server) -> None:
    run = {"schema": schema, "model": "openai:any", "base_url": server.url}
    with Workspace(tmp_path / "ws") as workspace:
        first = ingest_documents(workspace, Shelf().lazy_load(), **run)  # type: ignore[arg-type]
        assert (first.documents.done, first.calls.made, first.facts) == (3, 3, 3)
        files = {
            p.relative_to(tmp_path / "ws" / "loaded").as_posix() for p in (tmp_path / "ws" / "loaded").rglob("*.txt")
        }
        assert files == {"langchain/https_example.org_a_b_.._.._etc_passwd.txt", "langchain/shelf_b.txt.txt",
                         "langchain/shelf_b.txt-2.txt"}  # fmt: skip
        again = ingest_documents(workspace, Shelf().load(), **run)  # type: ignore[arg-type]
        assert (again.calls.made, again.changes.documents_added, again.changes.documents_edited) == (0, 0, 0)
        less = ingest_documents(workspace, Shelf().load()[:1], prune=True, **run)  # type: ignore[arg-type]
        assert (less.changes.documents_removed, less.facts) == (2, 1)


@pytest.mark.parametrize(
    "sources",
    [("notes", "notes", "notes-2"), ("notes-2", "notes", "notes"), ("notes", "Notes", "NOTES"), ("𠮷" * 85,) * 3],
)
def test_each_document_has_a_file_of_its_own(tmp_path: Path, sources: tuple[str, ...]) -> None:
    given = [Document(f"{n}", metadata={"source": source}) for n, source in enumerate(sources)]
    kept = keep_in_step(tmp_path, given)
    assert list(kept.values()) == given
    assert [path.read_text(encoding="utf-8") for path in kept] == ["0", "1", "2"]
    assert len({path.name.casefold() for path in kept}) == 3, "to some systems case is no difference"


def test_documents_become_graph_documents_with_evidence(tmp_path: Path, schema: str, server: Server) -> None:
    transformer = KgcGraphTransformer(schema=schema, workspace=tmp_path / "ws", model="openai:any", base_url=server.url)
    found = transformer.convert_to_graph_documents(Shelf().load())
    assert [isinstance(g, GraphDocument) for g in found] == [True] * 3
    assert [g.source for g in found] == Shelf().load()
    told = [{(str(r.source.id), r.type, str(r.target.id)) for r in g.relationships} for g in found]
    assert told[0] == {("Ada Byron", "WORKS_FOR", "Acme Corp")}
    assert told[1] == {("Ada Byron", "WORKS_FOR", "Acme Corp"), ("Bo Lind", "WORKS_FOR", "Northwind")}
    assert told[2] == {("王小明", "WORKS_FOR", "远山公司")}
    for graph in found:
        assert graph.source is not None
        for r in graph.relationships:
            assert graph.source.page_content[r.properties["start"] : r.properties["end"]] == r.properties["quote"]
            assert {n.type for n in graph.nodes} <= {"Person", "Organization", "Company"}
    asked = server.counts["asked"]
    assert transformer.convert_to_graph_documents(Shelf().load()) == found
    assert server.counts["asked"] == asked, "nothing is paid for twice"


def test_the_same_beside_other_work(schema: str, server: Server) -> None:
    transformer = KgcGraphTransformer(schema=schema, model="openai:any", base_url=server.url)
    [found] = asyncio.run(transformer.aconvert_to_graph_documents([Document(ADA)]))
    assert [(r.source.id, r.target.id) for r in found.relationships] == [("Ada Byron", "Acme Corp")]


def test_offsets_are_those_of_the_page_content(schema: str, server: Server) -> None:
    given = [
        Document(f"\ufeffHello.\r\n\r\nIt is \x00fine.\r\n{ADA}\r\n{BO}\r\n", metadata={"source": "windows"}),
        Document(f"Old Mac.\r{ADA}", metadata={"source": "mac"}),
        Document(f"😀 e\u0301 \ud800 {ADA}", metadata={"source": "plain"}),
    ]
    found = KgcGraphTransformer(schema=schema, model="openai:any", base_url=server.url).convert_to_graph_documents(
        given
    )
    assert [len(g.relationships) for g in found] == [2, 1, 1]
    for graph, document in zip(found, given, strict=True):
        assert graph.source == document
        for r in graph.relationships:
            stands = document.page_content[r.properties["start"] : r.properties["end"]]
            assert stands == r.properties["quote"]
            assert f"{r.source.id} works for {r.target.id}" in stands


def test_a_server_that_is_down_is_an_error(schema: str) -> None:
    transformer = KgcGraphTransformer(schema=schema, model="openai:any", base_url="http://127.0.0.1:9/v1")
    with pytest.raises(KgcError, match="not all read: The server is down"):
        transformer.convert_to_graph_documents([Document(ADA)])


def test_what_a_budget_left_is_told_and_read_by_the_next_call(tmp_path: Path, schema: str, server: Server) -> None:
    options = {"schema": schema, "workspace": tmp_path / "ws", "model": "openai:any", "base_url": server.url}
    given = [Document(ADA, metadata={"source": "a"}), Document(BO, metadata={"source": "b"})]
    with pytest.warns(UserWarning, match="1 of 2 documents were not read in full: .*[Bb]udget"):
        found = KgcGraphTransformer(**options, max_calls=1, concurrency=1).convert_to_graph_documents(given)  # type: ignore[arg-type]
    states = [g.source.metadata.get("kgc_state") for g in found if g.source]
    assert sorted(states, key=str) == [None, "pending"]
    assert [bool(g.relationships) for g in found] == [state is None for state in states]
    assert [d.metadata for d in given] == [{"source": "a"}, {"source": "b"}], "what was given is left alone"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = KgcGraphTransformer(**options).convert_to_graph_documents(given)  # type: ignore[arg-type]
    assert [len(g.relationships) for g in found] == [1, 2]
    assert [g.source for g in found] == given


def test_what_a_model_would_not_answer_is_told_and_the_rest_is_there(schema: str) -> None:
    given = [Document(ADA, metadata={"source": "a"}), Document(" \n", metadata={"source": "blank"}), Document(BO)]
    with Server(Script(reply=read_aloud, faults=Faults(first=("refusal",)))) as server:
        transformer = KgcGraphTransformer(schema=schema, model="openai:any", base_url=server.url, concurrency=1)
        with pytest.warns(UserWarning, match="1 of 3 documents were not read in full"):
            found = transformer.convert_to_graph_documents(given)
    states = [g.source.metadata.get("kgc_state") for g in found if g.source]
    assert sorted(states, key=str) == [None, None, "failed"]
    assert sum(len(g.relationships) for g in found) in {1, 2}


def test_what_is_no_text_is_told(schema: str, server: Server) -> None:
    given = [Document(ADA), Document("\x01\x02\x00", metadata={"source": "noise"})]
    transformer = KgcGraphTransformer(schema=schema, model="openai:any", base_url=server.url)
    with pytest.warns(UserWarning, match="1 of 2 documents were not read in full: transformer/noise.txt"):
        found = transformer.convert_to_graph_documents(given)
    assert [g.source.metadata.get("kgc_state") for g in found if g.source] == [None, "skipped"]


def test_a_question_answering_chain_asks_the_graph(tmp_path: Path, schema: str, server: Server) -> None:
    with Workspace(tmp_path / "ws") as workspace:
        ingest_documents(workspace, Shelf().load(), schema=schema, model="openai:any", base_url=server.url)
        graph = KgcGraph(workspace)
        assert isinstance(graph, GraphStore)
        assert "(:Person)-[:WORKS_FOR]->(:Organization)" in graph.get_schema
        assert graph.query("MATCH (p:Person) RETURN count(p) AS n") == [{"n": 3}]
        model = FakeListChatModel(
            responses=["MATCH (p:Person)-[:WORKS_FOR]->(o {name: 'Northwind'}) RETURN p.name AS who", "Bo Lind does."]
        )
        chain = GraphCypherQAChain.from_llm(
            model, graph=graph, allow_dangerous_requests=True, return_intermediate_steps=True, validate_cypher=False
        )
        answer = chain.invoke({"query": "Who works for Northwind?"})
        assert answer["result"] == "Bo Lind does."
        assert answer["intermediate_steps"][1] == {"context": [{"who": "Bo Lind"}]}


def test_what_a_model_asks_for_can_only_read(tmp_path: Path, schema: str, server: Server) -> None:
    with Workspace(tmp_path / "ws") as workspace:
        ingest_documents(workspace, Shelf().load(), schema=schema, model="openai:any", base_url=server.url)
        graph = KgcGraph(workspace)
        with pytest.raises(KgcError, match="only reads"):
            graph.query("MATCH (n) DETACH DELETE n")
        with pytest.raises(KgcError, match="not added"):
            graph.add_graph_documents([])
        graph.refresh_schema()
        assert graph.get_structured_schema["relationships"]
