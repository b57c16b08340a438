"""What goes over the wire to a SPARQL server, against a scripted one."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kgc.errors import StoreError
from kgc.store.sparql.endpoints import Endpoints, endpoints
from kgc.store.sparql.http import Access, Http
from kgc.store.sparql.store import SparqlStore
from kgc.testing.store_contract import small_graph


@dataclass
class Script:
    """What was heard (path, headers, body), and what is to be answered: a status and a body, or 0 to hang up."""

    answers: list[tuple[int, bytes]] = field(default_factory=list)
    heard: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    uri: str = ""
    drip: float = 0.0


@pytest.fixture
def script() -> Iterator[Script]:
    made = Script()

    class Scripted(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.heard.append((self.path, dict(self.headers), body))
            status, words = made.answers.pop(0) if made.answers else (200, b"{}")
            if not status:
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(words)))
            self.end_headers()
            for start in range(0, len(words), 1_000):
                self.wfile.write(words[start : start + 1_000])
                time.sleep(made.drip)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Scripted) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        made.uri = f"http://127.0.0.1:{server.server_port}/kg"
        yield made
        server.shutdown()


def send(script: Script, access: Access | None = None) -> None:
    with Http(access or Access()) as http:
        http.change(f"{script.uri}/update", b"DROP ALL", "application/sparql-update")


def test_a_user_goes_with_a_password_and_a_token_goes_alone(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "pä:ss")
    send(script, Access("me", "SECRET"))
    monkeypatch.setenv("SECRET", "abc.def\n")
    send(script, Access("", "SECRET"))
    send(script)
    sent = [headers.get("Authorization") for _, headers, _ in script.heard]
    assert sent[0] == f"Basic {base64.b64encode('me:pä:ss'.encode()).decode()}"
    assert sent[1:] == ["Bearer abc.def", None]
    monkeypatch.setenv("SECRET", "a\nHost: b")
    with pytest.raises(StoreError, match="holds no token"):
        send(script, Access("", "SECRET"))


def test_a_missing_variable_is_named(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPARQL_PASSWORD", raising=False)
    with pytest.raises(StoreError, match="The variable SPARQL_PASSWORD with the password of 'me' is not set"):
        send(script, Access("me"))
    assert script.heard == []


def test_a_connection_that_breaks_and_a_busy_server_are_tried_again(script: Script) -> None:
    script.answers = [(0, b""), (503, b"busy"), (204, b"")]
    send(script)
    assert len(script.heard) == 3
    script.answers = [(503, b"busy")] * 3
    with pytest.raises(StoreError, match="refused \\(503\\): busy"):
        send(script)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "refuses the user or the password"),
        (403, "does not allow"),
        (302, "points elsewhere"),
        (500, "a\\.b is bad"),
    ],
)
def test_a_refusal_is_told_in_words_and_not_repeated(script: Script, status: int, said: str) -> None:
    script.answers = [(status, b"a.b is\nbad")]
    with pytest.raises(StoreError, match=said):
        send(script)
    assert len(script.heard) == 1


def test_what_is_no_sparql_server_is_said(script: Script, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="none that SPARQL knows"):
        SparqlStore(script.uri, memory=tmp_path).write(small_graph())
    script.answers = [(200, b"<html>")]
    with pytest.raises(StoreError, match="cannot be read"):
        SparqlStore(script.uri).query("SELECT * { ?s ?p ?o }")


def test_an_answer_is_not_read_beyond_the_limit_of_rows(script: Script) -> None:
    row = b'{"s":{"type":"literal","value":"x"}},'
    body = b'{"head":{"vars":["s"]},"results":{"bindings":[' + row * 200_000 + row[:-1] + b"]}}"
    script.answers = [(200, body)]
    found = SparqlStore(script.uri).query("SELECT ?s { ?s ?p ?o }", limit=5)
    assert (found.rows, found.truncated) == ((("x",),) * 5, True)


def test_an_answer_that_drips_ends_when_its_time_is_over(script: Script) -> None:
    row = b'{"s":{"type":"literal","value":"x"}},'
    script.answers = [(200, b'{"head":{"vars":["s"]},"results":{"bindings":[' + row * 2_000)]
    script.drip = 0.1
    with pytest.raises(StoreError, match=r"took longer than 0\.5 seconds"):
        SparqlStore(script.uri).query("SELECT ?s { ?s ?p ?o }", timeout=0.5)


def test_the_kind_of_a_server_gives_its_addresses() -> None:
    fuseki = endpoints("http://h:3030/kg/")
    assert fuseki == Endpoints("http://h:3030/kg/sparql", "http://h:3030/kg/update", "http://h:3030/kg/data")
    oxigraph = endpoints("http://h:7878")
    assert oxigraph == Endpoints("http://h:7878/query", "http://h:7878/update", "http://h:7878/store")
    graphdb = endpoints("https://h/repositories/kg")
    assert (graphdb.query, graphdb.update) == ("https://h/repositories/kg", "https://h/repositories/kg/statements")
    assert endpoints("http://h/sparql") == Endpoints("http://h/sparql", "http://h/sparql")
    given = endpoints("http://h/kg", "http://h/u", "http://h/q")
    assert given == Endpoints("http://h/q", "http://h/u"), "an unusual server is written to by updates alone"


@pytest.mark.parametrize(
    "uri",
    ["ftp://h/kg", "http://", "http://h:x/", "http://h/a b", "http://me:secret@h/kg", "http://h/kg?x=1", "http://[::1"],
)
def test_what_is_no_address_is_refused_and_its_password_not_repeated(uri: str) -> None:
    with pytest.raises(StoreError) as caught:
        endpoints(uri)
    assert "secret" not in str(caught.value)
