"""Fixtures that all tests share."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("kgc", deadline=None)  # how long an example takes says nothing here: no test asserts times
settings.load_profile("kgc")

REPOSITORY = Path(__file__).resolve().parent.parent

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN and threading.current_thread() is threading.main_thread():
    # A run in the background of a shell has Ctrl-C switched off, and what the tests start would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--run-slow", action="store_true", help="Run what takes longer than a test run may, too.")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes over ten seconds; left out without --run-slow")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--run-slow"):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="takes over ten seconds; --run-slow runs it"))


@pytest.fixture(scope="session")
def kgc_data() -> Path:
    """The real data sets; a test that needs them skips where they are absent, and fails under CI."""
    root = Path(os.environ.get("KGC_DATA", REPOSITORY.parent / "shared" / "data"))
    if not root.is_dir():
        message = f"no data sets at {root}; set KGC_DATA to the folder that holds ie/, ner/, documents/"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return root


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY
