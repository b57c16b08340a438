"""Requests that wait for a slot: fair between dialogues, those that were put off first when their time has come."""

from __future__ import annotations

import heapq
from collections import OrderedDict, deque
from itertools import count
from typing import Generic, TypeVar

from kgc.llm.running import Call, Running

T = TypeVar("T")


class Queue(Generic[T]):
    """Takes one request of each dialogue in turn, so that one that asks much at once does not hold up the others."""

    def __init__(self) -> None:
        self._turns: OrderedDict[int, deque[Call[T]]] = OrderedDict()
        self._later: list[tuple[float, int, Call[T]]] = []
        self._number = count()
        self._waiting = 0

    def __len__(self) -> int:
        return self._waiting + len(self._later)

    def add(self, call: Call[T], owner: Running[T]) -> None:
        self._turns.setdefault(id(owner), deque()).append(call)
        self._waiting += 1

    def put_off(self, call: Call[T], until: float) -> None:
        """Wait until this time of the loop's clock, then go before all others."""
        heapq.heappush(self._later, (until, next(self._number), call))

    def due(self, now: float) -> Call[T] | None:
        """The next request, left in its place; None where all are put off."""
        if self._later and self._later[0][0] <= now:
            return self._later[0][2]
        for calls in self._turns.values():
            return calls[0]
        return None

    def wait(self, now: float) -> float | None:
        """Seconds until the first request that was put off is due; None where none is."""
        return max(0.0, self._later[0][0] - now) if self._later else None

    def take(self, now: float) -> Call[T]:
        """Remove what `due` shows at the same time."""
        if self._later and self._later[0][0] <= now:
            return heapq.heappop(self._later)[2]
        owner, calls = self._turns.popitem(last=False)
        call = calls.popleft()
        if calls:
            self._turns[owner] = calls
        self._waiting -= 1
        return call

    def clear(self) -> list[Call[T]]:
        """Remove and return everything."""
        calls = [call for _, _, call in sorted(self._later)]
        calls += [call for waiting in self._turns.values() for call in waiting]
        self._later, self._waiting = [], 0
        self._turns.clear()
        return calls
