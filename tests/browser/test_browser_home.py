"""In a real browser: what a graph is at a glance, ways to all else, and an empty workspace that explains itself."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kgc.pipeline.saved_queries import SavedQuery, keep
from kgc.pipeline.workspace import Workspace
from tests.browser.serving import app, drawing, screenshot, settle, watched_page
from tests.browser.test_browser_hostile import NAMES
from tests.view.imported import fact, graph

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-examples")]


def test_home_tells_what_there_is_and_leads_on(browser: Browser, examples_app: str, examples: Path) -> None:
    with Workspace(examples) as workspace:
        report = workspace.status()
    with watched_page(browser) as page:
        page.goto(examples_app)
        expect(page.get_by_text("Everything that was found was read.")).to_be_visible()
        settle(page)
        metrics = page.get_by_test_id("stMetricValue").all_inner_texts()
        assert metrics == [f"{n:,}" for n in (report.entities, report.facts, report.documents.done, report.chunks.done)]
        box = page.get_by_label("Documents that say most").last.bounding_box()
        assert box
        page.mouse.click(box["x"] + 150, box["y"] + 35 + 17)
        expect(page.locator(".kgc-text .row").first).to_be_visible()
        settle(page)
        assert "document=documents" in page.url
        page.get_by_role("link", name="Home").click()
        page.get_by_role("button", name="Halvorsen Battery Corporation").click()
        drawing(page).locator(".chip").first.wait_for()
        settle(page)
        expect(page.locator("h2.kgc-name")).to_have_text("Halvorsen Battery Corporation")
        page.get_by_role("link", name="Home").click()
        page.get_by_role("button", name="Go").first.click()
        expect(page.get_by_role("radio", name="Merges")).to_be_visible()


def test_hostile_names_are_text_on_buttons_and_fields_too(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    names = [n for n in NAMES if len(n) < 40 and "\0" not in n] + ["![x](/media/a.png) :smile:"]
    lines = (fact(f"{name}/Person", "WorksFor", f"{names[n - 1]}/Organization") for n, name in enumerate(names))
    graph(tmp_path, *lines).close()
    keep(tmp_path / "workspace", SavedQuery(names[0], "Cypher", f"RETURN '{names[-1]}'"))
    with app(tmp_path / "workspace", tmp_path / "home") as address, watched_page(browser) as page:
        for path, last in (("/", "Go"), ("/query", "Ask"), ("/review", "Correct …")):
            page.goto(address + path)
            page.get_by_role("button", name=last).first.wait_for()
            settle(page)
            if path == "/review":
                page.get_by_role("button", name=last).click()
                page.get_by_test_id("stPopoverBody").wait_for()
            assert page.evaluate("window.kgcOwned") is None
            alive = (
                "main img, main a, main .katex, main script, [data-testid=stPopoverBody] :is(img, a, .katex, script)"
            )
            assert page.locator(alive).count() == 0, path
            words = page.locator("main").inner_text()
            assert "😄" not in words
            assert "\\" not in words  # an escape is not seen
        page.goto(address)
        page.get_by_role("button", name="Go").first.wait_for()
        settle(page)  # the names come after the steps
        shown = page.locator("main button").all_inner_texts()
        assert any("[not red]" in words for words in shown)


def test_an_empty_workspace_explains_itself_on_every_page(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "home").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("Nothing.\n", encoding="utf-8")
    with Workspace(tmp_path / "ws") as workspace:
        workspace.ingest(tmp_path / "docs")
        workspace.forget("docs")
    with app(tmp_path / "ws", tmp_path / "home") as address, watched_page(browser) as page:
        page.goto(address)
        expect(page.get_by_text("This workspace is empty.")).to_be_visible()
        expect(page.get_by_text("kgc ingest examples/documents")).to_be_visible()
        settle(page)
        screenshot(page, "home-empty")
        for name, words in (
            ("Evidence", "This workspace is empty."), ("Review", "There is nothing in this queue."),
            ("Query", "Examples"), ("Runs", "Nothing is running."),
        ):  # fmt: skip
            page.get_by_role("link", name=name).click()
            expect(page.get_by_text(words).first).to_be_visible()
            settle(page)
        page.get_by_role("link", name="Schema").click()
        settle(page)
        assert page.get_by_test_id("stException").count() == 0


def test_a_workspace_of_another_version_or_none_is_said_on_every_page(
    browser: Browser, examples: Path, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    mine = shutil.copytree(examples, tmp_path / "mine")
    with app(mine, tmp_path / "home") as address, watched_page(browser) as page:
        page.goto(address)
        expect(page.get_by_test_id("stMetricValue").first).to_be_visible()
        connection = sqlite3.connect(mine / ".kgc" / "ledger.db")
        connection.execute("PRAGMA user_version = 9999")
        connection.commit()
        connection.close()
        for name in ("Evidence", "Review", "Query", "Schema", "Runs", "Home"):
            page.get_by_role("link", name=name).click()
            expect(page.locator(".kgc-note").first).to_contain_text("version")
            settle(page)
        shutil.rmtree(mine / ".kgc")
        for name in ("Evidence", "Review", "Query", "Schema", "Runs", "Home"):
            page.get_by_role("link", name=name).click()
            expect(page.locator(".kgc-note").first).to_contain_text("There is no workspace in")
            settle(page)
        assert page.get_by_test_id("stException").count() == 0
