"""Who takes dialogues on off the event loop, and how a dialogue is told to somebody who has not held it so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from kgc.llm.running import Ended
from kgc.llm.turns import Answer, Ask

T = TypeVar("T")

Told = tuple[str, tuple[tuple[Answer, ...], ...]]
"""A dialogue: its job's id and all its answers so far, turn by turn. Strategies keep no state, so that is all."""


class ElsewhereLost(Exception):
    """Dialogues cannot be taken on there (any more); whoever asked for it takes them on itself."""


class Elsewhere(Protocol[T]):
    """Other processes that know the jobs by their ids and hold the same dialogues."""

    @property
    def places(self) -> int:
        """How many batches may be there at once."""
        ...

    async def take_on(self, dialogues: Sequence[Told]) -> Sequence[Sequence[Ask] | Ended[T]]:
        """What each asks next, or its end, in order. Raises `StrategyError`, `ElsewhereLost`."""
        ...
