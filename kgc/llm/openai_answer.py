"""The body of a chat completion, read with care: whatever a server sends, an `Answer` or a `CallError` comes out."""

from __future__ import annotations

import json
from collections.abc import Mapping

from kgc.llm.estimate import prompt_tokens, tokens
from kgc.llm.model import CallError, Unavailable
from kgc.llm.openai_errors import status_error
from kgc.llm.turns import Answer, Ask, Finish, Usage

Json = Mapping[str, object]

_FINISH: dict[object, Finish] = {"stop": "stop", "length": "length", "content_filter": "refusal", None: "stop"}


def read_answer(body: bytes, ask: Ask, model: str) -> Answer:
    """The answer in a response's body. Raises `Unavailable` for a body that is not the protocol's."""
    try:
        value = json.loads(body)
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise broken(f"{len(body)} bytes that are no JSON") from None
    if not isinstance(value, dict):
        raise broken(f"a JSON {type(value).__name__}")
    choices = value.get("choices")
    if not isinstance(choices, list) or not choices:
        raise told_in_body(value, model)
    read = [_choice(choice) for choice in choices]
    texts = tuple(text for text, _ in read)
    finish: Finish = "stop"
    for _, end in read:
        finish = end if finish == "stop" else finish
    return Answer(texts, finish, _usage(value.get("usage"), ask, texts), model)


def broken(what: str) -> Unavailable:
    hint = "Is this an OpenAI-compatible server (--base-url)?"
    return Unavailable(f"The server's answer cannot be read: {what}.", hint, maybe_paid=True)


def told_in_body(value: Json, model: str) -> CallError:
    """An error that came with status 200, as some routers send it; or a body without choices."""
    error = value.get("error")
    if isinstance(error, dict) and str(error.get("code", "")).isdecimal():
        return status_error(int(str(error["code"])), str(error.get("message", "")), error, {}, model)
    return broken("no choices in it")


def _choice(choice: object) -> tuple[str, Finish]:
    if not isinstance(choice, dict) or not isinstance(choice.get("message"), dict):
        raise broken("a choice without a message")
    message: Json = choice["message"]
    refusal = message.get("refusal")
    if isinstance(refusal, str) and refusal:
        return refusal, "refusal"
    content = message.get("content")
    reason = choice.get("finish_reason")
    finish: Finish = _FINISH.get(reason, "other") if isinstance(reason, (str, type(None))) else "other"
    return content if isinstance(content, str) else "", finish


def _usage(value: object, ask: Ask, texts: tuple[str, ...]) -> Usage:
    """The server's counts; our own estimate where a server sends none, so that limits and budgets still hold."""
    if not isinstance(value, dict):
        return Usage(prompt=prompt_tokens(ask), completion=sum(map(tokens, texts)))
    return Usage(
        prompt=_count(value, "prompt_tokens"),
        cached_prefix=_count(value.get("prompt_tokens_details"), "cached_tokens"),
        completion=_count(value, "completion_tokens"),
        reasoning=_count(value.get("completion_tokens_details"), "reasoning_tokens"),
    )


def _count(value: object, key: str) -> int:
    number = value.get(key) if isinstance(value, dict) else 0
    return number if isinstance(number, int) and number > 0 else 0
