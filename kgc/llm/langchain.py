"""Any provider of LangChain: `langchain:PROVIDER:NAME`, by `init_chat_model`.

Keys are read by the provider's own package from its own variables (docs/reference/models.md).
"""

from __future__ import annotations

import asyncio
import re
import threading
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage

from kgc.data.encodable import encodable
from kgc.errors import ModelError
from kgc.llm.estimate import prompt_tokens, tokens
from kgc.llm.finish import finish_of
from kgc.llm.model import Ability, CallError, RateLimits, Unavailable
from kgc.llm.openai_answer import counted, lost, says_nothing
from kgc.llm.openai_errors import status_error
from kgc.llm.turns import Answer, Ask, Decode, Finish, Usage

if TYPE_CHECKING:
    from collections.abc import Mapping


class LangChainModel:
    """Asks one chat model through LangChain. `n` samples are asked one by one; a `seed` is not passed on."""

    def __init__(self, name: str, base_url: str | None = None, timeout: float = 600.0) -> None:
        provider, _, model = name.partition(":")
        if not provider or not model:
            raise ModelError(f"'langchain:{name}' names no model.", "Write langchain:PROVIDER:NAME.")
        self.provider, self.model = provider, model
        self.name = f"langchain:{name}"
        self.abilities: frozenset[Ability] = frozenset({"chat", "temperature"})
        self.limits: RateLimits | None = None
        self.warnings: list[str] = []
        self._base_url, self._timeout = base_url, timeout
        self._models: dict[Decode, BaseChatModel] = {}
        self._model(Decode())

    def __repr__(self) -> str:
        return f"LangChainModel({self.provider + ':' + self.model!r})"

    async def answer(self, ask: Ask) -> Answer:
        """One answer. Any error of the provider's package comes out as a `CallError`."""
        model = self._model(ask.decode)
        messages: list[tuple[str, str]] = [(message.role, encodable(message.content)) for message in ask.messages]
        try:
            said = await asyncio.gather(*(_invoke(model, messages) for _ in range(max(1, ask.decode.n))))
        except Exception as error:  # noqa: BLE001  # each provider has errors of its own; all are mapped
            raise call_error(error, self.model) from None
        texts = tuple(encodable(str(message.text)) for message in said)
        ends: list[Finish] = [_finish(message) for message in said]
        finish: Finish = "stop"
        for end in ends:
            finish = end if finish == "stop" else finish
        if finish == "stop" and says_nothing(texts, ask):
            raise lost("it has no text")
        usage = sum((_usage(message, ask) for message in said), Usage())
        return Answer(texts, finish, usage, self.name)

    async def close(self) -> None:
        self._models.clear()

    def _model(self, decode: Decode) -> BaseChatModel:
        """The provider's model for one way of decoding, made once."""
        if decode not in self._models:
            options: dict[str, Any] = {
                "temperature": decode.temperature,
                "max_tokens": decode.max_tokens,
                "stop": list(decode.stop) or None,
                "base_url": self._base_url,
            }
            given = {key: value for key, value in options.items() if value is not None}
            try:
                made = init_chat_model(
                    self.model, model_provider=self.provider, max_retries=0, timeout=self._timeout, **given
                )
            except ImportError as error:
                package = re.search(r"langchain[-_]\w+", str(error))
                name = package.group(0).replace("_", "-") if package else f"langchain-{self.provider}"
                raise ModelError(f"{self.name} needs the package {name}.", f"pip install {name}") from error
            except ValueError as error:
                raise ModelError(f"{self.name} cannot be made: {clean(str(error))}", "See `kgc doctor`.") from None
            self._models[decode] = cast("BaseChatModel", made)
        return self._models[decode]


@cache
def _home() -> asyncio.AbstractEventLoop:
    """The event loop that all of LangChain's calls run on, in a thread of its own.

    Provider packages keep their connections for the whole process. A connection that belongs to the loop of an earlier
    run still sends, but its answer is lost; so there is one loop for all runs.
    """
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="kgc-langchain", daemon=True).start()
    return loop


async def _invoke(model: BaseChatModel, messages: list[tuple[str, str]]) -> AIMessage:
    """One call, on the loop where its connections live. Cancelling it here cancels it there."""
    call = model.ainvoke(messages)
    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(call, _home()))


def call_error(error: Exception, model: str) -> CallError:
    """The branch of an error of some provider's package, by its status (`status_code`, `code` or its response's)."""
    response = getattr(error, "response", None)
    status = next(
        (
            found
            for holder in (error, response)
            for name in ("status_code", "code", "http_status")
            if isinstance(found := getattr(holder, name, None), int) and 400 <= found < 600
        ),
        None,
    )
    message = clean(str(error)) or type(error).__name__
    if status is None:
        return Unavailable(f"{type(error).__name__}: {message}", maybe_paid=True)
    headers: Mapping[str, str] = getattr(response, "headers", None) or {}
    return status_error(status, message, getattr(error, "body", None), headers, model)


def clean(message: str) -> str:
    """A provider's words without anything that looks like a key."""
    return re.sub(r"\b(?:sk|gsk|xai|hf|AIza)[-_]?[\w*.-]{8,}", "***", message)


def _finish(message: AIMessage) -> Finish:
    metadata = message.response_metadata
    reason = str(metadata.get("finish_reason") or metadata.get("stop_reason") or metadata.get("done_reason") or "stop")
    finish = "refusal" if message.additional_kwargs.get("refusal") else finish_of(reason)
    if finish is None:
        raise lost(f"it ended with {reason!r}")
    return "other" if message.tool_calls and finish == "stop" else finish


def _usage(message: AIMessage, ask: Ask) -> Usage:
    """LangChain's `usage_metadata`; our own estimate where a provider gives none."""
    usage = message.usage_metadata
    if usage is None:
        return Usage(prompt=prompt_tokens(ask), completion=tokens(str(message.text)))
    return Usage(
        prompt=counted(usage["input_tokens"]),
        cached_prefix=counted(usage.get("input_token_details", {}).get("cache_read") or 0),
        completion=counted(usage["output_tokens"]),
        reasoning=counted(usage.get("output_token_details", {}).get("reasoning") or 0),
    )
