"""The Review page's values and queues: what comes next, how right a sample is, bars that cannot be broken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc import Workspace
from kgc.data import Fact, Node
from kgc.ledger.queues import Narrow
from kgc.view.review import after, bars, in_words, moved, precision, wilson


@dataclass(frozen=True)
class Step:
    name: str
    weight: float
    reason: str


@dataclass(frozen=True)
class Told:
    steps: tuple[Step, ...]
    score: float = 0.7
    vetoes: tuple[Step, ...] = ()
    held: str = ""


FACT = Fact("f", "WorksFor", Node("p", "Person", "Ada"), Node("c", "Company", "Acme"), 0.9, "proposed")


def test_precision_counts_verdicts_alone() -> None:
    facts = [replace(FACT, status=s) for s in ("accepted", "accepted", "accepted", "rejected", "proposed")]
    found = precision(facts)
    assert (found.right, found.wrong, found.open, found.share) == (3, 1, 1, 0.75)
    assert found.words == "3 of 4 are right: 75% [30%–95%]; 1 are still open."
    assert precision([FACT]).words == "None of 1 is judged yet."


@given(st.integers(0, 200), st.integers(0, 200))
def test_wilsons_interval_holds_the_share(right: int, wrong: int) -> None:
    low, high = wilson(right, right + wrong)
    assert 0 <= low <= high <= 1
    if right + wrong:
        assert low - 1e-9 <= right / (right + wrong) <= high + 1e-9


def test_bars_hold_hostile_reasons_as_text() -> None:
    told = Told((Step("name", 2.0, "<script>alert(1)</script>"), Step("x", -4.0, 'a"b')), held="</div>")
    drawn = bars(told)
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn
    assert "width:46.0%" in drawn
    assert in_words(told).startswith("score 0.70; for: <script>")


def test_what_comes_next_stays_in_the_queue() -> None:
    ids = ["a", "b", "c"]
    assert [moved(ids, "b", n) for n in (-1, 0, 1, 9, -9)] == ["a", "b", "c", "c", "a"]
    assert moved(ids, "gone", 1) == "a"
    assert (moved([], "a", 1), after([], "a")) == ("", "")
    assert [after(ids, i) for i in ids] == ["b", "c", "b"]
    assert after(["a"], "a") == ""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "docs" / "sub").mkdir(parents=True)
    for n, name in enumerate(("Ada Byron", "Bo Lind", "Cleo Marsh", "Dan Moe")):
        text = f"{name} works for Acme Corporation. Acme Corporation was founded in {1990 + n} in Oslo.\n"
        (tmp_path / "docs" / ("sub" if n > 1 else "") / f"{n}.txt").write_text(text, encoding="utf-8")
    opened = Workspace(tmp_path / "ws")
    opened.ingest(tmp_path / "docs")
    return opened


def test_the_least_sure_comes_first_and_verdicts_leave_the_queue(workspace: Workspace) -> None:
    facts = workspace.queue("low")
    assert [f.confidence for f in facts] == sorted(f.confidence for f in facts)
    assert workspace.queue_size("low") == len(facts) > 4
    workspace.accept(facts[0].id)
    assert facts[0].id not in [f.id for f in workspace.queue("low")]
    assert [f.id for f in workspace.queue("accepted")] == [facts[0].id]


def test_conflicts_stand_side_by_side(workspace: Workspace) -> None:
    facts = workspace.queue("conflict")
    assert {f.relation for f in facts} == {"founded"}
    assert len(facts) == 4


def test_a_filter_narrows_a_queue(workspace: Workspace) -> None:
    every = workspace.queue("low")
    sub = workspace.queue("low", Narrow(document="docs/sub/"))
    assert 0 < len(sub) < len(every)
    assert all(any(s.document.startswith("docs/sub/") for s in f.evidence) for f in sub)
    assert {f.relation for f in workspace.queue("low", Narrow(relation="WorksFor"))} == {"WorksFor"}
    assert workspace.queue("low", Narrow(most=0.0)) == ()
    assert all(
        "Person" in (f.head.type, getattr(f.tail, "type", "")) for f in workspace.queue("low", Narrow(type="Person"))
    )
    assert workspace.queue_size("low", Narrow(document="docs/sub/")) == len(sub)


def test_a_sample_is_the_same_for_the_same_seed_and_goes_round(workspace: Workspace) -> None:
    whole = {f.id for f in workspace.queue("sample", limit=500)}
    for seed in ("", "8", "ffff"):
        facts = workspace.queue("sample", limit=500, seed=seed)
        assert {f.id for f in facts} == whole
        assert len(facts) == len(whole)
    assert workspace.queue("sample", limit=3, seed="8") == workspace.queue("sample", limit=3, seed="8")


def test_many_facts_are_judged_and_taken_back_at_once(workspace: Workspace) -> None:
    facts = workspace.queue("low")
    done = workspace.judge_all([*(f.id for f in facts), "gone"], "reject", by="me")
    assert len(done) == len(facts)
    assert workspace.queue("low") == ()
    assert len(workspace.queue("rejected")) == len(facts)
    assert workspace.undo_all([d.id for d in done]) == len(facts)
    assert workspace.queue("low") == facts
    assert workspace.undo_all([d.id for d in done]) == 0
