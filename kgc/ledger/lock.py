"""One long run at a time in a workspace; decisions need no lock."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kgc.errors import LedgerError

EVERY: Final = 0.05
"""Seconds between two looks whether the lock is free."""


class Busy(LedgerError):
    """Another long run holds the lock."""


@contextmanager
def long_run(path: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the advisory lock at `path`; the system lets go of it when the process dies, however it dies.

    Raises `Busy` where another holds it and does not let go within `wait` seconds.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise LedgerError(
            f"The workspace cannot be written: {error}.", "Use -w with a folder you may write."
        ) from error
    try:
        _take(descriptor, time.monotonic() + wait)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, until: float) -> None:
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                who = os.read(descriptor, 100).decode("utf-8", "replace").strip() or "unknown"
                raise Busy(
                    f"Another kgc run is at work in this workspace (process {who}).",
                    "Wait for it to end, or stop it; `kgc status` shows how far it is.",
                ) from error
        time.sleep(EVERY)
