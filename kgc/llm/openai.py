"""Any OpenAI-compatible server, by the openai SDK with its aiohttp client.

The SDK's own retries are off, since the driver's are shared by the whole run. Requests go through the SDK's open `post`
and bodies are read here, so that a broken body is an `Unavailable` and the rate-limit headers are seen.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp
import httpx2
import openai

from kgc.data.encodable import encodable
from kgc.errors import ModelError
from kgc.llm.model import Ability, BadRequest, CallError, RateLimits, Unavailable
from kgc.llm.openai_answer import read_answer
from kgc.llm.openai_errors import connection_error, status_error
from kgc.llm.rate_headers import rate_limits
from kgc.llm.turns import Answer, Ask

OPENAI = "https://api.openai.com/v1"
CONNECT_SECONDS = 15.0


@dataclass(slots=True)
class Dialect:
    """What this server's model turned out to want; learnt from its refusals, once each."""

    length: str
    dropped: set[str] = field(default_factory=set)


class OpenAIModel:
    """Asks `/chat/completions` of one server.

    `base_url` None takes `OPENAI_BASE_URL`, else OpenAI's own. The key is read from the variable `key_env` when the
    first request is made; a server named by `base_url` may go without. `connections` is the most calls at once.
    `warnings` says what had to be left out.
    """

    def __init__(
        self,
        name: str,
        base_url: str | None = None,
        key_env: str = "OPENAI_API_KEY",
        timeout: float = 600.0,
        connections: int = 1024,
    ) -> None:
        self.model = name
        self.name = f"openai:{name}"
        self.abilities: frozenset[Ability] = frozenset({"chat", "n", "seed", "temperature"})
        self.base_url = (base_url or os.environ.get("OPENAI_BASE_URL") or OPENAI).rstrip("/")
        self.key_env = key_env
        self.limits: RateLimits | None = None
        self.warnings: list[str] = []
        self._timeout, self._connections = timeout, connections
        self._dialect = Dialect("max_completion_tokens" if self.base_url == OPENAI else "max_tokens")
        self._client: openai.AsyncOpenAI | None = None
        self._key = self._read_key()

    def __repr__(self) -> str:
        return f"OpenAIModel({self.model!r}, {without_password(self.base_url)!r}, key_env={self.key_env!r})"

    async def answer(self, ask: Ask) -> Answer:
        """One answer. A parameter that the model refuses is left out, told in `warnings`, and it is sent again."""
        while True:
            body = self._body(ask)
            try:
                response = await self._post(body)
            except BadRequest as error:
                if not self._adapt(error, body):
                    raise
                continue
            self.limits = rate_limits(response.headers) or self.limits
            return read_answer(response.content, ask, self.name)

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def _post(self, body: Mapping[str, object]) -> httpx2.Response:
        if self._client is None:
            self._client = self._connect()
        try:
            return await self._client.post("/chat/completions", cast_to=httpx2.Response, body=body)
        except openai.APIStatusError as error:
            # `from None`: the SDK's error holds the request, and with it the key.
            raise self._told(error) from None
        except (openai.APIConnectionError, aiohttp.ClientError, OSError) as error:
            raise connection_error(error, without_password(self.base_url)) from None
        except openai.OpenAIError as error:
            raise Unavailable(f"{type(error).__name__}: {self._clean(str(error))}") from None

    def _told(self, error: openai.APIStatusError) -> CallError:
        message = self._clean(error.message)
        return status_error(error.status_code, message, error.body, error.response.headers, self.model, self.key_env)

    def _body(self, ask: Ask) -> dict[str, object]:
        decode, dropped = ask.decode, self._dialect.dropped
        body: dict[str, object] = {
            "model": self.model,
            "messages": [{"role": m.role, "content": encodable(m.content)} for m in ask.messages],
        }
        optional: dict[str, object] = {
            "temperature": decode.temperature,
            self._dialect.length: decode.max_tokens,
            "stop": list(decode.stop) or None,
            "n": decode.n if decode.n != 1 else None,
            "seed": decode.seed,
        }
        body |= {key: value for key, value in optional.items() if value is not None and key not in dropped}
        return body

    def _adapt(self, error: BadRequest, body: Mapping[str, object]) -> bool:
        """Learn from a refusal which parameter to rename or leave out; whether the request is worth another try."""
        name = refused_parameter(error.message, body)
        if not name:
            return False
        if name.startswith("max_"):
            other = "max_completion_tokens" if name == "max_tokens" else "max_tokens"
            if other in self._dialect.dropped:
                return False
            self._dialect.dropped.add(name)
            self._dialect.length = other
            return True
        if name not in self._dialect.dropped:
            self._dialect.dropped.add(name)
            self.warnings.append(f"{self.name} does not take {name!r}; it is left out.")
        return True

    def _connect(self) -> openai.AsyncOpenAI:
        timeout = httpx2.Timeout(self._timeout, connect=CONNECT_SECONDS, pool=None)
        limits = httpx2.Limits(max_connections=self._connections, max_keepalive_connections=self._connections)
        http = openai.DefaultAioHttpClient(limits=limits, timeout=timeout)
        return openai.AsyncOpenAI(
            api_key=self._key, base_url=self.base_url, http_client=http, max_retries=0, timeout=timeout
        )

    def _read_key(self) -> str:
        key = os.environ.get(self.key_env, "").strip()
        if key or self.base_url != OPENAI:
            return key or "none"
        raise ModelError(
            f"{self.name} needs a key, and the variable {self.key_env} is not set.",
            f"export {self.key_env}=…, or name another variable (--key-env) or server (--base-url).",
        )

    def _clean(self, message: str) -> str:
        """A server's words without the key, also where the server repeats a part of it."""
        if len(self._key) > 8:
            message = message.replace(self._key, "***")
        return re.sub(r"\b(?:sk|gsk|xai|hf)[-_][\w*.-]{4,}", "***", message)


_ADAPTABLE = ("temperature", "max_tokens", "max_completion_tokens", "seed", "stop")
_UNSUPPORTED = re.compile(
    r"unsupported|not support|unrecognized|unknown|not permitted|extra inputs|not allowed|invalid parameter",
    re.IGNORECASE,
)


def refused_parameter(message: str, body: Mapping[str, object]) -> str:
    """The parameter of the body that a refusal names first as not supported; "" where it is about something else."""
    if not _UNSUPPORTED.search(message):
        return ""
    named = {
        name: found.start() for name in _ADAPTABLE if name in body and (found := re.search(rf"\b{name}\b", message))
    }
    return min(named, key=named.__getitem__, default="")


def without_password(url: str) -> str:
    """The address without what may stand before an @."""
    return re.sub(r"//[^/@]*@", "//", url)
