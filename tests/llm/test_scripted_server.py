"""The scripted server keeps to the protocol that clients expect of it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.testing.script import Faults, Rule, Script
from kgc.testing.server import Server
from kgc.testing.wire import common_prefix

pytestmark = pytest.mark.server


def post(url: str, path: str, **body: object) -> dict[str, object]:
    request = urllib.request.Request(f"{url}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as response:
        value: dict[str, object] = json.load(response)
        return value


def chat(url: str, text: object, **options: object) -> dict[str, object]:
    return post(url, "/chat/completions", model="m", messages=[{"role": "user", "content": text}], **options)


def first(value: dict[str, object]) -> dict[str, object]:
    choices = value["choices"]
    assert isinstance(choices, list)
    choice: dict[str, object] = choices[0]
    return choice


def test_rules_are_tried_in_order_on_the_last_user_turn() -> None:
    rules = (Rule(r"name is (\w+)", r"hello \1"), Rule("name", "who"))
    with Server(Script(rules=rules, reply=lambda turns: str(len(turns)))) as server:
        said = [first(chat(server.url, t))["message"]["content"] for t in ("my name is Ada", "name?", "x")]  # type: ignore[index]
    assert said == ["hello Ada", "who", "1"]


def test_samples_stops_lengths_and_logprobs_are_respected() -> None:
    with Server(Script(reply="one two three END four")) as server:
        got = chat(server.url, "x", n=3, stop=["END"], logprobs=True)
        cut = first(chat(server.url, "x", max_tokens=2))
    assert [c["index"] for c in got["choices"]] == [0, 1, 2]  # type: ignore[attr-defined, index]
    assert first(got)["message"]["content"] == "one two three "  # type: ignore[index]
    assert len(first(got)["logprobs"]["content"]) == 3  # type: ignore[index]
    assert (cut["finish_reason"], cut["message"]["content"]) == ("length", "one two")  # type: ignore[index]


def test_image_parts_are_taken_and_seen() -> None:
    parts = [{"type": "text", "text": "what is it"}, {"type": "image_url", "image_url": {"url": "data:"}}]
    with Server(Script(reply=lambda turns: f"{turns[0].content}: {turns[0].images}")) as server:
        assert first(chat(server.url, parts))["message"]["content"] == "what is it: 1"  # type: ignore[index]


def test_completions_embeddings_and_models_answer_too() -> None:
    with Server(Script(reply="!", models=("m",))) as server:
        assert first(post(server.url, "/completions", model="m", prompt="Hi", echo=True))["text"] == "Hi!"
        rows = post(server.url, "/embeddings", model="m", input=["a", "b", "a"])["data"]
        with urllib.request.urlopen(f"{server.url}/models", timeout=10) as response:
            assert [row["id"] for row in json.load(response)["data"]] == ["m"]
    assert isinstance(rows, list)
    assert rows[0]["embedding"] == rows[2]["embedding"] != rows[1]["embedding"]


def test_a_prompt_that_begins_as_the_one_before_it_counts_its_prefix_as_cached() -> None:
    with Server() as server:
        chat(server.url, "schema " * 100 + "first")
        usage = chat(server.url, "schema " * 100 + "second")["usage"]
    assert usage["prompt_tokens_details"]["cached_tokens"] == 128  # type: ignore[index]


def status(url: str) -> tuple[int, str | None]:
    try:
        chat(url, "x")
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Retry-After"]
    return 200, None


def test_faults_come_in_their_order_and_are_counted() -> None:
    with Server(Script(faults=Faults(first=("500", "ok", "429")), retry_after=7)) as server:
        assert [status(server.url) for _ in range(4)] == [(500, None), (200, None), (429, "7"), (200, None)]
        counts = dict(server.counts)
    assert counts == {
        "asked": 4,
        "500": 1,
        "ok": 2,
        "429": 1,
        "answered": 2,
        "prompt_tokens": 16,
        "completion_tokens": 2,
    }


@given(st.binary(min_size=1), st.integers(), st.integers(0, 5))
def test_faults_by_share_depend_on_the_body_and_not_on_the_order(body: bytes, seed: int, seen: int) -> None:
    faults = Faults(shares=(("500", 0.3), ("cut", 0.3)), seed=seed)
    assert faults.pick(0, body, seen) == faults.pick(99, body, seen)
    assert Faults(shares=(("500", 1.0),), seed=seed).pick(0, body, seen) == "500"


@given(st.text(), st.text(), st.text())
def test_a_common_prefix_is_as_long_as_it_can_be(prefix: str, a: str, b: str) -> None:
    length = common_prefix(prefix + a, prefix + b)
    assert length >= len(prefix)
    assert (prefix + a)[:length] == (prefix + b)[:length]
    assert (prefix + a)[length : length + 1] != (prefix + b)[length : length + 1] or not (prefix + a)[length:]
