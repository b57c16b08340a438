"""A verdict on a fact touches that fact alone; what comes of it is what deriving everything would give."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc import Workspace
from kgc.data import Decision, DecisionKind, Fact, Node
from kgc.ledger import Ledger
from kgc.ledger.decisions import decision_id
from kgc.ledger.verdicts import LITERAL
from kgc.pipeline.derive import derive, follow, fresh
from tests.pipeline.graph_lines import fact as told
from tests.pipeline.graph_lines import node, value, write_lines

TEXTS = (
    "Ada Byron works for Acme Corporation. Acme Corporation was founded in 1990 in Oslo.",
    "Acme Corporation was founded in 1991. Bo Lind is married to Cleo Marsh.",
    "Cleo Marsh leads Northwind Traders. Northwind Traders is based in Bergen, Norway.",
    "Dan Moe may work for Acme Corporation. Acme Corporation acquired Northwind Traders in 2004.",
)
KAY, LI, XEROX = node("Al Kay"), node("Bo Li"), node("Xerox", "Company")
ALIKE = (
    told(KAY, "WorksFor", XEROX, qualifiers={"start": "1990", "end": "1995"}),
    told(KAY, "WorksFor", XEROX, qualifiers={"start": "2000", "end": "2005"}),
    told(KAY, "WorksFor", XEROX, negated=True),
    told(KAY, "WorksFor", XEROX),
    told(KAY, "SpouseOf", LI, qualifiers={"start": "1990"}),
    told(LI, "SpouseOf", KAY, negated=True),
    told(XEROX, "revenue", value("5 USD", "5", "amount", "USD")),
    told(XEROX, "revenue", value("5 EUR", "5", "amount", "EUR")),
)
"""Facts of the same head, relation and tail that are told apart by negation, time or unit."""
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
        things = [{"kind": "entity", **end, "aliases": [], "links": []} for end in (KAY, LI, XEROX)]
        workspace.import_graph(write_lines(place / "alike.jsonl", [*things, *ALIKE]), schema="general")
        assert len(alike(workspace)) == len(ALIKE)
    return place / "ws"


def alike(workspace: Workspace) -> list[Fact]:
    """The facts of `ALIKE`, those of one head, relation and tail beside each other."""
    ours = (f for f in workspace.facts(hidden=True) if f.head.name in ("Al Kay", "Bo Li", "Xerox"))
    return sorted(ours, key=lambda f: (f.relation, f.id))


def statuses(workspace: Workspace) -> dict[str, str]:
    return {f.id: f.status for f in workspace.facts(hidden=True)}


def statuses_of(place: Path) -> dict[str, str]:
    with Workspace(place) as workspace:
        return statuses(workspace)


def wide(place: Path, fact: Fact, kind: DecisionKind) -> Decision:
    """A verdict of an older kgc on the keys of this fact: it has no payload, and speaks of all facts that have them."""
    with Workspace(place) as workspace:
        keys = {end.id: end.keys[0] for end in workspace.graph().entities(hidden=True)}
    end = keys[fact.tail.id] if isinstance(fact.tail, Node) else f"{LITERAL}{fact.tail.datatype}:{fact.tail.value}"
    what = (keys[fact.head.id], fact.relation, end)
    with Ledger(place, writable=True) as ledger:
        with ledger.transaction():
            decision = ledger.decisions.put(Decision(decision_id(kind, what), kind, what))
            ledger.state.bump()
        derive(ledger)
    return decision


def seen(workspace: Path) -> list[list[tuple[object, ...]]]:
    with Ledger(workspace, writable=False) as ledger:
        return [[tuple(row) for row in ledger.connection.execute(query)] for query in SEEN]


def derived_anew(workspace: Path) -> list[list[tuple[object, ...]]]:
    with Ledger(workspace, writable=True) as ledger:
        with ledger.transaction():
            ledger.state.bump()
        derive(ledger)
    return seen(workspace)


KINDS = ("accept", "reject", "undo", "many", "old")
ACTS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 99), st.booleans()), max_size=8)


@settings(max_examples=25)
@given(ACTS)
def test_verdicts_one_by_one_give_what_deriving_everything_gives(
    made: Path, tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int, bool]]
) -> None:
    place = tmp_path_factory.mktemp("lived") / "ws"
    shutil.copytree(made, place)
    done: list[Decision] = []
    for act, n, among_alike in acts:
        with Workspace(place) as workspace:
            facts = alike(workspace) if among_alike else sorted(workspace.facts(hidden=True), key=lambda f: f.id)
            fact, before, meant = facts[n % len(facts)], statuses(workspace), set[str]()
            if act == "undo" and done:
                workspace.undo(done.pop(n % len(done)).id)
                continue
            if act == "many":
                meant = {f.id for f in facts[:: 2 + n % 3]}
                taken = workspace.judge_all(sorted(meant), "reject")
            elif act in ("accept", "reject"):
                meant = {fact.id}
                taken = (workspace.accept(fact.id) if act == "accept" else workspace.reject(fact.id),)
            else:
                taken = (wide(place, fact, "accept" if n % 2 else "reject"),) if act == "old" else ()
            done = [*(d for d in done if d.id not in {t.id for t in taken}), *taken]
        if meant:
            with Workspace(place) as workspace:
                assert {id_ for id_, status in statuses(workspace).items() if status != before[id_]} <= meant
    lived = seen(place)
    assert derived_anew(place) == lived


@pytest.mark.parametrize("kind", ["accept", "reject"])
def test_a_verdict_on_one_of_several_facts_alike_touches_that_one(
    made: Path, tmp_path: Path, kind: DecisionKind
) -> None:
    shutil.copytree(made, tmp_path / "ws")
    with Workspace(tmp_path / "ws") as workspace:
        facts = alike(workspace)
    for number, fact in enumerate(facts):
        with Workspace(tmp_path / "ws") as workspace:
            workspace.judge_all([fact.id], kind)
        judged = {f.id for f in facts[: number + 1]}
        with Workspace(tmp_path / "ws") as workspace:
            assert {f.id for f in alike(workspace) if f.status != "proposed"} == judged


def test_a_verdict_without_a_payload_keeps_its_wide_meaning_and_is_not_doubled(made: Path, tmp_path: Path) -> None:
    place = tmp_path / "ws"
    shutil.copytree(made, place)
    with Workspace(place) as workspace:
        works = [f for f in alike(workspace) if f.relation == "WorksFor"]
    old = wide(place, works[0], "reject")
    assert {statuses_of(place)[f.id] for f in works} == {"rejected"}
    with Workspace(place) as workspace:
        assert workspace.reject(works[1].id) == old
        narrow = workspace.accept(works[1].id)
        assert workspace.accept(works[1].id).id == narrow.id
    assert [f.id for f in works if statuses_of(place)[f.id] == "accepted"] == [works[1].id]
    with Workspace(place) as workspace:
        workspace.undo(old.id)
    assert {f.id: statuses_of(place)[f.id] for f in works} == {
        f.id: "accepted" if f is works[1] else "proposed" for f in works
    }


def test_a_verdict_on_one_of_several_facts_alike_travels(made: Path, tmp_path: Path) -> None:
    for name in ("here", "there"):
        shutil.copytree(made, tmp_path / name)
    with Workspace(tmp_path / "here") as here:
        ids = [f.id for f in alike(here)]
        for id_ in ids[::2]:
            here.reject(id_)
        assert here.export_decisions(tmp_path / "ours.jsonl") == len(ids[::2])
    with Workspace(tmp_path / "there") as there:
        there.import_decisions(tmp_path / "ours.jsonl")
    assert {id_ for id_, status in statuses_of(tmp_path / "there").items() if status == "rejected"} == set(ids[::2])


@pytest.mark.parametrize("payload", ["no JSON", "[" * 99999, "7", '{"negated": 1}', '{"negated":true,"time":[]}'])
def test_a_verdict_with_a_payload_that_cannot_be_read_speaks_of_no_fact(
    made: Path, tmp_path: Path, payload: str
) -> None:
    place = tmp_path / "ws"
    shutil.copytree(made, place)
    with Workspace(place) as workspace:
        what = workspace.reject(alike(workspace)[0].id).what
    with Ledger(place, writable=True) as ledger:
        with ledger.transaction():
            ledger.connection.execute("DELETE FROM decision WHERE kind = 'reject'")
            ledger.decisions.put(Decision(decision_id("reject", what, payload), "reject", what, payload))
            ledger.state.bump()
        derive(ledger)
    assert "rejected" not in statuses_of(place).values()


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
