"""The other end of `kgc.load.pool`: a process that reads files within bounds and says what it found.

It takes pickled requests from standard input and writes for each: the source that it begins to read (a string), the
outcome, and None at the end. It ends when its input does.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from typing import BinaryIO

from kgc.data import Problem
from kgc.load.read import Outcome, Request, read_all


def main() -> None:
    """Serve until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    out = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - what a library prints must not get between
        os.dup2(nowhere.fileno(), 1)
    said = sys.stdin.buffer
    seconds, memory = pickle.load(said)  # noqa: S301 - written by the process that started this one
    bound_memory(memory)
    while True:
        try:
            request, skip = pickle.load(said)  # noqa: S301
        except EOFError:
            return
        bound_time(seconds)
        serve(request, skip, out)


def serve(request: Request, skip: int, out: BinaryIO) -> None:
    at = request.source

    def begin(source: str) -> None:
        nonlocal at
        at = source
        say(source, out)

    try:
        for outcome in read_all(request, begin=begin, skip=skip):
            say(outcome, out)
    except MemoryError:
        hint = "Split it into smaller files."
        say(Outcome(at, Problem("too_large", f"{at} needs more memory than it may have.", where=at, hint=hint)), out)
    say(None, out)


def say(what: object, out: BinaryIO) -> None:
    pickle.dump(what, out, protocol=pickle.HIGHEST_PROTOCOL)
    out.flush()


def bound_memory(most: int) -> None:
    """No more than `most` bytes of addresses; asking for more is a MemoryError, or ends a library in C."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def bound_time(seconds: float) -> None:
    """Some seconds of CPU more than were used so far, should the process that started this one be gone."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime + 2 * seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()
