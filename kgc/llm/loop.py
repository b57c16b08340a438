"""Run a coroutine from plain code, also where an event loop is already running (a notebook)."""

from __future__ import annotations

import asyncio
import contextvars
import signal
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


def run_sync(coroutine: Coroutine[object, object, T]) -> T:
    """The coroutine's result. Ctrl-C cancels it, lets it wind up, and is raised as `KeyboardInterrupt`.

    Where this thread's event loop is running, the coroutine gets a loop and a thread of its own; this thread waits.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        with asyncio.Runner() as runner:
            return runner.run(coroutine)
    return _run_in_thread(coroutine)


def _run_in_thread(coroutine: Coroutine[object, object, T]) -> T:
    result: Future[T] = Future()
    handle: Future[tuple[asyncio.AbstractEventLoop, asyncio.Task[T]]] = Future()
    context = contextvars.copy_context()
    thread = threading.Thread(target=context.run, args=(_work, coroutine, handle, result), name="kgc", daemon=True)
    thread.start()
    try:
        with _interruptible():
            return result.result()
    except KeyboardInterrupt:
        loop, task = handle.result()
        loop.call_soon_threadsafe(task.cancel)
        thread.join()
        raise


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C raise here: `asyncio.run` only notes it for its loop, which cannot turn while this thread waits."""
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or before in (None, signal.SIG_IGN):
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _work(
    coroutine: Coroutine[object, object, T],
    handle: Future[tuple[asyncio.AbstractEventLoop, asyncio.Task[T]]],
    result: Future[T],
) -> None:
    async def main() -> T:
        task = asyncio.ensure_future(coroutine)
        handle.set_result((asyncio.get_running_loop(), task))
        return await task

    try:
        with asyncio.Runner() as runner:
            result.set_result(runner.run(main()))
    except BaseException as error:  # noqa: BLE001  # carried to the waiting thread, which raises it
        result.set_exception(error)
