"""The server listens on this machine alone, unless somebody says otherwise in so many words."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest

from kgc.errors import KgcError
from kgc.view.serve import command, is_open, left


def test_the_page_is_served_on_this_machine_only() -> None:
    words = command(Path("/data/ws"), port=8601, opens=False)
    assert "--server.address=127.0.0.1" in words
    assert [w for w in words if "allowedHosts" in w] == [
        "--server.allowedHosts=127.0.0.1",
        "--server.allowedHosts=localhost",
    ]
    assert "--browser.gatherUsageStats=false" in words
    assert "--server.headless=true" in words
    assert words[-3:] == ("--", "--workspace", "/data/ws")


def test_another_address_is_served_by_the_names_that_are_given() -> None:
    words = command(Path("w"), port=1, opens=False, host="0.0.0.0", allowed=("my.server",))
    assert "--server.address=0.0.0.0" in words
    assert "--server.allowedHosts=my.server" in words
    assert "--browser.serverAddress=my.server" in words  # else Streamlit asks a server outside for it


@pytest.mark.parametrize(
    ("host", "open_"), [("127.0.0.1", False), ("::1", False), ("0.0.0.0", True), ("10.1.2.3", True)]
)
def test_whether_others_can_reach_it(host: str, open_: bool) -> None:
    assert is_open(host) == open_


def test_a_name_is_no_address_to_listen_on() -> None:
    with pytest.raises(KgcError, match=r"127\.0\.0\.1"):
        command(Path("w"), port=1, opens=False, host="everywhere")


def record(raised: type[Exception]) -> logging.LogRecord:
    try:
        raise raised("x")
    except raised:
        return logging.LogRecord(
            "uvicorn.error", logging.ERROR, "", 0, "Exception in ASGI application", (), sys.exc_info()
        )


def test_only_the_traceback_of_a_closed_connection_is_left_out_of_the_log() -> None:
    closed = pytest.importorskip("starlette.websockets").WebSocketDisconnected
    assert not left(record(closed))
    assert left(record(RuntimeError))
    assert left(logging.LogRecord("uvicorn.error", logging.INFO, "", 0, "started", (), None))
