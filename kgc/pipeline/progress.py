"""How far a run is, as a value for whoever shows it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal as OneOf

from kgc.llm.turns import Usage

Stage = OneOf["read", "ask", "derive", "write", "send", "embed", "link"]


@dataclass(frozen=True, slots=True)
class Progress:
    """One look at a run. `total` is 0 where it is not known; `rate` is per second, `left` in seconds or None."""

    stage: Stage
    done: int = 0
    total: int = 0
    failed: int = 0
    pending: int = 0
    cached: int = 0
    in_flight: int = 0
    usage: Usage = field(default_factory=Usage)
    cost: float | None = 0.0
    seconds: float = 0.0
    rate: float = 0.0
    left: float | None = None
    note: str = ""


Watch = Callable[[Progress], None]


@dataclass(slots=True)
class Meter:
    """Counts one stage and tells the watcher at most ten times a second."""

    stage: Stage
    watch: Watch | None
    total: int = 0
    done: int = 0
    failed: int = 0
    started: float = field(default_factory=time.monotonic)
    told: float = 0.0

    def step(self, note: str = "", *, failed: bool = False, count: int = 1) -> None:
        self.done += 0 if failed else count
        self.failed += count if failed else 0
        self.tell(note)

    def tell(self, note: str = "", *, now: bool = False) -> None:
        at = time.monotonic()
        if self.watch is None or (at - self.told < 0.1 and not now):
            return
        self.told = at
        seconds = at - self.started
        settled = self.done + self.failed
        rate = settled / seconds if seconds > 0 else 0.0
        left = (self.total - settled) / rate if rate > 0 and self.total else None
        self.watch(
            Progress(self.stage, self.done, self.total, self.failed, seconds=seconds, rate=rate, left=left, note=note)
        )
