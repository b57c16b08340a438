"""People's decisions reach the graph at once, outlive every re-run, and travel between workspaces."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgc import KgcError, Workspace
from kgc.data import Decision
from kgc.ledger import Ledger
from kgc.ledger.decisions import decision_id
from kgc.ledger.rulings import split_size
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


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    """One in which nothing was read."""
    Ledger(tmp_path / "empty", writable=True).close()
    return Workspace(tmp_path / "empty")


KEYS = ["Organization:Acme Corp", "Organization:Northwind"]
GOOD = {"id": "x", "kind": "split", "what": KEYS, "payload": '{"out":1}', "reason": "", "by": "Ann", "at": ""}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"payload": "{"}, "the payload of this split is '{'"),
        ({"payload": '{"out":2}'}, "0 < N < the number of keys"),
        ({"payload": '{"out":true}'}, "the payload of this split"),
        ({"payload": "[" * 100_000}, "the payload of this split"),
        ({"kind": "retype", "payload": "Person"}, '{"type": CLASS}'),
        ({"kind": "rename", "what": KEYS[:1], "payload": '{"name":" "}'}, '{"name": NAME}'),
        ({"kind": "link", "what": KEYS[:1], "payload": "{}"}, "with an id or an iri"),
        ({"kind": "merge", "payload": '{"features":[["name","much",1]]}'}, "the payload of this merge"),
        ({"kind": "accept", "what": [*KEYS, ""], "payload": "yes"}, 'It has to be "" or a JSON object'),
        ({"kind": "add"}, "a decision of the kind 'add'"),
        ({"kind": ["split"]}, "are texts"),
        ({"what": ["Organization:\ud800", KEYS[0]]}, "half a character"),
        ({"score": float("nan")}, "the score is nan, not between 0 and 1"),
        ({"score": 10**400}, "not between 0 and 1"),
        ({"at": "tomorrow"}, "`at` is 'tomorrow', which is no time"),
        ({"at": "2026-11-21T22:40:00"}, "without its zone"),
    ],
)
def test_a_decision_that_cannot_be_taken_over_is_refused_with_its_line_and_nothing_is_taken(
    empty: Workspace, tmp_path: Path, wrong: dict[str, object], words: str
) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text(f"{json.dumps(GOOD)}\n\n{json.dumps({**GOOD, **wrong})}\n")
    with pytest.raises(KgcError) as refused:
        empty.import_decisions(file)
    told = f"{refused.value} {refused.value.hint}"
    assert "bad.jsonl:3: " in told
    assert words in told
    assert empty.decisions() == ()


@pytest.mark.parametrize("line", [b"[" * 100_000, b"[]", b'"x"', b"\xff", b'{"id": 1, "what": 5}'])
def test_a_line_of_anything_else_is_refused(empty: Workspace, tmp_path: Path, line: bytes) -> None:
    (tmp_path / "bad.jsonl").write_bytes(line)
    with pytest.raises(KgcError, match=r"bad\.jsonl:1: this is no decision"):
        empty.import_decisions(tmp_path / "bad.jsonl")


def test_what_was_exported_is_taken_over_whatever_signs_are_in_it(
    filled: Workspace, empty: Workspace, tmp_path: Path
) -> None:
    filled.merge("Acme Corp", "Northwind", by="an\u2028na \x85 \x1e")
    file = tmp_path / "ours.jsonl"
    assert filled.export_decisions(file) == 1
    assert empty.import_decisions(file) == 1
    assert empty.decisions() == filled.decisions()


def test_an_export_that_cannot_be_written_leaves_the_file_that_was_there(filled: Workspace, tmp_path: Path) -> None:
    """An older kgc took half a character over from a file."""
    with Ledger(filled.path, writable=True) as ledger, ledger.transaction():
        what = ("Organization:\ud800", "Organization:Northwind")
        ledger.decisions.put(Decision(decision_id("merge", ("half",)), "merge", what))
    assert filled.export_decisions(tmp_path / "ours.jsonl") == 1
    assert "Organization:?" in (tmp_path / "ours.jsonl").read_text()
    with pytest.raises(KgcError, match="is a folder"):
        filled.export_decisions(tmp_path)


def test_a_split_that_an_older_kgc_took_over_unread_does_not_stop_the_graph(filled: Workspace) -> None:
    split = Decision(decision_id("split", tuple(KEYS)), "split", tuple(KEYS), "{")
    assert [split_size(split), split_size(Decision("", "split", tuple(KEYS), '{"out":1}'))] == [0, 1]
    with Ledger(filled.path, writable=True) as ledger, ledger.transaction():
        ledger.decisions.put(split)
        ledger.state.bump()
    assert filled.resolve().names == 7


def test_what_is_decided_here_goes_before_a_decision_of_a_clock_that_is_ahead(
    filled: Workspace, tmp_path: Path
) -> None:
    fact = next(f for f in filled.facts() if f.head.name == "Bo Lind")
    decision = filled.accept(fact.id, by="Ann")
    filled.undo(decision.id)
    filled.export_decisions(tmp_path / "theirs.jsonl")
    row = json.loads((tmp_path / "theirs.jsonl").read_text())
    ahead = {**row, "undone": False, "at": "2999-01-01T08:00:00+08:00"}
    (tmp_path / "theirs.jsonl").write_text(json.dumps(ahead))
    filled.import_decisions(tmp_path / "theirs.jsonl")
    assert {f.status for f in filled.facts() if f.id == fact.id} == {"accepted"}
    rejected = filled.reject(fact.id, by="Bo")
    assert rejected.at == "2999-01-01T00:00:00.000001+00:00"
    assert fact.id not in {f.id for f in filled.facts()}
