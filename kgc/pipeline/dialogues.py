"""Dialogues held another way: as another attempt, or with answers that are there already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kgc.data import Extraction
from kgc.llm.turns import Answer, Turns


def again(turns: Turns[Extraction], attempt: int) -> Turns[Extraction]:
    """The same dialogue with its questions marked as another attempt, so that each is a new request."""
    answers: Sequence[Answer] | None = None
    while True:
        try:
            asks = next(turns) if answers is None else turns.send(answers)
        except StopIteration as end:
            result: Extraction = end.value
            return result
        answers = yield [replace(ask, attempt=attempt) for ask in asks]


def replay(turns: Turns[Extraction], answers: Iterator[Answer]) -> Extraction:
    """What a strategy reads from answers that are there already, whatever it would ask now.

    Questions beyond the recorded answers get an empty one: reading again must not pay again.
    """
    sent: Sequence[Answer] | None = None
    while True:
        try:
            asks = next(turns) if sent is None else turns.send(sent)
        except StopIteration as end:
            result: Extraction = end.value
            return result
        sent = [next(answers, Answer(("",))) for _ in asks]
