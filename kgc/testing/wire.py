"""Requests and responses of the OpenAI protocol, as plain JSON values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from kgc.llm.estimate import PER_MESSAGE, tokens
from kgc.testing.script import Turn

Json = dict[str, object]


def turns_of(body: Mapping[str, object]) -> tuple[Turn, ...]:
    """The messages of a chat request, or the prompt of a completion request as one user turn."""
    messages = body.get("messages")
    if isinstance(messages, list):
        return tuple(_turn(m) for m in messages if isinstance(m, dict))
    return (Turn("user", str(body.get("prompt", ""))),)


def _turn(message: Mapping[str, object]) -> Turn:
    content = message.get("content")
    if isinstance(content, list):
        parts = [part for part in content if isinstance(part, dict)]
        text = "".join(str(part.get("text", "")) for part in parts if part.get("type") == "text")
        return Turn(str(message.get("role")), text, sum(part.get("type") == "image_url" for part in parts))
    return Turn(str(message.get("role")), "" if content is None else str(content))


def prompt_length(turns: Sequence[Turn]) -> int:
    """Tokens of a request, by the same fixed function that kgc estimates with."""
    return sum(tokens(turn.content) + PER_MESSAGE for turn in turns) + PER_MESSAGE - 1


def common_prefix(a: str, b: str) -> int:
    """How many characters two texts have in common from their start; by halving, not letter by letter."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[:middle] == b[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def cut_off(text: str, body: Mapping[str, object]) -> tuple[str, str]:
    """The text as far as `stop` and `max_tokens` let it come, and why it ended."""
    stops = body.get("stop") or []
    for stop in [stops] if isinstance(stops, str) else stops if isinstance(stops, list) else []:
        text = text.split(str(stop), maxsplit=1)[0]
    most = body.get("max_completion_tokens", body.get("max_tokens"))
    if isinstance(most, int) and tokens(text) > most:
        while tokens(text) > most:
            text = text[: len(text) * most // tokens(text)] if most else ""
        return text, "length"
    return text, "stop"


def chat_body(body: Mapping[str, object], text: str, finish: str, usage: Json | None, refusal: bool = False) -> bytes:
    """A chat completion with `n` equal samples."""
    message: Json = {"role": "assistant", "content": None if refusal else text}
    message["refusal"] = text if refusal else None
    choice: Json = {"message": message, "finish_reason": finish}
    return _completion(body, choice, "chat.completion", text, usage)


def text_body(body: Mapping[str, object], text: str, finish: str, usage: Json | None) -> bytes:
    """A completion of a plain prompt; with `echo` the prompt comes first."""
    whole = f"{body.get('prompt', '')}{text}" if body.get("echo") else text
    return _completion(body, {"text": whole, "finish_reason": finish}, "text_completion", text, usage)


def usage_of(prompt: int, cached: int, completion: int, reasoning: int = 0) -> Json:
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": cached},
        "completion_tokens_details": {"reasoning_tokens": reasoning},
    }


def error_body(message: str, code: str | None = None, param: str | None = None) -> bytes:
    return json.dumps({"error": {"message": message, "type": "error", "code": code, "param": param}}).encode()


def embedding_body(body: Mapping[str, object], size: int = 32) -> bytes:
    """A vector for each input, made from its hash: equal texts, equal vectors."""
    given = body.get("input", [])
    texts = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    rows = [
        {
            "object": "embedding",
            "index": i,
            "embedding": [b / 255 - 0.5 for b in hashlib.sha256(str(t).encode()).digest()[:size]],
        }
        for i, t in enumerate(texts)
    ]
    total = sum(tokens(str(t)) for t in texts)
    usage = {"prompt_tokens": total, "total_tokens": total}
    return json.dumps({"object": "list", "model": body.get("model"), "data": rows, "usage": usage}).encode()


def _completion(body: Mapping[str, object], choice: Json, kind: str, text: str, usage: Json | None) -> bytes:
    n = body.get("n")
    logprobs = _logprobs(text) if body.get("logprobs") else None
    choices = [{**choice, "index": i, "logprobs": logprobs} for i in range(n if isinstance(n, int) else 1)]
    value: Json = {"id": "scripted", "object": kind, "created": 0, "model": body.get("model"), "choices": choices}
    if usage is not None:
        value["usage"] = usage
    return json.dumps(value).encode()


def _logprobs(text: str) -> Json:
    """Every word with the same log-probability; enough to test that they are read."""
    return {"content": [{"token": word, "logprob": -0.1, "bytes": None, "top_logprobs": []} for word in text.split()]}
