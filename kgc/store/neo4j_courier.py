"""Batches to a Neo4j server, one under way while the next is made ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import LiteralString, Self

import neo4j

Counters = neo4j.SummaryCounters
Arrived = Callable[[Counters], None]


@dataclass(slots=True)
class Courier:
    """Sends through one session, which is never used by two at once. A context; `settle` before all else that asks."""

    session: neo4j.Session
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "kgc-write"))
    _out: tuple[Future[Counters], Arrived] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What is under way is waited for; where it arrived, that is told."""
        self._pool.shutdown(wait=True)
        if self._out and not self._out[0].exception():
            self.settle()

    def send(self, statement: LiteralString, values: Mapping[str, object], arrived: Arrived) -> None:
        """Begin a transaction, once the one before has arrived; `arrived` is told what it changed, by this thread."""
        self.settle()
        self._out = self._pool.submit(self._transact, statement, values), arrived

    def now(self, statement: LiteralString, values: Mapping[str, object]) -> Counters:
        """A transaction, waited for."""
        self.settle()
        return self._transact(statement, values)

    def settle(self) -> None:
        """Wait for what is under way. Raises what went wrong with it."""
        if self._out:
            (future, arrived), self._out = self._out, None
            arrived(future.result())

    def _transact(self, statement: LiteralString, values: Mapping[str, object]) -> Counters:
        return self.session.execute_write(lambda tx: tx.run(statement, dict(values)).consume().counters)
