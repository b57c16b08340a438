"""A scripted OpenAI-compatible server on loopback: real HTTP, no model, faults on demand.

    with Server(Script(reply="p1 = Person('Ada')")) as server:
        OpenAIModel("any", base_url=server.url)
        server.counts["answered"], server.requests

It speaks `/v1/chat/completions`, `/v1/completions`, `/v1/embeddings` and `/v1/models`, in a thread of its own.
`python -m kgc.testing.server --port 8000 --reply TEXT` runs it as a process. Needs aiohttp.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import threading
from collections import Counter, deque
from dataclasses import dataclass
from types import TracebackType

from aiohttp import web

from kgc.llm.estimate import tokens
from kgc.testing.script import Fault, Script
from kgc.testing.wire import (
    chat_body,
    common_prefix,
    cut_off,
    embedding_body,
    error_body,
    prompt_length,
    text_body,
    turns_of,
    usage_of,
)


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came: path, body, what was done with it ("ok" or the fault), and when (seconds)."""

    path: str
    body: dict[str, object]
    fault: str
    at: float


class Server:
    """Answers by its script, which may be replaced while it runs. `counts` are of faults ("ok" among them), "asked",
    "answered" (bodies sent whole) and tokens; `most_at_once` is the most calls that were in flight."""

    def __init__(self, script: Script | None = None, port: int = 0, log: bool = True) -> None:
        self.script = script or Script()
        self.port = port
        self.requests: list[Request] = []
        self.counts: Counter[str] = Counter()
        self.at_once = self.most_at_once = 0
        self._log = log
        self._seen: Counter[bytes] = Counter()
        self._number = 0
        self._recent: deque[float] = deque()
        self._last = ""
        self._slots: asyncio.Semaphore | None = None
        self._ready, self._loop = threading.Event(), asyncio.new_event_loop()
        self._over = asyncio.Event()
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def __enter__(self) -> Server:
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self.serve(),), daemon=True)
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        if self._thread is not None:
            self._thread.join(10)
        self._loop.close()

    async def serve(self) -> None:
        """Listen until the end is called."""
        if self.script.slots is not None:
            self._slots = asyncio.Semaphore(self.script.slots)
        runner = web.ServerRunner(web.Server(self._handle, access_log=None), shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self.port, backlog=2048)
        await site.start()
        self.port = int(runner.addresses[0][1])
        self._ready.set()
        await self._over.wait()
        await runner.cleanup()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return await self._respond(request)
        finally:
            self.at_once -= 1

    async def _respond(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path.removeprefix("/v1")
        if self.script.key is not None and request.headers.get("Authorization") != f"Bearer {self.script.key}":
            return _json(401, error_body("Incorrect API key provided.", "invalid_api_key"))
        if path == "/models":
            rows = [{"id": name, "object": "model"} for name in self.script.models or ("any",)]
            return _json(200, json.dumps({"object": "list", "data": rows}).encode())
        if path not in ("/chat/completions", "/completions", "/embeddings"):
            return _json(404, error_body(f"Unknown path {request.path}."))
        raw = await request.read()
        try:
            body = json.loads(raw)
        except json.JSONDecodeError:
            return _json(400, error_body("The body is no JSON."))
        if path == "/embeddings":
            return _json(200, embedding_body(body))
        return await self._complete(request, path, raw, body)

    async def _complete(
        self, request: web.BaseRequest, path: str, raw: bytes, body: dict[str, object]
    ) -> web.StreamResponse:
        fault = self._fault(raw)
        now = self._loop.time()
        refusal = self._refuse(body, now)
        self.counts["asked"] += 1
        self.counts[fault if refusal is None else "refused"] += 1
        if self._log:
            self.requests.append(Request(path, body, fault if refusal is None else "refused", now))
        if refusal is not None:
            return refusal
        if fault in ("429", "500", "503", "400", "401", "402", "403", "404", "quota", "overflow"):
            return self._error(fault)
        if fault == "hang":
            await asyncio.sleep(3600)
        return await self._answer(request, path, body, fault)

    def _fault(self, raw: bytes) -> Fault:
        fault = self.script.faults.pick(self._number, raw, self._seen[raw] if self.script.faults.shares else 0)
        self._number += 1
        if self.script.faults.shares:
            self._seen[raw] += 1
        return fault

    def _refuse(self, body: dict[str, object], now: float) -> web.Response | None:
        """The refusal that limits, unknown parameters or an unknown model bring, if any."""
        script = self.script
        for name in script.refuses:
            if name in body:
                message = f"Unsupported parameter: '{name}' is not supported with this model."
                return _json(400, error_body(message, "unsupported_parameter", name))
        if script.models and body.get("model") not in script.models:
            return _json(404, error_body(f"The model {body.get('model')!r} does not exist.", "model_not_found"))
        if script.requests_per_period is None:
            return None
        while self._recent and self._recent[0] <= now - script.period:
            self._recent.popleft()
        if len(self._recent) < script.requests_per_period:
            self._recent.append(now)
            return None
        wait = self._recent[0] + script.period - now
        return _json(429, error_body("Rate limit reached.", "rate_limit_exceeded"), {"Retry-After": f"{wait:.3f}"})

    def _error(self, fault: Fault) -> web.Response:
        retry = self.script.retry_after
        match fault:
            case "429":
                headers = {} if retry is None else {"Retry-After": f"{retry:g}"}
                return _json(429, error_body("Rate limit reached.", "rate_limit_exceeded"), headers)
            case "quota":
                return _json(429, error_body("You exceeded your current quota.", "insufficient_quota"))
            case "overflow":
                return _json(400, _overflow(self.script.context or 0))
            case _:
                return _json(int(fault), error_body(f"Scripted {fault}."))

    async def _answer(
        self, request: web.BaseRequest, path: str, body: dict[str, object], fault: Fault
    ) -> web.StreamResponse:
        turns = turns_of(body)
        prompt = prompt_length(turns)
        if self.script.context is not None and prompt > self.script.context:
            return _json(400, _overflow(self.script.context))
        text, finish = cut_off(self.script.text(turns), body)
        if fault == "length":
            text, finish = text[: len(text) // 2], "length"
        completion = tokens(text)
        await self._wait(completion)
        usage = usage_of(prompt, self._cached("\n".join(turn.content for turn in turns)), completion)
        make = chat_body if path == "/chat/completions" else text_body
        data = make(body, text, finish, usage if self.script.usage else None)
        if fault == "refusal":
            data = chat_body(body, "I cannot help with that.", "stop", usage, refusal=True)
        elif fault == "malformed":
            data = data[: len(data) // 2]
        elif fault == "empty":
            data = b'{"object": "chat.completion", "choices": []}'
        elif fault == "cut":
            return await _cut(request, data)
        self.counts["answered"] += fault not in ("malformed", "empty")
        self.counts["prompt_tokens"] += prompt
        self.counts["completion_tokens"] += completion
        return _json(200, data, self._headers())

    async def _wait(self, completion: int) -> None:
        """As long as a real server would take, in one of its slots."""
        seconds = self.script.latency + self.script.per_token * completion
        if self._slots is None:
            if seconds:
                await asyncio.sleep(seconds)
            return
        async with self._slots:
            await asyncio.sleep(seconds)

    def _cached(self, text: str) -> int:
        """Tokens that this prompt shares with the one before it, in steps of 64 as prefix caches count."""
        shared = common_prefix(text, self._last)
        self._last = text
        return tokens(text[:shared]) // 64 * 64

    def _headers(self) -> dict[str, str]:
        limit = self.script.requests_per_period
        if limit is None:
            return {}
        left = max(0, limit - len(self._recent))
        return {
            "x-ratelimit-limit-requests": str(limit),
            "x-ratelimit-remaining-requests": str(left),
            "x-ratelimit-reset-requests": f"{self.script.period:g}s",
        }


def _overflow(context: int) -> bytes:
    message = f"This model's maximum context length is {context} tokens."
    return error_body(message, "context_length_exceeded", "messages")


def _json(status: int, body: bytes, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(status=status, body=body, content_type="application/json", headers=headers)


async def _cut(request: web.BaseRequest, data: bytes) -> web.StreamResponse:
    """Promise a whole body, send half, and close the connection."""
    response = web.StreamResponse(headers={"Content-Length": str(len(data)), "Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(data[: len(data) // 2])
    if request.transport is not None:
        request.transport.close()
    return response


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="A scripted OpenAI-compatible server.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--reply", default="ok")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before an answer")
    parser.add_argument("--per-token", type=float, default=0.0, help="seconds for each token of an answer")
    parser.add_argument("--slots", type=int, default=None, help="calls served at once")
    given = parser.parse_args()
    script = Script(reply=given.reply, latency=given.latency, per_token=given.per_token, slots=given.slots)
    server = Server(script, given.port, log=False)
    asyncio.run(server.serve())


if __name__ == "__main__":
    main()
