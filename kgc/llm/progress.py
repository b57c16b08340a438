"""What a run has done so far, as a value for a progress line."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from kgc.llm.jobs import Stop
from kgc.llm.turns import Usage


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of jobs (`done`, `failed`, `pending`) and of calls.

    `made` answers were paid for in this run, `cached` were there, `lost` attempts brought none. `usage` and `cost` (US
    dollars, None without a price) are of this run; `rate` is answers a second over the last ten seconds.
    """

    done: int = 0
    failed: int = 0
    pending: int = 0
    in_flight: int = 0
    waiting: int = 0
    made: int = 0
    cached: int = 0
    lost: int = 0
    usage: Usage = field(default_factory=Usage)
    cost: float | None = 0.0
    rate: float = 0.0
    seconds: float = 0.0
    stop: Stop | None = None


@dataclass(slots=True)
class Counts:
    """The same, while it is being counted."""

    started: float
    done: int = 0
    failed: int = 0
    pending: int = 0
    made: int = 0
    cached: int = 0
    lost: int = 0
    usage: Usage = field(default_factory=Usage)
    samples: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=100))

    def rate(self, now: float) -> float:
        """Answers a second over the last ten seconds; takes a sample."""
        self.samples.append((now, self.made))
        while self.samples[0][0] < now - 10:
            self.samples.popleft()
        before, made = self.samples[0] if len(self.samples) > 1 else (self.started, 0)
        return (self.made - made) / (now - before) if now > before else 0.0
