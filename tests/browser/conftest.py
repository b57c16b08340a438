"""The browser that the tests of this folder share; without one they skip, and fail under CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NEEDED = ("streamlit", "playwright")
if not os.environ.get("CI") and not all(map(find_spec, NEEDED)):
    collect_ignore_glob = ["test_*.py"]  # under CI their absence is an error of each test file

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def absent(message: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def examples(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that holds the examples, read by the built-in model. It is shared: copy it to change it."""
    from kgc.pipeline.workspace import Workspace

    path = tmp_path_factory.mktemp("examples")
    with Workspace(path) as workspace:
        report = workspace.ingest(repository / "examples" / "documents")
    assert report.documents.failed == 0
    assert report.facts > 0
    return path


@pytest.fixture(scope="module")
def examples_app(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `kgc browse` on the examples: one server for all tests of a file, which only look."""
    from tests.browser.serving import app

    with app(examples, tmp_path_factory.mktemp("home")) as address:
        yield address


@pytest.fixture(scope="module")
def mine(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples in a workspace that the tests of a file decide and write in."""
    return shutil.copytree(examples, tmp_path_factory.mktemp("mine") / "mine")


@pytest.fixture(scope="module")
def mine_app(mine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `kgc browse` on `mine`."""
    from tests.browser.serving import app

    with app(mine, tmp_path_factory.mktemp("home")) as address:
        yield address


@pytest.fixture(scope="module")  # its event loop runs as long as it lives, in the way of other tests' loops
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        absent("no Chromium on the path")
    from playwright.sync_api import expect, sync_playwright

    from tests.browser.serving import WAIT_SECONDS

    expect.set_options(timeout=WAIT_SECONDS * 1000)  # on a machine that is busy with other tests
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, headless=True, args=list(ARGUMENTS))
        yield found
        found.close()
