"""People's decisions reach the graph at once, outlive every re-run, and travel between workspaces."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgc import KgcError, Workspace
from kgc.testing.server import Server
from tests.story import exported


@pytest.fixture
def filled(workspace: Workspace, folder: Path, schema: str, server: Server) -> Workspace:
    workspace.ingest(folder, schema=schema, model="openai:any", base_url=server.url)
    return workspace


def test_a_rejected_fact_is_gone_from_graph_and_store_until_it_is_undone(
    filled: Workspace, folder: Path, schema: str, server: Server, tmp_path: Path
) -> None:
    before = exported(filled, tmp_path / "before.jsonl")
    fact = next(f for f in filled.facts() if f.head.name == "Bo Lind")
    decision = filled.reject(fact.id, by="Ann")
    count = "MATCH (p:Person)-[r:WORKS_FOR]->(o:Organization) RETURN count(*)"
    assert filled.query(count).rows == ((3,),) or filled.query(count).rows == [[3]]
    (folder / "new.txt").write_text("Dan Hale works for Northwind.\n")
    filled.ingest(folder, schema=schema, model="openai:any", base_url=server.url)
    assert fact.id not in {f.id for f in filled.facts()}
    (folder / "new.txt").unlink()
    filled.ingest(folder, schema=schema, model="openai:any", base_url=server.url)
    filled.undo(decision.id)
    assert exported(filled, tmp_path / "after.jsonl") == before
    with pytest.raises(KgcError, match="undone already"):
        filled.undo(decision.id)


def test_accepting_takes_a_rejection_back(filled: Workspace) -> None:
    fact = next(iter(filled.facts()))
    filled.reject(fact.id)
    filled.accept(fact.id)
    assert {f.status for f in filled.facts() if f.id == fact.id} == {"accepted"}


def test_decisions_travel_by_their_keys(
    filled: Workspace, folder: Path, schema: str, server: Server, tmp_path: Path
) -> None:
    fact = next(f for f in filled.facts() if f.head.name == "Bo Lind")
    filled.reject(fact.id)
    assert filled.export_decisions(tmp_path / "decisions.jsonl") == 1
    with Workspace(tmp_path / "other") as other:
        other.ingest(folder, schema=schema, model="openai:any", base_url=server.url)
        assert other.import_decisions(tmp_path / "decisions.jsonl") == 1
        assert fact.id not in {f.id for f in other.facts()}


def test_a_line_that_is_no_decision_is_named(filled: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"kind": "reject", "what": ["x"]}\n')
    with pytest.raises(KgcError, match=r"bad\.jsonl:1"):
        filled.import_decisions(tmp_path / "bad.jsonl")
