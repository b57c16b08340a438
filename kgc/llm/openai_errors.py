"""What went wrong between us and an OpenAI-compatible server, as one of the `CallError` branches."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from time import time

import aiohttp

from kgc.data.encodable import encodable
from kgc.llm.model import (
    BadRequest,
    CallError,
    ContextOverflow,
    Forbidden,
    RateLimited,
    Unauthorized,
    Unavailable,
    UnknownModel,
)

_OVERFLOW = (
    "context_length_exceeded",
    "maximum context length",
    "context window",
    "exceeds the available context",
    "too many tokens",
    "prompt is too long",
)
_QUOTA = (
    "insufficient_quota",
    "exceeded your current quota",
    "billing_hard_limit",
    "credit balance is too low",
    "insufficient balance",
    "balance is insufficient",
    "insufficient credits",
    "run out of credits",
)


def status_error(
    status: int, message: str, body: object, headers: Mapping[str, str], model: str, key_env: str = "OPENAI_API_KEY"
) -> CallError:
    """The branch for a response's status; `message` must hold no key."""
    code = str(body.get("code") or "") if isinstance(body, dict) else ""
    words = f"{code} {message}".lower()
    said = encodable(f"The server says {status}: {message}")
    if status == 402 or any(word in words for word in _QUOTA):
        return Unauthorized(said, "The account has no credit left; nothing of what is paid for is lost.")
    if status < 500 and any(word in words for word in _OVERFLOW):
        return ContextOverflow(said, "Choose a smaller --chunk-size or a model with a longer context.")
    match status:
        case 401 | 403:
            kind = Unauthorized if status == 401 else Forbidden
            return kind(said, f"Check the key in the variable {key_env} (another one: --key-env).")
        case 404:
            return UnknownModel(said, f"Check the model's name ({model!r}) and the server's address (--base-url).")
        case 429:
            return RateLimited(said, "Lower --concurrency or set --requests-per-minute.", retry_after(headers))
        case _:
            return _by_class(status, said)


def _by_class(status: int, said: str) -> CallError:
    if status in (408, 409, 425) or status >= 500:
        return Unavailable(said, "Run again later: what is paid for is kept.")
    return BadRequest(said)


def connection_error(error: Exception, base_url: str) -> Unavailable:
    """The branch for a connection that could not be made, or that ended before the answer did."""
    causes = _causes(error)
    if any(isinstance(cause, aiohttp.ClientConnectorError) for cause in causes):
        return Unavailable(
            f"Nothing answers at {base_url}.", "Is the server running, and the address right (--base-url)?"
        )
    inner = causes[-1]
    words = str(inner) or type(inner).__name__
    return Unavailable(f"The connection to {base_url} ended before the answer: {words}.", maybe_paid=True)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that a server asks to wait: `retry-after-ms`, or `Retry-After` in seconds or as a date."""
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        if "retry-after" not in headers:
            return None
        return max(0.0, float(headers["retry-after"]))
    except ValueError:
        return _until(headers.get("retry-after", ""))


def _until(date: str) -> float | None:
    try:
        return max(0.0, parsedate_to_datetime(date).timestamp() - time())
    except ValueError:
        return None


def _causes(error: BaseException) -> list[BaseException]:
    """The error and what it came from, outermost first."""
    found = [error]
    while (cause := found[-1].__cause__ or found[-1].__context__) is not None and cause not in found:
        found.append(cause)
    return found
