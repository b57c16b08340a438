"""One dialogue under way, and one request on its way."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kgc.errors import KgcError
from kgc.llm.budget import Reserve
from kgc.llm.jobs import Job
from kgc.llm.limiter import Sent
from kgc.llm.model import CallError, Unavailable
from kgc.llm.turns import Answer, Ask, Turns, Usage

T = TypeVar("T")


class StrategyError(KgcError):
    """A strategy that failed on an answer: a mistake in the strategy, since a strategy never raises on one."""


@dataclass(slots=True)
class Ended(Generic[T]):
    """The dialogue has returned."""

    result: T


def taken_on(
    turns: Turns[T], name: str, history: Sequence[Sequence[Answer]], sent: int = -1
) -> Sequence[Ask] | Ended[T]:
    """What a dialogue says after the answers of `history`, of which it was sent the first `sent` turns before.

    `sent` is -1 for one that has not begun. Raises `StrategyError`.
    """
    asks: Sequence[Ask] = ()
    try:
        if sent < 0:
            asks, sent = next(turns), 0
        for answers in history[sent:]:
            asks = turns.send(list(answers))
    except StopIteration as end:
        return Ended(end.value)
    except KgcError:
        raise
    except Exception as error:
        raise StrategyError(
            f"The strategy failed on {name}: {type(error).__name__}: {error}.",
            "This is a mistake in the strategy, not in the document; please report it.",
        ) from error
    return asks


@dataclass(slots=True, eq=False)
class Running(Generic[T]):
    """A job whose dialogue is under way: the answers of this turn and of those before, and what was paid for it.

    `sent` counts the turns whose answers its own generator was sent, -1 while it has not begun; where dialogues are
    taken on elsewhere it stays behind `history`.
    """

    job: Job[T]
    answers: list[Answer | None] = field(default_factory=list)
    missing: int = 0
    history: list[tuple[Answer, ...]] = field(default_factory=list)
    sent: int = -1
    usage: Usage = field(default_factory=Usage)
    cached: int = 0
    made: int = 0
    over: bool = False

    def step(self) -> Sequence[Ask] | Ended[T]:
        """Send the answers in that were not sent yet; what is asked next, or the end. Raises `StrategyError`."""
        turn = taken_on(self.job.turns, self.job.id, self.history, self.sent)
        self.sent = len(self.history)
        return self.take(turn)

    def take(self, turn: Sequence[Ask] | Ended[T]) -> Sequence[Ask] | Ended[T]:
        """Go on with what the dialogue asks next, whoever took it on, or end it."""
        if isinstance(turn, Ended):
            self.close()
            return turn
        self.answers = [None] * len(turn)
        self.missing = len(turn)
        if not turn:
            self.history.append(())
        return turn

    def receive(self, index: int, answer: Answer) -> None:
        self.answers[index] = answer
        self.missing -= 1
        if not self.missing:
            self.history.append(tuple(a for a in self.answers if a is not None))
            self.answers = []
        if answer.cached:
            self.cached += 1
        else:
            self.made += 1
            self.usage += answer.usage

    def keys(self) -> tuple[str, ...]:
        """The keys of the answers so far, in the order asked."""
        past = (answer.key for turn in self.history for answer in turn)
        return *past, *(answer.key for answer in self.answers if answer is not None)

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


def answer_of(task: asyncio.Task[Answer | CallError]) -> Answer | None:
    """The answer that a call brought, if it did."""
    if not task.done() or task.cancelled() or task.exception() is not None:
        return None
    result = task.result()
    return result if isinstance(result, Answer) else None


def outcome_of(task: asyncio.Task[Answer | CallError]) -> Answer | CallError:
    """What a call came to. A model that raises anything but a `CallError` has a mistake: that error goes through."""
    if task.cancelled():
        return Unavailable("The call was given up.", maybe_paid=True)
    return task.result()
