"""The one protocol that every model stands behind, and the ways in which a call can fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf
from typing import Protocol, runtime_checkable

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


@dataclass(frozen=True, slots=True)
class RateLimits:
    """What a server tells about its limits: requests and tokens a minute, how many remain, seconds until more do."""

    requests: int | None = None
    tokens: int | None = None
    remaining_requests: int | None = None
    remaining_tokens: int | None = None
    reset_requests: float = 0.0
    reset_tokens: float = 0.0


@runtime_checkable
class Metered(Protocol):
    """A model whose server tells its limits; `limits` is what the last response said, None before the first."""

    limits: RateLimits | None


@runtime_checkable
class Warned(Protocol):
    """A model that says what it had to leave out or change, once each."""

    warnings: list[str]


class CallError(ModelError):
    """One call that brought no answer. `retry` tells whether the same request may succeed later.

    CallError
    ├── RateLimited         429
    ├── Unavailable         no answer, or none that can be read
    ├── BadRequest          this request is refused
    │   └── ContextOverflow     it is longer than the model's context
    └── Unauthorized        no call of this run can succeed
        ├── Forbidden           403, unless others are answered: then this request is refused
        └── UnknownModel        the server has no such model
    """

    retry = False


class RateLimited(CallError):
    """429, or a provider's own word for it. `retry_after` is in seconds, None where the server names none."""

    retry = True

    def __init__(self, message: str, hint: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, hint)
        self.retry_after = retry_after


class Unavailable(CallError):
    """No answer: time-out, refused or cut connection, 5xx, a body that is not the protocol's.

    `maybe_paid` where the server may have done the work and charged for it.
    """

    retry = True

    def __init__(self, message: str, hint: str = "", maybe_paid: bool = False) -> None:
        super().__init__(message, hint)
        self.maybe_paid = maybe_paid


class BadRequest(CallError):
    """The server refuses this request as such (400, 413, 422): asking again changes nothing."""


class ContextOverflow(BadRequest):
    """The request is longer than the model's context."""


class Unauthorized(CallError):
    """No key, a wrong key, or an account without credit (401, 402): no call of this run can succeed."""


class Forbidden(Unauthorized):
    """403: no right to this model, or a filter that refuses what this one request says."""


class UnknownModel(Unauthorized):
    """The server has no such model, or no such path (404): no call of this run can succeed."""
