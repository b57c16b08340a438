"""What a person at a terminal sees while a run goes on, and that it is gone afterwards."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
from pathlib import Path

import pytest

from kgc.testing.script import Script
from kgc.testing.server import Server
from tests.cli.conftest import World
from tests.docs.page import read_terminal
from tests.story import SCHEMA, read_aloud, write_story


def at_terminal(world: World, *args: str, **environment: str) -> tuple[int, str]:
    """Run kgc with all its streams on one terminal; exit code and everything that was written to it."""
    mine, its = pty.openpty()
    process = subprocess.Popen(
        world.command(*args), cwd=world.place, stdin=its, stdout=its, stderr=its,
        env=world.environment | {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "40"} | environment,
    )  # fmt: skip
    os.close(its)
    out = b"".join(read_terminal(mine)).decode("utf-8")
    code = process.wait(timeout=60)
    os.close(mine)
    return code, out


@pytest.fixture
def place(tmp_path: Path) -> Path:
    write_story(tmp_path / "docs")
    (tmp_path / "staff.py").write_text(SCHEMA, encoding="utf-8")
    return tmp_path


INGEST = ("ingest", "docs", "--schema", "staff.py", "--model", "openai:gpt-5-mini", "--concurrency", "1")


def test_a_run_shows_how_far_it_is_and_ends_with_what_there_is_and_what_to_do(place: Path) -> None:
    with Server(Script(reply=read_aloud, latency=0.3)) as server:
        code, out = at_terminal(World(place, server), *INGEST)
    assert code == 0, out
    assert re.search(r"Reading passages.*[1-3]/4 .*left.*1 in flight.*tokens.*\$", out)
    after = out.rpartition("Reading passages")[2]
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", after)
    assert "7 entities, 5 facts" in plain
    assert "Next: kgc query" in plain
    assert out.count("\x1b[?25l") == out.count("\x1b[?25h"), "the cursor is back"


def test_quiet_shows_nothing_of_it(place: Path) -> None:
    with Server(Script(reply=read_aloud)) as server:
        code, out = at_terminal(World(place, server), *INGEST, "--quiet")
    assert (code, out) == (0, "")


def test_no_color_takes_the_colours_away(made: World) -> None:
    code, out = at_terminal(made, "show", "Acme Crop", NO_COLOR="1")
    assert code == 1
    assert "\x1b" not in out
    assert "\x1b[31m" in at_terminal(made, "show", "Acme Crop")[1]


@pytest.mark.parametrize("form", ["--json", "--csv", "--quiet"])
def test_a_name_cannot_steer_the_terminal_in_any_form(made: World, form: str) -> None:
    query = "MATCH (p:Person)-[r:WORKS_FOR]->(o) RETURN p.name, r.quote"
    _, out = at_terminal(made, "query", query, form, TERM="dumb")
    assert "\\u202e" in out
    assert "\u202e" not in out
    assert "\x1b" not in out
    if form == "--json":
        assert any("\u202eso she said" in quote for _, quote in json.loads(out)["rows"])


def test_a_table_folds_instead_of_running_over_the_edge(made: World) -> None:
    query = "MATCH (p:Person)-[r:WORKS_FOR]->(o) RETURN p.name, o.name, r.quote, r.rationale, r.id, p.id, o.id"
    _, out = at_terminal(made, "query", query)
    lines = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", out).split("\r\n")
    assert max(map(len, lines)) <= 100
    assert "rows in " in lines[-2]
