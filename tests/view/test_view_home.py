"""The Home page's values: how things stand, and what to do next."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgc.pipeline.report import Report, Tally
from kgc.view.home import example, health, next_steps, shares


def report(documents: Tally, chunks: Tally, facts: int = 9) -> Report:
    return Report(documents, chunks, 5, facts)


READ = report(Tally(done=3), Tally(done=7))


def test_an_empty_workspace_explains_itself() -> None:
    steps = next_steps(report(Tally(), Tally(), 0))
    assert [s.command for s in steps] == ["kgc ingest FOLDER", "kgc ingest examples/documents"]


def test_the_example_is_found_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert len([p for p in Path(example()).rglob("*") if p.is_file()]) == 28


def test_the_most_pressing_comes_first() -> None:
    failed = report(Tally(done=3, failed=1), Tally(done=7, pending=2))
    assert [s.page or s.command for s in next_steps(failed, running=True)][:2] == ["runs", "runs"]
    assert next_steps(failed)[0].title == "See what failed"
    assert next_steps(READ, proposals=13)[0].why == "13 pairs of names may mean one thing."
    assert next_steps(READ)[0].page == "explore"


def test_open_passages_are_told_and_go_on_by_themselves() -> None:
    waiting = report(Tally(done=3), Tally(done=7, pending=2))
    assert health(waiting) == "2 passages are still open."
    assert any(s.command for s in next_steps(waiting))
    assert not any(s.command for s in next_steps(waiting, running=True))


def test_health_is_one_sentence() -> None:
    assert health(READ) == "Everything that was found was read."
    assert health(report(Tally(done=1, failed=1), Tally(failed=2))) == "1 file and 2 passages failed."


def test_the_rest_is_summed() -> None:
    assert shares([("a", 1)], 3) == [("a", 1)]
    assert shares([("b", 1), ("a", 1), ("c", 1)], 1) == [("a", 1), ("2 others", 2)]
