"""A tour through the browser, as somebody new to it takes it on the examples, with a picture of every page."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from kgc.pipeline.workspace import Workspace
from kgc.testing.script import Script
from kgc.testing.server import Server
from tests.browser.serving import answered, drawing, screenshot, settle, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-tour")]


def decided(path: Path) -> list[str]:
    """What people decided and nobody took back, by kind."""
    with Workspace(path) as workspace:
        return sorted(d.kind for d in workspace.decisions() if not d.by.startswith("rule:") and not d.undone)


def says(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible()
    settle(page)


def to(page: Page, name: str) -> None:
    with answered(page):
        page.get_by_role("link", name=name, exact=True).click()


def test_a_new_person_finds_reads_decides_asks_and_watches(
    browser: Browser, mine_app: str, mine: Path, tmp_path: Path
) -> None:
    with watched_page(browser) as page:
        page.goto(mine_app)
        says(page, "Everything that was found was read.")
        to(page, "Explore")
        look_around(page)
        read_and_reject(page, mine)
        merge_and_undo(page, mine)
        ask(page)
        narrow(page)
        watch_a_run(page, mine, tmp_path)
        assert page.get_by_test_id("stException").count() == 0


def look_around(page: Page) -> None:
    """Search, and expand what was found."""
    drawing(page).locator(".chip").first.wait_for()
    settle(page)
    page.get_by_label("Search names").fill("elina j")
    page.locator('.found.shown[data-text="elina j"] [role=option]').first.wait_for()
    page.keyboard.press("Enter")
    expect(page.locator("h2.kgc-name")).to_have_text("Elina Jokela")
    settle(page)
    before = int(drawing(page).get_attribute("data-dots") or 0)
    firm = drawing(page).evaluate(
        "e => e.kgc.cy.nodes().filter((n) => n.data('more') > 1 && !n.hasClass('chosen'))[0].id()"
    )
    point = drawing(page).evaluate("(e, id) => e.kgc.point(id)", firm)
    page.mouse.dblclick(point["x"], point["y"])
    expect(drawing(page)).not_to_have_attribute("data-dots", str(before))
    settle(page)


def read_and_reject(page: Page, mine: Path) -> None:
    """From a line of the picture to its sentence, to its document; there it is rejected, and that is taken back."""
    line = drawing(page).evaluate("e => e.kgc.cy.edges()[0].id()")
    drawing(page).evaluate("(e, id) => { e.kgc.send('choose', id); }", line)
    expect(page.locator(".kgc-evidence mark").first).to_be_visible()
    settle(page)
    page.get_by_role("button", name="In its document").click()
    expect(page.locator(".kgc-text .quote.chosen").first).to_be_visible()
    settle(page)
    page.keyboard.press("x")
    says(page, "Rejected.")
    assert decided(mine) == ["reject"]


def merge_and_undo(page: Page, mine: Path) -> None:
    to(page, "Review")
    page.get_by_role("radio", name="Merges").click()
    expect(page.locator(".kgc-bar").first).to_be_visible()
    settle(page)
    page.keyboard.press("a")
    says(page, "They are one now.")
    assert decided(mine) == ["merge", "reject"]
    for left in (["reject"], []):
        with answered(page):
            page.keyboard.press("u")
        says(page, "Taken back: 1 decision.")
        assert decided(mine) == left


def ask(page: Page) -> None:
    to(page, "Query")
    page.get_by_role("button", name="Who takes part in most facts").click()
    expect(page.get_by_role("textbox", name="Query")).not_to_have_value("")
    settle(page)
    page.get_by_role("button", name="Ask").click()
    says(page, "20 rows in")


def narrow(page: Page) -> None:
    """Review only what one folder says."""
    to(page, "Review")
    page.get_by_text("Filter, and decide on all at once").click()
    page.get_by_label("Document begins with").fill("documents/zh/")
    page.get_by_label("Document begins with").press("Enter")
    expect(page.get_by_role("button", name=re.compile(r"^Reject these \d+ facts"))).to_be_visible()
    settle(page)


def watch_a_run(page: Page, mine: Path, tmp_path: Path) -> None:
    """Documents of one's own are read by a slow model while the pages are open."""
    (tmp_path / "own").mkdir()
    for n in range(6):
        (tmp_path / "own" / f"{n}.txt").write_text(f"Ada Byron {n} works for Acme. Note {n}.\n", encoding="utf-8")
    to(page, "Runs")
    with Server(Script(reply=lambda _: "# relations: none", latency=1.5, slots=1)) as server:
        command = [sys.executable, "-m", "kgc", "ingest", str(tmp_path / "own"), "-w", str(mine), "--add", "--model",
                   "openai:any", "--base-url", server.url, "--concurrency", "1"]  # fmt: skip
        run = subprocess.Popen(command, env={**os.environ, "OPENAI_API_KEY": "none"}, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)  # fmt: skip
        try:
            expect(page.get_by_role("progressbar")).to_be_visible(timeout=60_000)
            expect(page.get_by_text("Reading passages")).to_be_visible(timeout=60_000)
            to(page, "Home")
            says(page, "Watch the run")
            page.get_by_role("button", name="Go").first.click()
            run.wait(120)
        finally:
            if run.poll() is None:
                os.kill(run.pid, signal.SIGINT)
                run.wait(30)
    says(page, "Nothing is running.")
    expect(page.get_by_label("Runs, the newest first").last).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_every_page_fits_the_window(
    browser: Browser, mine_app: str, mine: Path, width: int, height: int, scheme: Literal["light", "dark"]
) -> None:
    with Workspace(mine) as workspace:
        fact = workspace.queue("low")[2].id
    shown = {
        "home": "/", "evidence": f"/evidence?fact={fact}", "review": "/review", "merges": "/review?queue=merges",
        "query": "/query?q=MATCH%20(a)-%5Br%3AWORKS_FOR%5D-%3E(b)%20RETURN%20a,%20r,%20b%20LIMIT%2030",
        "schema": "/schema?name=Company", "runs": "/runs",
    }  # fmt: skip
    with watched_page(browser, width, height, scheme) as page:
        for name, path in shown.items():
            page.goto(mine_app + path)
            page.locator("main .stElementContainer").first.wait_for()
            settle(page)
            if name == "query":
                page.get_by_role("button", name="Ask").click()
                page.get_by_role("radio", name="Drawing").click()
                drawing(page).locator(".chip").first.wait_for()
                settle(page)
            screenshot(page, f"{name}-{scheme}-{width}")
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
            inside = page.get_by_test_id("stMain")
            assert inside.evaluate("e => e.scrollWidth <= e.clientWidth"), name
            assert inside.evaluate("e => e.scrollHeight <= e.clientHeight") or name in ("home", "query"), name
        assert page.get_by_test_id("stException").count() == 0
