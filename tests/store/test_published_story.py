"""A folder of real documents, published to real servers: written, written again, edited, deleted, merged, undone."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from kgc import Workspace
from kgc.data import Node
from kgc.pipeline.sparql import Place
from tests.servers.fuseki import FusekiServer
from tests.servers.neo4j import Neo4jServer
from tests.store.test_sparql_store import everything
from tests.store.test_workspace_to_neo4j import rows

pytestmark = pytest.mark.server
REPOSITORY = Path(__file__).resolve().parents[2]
ASKED = re.findall(r'^\$ kgc query "(MATCH .*)"$', (REPOSITORY / "README.md").read_text("utf-8"), re.MULTILINE)
BASE = "https://kgc.example/"
FACTS = """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?f ?s ?p ?o WHERE { ?f rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o . ?s ?p ?o FILTER(ISIRI(?o)) }"""
NODES = "MATCH (n) WHERE NOT n:KgcWorkspace RETURN labels(n) AS l, properties(n) AS p"
EDGES = "MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS t, properties(r) AS p, b.id AS b"
NAMED = "MATCH (o:Organization) RETURN o.id, o.name ORDER BY o.name"


def folder_of(place: Path) -> Path:
    for name in ("press", "people"):
        shutil.copytree(REPOSITORY / "examples" / "documents" / name, place / "docs" / name)
    return place / "docs"


def edit(folder: Path) -> None:
    """A sentence more, one file gone, one renamed."""
    press = folder / "press"
    changed = press / "2022-joint-venture.md"
    changed.write_text(changed.read_text("utf-8") + "\nJohn Smith works for IBM in Paris.\n", encoding="utf-8")
    (press / "2019-brannvik-acquisition.txt").unlink()
    (press / "2024-fjord-7-launch.txt").rename(press / "2024-launch.txt")


def tell(workspace: Workspace, write: Callable[[Workspace], int], look: Callable[[], object]) -> list[object]:
    """Write, edit, merge, undo, each time the difference; what the server held after the edit, the merge, the undo."""
    folder = folder_of(workspace.path)
    workspace.ingest(folder, model="builtin")
    first = write(workspace)
    assert first > 100
    assert write(workspace) == 0
    edit(folder)
    workspace.ingest(folder, model="builtin")
    assert 0 < write(workspace) < first / 2
    edited = look()
    (a, _), (b, _) = workspace.query(NAMED).rows[:2]
    merge = workspace.merge(str(a), str(b))
    assert 0 < write(workspace) < first / 4
    merged = look()
    workspace.undo(merge.id)
    assert 0 < write(workspace) < first / 4
    return [edited, merged, look()]


def afresh(place: Path, write: Callable[[Workspace], int]) -> None:
    """What a new workspace writes that never saw the folder before its edits."""
    folder = folder_of(place)
    edit(folder)
    with Workspace(place) as workspace:
        workspace.ingest(folder, model="builtin")
        write(workspace)


def test_a_neo4j_server_follows_a_folder_and_its_decisions(
    tmp_path: Path, neo4j: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORY_PASSWORD", neo4j.password)

    def write(workspace: Workspace) -> int:
        done = workspace.write(neo4j.uri, password_env="STORY_PASSWORD")
        return done.sent + done.removed

    def look() -> tuple[list[str], list[str]]:
        return tuple(sorted(map(str, unowned(rows(neo4j, text)))) for text in (NODES, EDGES))  # type: ignore[return-value]

    rows(neo4j, "MATCH (n) DETACH DELETE n")
    with Workspace(tmp_path / "one") as workspace:
        edited, merged, undone = tell(workspace, write, look)
        assert edited == undone != merged
        for question in ASKED:
            whole = re.sub(r" (ORDER BY .*|LIMIT \d+)$", "", question)
            here = workspace.query(whole)
            there = workspace.query_server(neo4j.uri, whole, password_env="STORY_PASSWORD")
            assert here.columns == there.columns
            assert Counter(map(str, here.rows)) == Counter(map(str, there.rows))
        assert sum(len(workspace.query(question).rows) for question in ASKED) > 0
        assert workspace.validate(on=neo4j.uri, password_env="STORY_PASSWORD").violations == 0
        rows(neo4j, "MATCH (p:Person), (l:Location) WITH p, l LIMIT 1 CREATE (l)-[:FOUNDER_OF]->(p)")
        bad = workspace.validate(on=neo4j.uri, password_env="STORY_PASSWORD").findings
        assert {f.message.split(" must")[0] for f in bad if f.severity == "violation"} == {
            "The head of FounderOf",
            "The tail of FounderOf",
        }
    rows(neo4j, "MATCH (n) DETACH DELETE n")
    afresh(tmp_path / "two", write)
    assert look() == undone
    rows(neo4j, "MATCH (n) DETACH DELETE n")


def unowned(found: list[list[object]]) -> list[list[object]]:
    """Rows without what only says who wrote them; labels in order."""
    return [[_plain(value) for value in row] for row in found]


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return sorted((k, v) for k, v in value.items() if k != "owners")
    return sorted(value) if isinstance(value, list) else value


def test_a_sparql_server_follows_a_folder_and_its_decisions(tmp_path: Path, fuseki: FusekiServer) -> None:
    there = Place(fuseki.uri, graph=f"{BASE}graph/story")

    def write(workspace: Workspace) -> int:
        done = workspace.write_sparql(there)
        return done.sent + done.removed

    def look() -> list[str]:
        return everything(fuseki)

    fuseki.update("DROP ALL")
    with Workspace(tmp_path / "one") as workspace:
        edited, merged, undone = tell(workspace, write, look)
        assert edited == undone != merged
        facts = {(f.id, f.head.id, f.relation, f.tail.id) for f in workspace.facts() if isinstance(f.tail, Node)}
        for found in (workspace.query_sparql(FACTS, there), workspace.query_sparql(FACTS)):
            assert {tuple(str(iri).rpartition("/")[2] for iri in row) for row in found.rows} == facts
        assert facts
        assert workspace.validate(on=fuseki.uri).violations == 0
        [head, *_] = [f.head.id for f in workspace.facts() if f.head.type == "Person"]
        wrong = f"<{BASE}entity/{head}> <{BASE}schema/BasedIn> <{BASE}entity/{head}>"
        fuseki.update(f"INSERT DATA {{ GRAPH <{there.graph}> {{ {wrong} }} }}")
        bad = {f.message for f in workspace.validate(on=fuseki.uri).findings if f.severity == "violation"}
        assert {message.split(" must")[0] for message in bad} == {"The head of BasedIn", "The tail of BasedIn"}
    fuseki.update("DROP ALL")
    afresh(tmp_path / "two", write)
    assert look() == undone
    fuseki.update("DROP ALL")
