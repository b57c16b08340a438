"""Notices that a server is down, and stops asking it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Breaker:
    """Counts failures that follow each other without a success.

    After `after` of them it opens: nobody asks until a pause is over, then one call at a time tries; each failed try
    doubles the pause. When it has been open for `patience` seconds the server counts as `down`; before the first
    success of the run, after three failures over `first_patience` seconds: a server that was never there is told at
    once. All times are in seconds.
    """

    after: int = 5
    pause: float = 0.5
    patience: float = 60.0
    first_patience: float = 3.0
    refused_after: int = 20
    failures: int = 0
    refusals: int = 0
    succeeded: bool = False
    first_failure: float | None = None
    opened: float | None = None
    blocked_until: float = 0.0
    tries: int = 0
    trying: bool = False

    def send(self) -> None:
        """A call is sent."""
        self.trying = self.opened is not None

    def success(self) -> None:
        self.alive()
        self.succeeded, self.refusals = True, 0

    def failure(self, now: float) -> None:
        """A call brought no answer. Failures of calls that were under way when it opened change nothing."""
        self.trying = False
        self.failures += 1
        self.first_failure = now if self.first_failure is None else self.first_failure
        if self.failures < self.after or now < self.blocked_until:
            return
        if self.opened is None:
            self.opened = now
        self.blocked_until = now + self.pause * 2**self.tries
        self.tries += 1

    def alive(self) -> None:
        """The server answered, if only to refuse."""
        self.failures = self.tries = 0
        self.opened, self.first_failure, self.trying = None, None, False

    def refusal(self) -> None:
        """The server refused a request as such."""
        self.alive()
        self.refusals += 1

    def refuses_all(self) -> bool:
        """Whether every request of the run so far was refused, and there were enough to tell."""
        return not self.succeeded and self.refusals >= self.refused_after

    def wait(self, now: float) -> float | None:
        """Seconds until a call may be sent; None while another one tries."""
        if self.opened is None:
            return 0.0
        return None if self.trying else max(0.0, self.blocked_until - now)

    def down(self, now: float) -> bool:
        """Whether the server has been away for longer than anybody waits."""
        if self.succeeded or self.first_failure is None:
            return self.opened is not None and self.tries > 1 and now - self.opened >= self.patience
        return self.failures >= 3 and now - self.first_failure >= self.first_patience
