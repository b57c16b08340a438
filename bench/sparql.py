"""How fast a graph reaches Fuseki and the embedded store: `python bench/sparql.py [FACTS]` (default 20000, one run).

`make servers` fetches Fuseki; it keeps the dataset in memory, with a heap of 3 GiB.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kgc.data import Fact
from kgc.store.rdf.graph import Form
from kgc.store.sparql import embedded
from kgc.store.sparql.store import SparqlStore
from kgc.store.sparql.writer import Written
from kgc.testing.graphs import Synthetic
from tests.servers.fuseki import fuseki_server


@dataclass(frozen=True)
class Edited(Synthetic):
    """The same graph with one fact of a hundred a little less sure."""

    @property
    def fingerprint(self) -> str:
        return f"{super().fingerprint} edited"

    def facts(self, hidden: bool = False) -> Iterator[Fact]:
        for number, fact in enumerate(super().facts(hidden)):
            yield replace(fact, confidence=0.8) if number % 100 == 0 else fact


def timed(what: str, act: Callable[[], Written]) -> None:
    start, before = time.perf_counter(), time.process_time()
    done = act()
    wall, used = time.perf_counter() - start, time.process_time() - before
    print(
        f"{what:14} {wall:6.1f} s  client {used:5.1f} CPU s  {done.sent:,} rows, {done.triples:,} triples,"
        f" {done.requests} requests, {done.triples / wall:,.0f} triples/s",
        flush=True,
    )


def main(facts: int) -> None:
    graph = Synthetic(facts)
    with tempfile.TemporaryDirectory() as folder, fuseki_server("3g", quick=False) as server:
        store = SparqlStore(server.uri, memory=Path(folder) / "targets")
        timed("first write", lambda: store.write(graph))
        timed("again", lambda: store.write(graph))
        timed("1% changed", lambda: store.write(Edited(facts)))
        start = time.perf_counter()
        count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
        rows = embedded.query(Path(folder), graph, Form(), count).rows
        print(f"{'embedded':14} {time.perf_counter() - start:6.1f} s to load {rows[0][0]:,} triples and count them")
        print(f"{'asked again':14} {embedded.query(Path(folder), graph, Form(), count).seconds:6.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
