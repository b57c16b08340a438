"""What must hold for any strategy, as a test class: subclass it, give a strategy, a schema and a chunk.

class TestMine(StrategyContract):
    strategy = Mine()
    schema = SCHEMA
    chunk = CHUNK
    good = ("(LivesIn)", "| Ann | Rome |")
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import is_dataclass, replace
from typing import ClassVar

from kgc.data import Chunk, Extraction, Literal
from kgc.extract.contract import Strategy
from kgc.llm.turns import Answer, Ask, Turns
from kgc.schema import Schema
from kgc.testing.format_contract import HOSTILE

MOST_ROUNDS = 50


def drive(turns: Turns[Extraction], answer: Callable[[Ask], Answer]) -> tuple[Extraction, list[list[Ask]]]:
    """Run a strategy with a function for a model; what it read, and what it asked, round by round."""
    rounds: list[list[Ask]] = []
    try:
        asks = list(next(turns))
        while True:
            rounds.append(asks)
            assert len(rounds) < MOST_ROUNDS, "the strategy never ends"
            asks = list(turns.send([answer(ask) for ask in asks]))
    except StopIteration as end:
        found: Extraction = end.value
        return found, rounds


def scripted(texts: Sequence[str], finish: str = "stop") -> Callable[[Ask], Answer]:
    """Answers from a list, in the order asked; the last one again when the list is at its end."""
    queue = list(texts)

    def answer(ask: Ask) -> Answer:
        text = queue.pop(0) if len(queue) > 1 else queue[0]
        length = len(ask.messages)
        return Answer((text,), finish=finish, model="scripted", key=f"key-{length}-{len(queue)}")  # type: ignore[arg-type]

    return answer


class StrategyContract:
    """`good` are answers that, in order, give at least one triple of `chunk`."""

    strategy: ClassVar[Strategy]
    schema: ClassVar[Schema]
    chunk: ClassVar[Chunk]
    good: ClassVar[Sequence[str]]

    def _run(self, texts: Sequence[str], chunk: Chunk | None = None) -> tuple[Extraction, list[list[Ask]]]:
        return drive(self.strategy.turns(chunk or self.chunk, self.schema), scripted(texts))

    def test_it_is_a_frozen_dataclass_with_a_name(self) -> None:
        assert is_dataclass(self.strategy)
        assert self.strategy.name
        assert hash(self.strategy) == hash(replace(self.strategy))

    def test_good_answers_give_triples_with_evidence_in_the_text(self) -> None:
        found, _ = self._run(self.good)
        assert found.failure is None
        assert found.triples
        for triple in found.triples:
            evidence = triple.evidence
            assert evidence.span.of(self.chunk.text) == evidence.quote
            assert (evidence.chunk, evidence.strategy, evidence.model) == (
                self.chunk.key,
                self.strategy.name,
                "scripted",
            )
            assert evidence.prompt in found.answers

    def test_spans_hold_what_they_name(self) -> None:
        found, _ = self._run(self.good)
        for triple in found.triples:
            ends = (triple.head, triple.tail)
            for end in ends if triple.evidence.aligned == "exact" else ():
                surface = end.raw if isinstance(end, Literal) else end.surface
                assert end.span is not None
                assert end.span.of(self.chunk.text) == surface
                assert end.span.within(triple.evidence.span)

    def test_every_answer_is_accounted_for(self) -> None:
        found, rounds = self._run(self.good)
        assert found.chunk == self.chunk.key
        assert len(found.answers) == sum(map(len, rounds))

    def test_the_same_chunk_is_asked_the_same(self) -> None:
        assert self._run(self.good) == self._run(self.good)

    def test_chunks_share_all_but_their_last_message(self) -> None:
        other = replace(
            self.chunk, id="other", key="other", text="Another text, with nothing in it.", headings=("Else",)
        )
        first, second = (self._run(self.good, chunk)[1][0][0].messages for chunk in (self.chunk, other))
        assert first[:-1] == second[:-1]
        assert first[-1] != second[-1]

    def test_a_dollar_sign_in_the_text_is_only_text(self) -> None:
        text = "It cost $text and ${classes} and $$5."
        _, rounds = self._run(self.good, replace(self.chunk, text=text))
        assert text in rounds[0][0].messages[-1].content

    def test_no_answer_makes_it_raise(self) -> None:
        for text in HOSTILE:
            found, _ = self._run([text])
            assert found.triples == ()

    def test_an_unreadable_answer_is_a_failure_with_its_reason(self) -> None:
        found, _ = self._run(["I'm sorry, I can't help with that."])
        assert found.failure is not None
        assert found.failure.code == "refusal"

    def test_an_empty_text_is_read_as_well(self) -> None:
        found, _ = self._run(self.good, replace(self.chunk, text=""))
        assert all(t.evidence.aligned == "none" for t in found.triples)
