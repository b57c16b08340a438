"""One dialogue under way, and one request on its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kgc.errors import KgcError
from kgc.llm.budget import Reserve
from kgc.llm.jobs import Job
from kgc.llm.limiter import Sent
from kgc.llm.turns import Answer, Ask, Usage

T = TypeVar("T")


class StrategyError(KgcError):
    """A strategy that failed on an answer: a mistake in the strategy, since a strategy never raises on one."""


@dataclass(slots=True)
class Ended(Generic[T]):
    """The dialogue has returned."""

    result: T


@dataclass(slots=True, eq=False)
class Running(Generic[T]):
    """A job whose dialogue is under way: what it asks now, the answers so far, and what was paid for it."""

    job: Job[T]
    answers: list[Answer | None] = field(default_factory=list)
    missing: int = 0
    past: list[str] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    cached: int = 0
    made: int = 0
    over: bool = False
    begun: bool = False

    def step(self) -> Sequence[Ask] | Ended[T]:
        """Send the answers of the last turn in; what is asked next, or the end. Raises `StrategyError`."""
        try:
            sent = [answer for answer in self.answers if answer is not None]
            asks = self.job.turns.send(sent) if self.begun else next(self.job.turns)
        except StopIteration as end:
            self.over = True
            return Ended(end.value)
        except KgcError:
            raise
        except Exception as error:
            raise StrategyError(
                f"The strategy failed on {self.job.id}: {type(error).__name__}: {error}.",
                "This is a mistake in the strategy, not in the document; please report it.",
            ) from error
        self.begun = True
        self.past += [answer.key for answer in sent]
        self.answers = [None] * len(asks)
        self.missing = len(asks)
        return asks

    def receive(self, index: int, answer: Answer) -> None:
        self.answers[index] = answer
        self.missing -= 1
        if answer.cached:
            self.cached += 1
        else:
            self.made += 1
            self.usage += answer.usage

    def keys(self) -> tuple[str, ...]:
        """The keys of the answers so far, in the order asked."""
        return *self.past, *(answer.key for answer in self.answers if answer is not None)

    def close(self) -> None:
        """Give the dialogue up."""
        self.over = True
        self.job.turns.close()


@dataclass(slots=True, eq=False)
class Call(Generic[T]):
    """One request, and every place of every dialogue that waits for its answer; the first one pays.

    `prompt` is its length in tokens, estimated; `need` the most that it can cost.
    """

    key: str
    ask: Ask
    prompt: int
    need: Reserve
    waiters: list[tuple[Running[T], int]]
    attempts: int = 0
    refused: int = 0
    sent: Sent | None = None

    def wanted(self) -> bool:
        return any(not running.over for running, _ in self.waiters)
