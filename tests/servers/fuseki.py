"""A real Apache Jena Fuseki server for tests, out of Maven's one jar: `make servers` fetches it, no Docker is needed.

It keeps its dataset in memory, listens on a free port of loopback, and is stopped by its process id.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

REPOSITORY = Path(__file__).resolve().parents[2]
VERSION = "5.6.0"
JAR = Path(os.environ.get("KGC_FUSEKI_JAR", REPOSITORY / ".work" / "fuseki" / f"jena-fuseki-server-{VERSION}.jar"))
START_SECONDS = 300


class Missing(Exception):
    """The server cannot be started here; says what is missing."""


@dataclass(frozen=True)
class FusekiServer:
    """A running server with a dataset."""

    uri: str
    pid: int

    def update(self, text: str) -> None:
        _post(f"{self.uri}/update", text, "application/sparql-update")

    def ask(self, text: str) -> str:
        """The answer to a question as lines of tab-separated terms."""
        return _post(f"{self.uri}/sparql", text, "application/sparql-query")


@contextmanager
def fuseki_server(heap: str = "384m", quick: bool = True) -> Iterator[FusekiServer]:
    """Start a server, and stop it at the end; `quick` is to start, at the cost of speed later.

    Raises `Missing` where Java or the jar is not there.
    """
    java = shutil.which("java")
    if java is None:
        raise Missing("no Java on the path: apt-get install openjdk-17-jre-headless")
    if not JAR.is_file():
        raise Missing(f"no Fuseki at {JAR}; `make servers` fetches it (Java 17 and Maven are needed)")
    with tempfile.TemporaryDirectory(prefix="kgc-fuseki-") as folder:
        port, log = _free_port(), Path(folder) / "out.txt"
        start = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1") if quick else ()
        command = [java, f"-Xmx{heap}", *start, "-jar", str(JAR)]
        with log.open("wb") as output:
            process = subprocess.Popen(
                [*command, "--localhost", f"--port={port}", "--ping", "--update", "--mem", "/kg"],
                cwd=folder, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
            try:
                _wait(process, f"http://localhost:{port}/$/ping", log)
                yield FusekiServer(f"http://localhost:{port}/kg", process.pid)
            finally:
                process.kill()  # it holds nothing worth keeping
                process.wait()


def _post(url: str, text: str, kind: str) -> str:
    headers = {"Content-Type": kind, "Accept": "text/tab-separated-values"}
    with urlopen(Request(url, text.encode(), headers), timeout=120) as answer:
        return str(answer.read().decode())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"Fuseki ended by itself: {log.read_text(errors='replace')[-2000:]}")
        try:
            with urlopen(url, timeout=5):
                return
        except HTTPError:
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"Fuseki did not answer in {START_SECONDS} s: {log.read_text(errors='replace')[-2000:]}")
