"""The name under which a workspace owns what it writes to a shared server; kept when the folder moves."""

from __future__ import annotations

import platform
from pathlib import Path

from kgc.data import content_id
from kgc.ledger import FILE, Ledger

KEY = "owner"


def owner(ledger: Ledger, path: Path) -> str:
    """The name, made when it is first needed."""
    found = ledger.state.get(KEY)
    if not found:
        found = content_id("workspace", platform.node(), str(path.resolve()))
        with Ledger(path, writable=True) as writable, writable.transaction():
            writable.state.set(KEY, found)
    return found


def known_owner(path: Path) -> str:
    """The name, "" where there is no workspace or it never wrote to a server."""
    if not (path / FILE).is_file():
        return ""
    with Ledger(path, writable=False) as ledger:
        return ledger.state.get(KEY) or ""
