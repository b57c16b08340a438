"""The page while the workspace changes under it: a run goes on, a document goes, a person decides."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kgc.ledger.lock import long_run
from kgc.pipeline.workspace import LOCK, Workspace
from tests.browser.serving import app, drawing, screenshot, settle, watched_page

pytestmark = pytest.mark.browser


@pytest.fixture
def mine(examples: Path, tmp_path: Path) -> Path:
    """The examples in a workspace of one's own."""
    return shutil.copytree(examples, tmp_path / "mine")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def search(page: Page, text: str) -> None:
    page.get_by_label("Search names").fill(text)
    page.locator(f'.found.shown[data-text="{text}"] [role=option]').first.wait_for()
    page.keyboard.press("Enter")
    settle(page)


def test_people_look_and_decide_while_a_run_goes_on(browser: Browser, mine: Path, home: Path) -> None:
    with app(mine, home) as address, watched_page(browser) as page, long_run(mine / LOCK):
        page.goto(f"{address}/explore")
        drawing(page).wait_for()
        search(page, "elina j")
        expect(page.locator("h2.kgc-name")).to_have_text("Elina Jokela")
        settle(page)
        fact = drawing(page).evaluate("e => e.kgc.cy.nodes('.chosen').connectedEdges()[0].id()")
        drawing(page).evaluate("(e, id) => { e.kgc.send('choose', id); }", fact)
        page.get_by_role("button", name="Reject").click()
        expect(page.get_by_text("The run that goes on takes it up")).to_be_visible()
        with Workspace(mine) as workspace:
            [decision] = [d for d in workspace.decisions() if not d.by.startswith("rule:")]
        assert decision.kind == "reject"


def test_a_decision_shows_and_is_taken_back(browser: Browser, mine: Path, home: Path) -> None:
    with app(mine, home) as address, watched_page(browser) as page:
        page.goto(f"{address}/explore")
        drawing(page).wait_for()
        search(page, "elina j")
        expect(page.locator("h2.kgc-name")).to_have_text("Elina Jokela")
        settle(page)
        lines = int(drawing(page).get_attribute("data-lines") or 0)
        fact = drawing(page).evaluate("e => e.kgc.cy.nodes('.chosen').connectedEdges()[0].id()")
        drawing(page).evaluate("(e, id) => { e.kgc.send('choose', id); }", fact)
        expect(page.get_by_role("button", name="Reject")).to_be_enabled()
        settle(page)
        page.keyboard.press("x")
        expect(drawing(page)).to_have_attribute("data-lines", str(lines - 1))
        expect(page.get_by_text("· rejected")).to_be_visible()
        settle(page)
        screenshot(page, "explore-rejected")
        page.get_by_role("button", name="Take back").click()
        expect(drawing(page)).to_have_attribute("data-lines", str(lines))
        settle(page)
        page.keyboard.press("a")
        expect(page.get_by_text("· accepted")).to_be_visible()
        settle(page)
        state = drawing(page).evaluate("(e, id) => e.kgc.cy.getElementById(id).data('state')", fact)
        assert state == "accepted"


def test_what_goes_from_the_graph_goes_from_the_picture_and_is_said(browser: Browser, mine: Path, home: Path) -> None:
    with app(mine, home) as address, watched_page(browser) as page:
        page.goto(f"{address}/explore")
        drawing(page).wait_for()
        search(page, "elina j")
        expect(page.locator("h2.kgc-name")).to_have_text("Elina Jokela")
        settle(page)
        with Workspace(mine) as workspace:
            workspace.forget("documents")
        drawing(page).locator(".stage").focus()
        page.keyboard.press("p")
        expect(page.get_by_text("no longer in the graph")).to_be_visible()
        settle(page)
        search_field = page.get_by_label("Search names")
        search_field.fill("elina")
        expect(page.locator(".found .nothing")).to_be_visible()


def test_a_workspace_that_vanishes_is_said_in_words(browser: Browser, mine: Path, home: Path) -> None:
    with app(mine, home) as address, watched_page(browser) as page:
        page.goto(f"{address}/explore")
        drawing(page).wait_for()
        settle(page)
        shutil.rmtree(mine / ".kgc")
        page.get_by_label("Search names").fill("elina")
        expect(page.get_by_text("There is no workspace in").first).to_be_visible()
        assert page.get_by_test_id("stException").count() == 0
