"""A workspace that the command line made of the small world in tests/story.py; tests only read it, or copy it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kgc.testing.script import Script
from kgc.testing.server import Server
from tests.story import SCHEMA, STORY, read_aloud, write_story

REPOSITORY = Path(__file__).resolve().parents[2]
HOSTILE = "Eve Moon works for Acme Corp, \u202eso she said \x1b[31mtoday.\n"


@dataclass(frozen=True)
class World:
    """A directory with `docs/`, `staff.py` and a workspace; `run` calls kgc there as a process."""

    place: Path
    server: Server

    def run(self, *args: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*args), cwd=self.place, env=self.environment | environment, capture_output=True, text=True,
            encoding="utf-8", check=False,
        )  # fmt: skip

    def command(self, *args: str) -> list[str]:
        return [sys.executable, "-m", "kgc", *args]

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("KGC_", "LC_", "LANG", "NO_COLOR"))}
        return kept | {
            "PYTHONPATH": str(REPOSITORY),
            "OPENAI_API_KEY": "none",
            "OPENAI_BASE_URL": self.server.url,
            "LANG": "C.UTF-8",
        }


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server(Script(reply=read_aloud)) as running:
        yield running


@pytest.fixture(scope="session")
def made(server: Server, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The world, ingested once by the command line; one file of it is broken, one of a kind that is not read."""
    place = tmp_path_factory.mktemp("world")
    write_story(place / "docs", {**STORY, "empty.txt": "", "evil.txt": HOSTILE})
    (place / "docs" / "x.bin").write_bytes(b"\x00\x01")
    (place / "staff.py").write_text(SCHEMA, encoding="utf-8")
    world = World(place, server)
    done = world.run("ingest", "docs", "--schema", "staff.py", "--model", "openai:any")
    assert done.returncode == 3, done.stderr
    return world


@pytest.fixture
def world(made: World, tmp_path: Path) -> World:
    """A copy of the world, to be changed at will."""
    shutil.copytree(made.place, tmp_path / "world")
    return World(tmp_path / "world", made.server)
