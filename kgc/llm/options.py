"""How the driver goes about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kgc.llm.budget import Budget
from kgc.llm.price import Price
from kgc.llm.retry import Backoff


@dataclass(frozen=True, slots=True)
class DriverOptions:
    """Times are in seconds; None sets no limit.

    `concurrency` is how many calls are in flight at once, all the time. `retries` is how often one request is sent
    again after no answer came (three times as often after a refusal by rate). `grace` is how long calls in flight are
    awaited after an interruption; `longest_pause` the longest `Retry-After` that is waited for instead of stopping.
    `patience` is how long a server may be away in the middle of a run, `first_patience` before its first answer.
    `assumed_completion` is the longest answer that a budget reckons with where a request sets no `max_tokens`.
    `period` is the length of the limits' minute, shortened in tests.
    """

    concurrency: int = 32
    timeout: float = 120.0
    retries: int = 6
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    budget: Budget = field(default_factory=Budget)
    price: Price | None = None
    backoff: Backoff = field(default_factory=Backoff)
    grace: float = 0.0
    longest_pause: float = 120.0
    breaker_after: int = 5
    patience: float = 60.0
    first_patience: float = 3.0
    assumed_completion: int = 4096
    period: float = 60.0
    progress_every: float = 0.1
