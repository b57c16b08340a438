"""What `kgc browse` answers to whom, and what it says when it starts."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kgc.ledger import FILE
from tests.browser.serving import free_port, serving

pytestmark = pytest.mark.browser


def handshake(address: str, host: str, origin: str) -> str:
    """The first line that the server answers to a browser that wants its data."""
    port = urlsplit(address).port or 0
    ask = (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=20) as talk:
        talk.sendall(ask.encode())
        return talk.recv(4096).decode(errors="replace").splitlines()[0]


def test_only_a_browser_that_calls_it_by_its_name_gets_data(examples: Path, tmp_path: Path) -> None:
    port = free_port()
    command = (sys.executable, "-m", "kgc", "browse", "-w", str(examples), "--no-open", "--port", str(port),
               "--host", "0.0.0.0", "--allow-host", "my.server")  # fmt: skip
    with serving(command, port, tmp_path) as address:
        for name in ("127.0.0.1", f"localhost:{port}", f"my.server:{port}"):
            assert " 101 " in handshake(address, name, f"http://{name}")
        assert " 403 " in handshake(address, "evil.example", "http://evil.example")
    told = (tmp_path / "server.log").read_text()
    assert "no password" in told
    assert f"http://my.server:{port}" in told
    assert "external" not in told.lower()


def refused(*words: str) -> str:
    """What is said by a server that does not start."""
    done = subprocess.run(
        [sys.executable, "-m", "kgc", "browse", "--no-open", *words], capture_output=True, text=True, timeout=60,
        env={**os.environ, "NO_COLOR": "1"}, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_what_cannot_be_served_is_said_at_the_start(tmp_path: Path) -> None:
    assert "kgc ingest" in refused("-w", str(tmp_path))
    assert "not an address" in refused("-w", str(tmp_path), "--host", "everywhere")
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_bytes(b"not a database at all" * 100)
    assert "damaged" in refused("-w", str(tmp_path)) or "not a ledger" in refused("-w", str(tmp_path))
