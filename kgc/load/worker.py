"""The other end of `kgc.load.pool`: a process that reads files within bounds and says what it found.

It takes pickled requests from standard input and writes for each: the source that it begins to read (a string), the
outcome, and None at the end. It ends when its input does.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
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
    requests: queue.SimpleQueue[tuple[Request, int]] = queue.SimpleQueue()
    threading.Thread(target=listen, args=(said, requests), daemon=True).start()
    while True:
        request, skip = requests.get()
        bound_time(seconds)
        if not serve(request, skip, out) or peak() > memory / 2:
            os._exit(0)  # what a large file leaves behind is not the next one's to bear


def listen(said: BinaryIO, requests: queue.SimpleQueue[tuple[Request, int]]) -> None:
    """Take requests; when whoever sends them is gone, end at once, also in the middle of a file."""
    while True:
        try:
            requests.put(pickle.load(said))  # noqa: S301
        except (EOFError, OSError):
            os._exit(0)


def serve(request: Request, skip: int, out: BinaryIO) -> bool:
    """Read a file and say what it holds; False where it took more memory than there was."""
    at = request.source
    fits = True

    def begin(source: str) -> None:
        nonlocal at
        at = source
        say(source, out)

    try:
        for outcome in read_all(request, begin=begin, skip=skip):
            fits = fits and not (isinstance(outcome.result, Problem) and outcome.result.code == "too_large")
            say(outcome, out)
    except MemoryError:
        fits = False
        hint = "Split it into smaller files."
        say(Outcome(at, Problem("too_large", f"{at} needs more memory than it may have.", where=at, hint=hint)), out)
    say(None, out)
    return fits


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


def peak() -> int:
    """The most memory that this process had at any time, in bytes; 0 where the system does not tell."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
    return 0


def bound_time(seconds: float) -> None:
    """Some seconds of CPU more than were used so far, should the process that started this one be gone."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime + 2 * seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()
