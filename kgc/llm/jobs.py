"""What the driver is given, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar
from typing import Literal as OneOf

from kgc.data import Problem
from kgc.llm.turns import Turns, Usage

T = TypeVar("T")

StopKind = OneOf["budget", "outage", "rate_limit", "refused", "interrupted"]


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a run ended before everything was asked, in one sentence, and what to do."""

    kind: StopKind
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """One dialogue to be held. `weight` is its length in the caller's units; the order is the caller's."""

    id: str
    turns: Turns[T]
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """A dialogue that came to its end.

    `answers` are the keys of its answers in the order asked; `usage` counts what was paid for in this run alone; `made`
    counts the answers paid for now, `cached` those that were there (or were being asked by another job).
    """

    id: str
    result: T
    answers: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)
    cached: int = 0
    made: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    """A dialogue that no repetition would save: the server refuses its request."""

    id: str
    problem: Problem
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pending:
    """A dialogue that the next run asks again. `stop` is set where the whole run was stopped."""

    id: str
    problem: Problem
    answers: tuple[str, ...] = ()
    stop: Stop | None = None


Outcome = Done[T] | Failed | Pending
