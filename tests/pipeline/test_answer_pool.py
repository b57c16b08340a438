"""Answers that are read in other processes give the graph that reading them here gives, whatever becomes of those."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from kgc import Workspace
from kgc.config import Options
from kgc.data import Chunk, Extraction, Span
from kgc.extract.contract import Strategy
from kgc.ledger.rows import Rows, rows_of
from kgc.llm.elsewhere import ElsewhereLost, Told
from kgc.llm.running import Ended, StrategyError
from kgc.llm.turns import Answer, Ask, Message, Turns
from kgc.pipeline.answer_pool import AnswerPool, processes_for
from kgc.pipeline.recipes import Preparation, prepare
from kgc.pipeline.supply import Work
from kgc.schema import Schema
from kgc.testing.server import Server
from tests.story import exported

MANY = 128
"""Calls in flight at which answers are read in other processes."""
several = pytest.mark.skipif(
    (os.cpu_count() or 1) < 2 or not Path("/proc").is_dir(), reason="needs two processors, and a system with /proc"
)
CHUNK = Chunk("d#c", "d", "c", Span(0, 30), "Ada Byron works for Acme Corp.")


def running_workers() -> list[int]:
    """The processes that read answers and were started by this one, by /proc."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                if parent == os.getpid() and b"kgc.pipeline.answer_worker" in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
    return found


def ingest(path: Path, folder: Path, schema: str, server: Server, concurrency: int, strategy: str = "codekgc") -> str:
    with Workspace(path) as workspace:
        report = workspace.ingest(
            folder, schema=schema, model="openai:any", base_url=server.url, concurrency=concurrency, strategy=strategy
        )
        assert report.exit_code == 0
        return exported(workspace, path / "facts.jsonl").decode()


@several
def test_the_graph_is_the_same_wherever_answers_are_read(
    folder: Path, schema: str, server: Server, tmp_path: Path
) -> None:
    assert processes_for(MANY) > 0 == processes_for(32)
    here = ingest(tmp_path / "here", folder, schema, server, 4)
    there = ingest(tmp_path / "there", folder, schema, server, MANY)
    assert here == there
    assert here.count("\n") > 5


# The pool by itself


@dataclass(frozen=True, slots=True)
class TwoTurns:
    """Asks twice, and names what it was told; fails on the word "break"."""

    name: ClassVar[str] = "two-turns"

    def turns(self, chunk: Chunk, schema: Schema) -> Turns[Extraction]:
        [first] = yield [Ask((Message("user", chunk.text),), "test/first")]
        if first.text == "break":
            raise ValueError("this strategy has a mistake")
        answers = yield [Ask((Message("user", f"{first.text} {n}"),), "test/more") for n in (1, 2)]
        return Extraction(chunk.key, answers=tuple(a.text for a in answers))


@dataclass(frozen=True, slots=True)
class Untellable(TwoTurns):
    """Holds what no other process can be told."""

    hold: object = lambda: None


def prepared(tmp_path: Path, schema: str, strategy: Strategy) -> Preparation:
    found = prepare(Options(schema=schema, model="openai:any"), tmp_path)
    return Preparation(found.options, found.schema, found.recipe, found.asking, found.deriving, None, strategy)


def take_on(given: Preparation, dialogues: Sequence[Told], attempt: int = 0) -> list[object]:
    async def run() -> list[object]:
        pool = AnswerPool(given, 1)
        pool.know(Work(CHUNK, attempt))
        try:
            return list(await pool.take_on(dialogues))
        finally:
            await pool.close()

    return asyncio.run(run())


def test_a_dialogue_goes_on_from_the_answers_that_it_is_told(tmp_path: Path, schema: str) -> None:
    first = (Answer(("so",)),)
    second = (Answer(("one",)), Answer(("two",)))
    turns = take_on(
        prepared(tmp_path, schema, TwoTurns()), [("c", ()), ("c", (first,)), ("c", (first, second))], attempt=3
    )
    [[begin], more, end] = turns
    assert (begin.messages[0].content, begin.attempt) == (CHUNK.text, 3)
    assert [(ask.messages[0].content, ask.attempt) for ask in more] == [("so 1", 3), ("so 2", 3)]
    assert isinstance(end, Ended)
    assert end.result == rows_of(Extraction("c", answers=("one", "two")))
    assert isinstance(end.result, Rows)


def test_a_mistake_of_a_strategy_is_told_as_such(tmp_path: Path, schema: str) -> None:
    with pytest.raises(StrategyError, match="this strategy has a mistake") as caught:
        take_on(prepared(tmp_path, schema, TwoTurns()), [("c", ((Answer(("break",)),),))])
    assert "report" in caught.value.hint


def test_a_strategy_that_cannot_be_told_is_run_here(tmp_path: Path, schema: str) -> None:
    with pytest.raises(ElsewhereLost):
        take_on(prepared(tmp_path, schema, Untellable()), [("c", ())])


@several
def test_a_process_that_was_killed_is_told_of_as_lost(tmp_path: Path, schema: str) -> None:
    async def run() -> None:
        pool = AnswerPool(prepared(tmp_path, schema, TwoTurns()), 1)
        pool.know(Work(CHUNK))
        before = running_workers()
        assert len(await pool.take_on([("c", ())])) == 1
        [started] = set(running_workers()) - set(before)
        os.kill(started, 9)
        with pytest.raises(ElsewhereLost):
            await pool.take_on([("c", ())])
        await pool.close()

    asyncio.run(run())


@several
def test_no_process_is_left_behind(folder: Path, schema: str, server: Server, tmp_path: Path) -> None:
    ingest(tmp_path / "there", folder, schema, server, MANY)
    assert running_workers() == []
