"""Whether a request may be sent now, and what its outcome teaches: limits, breaker and budget in one place."""

from __future__ import annotations

from math import inf

from kgc.llm.breaker import Breaker
from kgc.llm.budget import Purse
from kgc.llm.jobs import Stop
from kgc.llm.limiter import Limiter
from kgc.llm.model import CallError, Forbidden, RateLimited, RateLimits, Unauthorized, Unavailable
from kgc.llm.options import DriverOptions
from kgc.llm.running import Call, T
from kgc.llm.turns import Answer

FIRST_COMPLETION = 512
"""Tokens that the limiter reckons with for an answer before there was one."""
FORBIDDEN_FIRST, FORBIDDEN_LATER = 3, 20
"""So many 403 in a row are about the key and not about what is asked: before the first answer of a run, and after."""


class Gate:
    """Shared by every call of a run. Times are seconds of the event loop's clock."""

    def __init__(self, options: DriverOptions) -> None:
        self.options = options
        self.purse = Purse(options.budget, options.price, options.assumed_completion)
        self._limiter = Limiter(
            options.requests_per_minute, options.tokens_per_minute, options.period, options.concurrency
        )
        self._breaker = Breaker(options.breaker_after, options.backoff.base, options.patience, options.first_patience)
        self._answers = self._completion = self._forbidden = 0

    def wait(self, call: Call[T], in_flight: int, now: float) -> float | Stop:
        """Seconds until this request may be sent: 0 for now, infinity for when a call in flight has landed.

        A `Stop` where no waiting helps: the budget.
        """
        if in_flight >= min(self.options.concurrency, self._limiter.slots()):
            return inf
        pause = self._breaker.wait(now)
        if pause is None:
            return inf
        pause = max(pause, self._limiter.wait(self._expected(call), now))
        if pause > 0:
            return pause
        short = self.purse.short_of(call.need)
        if not short:
            return 0.0
        hint = "Run again with a higher one: what is paid for is kept."
        return inf if in_flight else Stop("budget", f"The budget of {short} is reached.", hint)

    def send(self, call: Call[T], now: float) -> None:
        self.purse.take(call.need)
        self._breaker.send()
        call.sent = self._limiter.send(self._expected(call), now)

    def answered(self, call: Call[T], answer: Answer, limits: RateLimits | None, now: float) -> None:
        """An answer came; `limits` is what the server told with it."""
        self._answers += 1
        self._forbidden = 0
        self._completion += answer.usage.completion
        self._breaker.success()
        self._limiter.success()
        self.purse.settle(call.need, answer.usage)
        if call.sent is not None:
            self._limiter.settle(call.sent, answer.usage.prompt + answer.usage.completion)
        if limits is not None:
            self._limiter.learn(limits, now)

    def lost(self, call: Call[T], error: CallError, now: float) -> float | Stop:
        """An attempt brought no answer: seconds until the request may be sent again, or why the run should stop.

        What may have been paid for stays set aside.
        """
        if not (isinstance(error, Unavailable) and error.maybe_paid):
            self.purse.refund(call.need)
        if isinstance(error, RateLimited):
            return self._rate_limited(call, error, now)
        if isinstance(error, Unavailable):
            return self._unavailable(call, error, now)
        self._breaker.refusal()
        self._forbidden += isinstance(error, Forbidden)
        if self._breaker.refuses_all():
            return Stop("refused", f"The server refuses every request: {error.message}", error.hint)
        return 0.0

    def bars(self, error: CallError) -> bool:
        """Whether no call of this run can succeed, by the refusal that came last.

        A 403 may be about its request alone (a filter): it takes several of them with no answer between.
        """
        if isinstance(error, Forbidden):
            return self._forbidden >= (FORBIDDEN_LATER if self._answers else FORBIDDEN_FIRST)
        return isinstance(error, Unauthorized)

    def again(self, call: Call[T]) -> bool:
        """Whether this request has attempts left; refusals by rate are cheap, so that more of them are borne."""
        return call.attempts <= self.options.retries and call.refused <= 3 * self.options.retries

    def _rate_limited(self, call: Call[T], error: RateLimited, now: float) -> float | Stop:
        call.refused += 1
        delay = self.options.backoff.delay(call.key, call.refused)
        self._breaker.alive()
        self._limiter.refuse(error.retry_after, delay, now)
        if error.retry_after is None:
            return delay
        if error.retry_after <= self.options.longest_pause:
            return error.retry_after
        wait = f"The server asks to wait {error.retry_after:g} seconds before the next request."
        return Stop("rate_limit", wait, "Run again later: what is paid for is kept.")

    def _unavailable(self, call: Call[T], error: Unavailable, now: float) -> float | Stop:
        call.attempts += 1
        self._breaker.failure(now)
        if self._breaker.down(now):
            return Stop("outage", f"The server is down: {error.message}", error.hint)
        return self.options.backoff.delay(call.key, call.attempts)

    def _expected(self, call: Call[T]) -> int:
        """About how many tokens a call will take: its prompt, and as much as answers took so far."""
        if self._answers:
            return call.prompt + self._completion // self._answers
        most = call.ask.decode.max_tokens
        return call.prompt + (FIRST_COMPLETION if most is None else min(most, FIRST_COMPLETION))
