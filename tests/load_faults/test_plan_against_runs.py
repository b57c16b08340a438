"""`kgc plan` says beforehand, to a tenth, what a run then uses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bench import corpus
from kgc import Workspace
from kgc.pipeline.report import Plan, Report
from kgc.testing.script import Script, Turn
from kgc.testing.server import Server

pytestmark = pytest.mark.server

MODEL = "openai:gpt-5-mini"


@pytest.fixture
def schema(repository: Path) -> str:
    return str(repository / "schemas" / "company.py")


def near(estimate: float, found: float) -> bool:
    return abs(estimate - found) <= 0.1 * found


def agree(plan: Plan, report: Report) -> None:
    assert near(plan.calls, report.calls.made)
    assert near(plan.usage.prompt, report.usage.prompt)
    assert near(plan.usage.cached_prefix, report.usage.cached_prefix)
    assert near(plan.usage.completion, report.usage.completion)
    assert plan.cost is not None
    assert report.cost is not None
    assert near(plan.cost, report.cost)


def test_a_plan_of_documents_full_of_facts_holds_before_anything_was_asked(tmp_path: Path, schema: str) -> None:
    folder = corpus.write(tmp_path / "docs", 100)
    with Server(Script(reply=corpus.answer)) as server, Workspace(tmp_path / "ws") as workspace:
        plan = workspace.plan(folder, schema=schema, model=MODEL)
        assert server.counts["asked"] == 0
        report = workspace.ingest(folder, schema=schema, model=MODEL, base_url=server.url)
        assert plan.calls == report.calls.made == 100
        agree(plan, report)
        again = workspace.plan(folder, schema=schema, model=MODEL)
        assert (again.calls, again.usage.completion, again.cost) == (0, 0, 0.0)


def wordy(turns: Sequence[Turn]) -> str:
    """A model that says much and makes mistakes: every answer needs a second turn."""
    if len(turns) > 2:
        return "pass"
    return "\n".join([*corpus.answer(turns).splitlines(), *(f'Nothing(c1, "{n}", 1)' for n in range(60))])


@pytest.mark.parametrize("reply", [wordy, lambda turns: "# relations: none"], ids=["wordy", "terse"])
def test_a_plan_learns_from_the_answers_that_are_there(tmp_path: Path, schema: str, reply: object) -> None:
    folder = corpus.write(tmp_path / "docs", 20)
    with Server(Script(reply=reply)) as server, Workspace(tmp_path / "ws") as workspace:  # type: ignore[arg-type]
        workspace.ingest(folder, schema=schema, model=MODEL, base_url=server.url)
        corpus.write(folder, 60)
        plan = workspace.plan(folder, schema=schema, model=MODEL)
        agree(plan, workspace.ingest(folder, schema=schema, model=MODEL, base_url=server.url))


def test_a_plan_of_the_examples_holds_for_calls_and_prompts(tmp_path: Path, schema: str, repository: Path) -> None:
    folder = repository / "examples" / "documents"
    with Server(Script(reply="# relations: none")) as server, Workspace(tmp_path / "ws") as workspace:
        plan = workspace.plan(folder, schema=schema, model=MODEL)
        report = workspace.ingest(folder, schema=schema, model=MODEL, base_url=server.url)
        assert plan.calls == report.calls.made
        assert near(plan.usage.prompt, report.usage.prompt)
        assert near(plan.usage.cached_prefix, report.usage.cached_prefix)
