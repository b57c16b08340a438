"""kill -9 at any moment: nothing that was paid for is paid again, and the end is that of an undisturbed run."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kgc import Workspace
from kgc.testing.script import Script
from kgc.testing.server import Server
from tests.story import SCHEMA, exported, read_aloud

RUN = """
import sys
from kgc import Workspace
folder, schema, url = sys.argv[2:]
report = Workspace(sys.argv[1]).ingest(folder, schema=schema, model="openai:any", base_url=url, concurrency=4)
sys.exit(report.exit_code)
"""
FILES = 60
IN_FLIGHT = 4


@pytest.fixture
def big(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    firsts = ("Ada", "Bo", "Cleo", "Dan", "Eve", "Finn")
    for n in range(FILES):
        name = f"{firsts[n % 6]} {'ABCDEFGHIJ'[n // 6]}yron"
        (folder / f"{n:02}.txt").write_text(f"{name} works for Acme Corp. Note {n}.\n", encoding="utf-8")
    return folder


def start(workspace: Path, folder: Path, schema: Path, url: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "OPENAI_API_KEY": "none"}
    return subprocess.Popen([sys.executable, "-c", RUN, str(workspace), str(folder), str(schema), url], env=environment)


@pytest.mark.parametrize("seed", range(3))
def test_a_killed_run_repeats_at_most_the_calls_in_flight(tmp_path: Path, big: Path, seed: int) -> None:
    schema = tmp_path / "staff.py"
    schema.write_text(SCHEMA, encoding="utf-8")
    chance = random.Random(seed)
    with Server(Script(reply=read_aloud, latency=0.05)) as server:
        kills = 0
        for wait_for in (chance.randint(1, 15), chance.randint(20, 40)):
            process = start(tmp_path / "ws", big, schema, server.url)
            deadline = time.monotonic() + 60
            while server.counts["answered"] < wait_for and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.005)
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
        assert start(tmp_path / "ws", big, schema, server.url).wait() == 0
        assert FILES <= server.counts["asked"] <= FILES + kills * IN_FLIGHT
        with Workspace(tmp_path / "ws") as killed, Workspace(tmp_path / "calm") as calm:
            calm.ingest(big, schema=str(schema), model="openai:any", base_url=server.url)
            assert exported(killed, tmp_path / "k.jsonl") == exported(calm, tmp_path / "c.jsonl")
            assert killed.status().exit_code == 0


def test_ctrl_c_keeps_what_was_done_and_exits_130(tmp_path: Path, big: Path) -> None:
    schema = tmp_path / "staff.py"
    schema.write_text(SCHEMA, encoding="utf-8")
    with Server(Script(reply=read_aloud, latency=0.05)) as server:
        process = start(tmp_path / "ws", big, schema, server.url)
        while server.counts["answered"] < 10 and process.poll() is None:
            time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        with Workspace(tmp_path / "ws") as workspace:
            status = workspace.status()
            assert 0 < status.chunks.done < FILES
            assert status.facts == status.chunks.done, "the graph holds what was asked until then"
        assert start(tmp_path / "ws", big, schema, server.url).wait() == 0
        assert server.counts["asked"] <= FILES + IN_FLIGHT
