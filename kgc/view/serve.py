"""How the app is started: the Streamlit command line that `kgc browse` runs. `.streamlit/config.toml` says the rest."""

from __future__ import annotations

import ipaddress
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from kgc.errors import KgcError
from kgc.shipped import folder

LOOPBACK = "127.0.0.1"


def command(
    workspace: Path, *, port: int, opens: bool, host: str = LOOPBACK, allowed: Sequence[str] = ()
) -> tuple[str, ...]:
    """The command that serves the app of a workspace; `opens` lets Streamlit open a browser.

    `host` is the address to listen on, `allowed` the names by which a browser may call it, besides this machine's own.
    """
    page = folder("dashboards") / "browse.py"
    hosts = tuple(dict.fromkeys((LOOPBACK, "localhost", *allowed)))
    config = (
        ("server.address", address(host)),
        *(("server.allowedHosts", name) for name in hosts),
        ("server.port", str(port)),
        # What is printed and opened; without it Streamlit asks a server outside for the address of this machine.
        ("browser.serverAddress", next(iter(allowed), "localhost" if is_open(host) else address(host))),
        ("server.headless", "false" if opens else "true"),
        ("browser.gatherUsageStats", "false"),
    )
    options = tuple(f"--{name}={value}" for name, value in config)
    return (sys.executable, "-m", "streamlit", "run", str(page), *options, "--", "--workspace", str(workspace))


def left(record: logging.LogRecord) -> bool:
    """A log filter: False for the traceback of a server that ends while a page still talks to it.

    Streamlit 1.67 with Starlette 1.10 reads on from a connection that it has closed itself, and logs what that raises.
    """
    kind = record.exc_info[0] if record.exc_info else None
    return kind is None or (kind.__module__, kind.__name__) != ("starlette.websockets", "WebSocketDisconnected")


def address(host: str) -> str:
    """The address as it was given. Raises `KgcError` for a name: which address it is must be plain to see."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError as error:
        raise KgcError(
            f"{host!r} is not an address to listen on.", "Use 127.0.0.1, or 0.0.0.0 inside a container."
        ) from error


def is_open(host: str) -> bool:
    """Whether other machines can reach a server that listens there."""
    return not ipaddress.ip_address(address(host)).is_loopback
