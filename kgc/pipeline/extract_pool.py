"""Many chunks are read by an extractor in several processes at once, in order, with what one process would find.

Each process is told the options, and finds and loads the extractor itself; what it finds comes back as the ledger's
rows. Processes are started as programs, for the reasons given in `kgc.load.pool`.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from types import TracebackType
from typing import Final

from kgc.data import Chunk
from kgc.extract.contract import Extractor
from kgc.ledger.rows import Rows, rows_of
from kgc.load.pool import environment
from kgc.pipeline.answer_pool import MOST_PROCESSES, Read
from kgc.pipeline.frames import hear, tell
from kgc.pipeline.recipes import Preparation, extractor_of
from kgc.schema.json import to_json

MANY: Final = 100
"""So many chunks or fewer are read here: a process takes about a second to start and load, a chunk 10-90 ms."""
BATCH: Final = 16
"""Chunks that a process is given at once."""
AHEAD: Final = 3
"""Batches a process that are given out, or are done and not taken yet: what is held does not grow with the chunks."""
THREADS: Final = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""One thread a process: they would only wait for each other."""


def processes_for(chunks: int) -> int:
    """How many processes to read so many chunks in; 0 to read them here."""
    several = min(MOST_PROCESSES, os.cpu_count() or 1)
    return several if several > 1 and chunks > MANY else 0


def extracted(prepared: Preparation, chunks: Iterable[Chunk], total: int) -> Generator[Read]:
    """What the extractor finds in each chunk, in order; close it to leave no process behind.

    Raises what the extractor raises. An extractor that the options alone do not make is not asked elsewhere.
    """
    extractor = prepared.extractor
    assert extractor is not None
    processes = processes_for(total)
    if not processes or extractor_of(prepared.options) != extractor:
        yield from extractor.extract(chunks, prepared.schema)
        return
    with ExtractPool(prepared, extractor, processes) as pool:
        yield from pool.read(chunks)


@dataclass(slots=True, eq=False)
class _Batch:
    """Chunks that a process is given; `found` stays empty where it was lost over them."""

    chunks: Sequence[Chunk]
    found: Sequence[Rows] = ()
    over: threading.Event = field(default_factory=threading.Event)


class ExtractPool:
    """Processes that read chunks; a context that leaves none behind.

    A thread talks with each process. A process that ends is not started again: what it had is read here, and where
    none is left, all the rest.
    """

    def __init__(self, prepared: Preparation, extractor: Extractor, processes: int) -> None:
        self._prepared = prepared
        self._extractor = extractor
        self._size = processes
        self._batches: queue.SimpleQueue[_Batch | None] = queue.SimpleQueue()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._threads: list[threading.Thread] = []
        self._left = 0
        self._lock = threading.Lock()

    def __enter__(self) -> ExtractPool:
        with suppress(OSError):  # where no process can be started, what is there has to do
            for _ in range(self._size):
                self._processes.append(_start())
        self._left = len(self._processes)
        self._threads = [
            threading.Thread(target=self._serve, args=(p,), name="kgc-extractor", daemon=True) for p in self._processes
        ]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.kill()
            self._batches.put(None)
        for thread in self._threads:
            thread.join()
        for process in self._processes:
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    if pipe:
                        pipe.close()
            process.wait()

    def read(self, chunks: Iterable[Chunk]) -> Iterator[Rows]:
        """The rows of each chunk, in order."""
        stream = iter(chunks)
        waiting: deque[_Batch] = deque()
        told: set[tuple[str, tuple[str, ...]]] = set()
        while True:
            while len(waiting) < AHEAD * self._size and (taken := list(islice(stream, BATCH))):
                waiting.append(self._give(taken))
            if not waiting:
                return
            batch = waiting.popleft()
            batch.over.wait()
            for chunk, rows in zip(batch.chunks, batch.found or self._here(batch.chunks), strict=True):
                yield _once(chunk, rows, told)

    def _give(self, chunks: Sequence[Chunk]) -> _Batch:
        batch = _Batch(chunks)
        with self._lock:
            if self._left:
                self._batches.put(batch)
            else:
                batch.over.set()
        return batch

    def _here(self, chunks: Sequence[Chunk]) -> Iterator[Rows]:
        yield from map(rows_of, self._extractor.extract(chunks, self._prepared.schema))

    def _serve(self, process: subprocess.Popen[bytes]) -> None:
        """Hand batches to a process until there are no more, or it ends."""
        batch: _Batch | None = None
        try:
            _tell(process, (self._prepared.options, to_json(self._prepared.schema)))
            while batch := self._batches.get():
                _tell(process, batch.chunks)
                batch.found = _hear(process)
                batch.over.set()
        except (OSError, EOFError, pickle.PickleError):
            self._lose(batch)

    def _lose(self, batch: _Batch | None) -> None:
        """A process has ended over a batch; the last one leaves all others too."""
        if batch:
            batch.over.set()
        with self._lock, suppress(queue.Empty):
            self._left -= 1
            while not self._left:
                if other := self._batches.get_nowait():
                    other.over.set()


def _start() -> subprocess.Popen[bytes]:
    """A process that waits to be told; keys in the environment are not for it."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "kgc.pipeline.extract_worker"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=environment() | THREADS,
    )  # fmt: skip


def _tell(process: subprocess.Popen[bytes], what: object) -> None:
    assert process.stdin is not None
    tell(what, process.stdin)


def _hear(process: subprocess.Popen[bytes]) -> list[Rows]:
    """What the process found in a batch. Raises EOFError when it ends before it has said so."""
    assert process.stdout is not None
    found: list[Rows] = hear(process.stdout)
    return found


def _once(chunk: Chunk, rows: Rows, told: set[tuple[str, tuple[str, ...]]]) -> Rows:
    """The rows without a warning about the language of a document that an earlier batch has given."""
    kept: list[tuple[str, str, str]] = []
    for problem in rows.problems:
        key = (chunk.document_id, problem)
        if problem[:2] == ("unsupported", "warning"):
            if key in told:
                continue
            told.add(key)
        kept.append(problem)
    return rows if len(kept) == len(rows.problems) else replace(rows, problems=tuple(kept))
