"""Reads files in processes of their own, within bounds of time and memory, several at once and in order.

A file that hangs, crashes or takes too much costs itself and no other. Processes are started as programs, not forked
and not by multiprocessing: a fork of a process with threads can hang, and multiprocessing runs the caller's script.
"""

from __future__ import annotations

import math
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType

from kgc.data import Problem, ProblemCode
from kgc.load.read import SMALL_SUFFIXES, Outcome, Request, read_small

AHEAD = 4
"""Files that each process is given before the first of them is taken, and outcomes that wait of each."""
MAX_DEATHS = 3
"""So many files of one archive may end their process; then the rest of it is left."""
NEEDED = frozenset(("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "TEMP", "PYTHONHOME", "PYTHONUTF8"))
"""What a reading process gets to see of the environment: no keys."""
LOOK = 0.1
"""Seconds between two looks at the clock."""
GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may take: seconds by the clock, bytes of memory."""

    seconds: float = 120.0
    memory: int = 4 * GIB


class Readers:
    """A pool of reading processes, started when there is work for them; a context that leaves none behind."""

    def __init__(self, processes: int = 0, bounds: Bounds | None = None) -> None:
        self._bounds = bounds or Bounds()
        self._size = processes or min(8, max(2, os.cpu_count() or 2))
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._workers: list[_Worker] = []
        self._closed = threading.Event()
        self._clock = threading.Thread(target=self._watch, name="kgc-reader-clock", daemon=True)

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        for worker in self._workers:
            worker.stop()
        for _ in self._workers:
            self._jobs.put(None)
        for worker in self._workers:
            worker.thread.join()
        if self._workers:
            self._clock.join()

    def _watch(self) -> None:
        while not self._closed.wait(LOOK):
            now = time.monotonic()
            for worker in tuple(self._workers):
                worker.check(now)

    def read(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Outcome | None]]:
        """The outcomes of every file, in the order of the requests, each file's followed by None.

        The same as `read_all` of one after the other, but for files that break the bounds.
        """
        waiting: deque[tuple[Request, _Job | None]] = deque()
        for request in requests:
            waiting.append((request, None if request.path.suffix.lower() in SMALL_SUFFIXES else self._give(request)))
            if len(waiting) > AHEAD * self._size:
                yield from self._take(*waiting.popleft())
        while waiting:
            yield from self._take(*waiting.popleft())

    def _give(self, request: Request) -> _Job:
        job = _Job(request)
        self._jobs.put(job)
        if len(self._workers) < self._size:
            if not self._workers:
                self._clock.start()
            self._workers.append(_Worker(self._jobs, self._bounds))
        return job

    def _take(self, request: Request, job: _Job | None) -> Iterator[tuple[Request, Outcome | None]]:
        small = None if job else read_small(request)
        if small:
            yield request, small
            yield request, None
            return
        job = job or self._give(request)
        while True:
            outcome = job.outcomes.get()
            yield request, outcome
            if outcome is None:
                return


class _Job:
    """A file to read and the outcomes so far; whoever reads waits when too many of them do."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.outcomes: queue.Queue[Outcome | None] = queue.Queue(AHEAD)


class _Worker:
    """A thread that talks with one process, and starts another when that one ends."""

    def __init__(self, jobs: queue.SimpleQueue[_Job | None], bounds: Bounds) -> None:
        self._jobs = jobs
        self._bounds = bounds
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = threading.Event()
        self._late = threading.Event()
        self._deadline = math.inf
        self.thread = threading.Thread(target=self._run, name="kgc-reader", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """End the process at once, whatever it does."""
        self._stopped.set()
        self._kill()

    def _run(self) -> None:
        while not self._stopped.is_set() and (job := self._jobs.get()):
            try:
                self._serve(job)
            except _Stopped:
                break
        self._end()

    def _serve(self, job: _Job) -> None:
        """Read one file; each time that the process ends over a part of it, go on after that part."""
        done = deaths = 0
        while not self._finished(job, done, deaths):
            at, heard = job.request.source, False
            try:
                for message in self._ask(job.request, done):
                    heard = True
                    if isinstance(message, str):
                        at = message
                        continue
                    at = ""  # nothing is open
                    self._put(job, message)
                    done += 1
                break
            except (EOFError, OSError, pickle.UnpicklingError):
                problem = self._autopsy(at)
            deaths += 1
            if at and (heard or deaths > 1):  # else it had ended before: nothing was read, or all that was begun
                self._put(job, Outcome(at, problem))
                done += 1
                if at == job.request.source:
                    break
        self._put(job, None)

    def _finished(self, job: _Job, done: int, deaths: int) -> bool:
        """Whether no more is to be asked about a file whose process ended `deaths` times."""
        if not deaths or not done:
            return deaths > MAX_DEATHS
        if job.request.path.suffix.lower() != ".zip":
            return True
        if deaths == MAX_DEATHS:
            self._put(job, Outcome(job.request.source, given_up(job.request.source)))
        return deaths >= MAX_DEATHS

    def _ask(self, request: Request, skip: int) -> Iterator[str | Outcome]:
        """What the process says about a file. Raises EOFError when it ends before it is done."""
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        pickle.dump((request, skip), process.stdin)
        process.stdin.flush()
        while True:
            self._deadline = time.monotonic() + self._bounds.seconds
            try:
                message: str | Outcome | None = pickle.load(process.stdout)  # noqa: S301 - our own program's
            finally:
                self._deadline = math.inf  # from here on it may have to wait for us
            if message is None:
                return
            yield message

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "kgc.load.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=environment(),
        )  # fmt: skip
        self._late.clear()
        if self._stopped.is_set():
            raise _Stopped
        assert self._process.stdin is not None
        pickle.dump((self._bounds.seconds, self._bounds.memory), self._process.stdin)
        return self._process

    def _put(self, job: _Job, outcome: Outcome | None) -> None:
        """Hand over an outcome, waiting until there is room for it."""
        while not self._stopped.is_set():
            with suppress(queue.Full):
                job.outcomes.put(outcome, timeout=0.2)
                return
        raise _Stopped

    def check(self, now: float) -> None:
        """End the process if it is past its time."""
        if now > self._deadline:
            self._late.set()
            self._kill()

    def _kill(self) -> None:
        process = self._process
        if process:
            process.kill()

    def _end(self) -> int:
        """End the process and wait for it, so that none is left; returns how it ended."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        return process.wait()

    def _autopsy(self, source: str) -> Problem:
        """Why the process ended over a file."""
        if self._stopped.is_set():
            raise _Stopped
        late = self._late.is_set()
        process = self._process
        code = 0
        if process:
            with suppress(subprocess.TimeoutExpired):
                code = process.wait(timeout=1)
        self._end()
        if late or code == -getattr(signal, "SIGXCPU", 24):
            return ended("too_slow", source, f"took longer than {self._bounds.seconds:.0f} seconds", code)
        if code in (-getattr(signal, "SIGKILL", 9), -signal.SIGABRT):
            return ended("too_large", source, "needs more memory than it may have", code)
        return ended("broken", source, "made the program that reads it end", code)


class _Stopped(Exception):
    """The pool is being closed."""


def environment() -> dict[str, str]:
    """What a process of ours is started with: no keys, and the places where this one finds its modules."""
    path = os.pathsep.join(p for p in sys.path if p and os.path.isabs(p))  # noqa: PTH117 - strings in and out
    return {k: v for k, v in os.environ.items() if k in NEEDED} | {"PYTHONPATH": path}


def ended(code: ProblemCode, source: str, what: str, status: int) -> Problem:
    hint = "Split it into smaller files." if code != "broken" else "Open it in its program and save it anew."
    return Problem(code, f"{source} {what}.", where=source, raw=f"exit {status}", hint=hint)


def given_up(source: str) -> Problem:
    what = f"was left after {MAX_DEATHS} of its files could not be read within the bounds; the others were not read"
    return Problem("broken", f"{source} {what}.", where=source, hint="Unpack it and ingest the folder.")
