"""Fixtures of the pipeline's tests: the small world of tests/story.py, with its server and a workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kgc import Workspace
from kgc.testing.script import Script
from kgc.testing.server import Server
from tests.story import SCHEMA, read_aloud, write_story


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_story(tmp_path / "docs")


@pytest.fixture
def schema(tmp_path: Path) -> str:
    path = tmp_path / "staff.py"
    path.write_text(SCHEMA, encoding="utf-8")
    return str(path)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(Script(reply=read_aloud)) as running:
        yield running


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "ws") as opened:
        yield opened
