"""A model that gives recorded answers: no server, no key, no money, the same every time."""

from __future__ import annotations

from collections import defaultdict, deque
from pathlib import Path

from kgc.llm.model import Ability, BadRequest
from kgc.llm.record import Recorded, read_recording
from kgc.llm.turns import Answer, Ask, Message, request_key


class ReplayModel:
    """Answers from a file (kgc.llm.record). A request is looked for by its key under each model that was recorded,
    then by its messages and attempt, then by its tag, whose answers are used in turn. One without a recording is
    refused by name."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.name = f"replay:{self.path.name}"
        self.abilities: frozenset[Ability] = frozenset({"chat", "n", "seed", "temperature"})
        self._keys: dict[str, Answer] = {}
        self._messages: dict[tuple[tuple[Message, ...], int], Answer] = {}
        self._tags: defaultdict[str, deque[Answer]] = defaultdict(deque)
        self._models: dict[str, None] = {}
        for row in read_recording(self.path):
            self._add(row)

    async def answer(self, ask: Ask) -> Answer:
        """The recorded answer. Raises `BadRequest` that says which request has none."""
        for model in self._models:
            if (found := self._keys.get(request_key(ask, model))) is not None:
                return found
        if (found := self._messages.get((ask.messages, ask.attempt))) is not None:
            return found
        if self._tags[ask.tag]:
            return self._tags[ask.tag].popleft()
        last = ask.messages[-1].content[-80:] if ask.messages else ""
        raise BadRequest(
            f"{self.path.name} has no answer for {ask.tag!r}, attempt {ask.attempt}, ending in {last!r}.",
            "Record it with the same schema, strategy and options, or ask a model.",
        )

    async def close(self) -> None:
        """Nothing to close."""

    def _add(self, row: Recorded) -> None:
        if row.key:
            self._keys[row.key] = row.answer
            self._models[row.answer.model] = None
        if row.messages:
            self._messages[row.messages, row.attempt] = row.answer
        if not row.key and not row.messages:
            self._tags[row.tag].append(row.answer)
