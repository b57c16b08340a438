"""A verdict on a fact touches that fact alone; what comes of it is what deriving everything would give."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc import Workspace
from kgc.data import Decision
from kgc.ledger import Ledger
from kgc.pipeline.derive import derive, follow, fresh

TEXTS = (
    "Ada Byron works for Acme Corporation. Acme Corporation was founded in 1990 in Oslo.",
    "Acme Corporation was founded in 1991. Bo Lind is married to Cleo Marsh.",
    "Cleo Marsh leads Northwind Traders. Northwind Traders is based in Bergen, Norway.",
    "Dan Moe may work for Acme Corporation. Acme Corporation acquired Northwind Traders in 2004.",
)
SEEN = (
    "SELECT id, status, visible, conflict, support FROM fact ORDER BY id",
    "SELECT id, name, visible FROM entity ORDER BY id",
    "SELECT key, value FROM meta WHERE key IN ('entities', 'facts') ORDER BY key",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("made")
    (place / "docs").mkdir()
    for n, text in enumerate(TEXTS):
        (place / "docs" / f"{n}.txt").write_text(text + "\n", encoding="utf-8")
    with Workspace(place / "ws") as workspace:
        workspace.ingest(place / "docs")
        assert len(list(workspace.facts())) > 6
    return place / "ws"


def seen(workspace: Path) -> list[list[tuple[object, ...]]]:
    with Ledger(workspace, writable=False) as ledger:
        return [[tuple(row) for row in ledger.connection.execute(query)] for query in SEEN]


def derived_anew(workspace: Path) -> list[list[tuple[object, ...]]]:
    with Ledger(workspace, writable=True) as ledger:
        with ledger.transaction():
            ledger.state.bump()
        derive(ledger)
    return seen(workspace)


ACTS = st.lists(st.tuples(st.sampled_from(("accept", "reject", "undo", "many")), st.integers(0, 99)), max_size=8)


@settings(max_examples=25)
@given(ACTS)
def test_verdicts_one_by_one_give_what_deriving_everything_gives(
    made: Path, tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]]
) -> None:
    place = tmp_path_factory.mktemp("lived") / "ws"
    shutil.copytree(made, place)
    done: list[Decision] = []
    for act, n in acts:
        with Workspace(place) as workspace:
            facts = sorted(workspace.facts(hidden=True), key=lambda f: f.id)
            fact = facts[n % len(facts)]
            if act == "undo" and done:
                workspace.undo(done.pop(n % len(done)).id)
            elif act == "many":
                found = workspace.judge_all([f.id for f in facts[:: 2 + n % 3]], "reject")
                done = [d for d in done if d.id not in {f.id for f in found}] + list(found)
            elif act != "undo":
                decision = workspace.accept(fact.id) if act == "accept" else workspace.reject(fact.id)
                done = [*(d for d in done if d.id != decision.id), decision]
    lived = seen(place)
    assert derived_anew(place) == lived


def test_a_verdict_derives_nothing_else(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "ws")
    with Workspace(tmp_path / "ws") as workspace:
        decision = workspace.accept(next(iter(workspace.facts())).id)
    with Ledger(tmp_path / "ws", writable=True) as ledger:
        assert fresh(ledger)
        with ledger.transaction():
            ledger.decisions.undo(decision)
            ledger.state.bump()
        assert not fresh(ledger)
        assert follow(ledger, (decision,), int(ledger.state.get("generation")))
        assert fresh(ledger)


def test_what_else_changed_meanwhile_is_derived(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "ws")
    with Workspace(tmp_path / "ws") as workspace:
        decision = workspace.accept(next(iter(workspace.facts())).id)
    with Ledger(tmp_path / "ws", writable=True) as ledger:
        before = int(ledger.state.get("generation"))
        with ledger.transaction():
            ledger.state.bump()
            ledger.state.bump()
        assert not follow(ledger, (decision,), before + 1)
        assert not fresh(ledger)


def test_the_embedded_graph_follows_when_it_is_asked(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "ws")
    ask = "MATCH (a)-[r]->(b) RETURN count(r)"
    with Workspace(tmp_path / "ws") as workspace:
        [[before]] = workspace.query(ask).rows
        married = next(f for f in workspace.facts() if f.relation == "SpouseOf")
        decision = workspace.reject(married.id)
    with Workspace(tmp_path / "ws") as workspace:
        [[after]] = workspace.query(ask).rows
        assert (after < before, workspace.undo(decision.id).undone) == (True, True)
    with Workspace(tmp_path / "ws") as workspace:
        assert workspace.query(ask).rows == [[before]] or workspace.query(ask).rows == ((before,),)
