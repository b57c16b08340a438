"""What every model must keep. Subclass it, give it a model, and pytest runs the contract.

class TestMine(ModelContract):
    def model(self) -> Model:
        return Mine("small")
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod

from kgc.llm.model import Model
from kgc.llm.turns import Answer, Ask, Decode, Message

ASK = Ask((Message("system", "Answer briefly."), Message("user", "Who wrote the first program?")), "contract/first")


class ModelContract:
    """Needs a model that answers `ask()`; nothing here depends on what it says."""

    @abstractmethod
    def model(self) -> Model:
        """A new model, ready to answer."""

    def ask(self) -> Ask:
        """A request that the model answers."""
        return ASK

    def test_its_name_says_of_which_kind_it_is(self) -> None:
        kind, colon, name = self.model().name.partition(":")
        assert kind
        assert colon
        assert name

    def test_it_answers_with_texts_usage_and_its_name(self) -> None:
        model = self.model()
        [answer] = _ask(model, self.ask())
        assert all(isinstance(text, str) for text in answer.texts)
        assert answer.texts
        assert answer.finish in ("stop", "length", "refusal", "other")
        assert answer.usage.prompt >= answer.usage.cached_prefix >= 0
        assert answer.usage.completion >= answer.usage.reasoning >= 0
        assert not answer.cached

    def test_many_requests_at_once_are_all_answered(self) -> None:
        model = self.model()
        assert len(_ask(model, *[self.ask()] * 8)) == 8

    def test_samples_come_in_one_answer(self) -> None:
        model = self.model()
        if "n" not in model.abilities:
            return
        ask = self.ask()
        [answer] = _ask(model, Ask(ask.messages, ask.tag, Decode(temperature=1.0, n=2)))
        assert len(answer.texts) == 2

    def test_it_can_be_closed_twice(self) -> None:
        async def close() -> None:
            model = self.model()
            await model.close()
            await model.close()

        assert asyncio.run(close()) is None  # and nothing is raised


def _ask(model: Model, *asks: Ask) -> list[Answer]:
    async def main() -> list[Answer]:
        try:
            return list(await asyncio.gather(*(model.answer(ask) for ask in asks)))
        finally:
            await model.close()

    return asyncio.run(main())
