"""How the page is started: the Streamlit command line that `kgc browse` runs."""

from __future__ import annotations

import sys
from pathlib import Path

from kgc.shipped import folder

CONFIG = (
    ("server.address", "127.0.0.1"),
    ("server.allowedHosts", "127.0.0.1"),
    ("server.allowedHosts", "localhost"),
    ("server.fileWatcherType", "none"),
    ("runner.magicEnabled", "false"),
    ("browser.gatherUsageStats", "false"),
    ("client.toolbarMode", "minimal"),
    ("client.showErrorLinks", "false"),
    ("client.showErrorDetails", "none"),
)
"""What keeps the page on this machine: only loopback listens, nothing is reported, no error offers a search engine."""


def command(workspace: Path, *, port: int, opens: bool) -> tuple[str, ...]:
    """The command that serves the page of a workspace on 127.0.0.1; `opens` lets Streamlit open a browser."""
    page = folder("dashboards") / "browse.py"
    config = (*CONFIG, ("server.port", str(port)), ("server.headless", "false" if opens else "true"))
    options = tuple(f"--{name}={value}" for name, value in config)
    return (sys.executable, "-m", "streamlit", "run", str(page), *options, "--", "--workspace", str(workspace))
