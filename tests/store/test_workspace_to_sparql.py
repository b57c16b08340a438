"""From a folder to a real SPARQL server: written once, the same when written again, by difference after an edit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgc import Workspace
from kgc.cli.guard import run as main
from kgc.pipeline.sparql import Manner, Place
from kgc.store.sparql.writer import Written
from kgc.testing.script import Script
from kgc.testing.server import Server
from tests.servers.fuseki import FusekiServer
from tests.story import SCHEMA, read_aloud, write_story

pytestmark = pytest.mark.server
ASKED = """PREFIX kg: <https://kgc.example/schema/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?p ?o WHERE { ?a kg:WorksFor ?b . ?a rdfs:label ?p . ?b rdfs:label ?o } ORDER BY STR(?p)"""
CYPHER = "MATCH (p:Person)-[r:WORKS_FOR]->(o:Organization) RETURN DISTINCT p.name, o.name ORDER BY p.name"


def test_a_folder_reaches_the_server_and_sparql_gives_the_rows_of_cypher(tmp_path: Path, fuseki: FusekiServer) -> None:
    fuseki.update("DROP ALL")
    folder = write_story(tmp_path / "docs")
    (tmp_path / "staff.py").write_text(SCHEMA, encoding="utf-8")
    there = Place(fuseki.uri)
    with Server(Script(reply=read_aloud)) as model, Workspace(tmp_path / "ws") as workspace:
        run = {"schema": str(tmp_path / "staff.py"), "model": "openai:any", "base_url": model.url}
        workspace.ingest(folder, **run)  # type: ignore[arg-type]
        assert workspace.write_sparql(there, Manner(dry_run=True)).sent > 0
        assert workspace.write_sparql(there).in_full
        rows = workspace.query(CYPHER).rows
        assert rows
        assert workspace.query_sparql(ASKED, there).rows == workspace.query_sparql(ASKED).rows == rows
        assert workspace.write_sparql(there) == Written()
        (folder / "a.txt").unlink()
        workspace.ingest(folder, **run)  # type: ignore[arg-type]
        assert not workspace.write_sparql(there).in_full
        less = workspace.query(CYPHER).rows
        assert less != rows
        assert workspace.query_sparql(ASKED, there).rows == workspace.query_sparql(ASKED).rows == less
    fuseki.update("DROP ALL")


def test_the_command_line_writes_and_asks(
    tmp_path: Path, fuseki: FusekiServer, capsys: pytest.CaptureFixture[str]
) -> None:
    fuseki.update("DROP ALL")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("Ada Lovelace works for Acme Corporation in London.", encoding="utf-8")
    ws = ["-w", str(tmp_path / "ws")]
    assert main(["ingest", str(tmp_path / "docs"), *ws, "--quiet"]) == 0
    capsys.readouterr()
    assert main(["write", fuseki.uri, *ws, "--json", "--graphs", "document"]) == 0
    assert json.loads(capsys.readouterr().out)["in_full"] is True
    assert main(["write", fuseki.uri, *ws, "--graphs", "document"]) == 0
    assert "Nothing has changed" in capsys.readouterr().out
    question = "SELECT ?c WHERE { ?s a ?c } ORDER BY ?c"
    assert main(["query", "--sparql", "--on", fuseki.uri, *ws, "--json", question]) == 0
    there = json.loads(capsys.readouterr().out)
    assert main(["query", "--sparql", *ws, "--json", question]) == 0
    here = json.loads(capsys.readouterr().out)
    assert there["columns"] == here["columns"] == ["c"]
    assert there["rows"] == here["rows"] != []
    assert main(["write", fuseki.uri, *ws, "--no-text"]) == 2
    assert main(["write", "neo4j://localhost", *ws, "--graphs", "document"]) == 2
    assert main(["query", "--sparql", *ws, "DROP ALL"]) == 1
    fuseki.update("DROP ALL")
