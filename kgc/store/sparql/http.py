"""Requests to a SPARQL server: the standard library's client, one connection kept for each host, no redirects followed.

What is sent to change something can be sent again without harm, so that it is, where a connection breaks.
"""

from __future__ import annotations

import base64
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

from kgc.errors import StoreError

PATIENCE: Final = 600.0
"""Seconds that a server may take over one change."""
TRIES: Final = 3
SHOWN: Final = 400
"""Letters of a server's refusal that are repeated."""
PASSWORD: Final = "SPARQL_PASSWORD"  # noqa: S105 -- the name of a variable
AGAIN: Final = frozenset({429, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Access:
    """Who asks: a user whose password is in a variable, a bearer token that is in one, or nobody in particular."""

    user: str = ""
    password_env: str = ""

    def headers(self) -> dict[str, str]:
        """Raises `StoreError` where the variable is not set."""
        if not self.user and not self.password_env:
            return {}
        name = self.password_env or PASSWORD
        secret = os.environ.get(name)
        if secret is None:
            whose = f"the password of {self.user!r}" if self.user else "the token"
            raise StoreError(
                f"The variable {name} with {whose} is not set.", "Set it, or name another with --password-env."
            )
        if not self.user:
            return {"Authorization": f"Bearer {_token(secret, name)}"}
        pair = base64.b64encode(f"{self.user}:{secret}".encode())
        return {"Authorization": f"Basic {pair.decode('ascii')}"}


def _token(secret: str, name: str) -> str:
    if not secret.strip().isascii() or not secret.strip().isprintable():
        raise StoreError(f"The variable {name} holds no token.", "A token is one line of plain letters.")
    return secret.strip()


class Late(TimeoutError):
    """The time that an answer may take is over."""


@dataclass(slots=True)
class Http:
    """Connections to the hosts of one server. A context."""

    access: Access
    _open: dict[tuple[str, str], HTTPConnection] = field(default_factory=dict)

    def __enter__(self) -> Http:
        return self

    def __exit__(self, *_: object) -> None:
        for connection in self._open.values():
            connection.close()
        self._open.clear()

    def change(self, url: str, body: bytes, kind: str) -> None:
        """Send what changes something, again where the connection broke or the server was busy. Raises `StoreError`."""
        for attempt in range(1, TRIES + 1):
            try:
                with self._answer(url, body, kind, "*/*", PATIENCE) as answer:
                    status, words = answer.status, answer.read(1 << 16)
            except (HTTPException, OSError) as error:
                if attempt == TRIES:
                    raise away(url, error) from error
            else:
                if status < 300:
                    return
                if status not in AGAIN or attempt == TRIES:
                    raise refused(url, status, words)
            time.sleep(0.4 * attempt)

    @contextmanager
    def ask(self, url: str, query: str, accept: str, params: Mapping[str, str], timeout: float) -> Iterator[Answer]:
        """The answer to a question, to be read while it comes. Raises `StoreError`, `Late` when its time is over."""
        until = time.monotonic() + timeout
        target = f"{url}?{encoded(params)}" if params else url
        body = query.encode("utf-8", "replace")
        try:
            with self._answer(target, body, "application/sparql-query", accept, timeout) as answer:
                if answer.status >= 300:
                    raise refused(url, answer.status, answer.read(1 << 16))
                yield Answer(answer, self._socket(url), until)
        except TimeoutError as error:
            raise Late from error
        except (HTTPException, OSError) as error:
            raise away(url, error) from error

    @contextmanager
    def _answer(self, url: str, body: bytes, kind: str, accept: str, timeout: float) -> Iterator[HTTPResponse]:
        """The connection is kept when its answer was read to the end, and closed otherwise."""
        parts = urlsplit(url)
        connection = self._connection(url, timeout)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Content-Type": kind, "Accept": accept, "User-Agent": "kgc", **self.access.headers()}
        done = False
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            yield answer
            done = answer.isclosed()
        finally:
            if not done:
                connection.close()

    def _connection(self, url: str, timeout: float) -> HTTPConnection:
        parts = urlsplit(url)
        found = self._open.get((parts.scheme, parts.netloc))
        if found is None:
            made = HTTPSConnection if parts.scheme == "https" else HTTPConnection
            found = self._open[parts.scheme, parts.netloc] = made(parts.hostname or "", parts.port, timeout=timeout)
        found.timeout = timeout
        if found.sock:
            found.sock.settimeout(timeout)
        return found

    def _socket(self, url: str) -> HTTPConnection:
        parts = urlsplit(url)
        return self._open[parts.scheme, parts.netloc]


@dataclass(slots=True)
class Answer:
    """The body of an answer, as a file that ends with `Late` when its time is over."""

    response: HTTPResponse
    connection: HTTPConnection
    until: float

    @property
    def media_type(self) -> str:
        return (self.response.getheader("Content-Type") or "").partition(";")[0].strip().lower()

    def read(self, size: int = -1) -> bytes:
        left = self.until - time.monotonic()
        if left <= 0:
            raise Late
        if self.connection.sock:
            self.connection.sock.settimeout(left)
        return self.response.read1(size) if size > 0 else self.response.read()


def encoded(params: Mapping[str, str]) -> str:
    from urllib.parse import urlencode  # noqa: PLC0415

    return urlencode(params)


def away(url: str, error: Exception) -> StoreError:
    return StoreError(
        f"No SPARQL server answers at {url} ({error or type(error).__name__}).", "Start it, or check the address."
    )


def refused(url: str, status: int, words: bytes) -> StoreError:
    """What a server's refusal means, with its own words where they say more."""
    said = " ".join(words.decode("utf-8", "replace").split())[:SHOWN]
    if status in (401, 407):
        return StoreError(f"{url} refuses the user or the password.", "Check --user and --password-env.")
    if status == 403:
        return StoreError(f"{url} does not allow that (403).", "The user may only read, or not even that.")
    if 300 <= status < 400:
        return StoreError(f"{url} points elsewhere ({status}).", "Give the address that it points to.")
    if status in (404, 405, 415, 501):
        hint = (
            "Make the dataset, check the address, or give --update-url and --query-url; a server may also be read-only."
        )
        return StoreError(f"{url} takes no such request ({status}): {said or 'no reason given'}", hint)
    if status == 400:
        return StoreError(f"{url} did not understand: {said}", "")
    return StoreError(f"{url} refused ({status}): {said}", "What was written before stays; writing again goes on.")
