"""LangChain's models, by langchain-openai against the scripted server."""

from __future__ import annotations

import asyncio

import pytest
from langchain_core.messages import AIMessage

from kgc.errors import ModelError
from kgc.llm.langchain import LangChainModel, _finish
from kgc.llm.model import CallError, ContextOverflow, Model, RateLimited, Unauthorized, Unavailable
from kgc.llm.turns import Answer, Ask, Decode, Message
from kgc.testing.model_contract import ModelContract
from kgc.testing.script import Fault, Faults, Script
from kgc.testing.server import Server

pytestmark = pytest.mark.server

ASK = Ask((Message("system", "Be brief."), Message("user", "Who?")), "test/who", Decode(max_tokens=40))


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-local-key-123456")


def answer(url: str, ask: Ask = ASK) -> Answer:
    return asyncio.run(LangChainModel("openai:any", base_url=url).answer(ask))


def test_text_usage_and_finish_come_through() -> None:
    with Server(Script(reply="Ada Lovelace", faults=Faults(first=("ok", "length")))) as server:
        got = answer(server.url)
        cut = answer(server.url)
        body = server.requests[0].body
    assert (got.text, got.finish, got.usage.prompt, got.usage.completion) == ("Ada Lovelace", "stop", 15, 3)
    assert got.model == "langchain:openai:any"
    assert cut.finish == "length"
    assert body["temperature"] == 0.0


def test_samples_are_asked_one_by_one_and_counted_together() -> None:
    with Server(Script(reply="Ada Lovelace")) as server:
        got = answer(server.url, Ask(ASK.messages, "t", Decode(n=3)))
        assert server.counts["asked"] == 3
    assert got.texts == ("Ada Lovelace",) * 3
    assert got.usage.prompt == 45


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("429", RateLimited),
        ("500", Unavailable),
        ("401", Unauthorized),
        ("cut", Unavailable),
        ("overflow", ContextOverflow),
    ],
)
def test_a_provider_s_errors_come_out_as_ours(fault: Fault, kind: type[CallError]) -> None:
    script = Script(faults=Faults(first=(fault,)), retry_after=1.5)
    with Server(script) as server, pytest.raises(CallError) as caught:
        answer(server.url)
    assert type(caught.value) is kind
    if isinstance(caught.value, RateLimited):
        assert caught.value.retry_after == 1.5


def test_an_answer_without_text_and_one_that_broke_off_are_lost() -> None:
    with Server(Script(reply="")) as server, pytest.raises(Unavailable, match="no text") as caught:
        answer(server.url)
    assert caught.value.maybe_paid
    with pytest.raises(Unavailable, match="'ERROR'"):
        _finish(AIMessage("half", response_metadata={"finish_reason": "ERROR"}))


def test_half_a_character_is_replaced_in_what_is_read_and_in_what_is_sent() -> None:
    with Server(Script(reply="Ada\ud800")) as server:
        got = answer(server.url, Ask((Message("user", "said \udfff"),), "t"))
        assert server.requests[0].body["messages"] == [{"role": "user", "content": "said ?"}]
    assert got.text == "Ada?"


@pytest.mark.parametrize("name", ["openai", "nobody:model", ":x"])
def test_a_name_that_stands_for_no_model_is_told(name: str) -> None:
    with pytest.raises(ModelError, match="langchain:"):
        LangChainModel(name)


def test_a_provider_without_its_package_names_it() -> None:
    with pytest.raises(ModelError, match="langchain-mistralai"):
        LangChainModel("mistralai:small")


class TestContract(ModelContract):
    """The contract that every model keeps, kept by this one."""

    @pytest.fixture(autouse=True)
    def _server(self) -> object:
        with Server() as server:
            self.url = server.url
            yield server

    def model(self) -> Model:
        return LangChainModel("openai:any", base_url=self.url)
