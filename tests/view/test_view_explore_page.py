"""The Explore page without a browser: what it draws for an address, and where a press leads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from kgc.pipeline.workspace import Workspace
from kgc.shipped import folder
from tests.view.imported import fact, graph

Opened = Callable[..., AppTest]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with graph(
        tmp_path_factory.mktemp("page"),
        fact("Ada/Person", "WorksFor", "Acme/Organization", start="1998"),
        fact("Bob/Person", "WorksFor", "Acme/Organization"),
        fact("Acme/Organization", "BasedIn", "Rome/Location"),
    ) as opened:
        yield opened


@pytest.fixture
def opened(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Opened:
    def page(path: Path = workspace.path, **address: str) -> AppTest:
        monkeypatch.setattr("sys.argv", ["browse.py", "--workspace", str(path)])
        found = AppTest.from_file(str(folder("dashboards") / "browse.py"), default_timeout=60).run()
        for name, value in address.items():
            found.query_params[name] = value
        found.switch_page("views/explore.py").run()
        assert not found.exception
        return found

    return page


def html_of(page: AppTest) -> str:
    return "".join(h.value for h in page.get("html"))


def press(page: AppTest, key: str) -> AppTest:
    return page.button(key=f"kgc_explore_{key}").click().run()


def ids(workspace: Workspace) -> dict[str, str]:
    return {e.name: e.id for e in workspace.entities()}


def now(page: AppTest) -> tuple[str, ...]:
    entities: tuple[str, ...] = page.session_state["kgc_explore_trail"].now.entities
    return entities


def test_an_address_opens_an_entity_with_its_facts(opened: Opened, workspace: Workspace) -> None:
    page = opened(entity=ids(workspace)["Ada"])
    assert "Ada</bdi>" in html_of(page)
    assert list(page.dataframe[0].value["Relation"]) == ["WorksFor"]


def test_a_name_is_an_address_too(opened: Opened) -> None:
    assert "Rome</bdi>" in html_of(opened(entity="Rome"))


def test_without_an_address_the_best_connected_are_shown(opened: Opened, workspace: Workspace) -> None:
    assert set(now(opened())) == set(ids(workspace).values())


def test_hide_undo_and_redo(opened: Opened, workspace: Workspace) -> None:
    page = opened(entity=ids(workspace)["Ada"])
    before = now(page)
    press(page, "hide")
    assert ids(workspace)["Ada"] not in now(page)
    press(page, "undo")
    assert now(page) == before
    press(page, "redo")
    assert ids(workspace)["Ada"] not in now(page)


def test_the_filter_goes_with_undo(opened: Opened, workspace: Workspace) -> None:
    page = opened(entity=ids(workspace)["Acme"])
    page.slider(key="kgc_explore_filter_confidence").set_value(0.95).run()
    assert "1 entity, 0 facts" in html_of(page)
    press(page, "undo")
    assert page.slider(key="kgc_explore_filter_confidence").value == 0.0
    assert "4 entities, 3 facts" in html_of(page)


def test_years_leave_what_was_so_then(opened: Opened, workspace: Workspace) -> None:
    page = opened(entity=ids(workspace)["Acme"])
    page.checkbox(key="kgc_explore_filter_undated").uncheck().run()
    page.number_input(key="kgc_explore_filter_since").set_value(2000).run()
    assert "2 entities, 1 fact<" in html_of(page)


def test_an_address_that_leads_nowhere_is_said_beside_a_picture(opened: Opened, workspace: Workspace) -> None:
    page = opened(entity="<b>gone</b>")
    assert "There is no entity &#x27;&lt;b&gt;gone&lt;/b&gt;&#x27;" in html_of(page)
    assert set(now(page)) == set(ids(workspace).values())


def test_an_empty_workspace_explains_itself(opened: Opened, tmp_path: Path) -> None:
    from kgc.ledger import Ledger

    Ledger(tmp_path, writable=True).close()
    assert "kgc ingest FOLDER" in html_of(opened(tmp_path))


def test_a_folder_without_a_workspace_is_said(opened: Opened, tmp_path: Path) -> None:
    assert "There is no workspace" in html_of(opened(tmp_path))


def test_nothing_is_drawn_as_markdown_but_words_of_our_own(opened: Opened, workspace: Workspace) -> None:
    page = opened(entity=ids(workspace)["Ada"])
    drawn = [m.value for m in (*page.markdown, *page.caption)]
    assert not any("Ada" in words or "Acme" in words for words in drawn)
