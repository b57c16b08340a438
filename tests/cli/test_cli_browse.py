"""`kgc browse` serves its page on this machine, and ends when it is told to."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from kgc.cli.guard import run
from tests.cli.conftest import World


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError):
        return False


def test_the_page_is_served_until_the_process_is_interrupted(made: World) -> None:
    port = free_port()
    process = subprocess.Popen(
        made.command("browse", "--no-open", "--port", str(port)), cwd=made.place, env=made.environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not answers(port) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.1)
    served = answers(port)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert served, out
    assert not answers(port)
    assert "Traceback" not in out


def test_a_missing_package_is_told_by_its_extra(made: World) -> None:
    script = "import sys\nsys.modules['streamlit'] = None\nfrom kgc.cli.guard import run\nsys.exit(run(['browse']))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=made.place,
        env=made.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "pip install 'kgc-toolkit[browser]'" in done.stderr


def test_there_is_no_json_of_a_page(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made.place)
    assert run(["browse", "--json"]) == 1


def test_a_workspace_that_is_not_there_is_not_served(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["browse", "-w", str(tmp_path)]) == 1
    assert "There is no workspace in" in capsys.readouterr().err
