"""What runs did is recorded, once each; what is under way is told to other processes, and never after it ended."""

from __future__ import annotations

import json
import os
from pathlib import Path

from kgc import Workspace
from kgc.ledger import Ledger
from kgc.pipeline.live import FILE, live
from kgc.pipeline.progress import Progress
from kgc.testing.server import Server


def history(workspace: Path) -> list[tuple[str, str]]:
    with Ledger(workspace, writable=False) as ledger:
        return [(run.kind, run.what) for run in ledger.runs.last()]


def test_a_run_that_did_something_is_recorded_and_one_that_did_nothing_is_not(folder: Path, tmp_path: Path) -> None:
    with Workspace(tmp_path / "ws") as workspace:
        workspace.ingest(folder)
        workspace.ingest(folder)
        workspace.retry()
        workspace.forget(folder.name)
    assert history(tmp_path / "ws") == [("forget", folder.name), ("ingest", str(folder))]


def test_what_a_run_did_and_was_asked_for_can_be_read_again(folder: Path, tmp_path: Path) -> None:
    with Workspace(tmp_path / "ws") as workspace:
        report = workspace.ingest(folder)
    with Ledger(tmp_path / "ws", writable=False) as ledger:
        [run] = ledger.runs.last()
    assert run.options["model"] == "builtin"
    assert run.report["facts"] == report.facts
    assert run.report["exit_code"] == report.exit_code


def test_a_run_under_way_is_told_and_leaves_nothing_behind(folder: Path, tmp_path: Path) -> None:
    seen = []

    def watch(_: Progress) -> None:
        seen.append(live(tmp_path / "ws"))

    with Workspace(tmp_path / "ws") as workspace:
        workspace.ingest(folder, watch=watch)
    told = [run for run in seen if run is not None]
    assert told
    assert (told[0].kind, told[0].pid) == ("ingest", os.getpid())
    assert live(tmp_path / "ws") is None
    assert not (tmp_path / "ws" / FILE).exists()


def test_what_a_killed_run_left_behind_is_no_run(tmp_path: Path) -> None:
    (tmp_path / ".kgc").mkdir()
    values = {"kind": "ingest", "what": "docs", "model": "m", "strategy": "", "budget": None, "max_calls": None}
    values |= {"pid": 2**22 + 1, "started": 0.0, "at": 0.0, "progress": {"stage": "ask"}}
    (tmp_path / FILE).write_text(json.dumps(values), encoding="utf-8")
    assert live(tmp_path) is None
    (tmp_path / FILE).write_text("{", encoding="utf-8")
    assert live(tmp_path) is None


def test_money_is_summed_by_prompt_and_model(folder: Path, schema: str, server: Server, tmp_path: Path) -> None:
    with Workspace(tmp_path / "ws") as workspace:
        report = workspace.ingest(folder, schema=schema, model="openai:any", base_url=server.url)
    with Ledger(tmp_path / "ws", writable=False) as ledger:
        spent = ledger.runs.spent()
    assert {(s.tag.split("/")[0], s.model) for s in spent} == {("codekgc", "openai:any")}
    assert sum(s.answers for s in spent) == report.calls.made
    assert sum(s.usage.completion for s in spent) == report.usage.completion
