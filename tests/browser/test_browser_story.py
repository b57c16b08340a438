"""In a real browser: search the examples, choose an entity and a fact, and read it where it is said."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kgc.ledger.lock import long_run
from kgc.pipeline.workspace import LOCK, Workspace
from kgc.view.entity import entity_page
from kgc.view.html import plain
from kgc.view.passage import evidence
from tests.browser.serving import click_row, free_port, screenshot, serving, settle, watched_page

pytestmark = pytest.mark.browser

WORDS = "Halvorsen"


@pytest.fixture(scope="module")
def examples(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that holds the examples, read by the built-in model."""
    path = tmp_path_factory.mktemp("workspace")
    with Workspace(path) as workspace:
        report = workspace.ingest(repository / "examples" / "documents")
    assert report.documents.failed == 0
    assert report.facts > 0
    return path


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_from_a_search_to_the_quote_in_its_text(
    browser: Browser, examples: Path, tmp_path: Path, width: int, height: int
) -> None:
    with Workspace(examples) as workspace:
        first = next(h for h in workspace.search(WORDS).entities if h.facts)
        row_of_first = [h.id for h in workspace.search(WORDS).entities].index(first.id)
        shown = entity_page(workspace, first.id)
        fact = shown.fact(shown.rows[0].id)
        assert fact
        passages = evidence(workspace, fact)
    port = free_port()
    command = (sys.executable, "-m", "kgc", "browse", "-w", str(examples), "--no-open", "--port", str(port))
    with serving(command, port, tmp_path) as address, watched_page(browser, width, height) as page:
        page.goto(address)
        settle(page)
        screenshot(page, f"start-{width}")
        page.get_by_label("Search names and text").fill(WORDS)
        page.wait_for_url(f"**/?q={WORDS}")
        page.get_by_label("Entities that were found").first.wait_for()
        settle(page)
        click_row(page, "Entities that were found", row_of_first)
        expect(page.locator("h2.kgc-name")).to_have_text(plain(first.name))
        settle(page)
        with long_run(examples / LOCK):  # an ingest that goes on elsewhere
            click_row(page, "Facts", 0)
            page.locator(".kgc-evidence").first.wait_for()
            settle(page)
        quotes = page.locator(".kgc-evidence mark").all_inner_texts()
        assert [" ".join(q.split()) for q in quotes] == [
            " ".join(plain("".join(s.text for s in p.quote)).split()) for p in passages
        ]
        assert f"entity={first.id}" in page.url
        assert f"fact={fact.id}" in page.url
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.wait_for_timeout(500)  # the tables draw themselves a moment later; only the picture waits for them
        screenshot(page, f"evidence-{width}")


def test_an_address_leads_back_to_the_same_view(browser: Browser, examples: Path, tmp_path: Path) -> None:
    with Workspace(examples) as workspace:
        fact = next(f for f in workspace.facts() if f.head.name and f.evidence)
    port = free_port()
    command = (sys.executable, "-m", "kgc", "browse", "-w", str(examples), "--no-open", "--port", str(port))
    with serving(command, port, tmp_path) as address, watched_page(browser) as page:
        page.goto(f"{address}/?entity={fact.head.id}&fact={fact.id}")
        expect(page.locator("h2.kgc-name")).to_have_text(plain(fact.head.name))
        expect(page.locator(".kgc-evidence mark").first).to_be_visible()
