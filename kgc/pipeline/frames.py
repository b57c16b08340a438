"""How a pool of ours and the processes that it starts talk: frames of four bytes of length and a pickle.

Both ends are this program, so that what is unpickled is what was pickled here.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

LENGTH = 4
"""Bytes of a length."""


def frame(what: object) -> bytes:
    """What is told, pickled, after its length."""
    told = pickle.dumps(what, protocol=pickle.HIGHEST_PROTOCOL)
    return len(told).to_bytes(LENGTH) + told


def hear(said: IO[bytes]):  # type: ignore[no-untyped-def]
    """The next frame's contents. Raises EOFError where there is none."""
    size = said.read(LENGTH)
    told = said.read(int.from_bytes(size)) if len(size) == LENGTH else b""
    if not told:
        raise EOFError
    return pickle.loads(told)  # noqa: S301 - our own program's


def tell(what: object, out: IO[bytes]) -> None:
    out.write(frame(what))
    out.flush()


@contextmanager
def served() -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """The ends of a process that was started to serve: where it hears and where it tells.

    What anything prints goes nowhere, Ctrl-C is for whoever started it, and it ends in peace when its input does.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - what a library prints must not get between
        os.dup2(nowhere.fileno(), 1)
    try:
        yield sys.stdin.buffer, out
    except EOFError:
        sys.exit(0)
