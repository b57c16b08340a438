"""Dialogues taken on off the event loop, over real HTTP against the scripted server."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from kgc.llm.cache import MemoryCache
from kgc.llm.driver import drive
from kgc.llm.elsewhere import ElsewhereLost, Told
from kgc.llm.jobs import Done, Job, Outcome
from kgc.llm.loop import run_sync
from kgc.llm.openai import OpenAIModel
from kgc.llm.options import DriverOptions
from kgc.llm.retry import Backoff
from kgc.llm.running import Ended, taken_on
from kgc.llm.turns import Ask, Decode, Message, Turns
from kgc.testing.script import Script, Turn
from kgc.testing.server import Server

pytestmark = pytest.mark.server

FAST = Backoff(base=0.005, cap=0.02)


def ask(text: str) -> Ask:
    return Ask((Message("user", text),), "test/echo", Decode(max_tokens=20))


def say(turns: Sequence[Turn]) -> str:
    return f"said {turns[-1].content}"


class Beside:
    """Takes the dialogues of `doubled` on beside the run, for as many batches as it lives."""

    places = 2

    def __init__(self, lives: int) -> None:
        self.lives, self.taken = lives, 0

    async def take_on(self, dialogues: Sequence[Told]) -> Sequence[Sequence[Ask] | Ended[str]]:
        await asyncio.sleep(0.01)
        if self.lives <= 0:
            raise ElsewhereLost
        self.lives -= 1
        self.taken += len(dialogues)
        return [taken_on(doubled(name), name, history) for name, history in dialogues]


def doubled(name: str) -> Turns[str]:
    """Asks once, then twice at once, and returns all that was said."""
    [first] = yield [ask(name)]
    answers = yield [ask(f"{first.text} {side}") for side in ("left", "right")]
    return " | ".join(a.text for a in (first, *answers))


@pytest.mark.parametrize("lives", [0, 3, 10_000])
def test_dialogues_come_out_the_same_whoever_takes_them_on_and_however_long_that_lasts(lives: int) -> None:
    beside = Beside(lives)
    with Server(Script(reply=say)) as server:

        async def main() -> list[Outcome[str]]:
            model = OpenAIModel("any", base_url=server.url)
            work = [Job(f"job {i}", doubled(f"job {i}")) for i in range(60)]
            try:
                async with drive(work, model, MemoryCache(), DriverOptions(backoff=FAST), None, beside) as run:
                    return [outcome async for outcome in run]
            finally:
                await model.close()

        outcomes = run_sync(main())
        assert server.counts["asked"] == 180
    found = {o.id: o.result for o in outcomes if isinstance(o, Done)}
    assert found == {f"job {i}": f"said job {i} | said said job {i} left | said said job {i} right" for i in range(60)}
    assert all(len(o.answers) == 3 and o.made == 3 for o in outcomes if isinstance(o, Done))
    assert (beside.taken == 120) == (lives == 10_000)
