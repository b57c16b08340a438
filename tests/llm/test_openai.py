"""The OpenAI model against the scripted server: what it sends, what it reads, what it never tells."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback

import pytest

from kgc.errors import ModelError
from kgc.llm.model import (
    BadRequest,
    CallError,
    ContextOverflow,
    Forbidden,
    Model,
    RateLimited,
    Unauthorized,
    Unavailable,
    UnknownModel,
)
from kgc.llm.openai import OpenAIModel
from kgc.llm.openai_answer import MOST_TOKENS, read_answer
from kgc.llm.openai_errors import status_error
from kgc.llm.turns import Answer, Ask, Decode, Finish, Message, Usage
from kgc.testing.model_contract import ModelContract
from kgc.testing.script import Fault, Faults, Script
from kgc.testing.server import Server

pytestmark = pytest.mark.server

SECRET = "sk-proj-very-secret-0123456789"
ASK = Ask((Message("system", "Be brief."), Message("user", "Who?")), "test/who", Decode(max_tokens=9, seed=3))


def answer(url: str, ask: Ask = ASK, times: int = 1) -> tuple[list[Answer], OpenAIModel]:
    async def main() -> tuple[list[Answer], OpenAIModel]:
        model = OpenAIModel("any", base_url=url)
        try:
            return [await model.answer(ask) for _ in range(times)], model
        finally:
            await model.close()

    return asyncio.run(main())


def test_it_sends_messages_and_decoding_and_reads_text_and_usage() -> None:
    with Server(Script(reply="Ada Lovelace")) as server:
        [got], _ = answer(server.url)
        [request] = server.requests
    assert request.body == {
        "model": "any",
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Who?"}],
        "temperature": 0.0,
        "max_tokens": 9,
        "seed": 3,
    }
    assert (got.text, got.finish, got.usage) == ("Ada Lovelace", "stop", Usage(prompt=15, completion=3))


@pytest.mark.parametrize(
    ("fault", "kind", "retry"),
    [
        ("429", RateLimited, True),
        ("500", Unavailable, True),
        ("503", Unavailable, True),
        ("cut", Unavailable, True),
        ("malformed", Unavailable, True),
        ("empty", Unavailable, True),
        ("400", BadRequest, False),
        ("overflow", ContextOverflow, False),
        ("401", Unauthorized, False),
        ("402", Unauthorized, False),
        ("403", Forbidden, False),
        ("404", UnknownModel, False),
        ("quota", Unauthorized, False),
    ],
)
def test_each_fault_comes_out_as_its_own_error(fault: Fault, kind: type[CallError], retry: bool) -> None:
    with Server(Script(faults=Faults(first=(fault,)))) as server, pytest.raises(CallError) as caught:
        answer(server.url)
    assert type(caught.value) is kind
    assert caught.value.retry is retry


@pytest.mark.parametrize(("fault", "paid"), [("cut", True), ("malformed", True), ("500", False)])
def test_an_answer_that_was_lost_on_the_way_may_have_been_paid(fault: Fault, paid: bool) -> None:
    with Server(Script(faults=Faults(first=(fault,)))) as server, pytest.raises(Unavailable) as caught:
        answer(server.url)
    assert caught.value.maybe_paid is paid


def body(content: object, finish: str | None = "stop", usage: object = None, **message: object) -> bytes:
    choice = {"message": {"role": "assistant", "content": content, **message}, "finish_reason": finish}
    return json.dumps({"choices": [choice], "usage": usage}).encode()


@pytest.mark.parametrize(
    "hostile", [b"[" * 200_000, b'{"usage": ' + b"9" * 5_000 + b"}", b'{"error": {"code": "' + b"9" * 5_000 + b'"}}']
)
def test_a_body_that_json_chokes_on_is_a_broken_one(hostile: bytes) -> None:
    with pytest.raises(Unavailable) as caught:
        read_answer(hostile, ASK, "m")
    assert caught.value.maybe_paid


def test_a_count_beyond_all_sense_is_cut_to_what_can_be_added_up() -> None:
    got = read_answer(body("x", usage={"prompt_tokens": 10**30, "completion_tokens": -3}), ASK, "m")
    assert got.usage == Usage(prompt=MOST_TOKENS)


def test_half_a_character_is_replaced_in_what_is_read_and_in_what_is_sent() -> None:
    assert read_answer(body("Ada\ud800, \U0001f600"), ASK, "m").text == "Ada?, \U0001f600"
    assert read_answer(body(None, refusal="no\ud83d"), ASK, "m").text == "no?"
    with Server(Script(reply="fine")) as server:
        answer(server.url, Ask((Message("user", "said \udfff"),), "t"))
        assert server.requests[0].body["messages"] == [{"role": "user", "content": "said ?"}]


@pytest.mark.parametrize("told", [body("", "error"), body("half an ans", "error"), body(None), body(" \n"), body([])])
def test_an_answer_that_broke_off_or_says_nothing_is_lost_and_may_have_been_paid(told: bytes) -> None:
    with pytest.raises(Unavailable, match="lost") as caught:
        read_answer(told, ASK, "m")
    assert caught.value.maybe_paid


def test_why_an_answer_broke_off_is_told_in_the_server_s_words() -> None:
    choice = {"message": {"content": ""}, "finish_reason": "error", "error": {"message": "Provider gone"}}
    with pytest.raises(Unavailable, match=r"'error' \(Provider gone\)"):
        read_answer(json.dumps({"choices": [choice]}).encode(), ASK, "m")


@pytest.mark.parametrize(
    ("told", "text", "finish"),
    [
        (body([{"type": "text", "text": "Ada "}, {"type": "text", "text": "Byron"}]), "Ada Byron", "stop"),
        (body([{"type": "thinking", "thinking": "Who?"}, {"type": "text", "text": "Ada"}]), "Ada", "stop"),
        (body(None, "length"), "", "length"),
        (body("", "content_filter"), "", "refusal"),
        (body(None, "tool_calls", tool_calls=[{"id": "1"}]), "", "other"),
        (body("", "stop", tool_calls=[{"id": "1"}]), "", "other"),
        (body("Ada", None), "Ada", "stop"),
        (body("Ada", "eos"), "Ada", "stop"),
        (body("Ada", "never heard of"), "Ada", "other"),
    ],
)
def test_text_in_parts_is_joined_and_an_end_keeps_its_meaning(told: bytes, text: str, finish: Finish) -> None:
    got = read_answer(told, ASK, "m")
    assert (got.text, got.finish) == (text, finish)


def test_an_empty_sample_beside_others_and_one_cut_by_a_stop_sequence_are_answers() -> None:
    choices = [{"message": {"content": text}, "finish_reason": "stop"} for text in ("", "Ada")]
    assert read_answer(json.dumps({"choices": choices}).encode(), ASK, "m").texts == ("", "Ada")
    assert read_answer(body(""), Ask((), "t", Decode(stop=("\n",))), "m").text == ""


@pytest.mark.parametrize(
    ("status", "message"),
    [(402, "Payment required"), (429, "Insufficient balance, recharge"), (403, "Your account balance is insufficient")],
)
def test_an_account_without_credit_is_told_whatever_the_status(status: int, message: str) -> None:
    error = status_error(status, message, None, {}, "m")
    assert type(error) is Unauthorized
    assert "no credit left" in error.hint


def test_the_wait_that_a_server_asks_for_is_read() -> None:
    script = Script(faults=Faults(first=("429",)), retry_after=2.5)
    with Server(script) as server, pytest.raises(RateLimited) as caught:
        answer(server.url)
    assert caught.value.retry_after == 2.5


def test_a_refusal_and_a_cut_off_answer_are_answers() -> None:
    with Server(Script(reply="one two three", faults=Faults(first=("refusal", "length")))) as server:
        answers, _ = answer(server.url, times=2)
    assert [(a.text, a.finish) for a in answers] == [("I cannot help with that.", "refusal"), ("one tw", "length")]


def test_what_a_reasoning_model_refuses_is_left_out_once_and_told() -> None:
    with Server(Script(refuses=("temperature", "max_tokens", "seed"))) as server:
        answers, model = answer(server.url, times=3)
        bodies = [r.body for r in server.requests]
    assert len(answers) == 3
    assert len(bodies) == 6
    assert all("temperature" not in body and body["max_completion_tokens"] == 9 for body in bodies[3:])
    assert sorted(model.warnings) == [
        "openai:any does not take 'seed'; it is left out.",
        "openai:any does not take 'temperature'; it is left out.",
    ]


def test_a_server_that_takes_neither_name_of_the_length_is_not_asked_for_ever() -> None:
    with Server(Script(refuses=("max_tokens", "max_completion_tokens"))) as server:
        with pytest.raises(BadRequest):
            answer(server.url)
        assert server.counts["asked"] == 2


def test_limits_in_the_headers_are_known() -> None:
    with Server(Script(requests_per_period=50)) as server:
        _, model = answer(server.url)
    assert model.limits is not None
    assert (model.limits.requests, model.limits.remaining_requests, model.limits.reset_requests) == (50, 49, 60.0)


def test_a_server_that_counts_no_tokens_is_estimated() -> None:
    with Server(Script(usage=False)) as server:
        [got], _ = answer(server.url)
    assert got.usage == Usage(prompt=15, completion=1)


def test_a_local_server_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with Server() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        assert OpenAIModel("any").base_url == server.url
        answer(server.url)


def test_a_missing_key_is_told_by_the_name_of_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    monkeypatch.delenv("MY_KEY", raising=False)
    with pytest.raises(ModelError, match="MY_KEY"):
        OpenAIModel("gpt-5-mini", key_env="MY_KEY")


@pytest.mark.parametrize("fault", ["ok", "401", "400", "cut", "500", "malformed"])
def test_the_key_is_nowhere_to_be_read(
    fault: Fault, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    caplog.set_level(logging.DEBUG)
    said = ""
    with Server(Script(key=SECRET, faults=Faults(first=(fault,)))) as server:
        model = OpenAIModel("any", base_url=server.url)
        try:
            answer(server.url)
        except CallError:
            said = traceback.format_exc()
    assert SECRET not in said + caplog.text + repr(model)


def test_a_key_that_a_server_repeats_is_struck_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    model = OpenAIModel("any", base_url="http://me:pass@localhost/v1")
    assert SECRET not in model._clean(f"Incorrect key {SECRET} given")
    assert "sk-proj" not in model._clean("Incorrect API key provided: sk-proj-ab****yz.")
    assert "pass" not in repr(model)


class TestContract(ModelContract):
    """The contract that every model keeps, kept by this one."""

    @pytest.fixture(autouse=True)
    def _server(self) -> object:
        with Server() as server:
            self.url = server.url
            yield server

    def model(self) -> Model:
        return OpenAIModel("any", base_url=self.url)
