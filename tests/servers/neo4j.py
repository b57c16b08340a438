"""A real Neo4j Community server for tests, out of Maven's artefacts: `make servers` fetches them, no Docker is needed.

Each server has a fresh home, a password of its own and a free port on loopback, and is stopped by its process id.
`KGC_NEO4J_LIB` (a folder of jars) and `KGC_JAVA` choose another version: 2026.08.1 needs Java 21.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
LIBRARIES = Path(os.environ.get("KGC_NEO4J_LIB", REPOSITORY / ".work" / "neo4j" / "lib"))
FETCH = "`make servers` fetches them (Java 17 and Maven are needed)"
START_SECONDS = 300
ENTRY = "META-INF/services/org.neo4j.server.startup.EntryPoint"

CONFIGURATION = """\
server.default_listen_address=127.0.0.1
server.default_advertised_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=128m
dbms.usage_report.enabled=false
client.allow_telemetry=false
dbms.security.allow_csv_import_from_file_urls=false
server.directories.import={home}/import
db.tx_log.rotation.retention_policy=keep_none
db.tx_log.preallocate=false
dbms.security.auth_enabled=true
"""
_OPENED = ("java.lang", "java.io", "java.nio", "sun.nio.ch", "java.util.concurrent")


class Missing(Exception):
    """The server cannot be started here; says what is missing."""


@dataclass(frozen=True)
class Neo4jServer:
    """A running server."""

    uri: str
    user: str
    password: str
    pid: int


@contextmanager
def neo4j_server(plugins: Iterable[Path] = ()) -> Iterator[Neo4jServer]:
    """Start a server with these plug-ins (jars), and stop it at the end.

    Raises `Missing` where Java or the libraries are not there.
    """
    java = os.environ.get("KGC_JAVA") or shutil.which("java")
    if java is None:
        raise Missing("no Java on the path: apt-get install openjdk-17-jre-headless")
    if not any(LIBRARIES.glob("neo4j-*.jar")):
        raise Missing(f"no Neo4j libraries in {LIBRARIES}; {FETCH}")
    with tempfile.TemporaryDirectory(prefix="kgc-neo4j-") as folder:
        home, port, password = Path(folder), _free_port(), secrets.token_hex(12)
        for name in ("conf", "plugins", "import", "logs"):
            (home / name).mkdir()
        for jar in plugins:
            shutil.copy(jar, home / "plugins")
        trusted = "dbms.security.procedures.unrestricted=apoc.*\n" if any((home / "plugins").iterdir()) else ""
        (home / "conf" / "neo4j.conf").write_text(CONFIGURATION.format(port=port, home=home) + trusted)
        set_password = (*_java(java, home), "org.neo4j.server.startup.Neo4jAdminCommand", "dbms")
        environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
        subprocess.run(
            [*set_password, "set-initial-password", password], env=environment, check=True, capture_output=True
        )
        entry = (_entry_point(), f"--home-dir={home}", f"--config-dir={home / 'conf'}")
        with (home / "logs" / "out.txt").open("wb") as output:
            process = subprocess.Popen(
                [*_java(java, home), *entry], stdout=output, stderr=subprocess.STDOUT, start_new_session=True
            )
            try:
                _wait(process, port, home / "logs" / "out.txt")
                yield Neo4jServer(f"neo4j://127.0.0.1:{port}", "neo4j", password, process.pid)
            finally:
                _stop(process)


def _entry_point() -> str:
    """The main class, which is another one from 2025 on: the server's jar names it."""
    for jar in sorted(LIBRARIES.glob("neo4j-*.jar")):
        with zipfile.ZipFile(jar) as content:
            if ENTRY in content.namelist():
                return content.read(ENTRY).decode().split()[0]
    raise Missing(f"no jar in {LIBRARIES} names the server's main class; {FETCH}")


def _java(java: str, home: Path) -> tuple[str, ...]:
    opened = (f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED)
    classes = f"{home}/plugins/*:{home}/conf:{LIBRARIES}/*"
    return (java, "-Xms256m", "-Xmx512m", "-XX:+UseG1GC", "-Dlog4j2.disable.jmx=true", *opened, "-cp", classes)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"Neo4j ended by itself: {log.read_text(errors='replace')[-2000:]}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError(f"Neo4j did not open its port in {START_SECONDS} s: {log.read_text(errors='replace')[-2000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """It holds nothing worth keeping, so that it need not go down in order."""
    process.send_signal(signal.SIGKILL)
    process.wait()
