"""One long run at a time in a workspace; decisions need no lock."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kgc.errors import LedgerError


class Busy(LedgerError):
    """Another long run holds the lock."""


@contextmanager
def long_run(path: Path) -> Iterator[None]:
    """Hold the advisory lock at `path`; the system lets go of it when the process dies, however it dies."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise LedgerError(
            f"The workspace cannot be written: {error}.", "Use -w with a folder you may write."
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            who = os.read(descriptor, 100).decode("utf-8", "replace").strip() or "unknown"
            raise Busy(
                f"Another kgc run is at work in this workspace (process {who}).",
                "Wait for it to end, or stop it; `kgc status` shows how far it is.",
            ) from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)
