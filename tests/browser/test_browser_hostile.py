"""In a real browser, a hostile name is drawn letter by letter and nothing of it comes alive."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kgc.view.serve import CONFIG
from tests.browser.serving import free_port, screenshot, serving, settle, watched_page
from tests.view.small_world import HOSTILE, small_world

SCRIPT = """
import runpy
from kgc.shipped import folder
from tests.view.small_world import small_world
page = runpy.run_path(str(folder("dashboards") / "browse.py"), run_name="page")
page["main"](small_world)
"""

pytestmark = pytest.mark.browser


def test_a_hostile_name_stays_text(browser: Browser, tmp_path: Path, repository: Path) -> None:
    script = tmp_path / "page.py"
    script.write_text(SCRIPT)
    port = free_port()
    config = (*CONFIG, ("server.port", str(port)), ("server.headless", "true"))
    options = [f"--{name}={value}" for name, value in config]
    command = [sys.executable, "-m", "streamlit", "run", str(script), *options]
    mallory, fact = small_world().entities[-1], small_world().facts[-1]
    with (
        serving(command, port, tmp_path, {"PYTHONPATH": str(repository)}) as address,
        watched_page(browser) as page,
    ):
        page.goto(f"{address}/?q=script&entity={mallory.id}&fact={fact.id}")
        settle(page)
        page.wait_for_selector(".kgc-evidence")
        screenshot(page, "hostile")
        assert page.locator("h2.kgc-name").inner_text() == HOSTILE.replace("\u202e", "⟨U+202E⟩")
        assert HOSTILE.split(" \u202e")[0] in page.locator(".kgc-evidence mark").inner_text()
        assert page.locator("main img, main a[href*='example.test'], .stApp script").count() == 0
