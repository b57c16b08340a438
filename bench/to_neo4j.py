"""How fast a graph reaches a Neo4j server: `python bench/to_neo4j.py [FACTS …]` (default 20000).

Starts the server of the tests, and measures a first write, the same again, the same again with everything compared,
one with a hundredth of the facts changed, and a second compared write: wall seconds, rows a second, CPU of kgc and of
the server. One process a size would say nothing new here: the server is the one that warms up, so that the order of
the rows is part of what they say.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measure import load, table
from kgc.data import Fact
from kgc.store.neo4j import Neo4jStore
from kgc.testing.graphs import Synthetic
from tests.servers.neo4j import Neo4jServer, neo4j_server

HEAD = ("facts", "write", "wall s", "rows sent", "rows/s", "removed", "kgc CPU s", "server CPU s", "peak MiB", "load")
EVERY = 100
"""One fact of so many is changed."""


@dataclass(frozen=True)
class Edited(Synthetic):
    """The same graph with some facts surer than before."""

    @property
    def fingerprint(self) -> str:
        return f"{super().fingerprint}-edited"

    def facts(self, hidden: bool = False) -> Iterator[Fact]:
        for number, fact in enumerate(super().facts(hidden)):
            yield fact if number % EVERY else replace(fact, confidence=0.987)


def measure(facts: int, server: Neo4jServer, memory: Path) -> Iterator[tuple[object, ...]]:
    os.environ["KGC_BENCH_PASSWORD"] = server.password
    store = Neo4jStore(server.uri, server.user, "KGC_BENCH_PASSWORD", owner=f"bench-{facts}", memory=memory)
    graph, edited = Synthetic(facts), Edited(facts)
    for name, what, anew in (
        ("first", graph, False),
        ("again", graph, False),
        ("again, all compared", graph, True),
        ("1% changed", edited, False),
        ("again, all compared", edited, True),
    ):
        start, own, there = time.perf_counter(), time.process_time(), cpu_of(server.pid)
        done = store.write(what, anew=anew)
        wall = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield (
            facts, name, wall, done.sent, done.sent / wall, done.removed, time.process_time() - own,
            cpu_of(server.pid) - there, peak, load(),
        )  # fmt: skip


def cpu_of(pid: int) -> float:
    """User and system seconds of a process so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [20_000]
    with neo4j_server() as server, tempfile.TemporaryDirectory() as memory:
        for size in sizes:
            print(table(HEAD, list(measure(size, server, Path(memory)))), flush=True)


if __name__ == "__main__":
    main()
