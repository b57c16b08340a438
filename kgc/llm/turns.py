"""A strategy is a generator of questions: it yields what it asks, is sent the answers, and returns what it read.

The same move as the authentication flow of httpx: the generator holds no client and does no I/O, so it is blind to
sync or async, caches, retries and money, and is tested with plain lists.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal as OneOf
from typing import TypeVar

from kgc.data.ids import content_id

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Message:
    role: OneOf["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Decode:
    """How an answer is to be written. `max_tokens` None leaves it to the server; `n` samples come in one answer."""

    temperature: float | None = 0.0
    max_tokens: int | None = None
    stop: tuple[str, ...] = ()
    n: int = 1
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `tag` names the prompt (`codekgc/extract`) in logs, scripts and tests; it is not sent.

    `attempt` is 0 at first and counts the retries that a person asked for (`kgc retry`), so that each is a new request.
    """

    messages: tuple[Message, ...]
    tag: str
    decode: Decode = field(default_factory=Decode)
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the server counted them. `cached_prefix` is a part of `prompt`, `reasoning` a part of `completion`."""

    prompt: int = 0
    cached_prefix: int = 0
    completion: int = 0
    reasoning: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.prompt + other.prompt,
            self.cached_prefix + other.cached_prefix,
            self.completion + other.completion,
            self.reasoning + other.reasoning,
        )


Finish = OneOf["stop", "length", "refusal", "other"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said to one `Ask`: one text for each sample. `key` is the request's key, `cached` whether it was
    read from the ledger instead of being paid for."""

    texts: tuple[str, ...]
    finish: Finish = "stop"
    usage: Usage = field(default_factory=Usage)
    model: str = ""
    cached: bool = False
    key: str = ""

    @property
    def text(self) -> str:
        return self.texts[0] if self.texts else ""


Turns = Generator[Sequence[Ask], Sequence[Answer], T]
"""Yields every question that can be asked now, is sent the answers in the same order, returns a T."""


def request_key(ask: Ask, model: str) -> str:
    """The key of a paid answer: a hash of all that shapes it (model, messages, decoding, attempt), not the tag."""
    messages = json.dumps([[m.role, m.content] for m in ask.messages], ensure_ascii=False)
    return content_id(model, messages, json.dumps(asdict(ask.decode)), str(ask.attempt), length=32)
