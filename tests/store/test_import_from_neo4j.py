"""`kgc import neo4j://…`: what stands on a real server comes in, ours and others'."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgc import Workspace
from kgc.testing.script import Script
from kgc.testing.server import Server
from tests.servers.neo4j import Neo4jServer
from tests.store.test_workspace_to_neo4j import rows
from tests.story import read_aloud, write_story

SCHEMA = """
from kgc.schema.words import Date, Entity, Integer, Relation

class ImpAnimal(Entity):
    legs: Integer

class ImpBird(ImpAnimal):
    hatched: Date

class ImpTree(Entity):
    ...

class ImpNestsIn(Relation):
    head: ImpBird
    tail: ImpTree
"""
MADE = (
    "CREATE (b:ImpAnimal:ImpBird {name: 'Robin', legs: 2, hatched: date('2020-05-01'), song: 'tsip'})"
    "-[:IMP_NESTS_IN {start: '2021'}]->(t:ImpTree {title: 'Old Oak'}), (b)-[:IMP_FEARS]->(:ImpAnimal {name: 'Cat'}),"
    " (:ImpBird {legs: 2})"
)
GONE = "MATCH (n) WHERE any(l IN labels(n) WHERE l STARTS WITH 'Imp') DETACH DELETE n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, neo4j: Neo4jServer) -> Path:
    monkeypatch.setenv("IMPORT_PASSWORD", neo4j.password)
    (tmp_path / "birds.py").write_text(SCHEMA, encoding="utf-8")
    return tmp_path


@pytest.mark.server
def test_labels_become_classes_and_what_changes_there_changes_here(place: Path, neo4j: Neo4jServer) -> None:
    rows(neo4j, MADE)
    options = {"schema": str(place / "birds.py"), "name": "zoo", "user": neo4j.user, "password_env": "IMPORT_PASSWORD"}
    try:
        with Workspace(place / "ws") as workspace:
            first = workspace.import_graph(neo4j.uri, **options)  # type: ignore[arg-type]
            entities = {e.name: e for e in workspace.entities()}
            assert {n: e.type for n, e in entities.items()} == {
                "Robin": "ImpBird",
                "Old Oak": "ImpTree",
                "Cat": "ImpAnimal",
            }
            values = {a.name: a.value.value for a in entities["Robin"].attributes}
            assert values == {"legs": "2", "hatched": "2020-05-01"}
            nests = next(f for f in workspace.facts() if f.relation == "ImpNestsIn")
            assert [(q.name, q.value) for q in nests.qualifiers] == [("start", "2021")]
            left = {(one.what, one.reason.split(",")[0]) for one in first.left_out}
            assert ("IMP_FEARS", "the schema has no such relation or attribute") in left
            assert ("song", "ImpBird has no such attribute") in left
            assert any(what == "ImpBird" and "no name" in reason for what, reason in left)
            again = workspace.import_graph(neo4j.uri, **options)  # type: ignore[arg-type]
            assert (again.report.changes.documents_edited, again.report.changes.facts_added) == (0, 0)
            rows(neo4j, "MATCH (:ImpBird)-[r:IMP_NESTS_IN]->() DELETE r")
            later = workspace.import_graph(neo4j.uri, **options)  # type: ignore[arg-type]
            assert later.report.changes.facts_withdrawn == 1
    finally:
        rows(neo4j, GONE)


@pytest.mark.server
def test_what_we_wrote_there_comes_back(place: Path, neo4j: Neo4jServer) -> None:
    text = SCHEMA.replace("Imp", "Back")
    (place / "back.py").write_text(text, encoding="utf-8")
    line = '{"kind": "fact", "relation": "BackNestsIn", "head": {"id": "a", "type": "BackBird", "name": "Wren"}, "tail": {"id": "b", "type": "BackTree", "name": "Elm"}, "confidence": 0.75, "hedged": true, "qualifiers": {"start": "1999", "how": "well"}, "evidence": [{"quote": "The wren may nest in the elm.", "document": "d/x.txt", "page": 3}]}'  # noqa: E501
    entity = '{"kind": "entity", "id": "a", "type": "BackBird", "name": "Wren", "aliases": [{"name": "Troglodytes", "lang": ""}], "links": ["http://wd.org/Q1"]}'  # noqa: E501
    (place / "facts.jsonl").write_text(f"{line}\n{entity}\n", encoding="utf-8")
    schema, account = str(place / "back.py"), {"user": neo4j.user, "password_env": "IMPORT_PASSWORD"}
    try:
        with Workspace(place / "one") as one, Workspace(place / "two") as two:
            one.import_graph(place / "facts.jsonl", schema=schema)
            one.write(neo4j.uri, **account)
            two.import_graph(neo4j.uri, schema=schema, name="back", **account)  # type: ignore[arg-type]
            for workspace in (one, two):
                assert workspace.status().exit_code == 0
            assert [(e.id, e.name, e.links) for e in one.entities()] == [
                (e.id, e.name, e.links) for e in two.entities()
            ]
            (here,), (there,) = list(one.facts()), list(two.facts())
            assert (here.id, here.confidence, here.hedged, here.qualifiers) == (
                there.id, there.confidence, there.hedged, there.qualifiers,
            )  # fmt: skip
            assert '"The wren may nest in the elm." [d/x.txt p. 3]' in there.evidence[0].quote
    finally:
        rows(neo4j, GONE.replace("Imp", "Back"))


@pytest.mark.server
def test_a_wrong_password_says_so_and_changes_nothing(
    place: Path, neo4j: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kgc.errors import StoreError

    monkeypatch.setenv("IMPORT_PASSWORD", "wrong")
    with Workspace(place / "ws") as workspace, Server(Script(reply=read_aloud)) as model:
        workspace.ingest(write_story(place / "docs"), schema=str(place / "birds.py"), model="openai:any",
                         base_url=model.url, key_env="PATH")  # fmt: skip
        before = workspace.documents()
        with pytest.raises(StoreError, match="refuses"):
            workspace.import_graph(neo4j.uri, user=neo4j.user, password_env="IMPORT_PASSWORD")
        assert workspace.documents() == before
