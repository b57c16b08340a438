"""The one protocol that every model stands behind, and the ways in which a call can fail."""

from __future__ import annotations

from typing import Literal as OneOf
from typing import Protocol

from kgc.errors import ModelError
from kgc.llm.turns import Answer, Ask

Ability = OneOf["chat", "completions", "logprobs", "logit_bias", "n", "images", "embeddings", "seed", "temperature"]


class Model(Protocol):
    """Answers one `Ask`. `name` goes into keys and evidence (`openai:gpt-5-mini`)."""

    name: str
    abilities: frozenset[Ability]

    async def answer(self, ask: Ask) -> Answer:
        """One attempt, no retries, no cache. Raises a `CallError` and nothing else."""
        ...

    async def close(self) -> None: ...


class CallError(ModelError):
    """One call that brought no answer. `retry` tells whether the same request may succeed later."""

    retry = False


class RateLimited(CallError):
    """429, or a provider's own word for it. `retry_after` is in seconds, None where the server names none."""

    retry = True

    def __init__(self, message: str, hint: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, hint)
        self.retry_after = retry_after


class Unavailable(CallError):
    """No answer: time-out, refused or cut connection, 5xx, a body that is not the protocol's."""

    retry = True


class BadRequest(CallError):
    """The server refuses this request as such (400, 404, 413, 422): asking again changes nothing."""


class ContextOverflow(BadRequest):
    """The request is longer than the model's context."""


class Unauthorized(CallError):
    """No key, a wrong key, or no right to this model (401, 403): no call of this run can succeed."""
