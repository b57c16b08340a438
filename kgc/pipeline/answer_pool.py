"""Answers are read in processes beside the event loop where so many are in flight that reading would hold it up.

Strategies keep no state, so a process that is told a chunk and the answers so far holds the same dialogue. Processes
are started as programs, for the reasons given in `kgc.load.pool`.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from kgc.data import Extraction
from kgc.ledger.rows import Rows
from kgc.llm.elsewhere import ElsewhereLost, Told
from kgc.llm.running import Ended, StrategyError
from kgc.llm.turns import Ask
from kgc.load.pool import environment
from kgc.pipeline.frames import LENGTH, frame
from kgc.pipeline.recipes import Preparation
from kgc.pipeline.supply import Work
from kgc.schema.json import to_json

FEW = 64
"""With this many calls in flight or fewer, reading between sends costs less than it costs to start processes."""
MOST_PROCESSES = 4
QUEUED = 2
"""Batches that a process is given at once, so that it never waits for the event loop."""

Read = Extraction | Rows
Turn = Sequence[Ask] | Ended[Read]


def processes_for(concurrency: int) -> int:
    """How many processes to read answers in; 0 to read them on the event loop."""
    return min(MOST_PROCESSES, (os.cpu_count() or 1) - 1) if concurrency > FEW else 0


@dataclass(slots=True)
class _Reader:
    """One process; answers come in the order of the questions, so whoever wrote first reads first."""

    process: asyncio.subprocess.Process
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0

    async def ask(self, frame: bytes) -> object:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.waiting += 1
        try:
            self.process.stdin.write(frame)
            async with self.turn:
                size = int.from_bytes(await self.process.stdout.readexactly(LENGTH))
                return pickle.loads(await self.process.stdout.readexactly(size))  # noqa: S301 - our own program's
        finally:
            self.waiting -= 1


class AnswerPool:
    """Takes dialogues on in other processes (`kgc.llm.elsewhere.Elsewhere`); a context that leaves none behind.

    `know` tells it of every job before its first answer can be there, `forget` that a job is over.
    """

    def __init__(self, prepared: Preparation, processes: int) -> None:
        self._prepared = prepared
        self._size = processes
        self._works: dict[str, Work] = {}
        self._readers: list[_Reader] = []
        self._starting = asyncio.Lock()

    @property
    def places(self) -> int:
        return QUEUED * self._size

    def know(self, work: Work) -> None:
        self._works[work.chunk.key] = work

    def forget(self, key: str) -> None:
        self._works.pop(key, None)

    async def take_on(self, dialogues: Sequence[Told]) -> Sequence[Turn]:
        """What each asks next, or its end. Raises `StrategyError`, `ElsewhereLost`."""
        told = [(self._works[key].chunk, self._works[key].attempt, history) for key, history in dialogues]
        try:
            await self._start()
            reader = min(self._readers, key=lambda r: r.waiting)
            found = await reader.ask(frame(told))
        except (OSError, EOFError, pickle.PickleError, AttributeError, TypeError) as error:
            raise ElsewhereLost(str(error)) from error
        if isinstance(found, StrategyError):
            raise found
        assert isinstance(found, list)
        return found

    async def _start(self) -> None:
        async with self._starting:
            while len(self._readers) < self._size:
                self._readers.append(_Reader(await start(frame(self._prepared.strategy))))
                first = frame(to_json(self._prepared.schema))
                stdin = self._readers[-1].process.stdin
                assert stdin is not None
                stdin.write(first)

    async def close(self) -> None:
        for reader in self._readers:
            with suppress(ProcessLookupError):
                reader.process.kill()
            await reader.process.wait()
        self._readers.clear()


async def start(first: bytes) -> asyncio.subprocess.Process:
    """A process that was told its strategy; keys in the environment are not for it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "kgc.pipeline.answer_worker",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        env=environment(),
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(first)
    return process
