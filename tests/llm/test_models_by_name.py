"""Finding a model by name, and the two that need no server."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from kgc.errors import ModelError, UnknownName
from kgc.llm.cache import MemoryCache
from kgc.llm.driver import drive
from kgc.llm.find import find
from kgc.llm.jobs import Done, Job
from kgc.llm.model import BadRequest, Model
from kgc.llm.record import record
from kgc.llm.replay import ReplayModel
from kgc.llm.turns import Ask, Decode, Message, Turns
from kgc.testing.model_contract import ASK, ModelContract
from kgc.testing.scripted import Scripted, ScriptError, run


def talk(text: str) -> Turns[str]:
    [first] = yield [Ask((Message("user", text),), "first")]
    [second] = yield [Ask((Message("user", first.text),), "second")]
    return second.text


def test_a_scripted_client_answers_by_tag_and_logs() -> None:
    client = Scripted({"first": ["to be asked"], "second": lambda ask: ask.messages[0].content.upper()})
    assert run(talk("hello"), client) == "TO BE ASKED"
    assert [ask.tag for ask in client.asked] == ["first", "second"]


def test_a_scripted_client_says_what_it_has_no_answer_for() -> None:
    with pytest.raises(ScriptError, match="'second'"):
        run(talk("hello"), Scripted({"first": "again"}))
    client = Scripted({"first": ["once"], "second": "x"})
    run(talk("hello"), client)
    with pytest.raises(ScriptError, match="asked 2 times"):
        run(talk("hello"), client)


def test_a_recorded_run_is_replayed_without_the_model(tmp_path: Path) -> None:
    cache, path = MemoryCache(), tmp_path / "answers.jsonl"
    texts = [f"text {i}" for i in range(20)]

    async def hold(model: Model, kept: MemoryCache) -> list[str]:
        async with drive((Job(t, talk(t)) for t in texts), model, kept) as running:
            return sorted([o.result async for o in running if isinstance(o, Done)])

    client = Scripted({"first": lambda a: a.messages[0].content * 2, "second": lambda a: f"<{a.messages[0].content}>"})
    first = asyncio.run(hold(client, cache))
    assert record(path, cache.rows.values()) == 40
    assert asyncio.run(hold(ReplayModel(path), MemoryCache())) == first
    again = path.read_bytes()
    record(path, reversed(cache.rows.values()))
    assert path.read_bytes() == again


def test_a_recording_by_messages_or_tag_is_found(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(
        '{"messages": [["user", "a"]], "texts": ["by messages"]}\n\n'
        '{"tag": "t", "texts": ["one"], "finish": "length"}\n{"tag": "t", "texts": ["two"], "usage": {"prompt": 3}}\n'
    )
    model = ReplayModel(path)

    def said(text: str) -> str:
        return asyncio.run(model.answer(Ask((Message("user", text),), "t"))).text

    assert [said("a"), said("b"), said("a"), said("c")] == ["by messages", "one", "by messages", "two"]
    with pytest.raises(BadRequest, match=r"answers.jsonl has no answer for 't'.*'what is this'"):
        said("what is this")


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"texts": ["x"]}', '{"tag": "t"}', '{"tag": "t", "texts": [], "usage": {"p": 1}}']
)
def test_a_bad_line_of_a_recording_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"tag": "t", "texts": ["x"]}\n' + line)
    with pytest.raises(ModelError, match=r"bad\.jsonl:2"):
        ReplayModel(path)


def test_names_lead_to_models_and_mistakes_to_the_nearest_name(tmp_path: Path) -> None:
    assert find("openai:qwen3", base_url="http://localhost:1/v1").name == "openai:qwen3"
    with pytest.raises(UnknownName, match="openai"):
        find("opnai:gpt-5-mini")
    with pytest.raises(ModelError, match="built-in model"):
        find("builtin")
    with pytest.raises(ModelError, match="openai:NAME"):
        find("openai")
    with pytest.raises(ModelError, match=r"none\.jsonl"):
        find(f"replay:{tmp_path / 'none.jsonl'}")


class TestScripted(ModelContract):
    """The contract, kept by the scripted client."""

    def model(self) -> Model:
        return Scripted({ASK.tag: "Ada"})


class TestReplay(ModelContract):
    """The contract, kept by a recording."""

    @pytest.fixture(autouse=True)
    def _path(self, tmp_path: Path) -> None:
        self.path = tmp_path / "r.jsonl"
        client = Scripted({ASK.tag: "Ada"})
        two = Ask(ASK.messages, ASK.tag, Decode(temperature=1.0, n=2))
        record(self.path, [(ask, client.reply(ask)) for ask in (ASK, two)])

    def model(self) -> Model:
        return ReplayModel(self.path)
