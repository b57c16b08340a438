"""From a folder to a real Neo4j server: written once, the same when written again, by difference after an edit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kgc import Workspace
from kgc.testing.script import Script
from kgc.testing.server import Server
from tests.servers.neo4j import Neo4jServer
from tests.story import SCHEMA, read_aloud, write_story

COUNT = "MATCH (p:Person)-[r:WORKS_FOR]->(o:Organization) RETURN p.name, o.name, r.quote ORDER BY p.name"


def rows(server: Neo4jServer, query: str) -> list[list[object]]:
    from neo4j import GraphDatabase

    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        return [list(r.values()) for r in driver.execute_query(query).records]


@pytest.mark.server
def test_a_folder_reaches_the_server_and_a_second_write_changes_nothing(
    tmp_path: Path, neo4j: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORY_PASSWORD", neo4j.password)
    folder = write_story(tmp_path / "docs")
    (tmp_path / "staff.py").write_text(SCHEMA, encoding="utf-8")
    options = {"user": neo4j.user, "password_env": "STORY_PASSWORD"}
    with Server(Script(reply=read_aloud)) as model, Workspace(tmp_path / "ws") as workspace:
        run = {"schema": str(tmp_path / "staff.py"), "model": "openai:any", "base_url": model.url}
        workspace.ingest(folder, **run)  # type: ignore[arg-type]
        first = workspace.write(neo4j.uri, **options)
        assert first.nodes_created > 0
        assert [list(r) for r in workspace.query(COUNT).rows] == rows(neo4j, COUNT)
        again = workspace.write(neo4j.uri, **options)
        assert not any(getattr(again, name) for name in again.__dataclass_fields__), again
        (folder / "a.txt").unlink()
        workspace.ingest(folder, **run)  # type: ignore[arg-type]
        workspace.write(neo4j.uri, **options)
        assert [list(r) for r in workspace.query(COUNT).rows] == rows(neo4j, COUNT)
        owners = rows(neo4j, "MATCH (p:Person) UNWIND p.owners AS o RETURN DISTINCT o")
    with Workspace(tmp_path / "other") as other, Server(Script(reply=read_aloud)) as model:
        run = {"schema": str(tmp_path / "staff.py"), "model": "openai:any", "base_url": model.url}
        other.ingest(write_story(tmp_path / "o", {"x.txt": "Dan Hale works for Northwind."}), **run)  # type: ignore[arg-type]
        other.write(neo4j.uri, **options)
        names = {str(r[0]) for r in rows(neo4j, COUNT)}
        assert {"Dan Hale", "Bo Lind"} <= names, "neither workspace takes away what the other wrote"
        assert len(owners) == 1
    assert os.environ["STORY_PASSWORD"] not in (tmp_path / "ws" / ".kgc" / "ledger.db").read_bytes().decode("latin-1")
