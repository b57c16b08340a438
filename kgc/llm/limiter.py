"""Requests and tokens a minute, shared by every call of a run."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from kgc.llm.model import RateLimits


@dataclass(slots=True)
class Sent:
    """A call in the window: when it was sent, and its tokens (the most it can take, then what it took)."""

    at: float
    tokens: int


@dataclass(slots=True)
class Limiter:
    """Lets no more than the limits through in any window of `period` seconds, and holds everybody during a pause.

    Limits that are given hold always; those that a server tells in its headers hold beside them. After a pause calls
    start again with an eighth of the slots and one more for each success, so that not all run into the limit again.
    Times are seconds of one monotonic clock.
    """

    requests: int | None = None
    tokens: int | None = None
    period: float = 60.0
    concurrency: int = 32
    window: deque[Sent] = field(default_factory=deque)
    in_window: int = 0
    paused_until: float = 0.0
    slow: int | None = None
    refused_in_a_row: int = 0
    told_requests: int | None = None
    told_tokens: int | None = None

    def wait(self, tokens: int, now: float) -> float:
        """Seconds until a call of so many tokens may be sent; 0 means now."""
        if now < self.paused_until:
            return self.paused_until - now
        self._forget(now)
        return max(self._wait_requests(now), self._wait_tokens(tokens, now))

    def slots(self) -> int:
        """How many calls may be in flight at once."""
        return self.concurrency if self.slow is None else self.slow

    def send(self, tokens: int, now: float) -> Sent:
        sent = Sent(now, tokens)
        self.window.append(sent)
        self.in_window += tokens
        return sent

    def settle(self, sent: Sent, tokens: int) -> None:
        """Put what a call took in the place of what it could have taken."""
        if self.window and sent.at >= self.window[0].at:
            self.in_window += tokens - sent.tokens
            sent.tokens = tokens

    def success(self) -> None:
        self.refused_in_a_row = 0
        if self.slow is not None:
            self.slow = self.slow + 1 if self.slow + 1 < self.concurrency else None

    def refuse(self, retry_after: float | None, delay: float, now: float) -> None:
        """A call was refused by rate: everybody waits as long as the server says.

        Where it names no time, one refusal among successes holds only its own call; refusals in a row hold everybody
        for `delay`.
        """
        self.refused_in_a_row += 1
        pause = retry_after if retry_after is not None else (delay if self.refused_in_a_row > 1 else 0.0)
        if pause > 0:
            self.paused_until = max(self.paused_until, now + pause)
            self.slow = max(1, self.concurrency // 8)

    def learn(self, limits: RateLimits, now: float) -> None:
        """Take up what a response's headers tell: the limits, and a pause where nothing remains."""
        self.told_requests = limits.requests or self.told_requests
        self.told_tokens = limits.tokens or self.told_tokens
        if limits.remaining_requests == 0 and limits.requests:
            self.paused_until = max(self.paused_until, now + min(limits.reset_requests, self.period / limits.requests))

    def _forget(self, now: float) -> None:
        while self.window and self.window[0].at <= now - self.period:
            self.in_window -= self.window.popleft().tokens

    def _wait_requests(self, now: float) -> float:
        limit = smallest(self.requests, self.told_requests)
        if limit is None or len(self.window) < limit:
            return 0.0
        return self.window[len(self.window) - limit].at + self.period - now

    def _wait_tokens(self, tokens: int, now: float) -> float:
        limit = smallest(self.tokens, self.told_tokens)
        if limit is None or not self.window or self.in_window + tokens <= limit:
            return 0.0
        return self.window[0].at + self.period - now


def smallest(*limits: int | None) -> int | None:
    """The least of the limits that are set; None where none is."""
    known = [limit for limit in limits if limit is not None]
    return min(known) if known else None
