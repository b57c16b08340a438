"""The Review page without a browser: a decision is whole, also where the next key comes while it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("streamlit")
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.testing.v1 import AppTest

from kgc.data import Decision
from kgc.pipeline.workspace import Workspace
from kgc.shipped import folder
from tests.view.imported import fact, graph


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    facts = (fact(f"{name}/Person", "WorksFor", "Acme/Organization") for name in ("Ada", "Bob", "Cy"))
    with graph(tmp_path, *facts) as opened:
        yield opened


@pytest.fixture
def page(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr("sys.argv", ["browse.py", "--workspace", str(workspace.path)])
    found = AppTest.from_file(str(folder("dashboards") / "browse.py"), default_timeout=60).run()
    return found.switch_page("views/review.py").run()


def heading(page: AppTest) -> str:
    return next(h.value for h in page.get("html") if "kgc-name" in h.value)


def people(workspace: Workspace) -> list[Decision]:
    return [d for d in workspace.decisions() if not d.by.startswith("rule:") and not d.undone]


def test_another_key_while_a_decision_is_taken_leaves_it_whole(
    page: AppTest, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = heading(page)
    accept = Workspace.accept

    def interrupted(self: Workspace, id_: str, by: str = "person") -> Decision:
        decision = accept(self, id_, by)
        context = get_script_run_ctx()
        assert context
        assert context.script_requests
        context.script_requests.request_rerun(RerunData())
        return decision

    monkeypatch.setattr(Workspace, "accept", interrupted)
    page.button(key="kgc_review_accept").click().run()
    page.run()
    assert len(people(workspace)) == 1
    assert heading(page) != first, "it went on to the next fact"
    page.button(key="kgc_decided_undo").click().run()
    assert people(workspace) == []
