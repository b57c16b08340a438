"""A model whose answers are written down beforehand, by tag; and a loop that holds one dialogue with plain calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from kgc.errors import KgcError
from kgc.llm.estimate import prompt_tokens, tokens
from kgc.llm.model import Ability
from kgc.llm.turns import Answer, Ask, Turns, Usage, request_key

T = TypeVar("T")

Script = str | Sequence[str] | Callable[[Ask], str]
"""One text for every request, a text for each in turn, or a function of the request."""


class ScriptError(KgcError):
    """A request that the script has no answer for."""


class Scripted:
    """Answers each request by its tag; `asked` is the log. A `Model`, also without an event loop by `reply`.

    >>> client = Scripted({"chatie/types": ["WorksFor"]})
    """

    def __init__(self, script: Mapping[str, Script], name: str = "scripted:test") -> None:
        self.name = name
        self.abilities: frozenset[Ability] = frozenset({"chat", "n", "seed", "temperature"})
        self.asked: list[Ask] = []
        self._script = dict(script)
        self._used: dict[str, int] = {}

    def reply(self, ask: Ask) -> Answer:
        """The next text for the request's tag. Raises `ScriptError` where there is none."""
        self.asked.append(ask)
        text = self._text(ask)
        usage = Usage(prompt=prompt_tokens(ask), completion=tokens(text))
        return Answer((text,) * max(1, ask.decode.n), usage=usage, model=self.name, key=request_key(ask, self.name))

    async def answer(self, ask: Ask) -> Answer:
        return self.reply(ask)

    async def close(self) -> None:
        """Nothing to close."""

    def _text(self, ask: Ask) -> str:
        if ask.tag not in self._script:
            raise ScriptError(f"The script has no answer for {ask.tag!r}.", f"It has: {', '.join(self._script)}.")
        script = self._script[ask.tag]
        if isinstance(script, str):
            return script
        if callable(script):
            return script(ask)
        number = self._used.get(ask.tag, 0)
        if number >= len(script):
            raise ScriptError(f"{ask.tag!r} was asked {number + 1} times.", f"The script has {len(script)} answers.")
        self._used[ask.tag] = number + 1
        return script[number]


def run(turns: Turns[T], client: Scripted) -> T:
    """Hold one dialogue, answer by answer, without cache, retries or an event loop."""
    try:
        asks = next(turns)
        while True:
            asks = turns.send([client.reply(ask) for ask in asks])
    except StopIteration as end:
        result: T = end.value
        return result
