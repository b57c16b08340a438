"""The body of a chat completion, read with care: whatever a server sends, an `Answer` or a `CallError` comes out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from kgc.data.encodable import encodable
from kgc.llm.estimate import prompt_tokens, tokens
from kgc.llm.finish import finish_of
from kgc.llm.model import CallError, Unavailable
from kgc.llm.openai_errors import status_error
from kgc.llm.turns import Answer, Ask, Finish, Usage

Json = Mapping[str, object]

MOST_TOKENS = 10**9
"""No call takes more; what a server counts beyond that is a mistake, which the ledger could not add up."""

_TEXT = ("text", "output_text")


def read_answer(body: bytes, ask: Ask, model: str) -> Answer:
    """The answer in a response's body. Raises `Unavailable` for a body that is not the protocol's, and for an answer
    that broke off or says nothing at all."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):  # also a number of too many digits, and brackets too deep
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
    if finish == "stop" and says_nothing(texts, ask):
        raise lost("it has no text")
    return Answer(texts, finish, _usage(value.get("usage"), ask, texts), model)


def broken(what: str) -> Unavailable:
    hint = "Is this an OpenAI-compatible server (--base-url)?"
    return Unavailable(f"The server's answer cannot be read: {what}.", hint, maybe_paid=True)


def lost(why: str) -> Unavailable:
    """An answer that was made, and perhaps charged for, but did not come."""
    hint = "Run again later. Where it stays so, try another model or a higher max_tokens."
    return Unavailable(f"The server's answer is lost: {why}.", hint, maybe_paid=True)


def says_nothing(texts: Sequence[str], ask: Ask) -> bool:
    """Whether no sample has any text; where a stop sequence is set, that may be meant."""
    return not ask.decode.stop and not any(text.strip() for text in texts)


def told_in_body(value: Json, model: str) -> CallError:
    """An error that came with status 200, as some routers send it; or a body without choices."""
    error = value.get("error")
    code = str(error.get("code", "")) if isinstance(error, dict) else ""
    if isinstance(error, dict) and code.isdecimal() and len(code) < 10:
        return status_error(int(code), str(error.get("message", "")), error, {}, model)
    return broken("no choices in it")


def _choice(choice: object) -> tuple[str, Finish]:
    if not isinstance(choice, dict) or not isinstance(choice.get("message"), dict):
        raise broken("a choice without a message")
    message: Json = choice["message"]
    refusal = message.get("refusal")
    if isinstance(refusal, str) and refusal:
        return encodable(refusal), "refusal"
    finish = finish_of(choice.get("finish_reason"))
    if finish is None:
        raise lost(_why(choice))
    called = message.get("tool_calls") or message.get("function_call")
    return encodable(_text(message.get("content"))), "other" if called and finish == "stop" else finish


def _text(content: object) -> str:
    """The text of a message; some servers send it in parts, beside parts that are thoughts."""
    if isinstance(content, list):
        parts = [part for part in content if isinstance(part, dict) and part.get("type", "text") in _TEXT]
        return "".join(_text(part.get("text")) for part in parts)
    return content if isinstance(content, str) else ""


def _why(choice: Json) -> str:
    """What a server tells about an answer that broke off."""
    error = choice.get("error")
    said = error.get("message") if isinstance(error, dict) else None
    return f"it ended with {choice.get('finish_reason')!r}" + (f" ({encodable(str(said)[:300])})" if said else "")


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
    return counted(number) if isinstance(number, int) else 0


def counted(number: int) -> int:
    """A count of tokens that can be: none below 0 or beyond `MOST_TOKENS`."""
    return min(max(number, 0), MOST_TOKENS)
