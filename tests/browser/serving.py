"""A page server for a test: started on a free port of loopback, watched, and stopped by its id."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

START_SECONDS, WAIT_SECONDS = 60, 60
QUIET_SECONDS = 0.1
"""So long after what was done on a page it has asked for the run that it asks for."""
LOOKED_FOR = ("/_stcore/health", "/_stcore/host-config")
"""Opened at a page's own address, Streamlit looks for its server below that address first, and does not find it."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(command: Sequence[str], port: int, home: Path, environment: Mapping[str, str] = {}) -> Iterator[str]:
    """The address of the server that the command starts; fails at once if it ends, or if its log shows a traceback."""
    log = home / "server.log"
    with log.open("wb") as out:
        variables = {**os.environ, "HOME": str(home), **environment}
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=variables, start_new_session=True)
        try:
            wait_for(f"http://127.0.0.1:{port}", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            stop(process)
    assert "Traceback" not in log.read_text(errors="replace"), log.read_text(errors="replace")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the process and those it started: they are a group of their own."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text(errors="replace")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.read() == b"ok":
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(log.read_text(errors="replace"))


@dataclass
class Watch:
    """What a page asked of the network and what went wrong in it."""

    hosts: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    talk: str = ""
    """A letter for each run of the page's script: asked for (a), begun (b), what its callbacks did is drawn (d), ended
    and not followed by another (e)."""
    heard: float = 0.0
    """When the last letter came, in seconds of the monotonic clock."""

    def over(self, page: Page) -> None:
        page.on("request", self._request)
        page.on("websocket", self._websocket)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _request(self, request: Request) -> None:
        if not request.url.startswith(("data:", "blob:")):
            self.hosts.add(urlsplit(request.url).hostname or request.url)

    def _websocket(self, socket: WebSocket) -> None:
        self.hosts.add(urlsplit(socket.url).hostname or socket.url)
        socket.on("framesent", self._asked)
        socket.on("framereceived", self._told)

    def _asked(self, frame: bytes | str) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).HasField("rerun_script"):
            self._hear("a")

    def _told(self, frame: bytes | str) -> None:
        message = ForwardMsg.FromString(frame if isinstance(frame, bytes) else b"")
        if message.HasField("new_session"):
            self._hear("b")
        elif message.HasField("delta"):
            self._hear("d")
        elif message.HasField("script_finished") and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self._hear("e")

    def _hear(self, letter: str) -> None:
        self.talk += letter
        self.heard = time.monotonic()

    @property
    def quiet(self) -> bool:
        """Whether every run that was asked for has ended, and none was asked for since."""
        return self.talk[-1:] in ("", "e") and time.monotonic() - self.heard > QUIET_SECONDS

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not urlsplit(message.location["url"]).path.endswith(LOOKED_FOR):
            self.errors.append(message.text)


WATCHES: WeakKeyDictionary[Page, Watch] = WeakKeyDictionary()


@contextmanager
def app(workspace: Path, home: Path) -> Iterator[str]:
    """The address of `kgc browse` on a workspace; `home` is an empty folder for its log."""
    port = free_port()
    command = (sys.executable, "-m", "kgc", "browse", "-w", str(workspace), "--no-open", "--port", str(port))
    with serving(command, port, home) as address:
        yield address


@contextmanager
def watched_page(
    browser: Browser, width: int = 1280, height: int = 720, scheme: Literal["light", "dark"] = "light"
) -> Iterator[Page]:
    """A page in a context of its own; afterwards no request may have left this machine and no error been logged."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(WAIT_SECONDS * 1000)
    watch = WATCHES[page] = Watch()
    watch.over(page)
    yield page
    context.close()
    assert watch.hosts <= {"127.0.0.1"}
    assert watch.errors == []


def settle(page: Page) -> None:
    """Wait until the page's script has run to its end, also the run that what was just done asks for."""
    page.wait_for_timeout(1000 * QUIET_SECONDS)
    watch, end = WATCHES[page], time.monotonic() + WAIT_SECONDS
    while not watch.quiet:
        assert time.monotonic() < end, f"the page's script does not end: {watch.talk!r}"
        page.wait_for_timeout(20)
    page.wait_for_selector('[data-testid=stApp][data-test-script-state="notRunning"]')


@contextmanager
def answered(page: Page) -> Iterator[None]:
    """What is done inside makes the page's script run; afterwards that run, or the last of several, is shown."""
    WATCHES[page].talk = ""
    yield
    until_told(page, "a.*b.*e$")
    settle(page)


def until_told(page: Page, pattern: str) -> None:
    """Wait until what the page and its script said to each other, in the letters of `Watch.talk`, is so."""
    watch, end = WATCHES[page], time.monotonic() + WAIT_SECONDS
    while not re.search(pattern, watch.talk):
        assert time.monotonic() < end, f"the page's script was not asked to run, or does not end: {watch.talk!r}"
        page.wait_for_timeout(20)


def click_row(page: Page, table: str, row: int) -> None:
    """Choose a row of the table with this accessible name: a click in its selection column."""
    grid = page.get_by_label(table).last
    box = grid.bounding_box()
    assert box
    page.mouse.click(box["x"] + 15, box["y"] + 35 * (row + 1) + 17)


def screenshot(page: Page, name: str) -> None:
    """A picture under `$SHOTS` (`.work/screenshots/` where it is not set), to be looked at."""
    folder = Path(os.environ.get("SHOTS") or Path(__file__).resolve().parents[2] / ".work" / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    page.wait_for_timeout(400)  # tables and drawings paint a moment later; only the picture waits for them
    page.screenshot(path=folder / f"{name}.png")


def drawing(page: Page) -> Locator:
    """The graph's drawing; `drawing(page).evaluate("e => e.kgc.positions()")` tells where its dots stand."""
    return page.locator(".kgc-graph").first
