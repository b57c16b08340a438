"""Linking a workspace: decisions that hold, can be taken back, and change only where the knowledge base did."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgc import Workspace
from kgc.cli.guard import run
from kgc.errors import KgcError
from kgc.pipeline.link_source import FOLDER, KnowledgeBase
from kgc.resolve.linking.index import Index

SCHEMA = '''"""People and firms."""
from kgc.schema.words import Entity, Relation


class Person(Entity):
    """A human being."""


class Firm(Entity):
    aliases = ("company",)


class WorksFor(Relation):
    head: Person
    tail: Firm
'''
KB = [
    {"id": "f1", "name": "Acme Corporation", "aliases": ["Acme"], "type": "company", "related": ["p1"]},
    {"id": "p1", "name": "Ada Byron", "type": "person", "description": "Works for Acme"},
    {"id": "p2", "name": "Bo Lind", "type": "person"},
]


def fact(head: str, tail: str) -> dict[str, object]:
    return {
        "kind": "fact", "id": f"{head}{tail}", "relation": "WorksFor", "confidence": 1.0, "status": "proposed",
        "head": {"id": head, "type": "Person", "name": head}, "tail": {"id": tail, "type": "Firm", "name": tail},
        "evidence": [],
    }  # fmt: skip


def write(path: Path, rows: list[dict[str, object]]) -> str:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return str(path)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "people.py").write_text(SCHEMA, encoding="utf-8")
    facts = [fact("Ada Byron", "Acme"), fact("Bo Lind", "Acme Corp."), fact("Cy Nobody", "Acme")]
    found = Workspace(tmp_path / "w")
    (tmp_path / "w").mkdir()
    found.import_graph(write(tmp_path / "facts.jsonl", facts), schema=str(tmp_path / "people.py"))
    return found


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return KnowledgeBase(write(tmp_path / "register.jsonl", KB), base="https://e.org/")


def links(workspace: Workspace) -> dict[str, tuple[str, ...]]:
    workspace.close()
    return {e.name: e.links for e in workspace.entities() if e.links}


def by_key(workspace: Workspace) -> dict[str, str]:
    """What each key is: of several links in force, the last one."""
    workspace.close()
    found = [d for d in reversed(workspace.decisions()) if d.kind == "link" and not d.undone]
    return {d.what[0]: json.loads(d.payload)["id"] for d in found}


def test_names_become_links_of_entities_and_a_second_run_changes_nothing(
    workspace: Workspace, kb: KnowledgeBase
) -> None:
    first = workspace.link(kb)
    assert {c.key for c, _ in first.links} == {"Person:Ada Byron", "Person:Bo Lind", "Firm:Acme", "Firm:Acme Corp."}
    assert links(workspace)["Ada Byron"] == ("https://e.org/p1",)
    before = workspace.decisions()
    again = workspace.link(kb)
    workspace.close()
    assert (again.added, again.withdrawn) == (0, 0)
    assert workspace.decisions() == before


def test_a_dry_run_tells_and_changes_nothing(workspace: Workspace, kb: KnowledgeBase) -> None:
    told = workspace.link(kb, dry_run=True)
    assert told.added == len(told.links) > 0
    assert by_key(workspace) == {}


def test_names_of_one_entry_become_one_entity_called_as_the_entry(workspace: Workspace, kb: KnowledgeBase) -> None:
    workspace.link(kb)
    assert links(workspace)["Acme Corporation"] == ("https://e.org/f1",)


def test_an_undone_link_stays_undone(workspace: Workspace, kb: KnowledgeBase) -> None:
    workspace.link(kb)
    workspace.close()
    [decision] = [d for d in workspace.decisions() if d.what == ("Person:Ada Byron",) and d.kind == "link"]
    workspace.undo(decision.id)
    assert "Ada Byron" not in links(workspace)
    assert workspace.link(kb).added == 0
    assert "Person:Ada Byron" not in by_key(workspace)


def test_a_persons_link_outlives_every_run_and_goes_before_the_rules(workspace: Workspace, kb: KnowledgeBase) -> None:
    workspace.link(kb)
    workspace.close()
    workspace.link_to("Ada Byron", "p2", kb, by="Eve")
    assert by_key(workspace)["Person:Ada Byron"] == "p2"
    found = workspace.link(kb)
    assert [key for key, _ in found.ruled] == ["Person:Ada Byron"]
    assert by_key(workspace)["Person:Ada Byron"] == "p2"
    assert links(workspace)["Bo Lind"] == ("https://e.org/p2",)


def test_undoing_a_persons_link_restores_what_was_said_before(workspace: Workspace, kb: KnowledgeBase) -> None:
    workspace.link(kb)
    by_rule = links(workspace)
    [first] = workspace.link_to("Person:Ada Byron", "f1", kb)
    by_hand = links(workspace)
    [second] = workspace.link_to("Person:Ada Byron", "p2", kb)
    assert by_key(workspace)["Person:Ada Byron"] == "p2"
    workspace.undo(second.id)
    assert links(workspace) == by_hand != by_rule
    workspace.undo(first.id)
    assert links(workspace) == by_rule
    assert "Person:Ada Byron" in {c.key for c, _ in workspace.link(kb).links}


def test_a_persons_link_goes_with_no_dry_run_and_no_explanation(
    workspace: Workspace, kb: KnowledgeBase, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["link", "--to", kb.source, "-w", str(workspace.path), "Ada Byron", "p2"]
    workspace.close()
    for option in (["--dry-run"], ["--explain", "Ada Byron"]):
        assert run([*at, *option]) == 2
        assert f"{option[0]} does not go with ENTITY and ID" in capsys.readouterr().err
    assert by_key(workspace) == {}


def test_a_new_version_of_the_knowledge_base_changes_only_what_it_says_anew(
    workspace: Workspace, kb: KnowledgeBase
) -> None:
    workspace.link(kb)
    before = {d.id: d for d in workspace.decisions()}
    write(Path(kb.source), [*KB[:2], {"id": "p9", "name": "Bo Lind", "type": "person"}])
    found = workspace.link(kb)
    assert (found.added, found.withdrawn) == (1, 1)
    assert by_key(workspace)["Person:Bo Lind"] == "p9"
    kept = [d for d in workspace.decisions() if d.id in before]
    assert all(before[d.id] == d for d in kept)
    assert len(list((workspace.path / FOLDER).glob("*.db"))) == 1


def test_links_to_two_knowledge_bases_stand_beside_each_other(
    workspace: Workspace, kb: KnowledgeBase, tmp_path: Path
) -> None:
    workspace.link(kb)
    other = KnowledgeBase(write(tmp_path / "people.jsonl", [{"id": "x 1", "name": "Ada Byron"}]))
    workspace.link(other)
    assert links(workspace)["Ada Byron"] == ("https://e.org/p1", "people:x 1")
    assert workspace.link(kb).withdrawn == 0


def test_a_broken_knowledge_base_changes_nothing_and_leaves_nothing(workspace: Workspace, kb: KnowledgeBase) -> None:
    workspace.link(kb)
    before = by_key(workspace)
    write(Path(kb.source), [*KB, KB[0]])
    with pytest.raises(KgcError, match=r"register\.jsonl:4: the id 'f1' is that of register\.jsonl:1"):
        workspace.link(kb)
    assert by_key(workspace) == before
    assert [p.suffix for p in (workspace.path / FOLDER).iterdir()] == [".db"]


def test_a_deleted_index_is_built_anew(workspace: Workspace, kb: KnowledgeBase) -> None:
    workspace.link(kb)
    [path] = (workspace.path / FOLDER).iterdir()
    path.write_bytes(b"torn")
    assert workspace.link(kb).added == 0
    with Index(path) as index:
        assert index.size == len(KB)


def test_what_is_weighed_for_a_name_can_be_seen(workspace: Workspace, kb: KnowledgeBase) -> None:
    [choice] = workspace.explain_link(kb, "ada byron")
    assert choice.chosen is not None
    assert {f.name for f in choice.chosen.features} >= {"name", "type"}
    with pytest.raises(KgcError, match="no name named"):
        workspace.explain_link(kb, "Nobody At All")


@pytest.mark.parametrize("wrong", [{"base": "no iri"}, {"name": "a b"}])
def test_options_that_make_no_sense_are_refused(kb: KnowledgeBase, workspace: Workspace, wrong: dict[str, str]) -> None:
    with pytest.raises(KgcError):
        workspace.link(KnowledgeBase(kb.source, **wrong))
    with pytest.raises(KgcError):
        workspace.link(kb, min_score=0)
