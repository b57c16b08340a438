"""In a real browser: a run is watched while it goes on, failures are tried again, what was paid and said is told."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kgc.pipeline.workspace import Workspace
from kgc.testing.script import Faults, Script
from kgc.testing.server import Server
from tests.browser.serving import app, screenshot, settle, watched_page
from tests.ontology.expert import play

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-runs")]

REPLY = "# relations: none"
COUNT = 12


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("docs", "home"):
        (tmp_path / name).mkdir()
    for n in range(COUNT):
        text = f"Ada Byron {n} works for Acme Corporation. Note {n}.\n"
        (tmp_path / "docs" / f"{n}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    return tmp_path


@pytest.fixture
def slow() -> Iterator[Server]:
    """Answers one after the other, each as slowly as a big model."""
    with Server(Script(reply=lambda _: REPLY, latency=1.5, slots=1)) as server:
        yield server


def test_a_running_ingest_is_watched_to_its_end_and_what_it_took_is_told(
    browser: Browser, place: Path, slow: Server
) -> None:
    with Workspace(place / "ws") as workspace:
        workspace.import_graph(empty(place), schema="general")
    command = [sys.executable, "-m", "kgc", "ingest", str(place / "docs"), "-w", str(place / "ws"), "--model",
               "openai:gpt-4o-mini", "--base-url", slow.url, "--concurrency", "1", "--budget", "5"]  # fmt: skip
    with app(place / "ws", place / "home") as address, watched_page(browser) as page:
        page.goto(f"{address}/runs")
        expect(page.get_by_text("Nothing is running.")).to_be_visible()
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            expect(page.get_by_role("progressbar")).to_be_visible(timeout=60_000)
            expect(page.get_by_text("Reading passages")).to_be_visible(timeout=60_000)
            expect(page.get_by_text("of $5.00")).to_be_visible()
            first = page.get_by_test_id("stMetricValue").first.inner_text()
            screenshot(page, "runs-live")
            expect(page.get_by_test_id("stMetricValue").first).not_to_have_text(first)
            run.wait(120)
        finally:
            if run.poll() is None:
                os.kill(run.pid, signal.SIGINT)
                run.wait(30)
        expect(page.get_by_text("Nothing is running.")).to_be_visible()  # nobody reloaded the page
        expect(page.get_by_label("Tokens and money").last).to_be_visible()
        settle(page)
        screenshot(page, "runs-paid")
        assert page.get_by_test_id("stException").count() == 0


def empty(place: Path) -> Path:
    (place / "none.jsonl").write_text("", encoding="utf-8")
    return place / "none.jsonl"


def test_failures_are_grouped_and_tried_again(browser: Browser, place: Path) -> None:
    with Server(Script(reply=lambda _: REPLY, faults=Faults(first=("400",) * 3))) as server:
        with Workspace(place / "ws") as workspace:
            report = workspace.ingest(place / "docs", model="openai:any", base_url=server.url, concurrency=1, retries=0)
        assert report.chunks.failed == 3
        with app(place / "ws", place / "home") as address, watched_page(browser) as page:
            page.goto(f"{address}/runs")
            expect(page.get_by_label("Failures by reason").last).to_be_visible()
            settle(page)
            screenshot(page, "runs-failures")
            page.get_by_role("button", name="Retry").click()
            expect(page.get_by_text("Nothing failed and nothing is open.")).to_be_visible()  # nobody reloaded the page
            settle(page)
            with Workspace(place / "ws") as workspace:
                assert workspace.status().chunks.done == COUNT
            assert page.get_by_test_id("stException").count() == 0


def test_talks_about_the_schema_are_told(browser: Browser, place: Path) -> None:
    with Server(Script(reply=play)) as server:
        command = [sys.executable, "-m", "kgc", "ontology", "propose", str(place / "docs"), "-w", str(place / "ws"),
                   "--goal", "<b>who</b> works where", "--model", "openai:any", "--base-url", server.url]  # fmt: skip
        done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    with app(place / "ws", place / "home") as address, watched_page(browser) as page:
        page.goto(f"{address}/runs")
        expect(page.get_by_text("Talks about the schema")).to_be_visible()
        settle(page)
        expect(page.get_by_role("combobox", name="Talk")).to_have_value(re.compile("<b>who</b> works"))
        step = page.get_by_test_id("stExpander").first
        step.click()
        expect(step.locator(".kgc-text")).to_be_visible()
        screenshot(page, "runs-talk")
        assert page.get_by_test_id("stException").count() == 0
