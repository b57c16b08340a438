"""Other writers beside ours on the same rows and a fresh server each: `python bench/to_neo4j_peers.py [FACTS [RUNS]]`.

neo4j-graphrag's Neo4jWriter, langchain-neo4j and llama-index, installed in an environment of their own
(`PEERS_PYTHON`, by default `.work/bench/peers/bin/python`): `langchain-neo4j neo4j-graphrag
llama-index-graph-stores-neo4j`. The last two need APOC on the server: `APOC` names a folder with its jars (apoc-core,
apoc-common, opencsv, RoaringBitmap); without it they are left out. Ours writes the same entities and facts by
`Neo4jStore`, without memory the second time: everything is sent and compared, as the others do. Runs are interleaved;
the figures are medians.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measure import REPOSITORY, table
from bench.peers import python
from bench.to_neo4j import cpu_of
from kgc.store.layout import layout
from kgc.store.neo4j import Neo4jStore
from kgc.store.rows import edge_rows, node_rows
from kgc.testing.graphs import Synthetic
from tests.servers.neo4j import Neo4jServer, neo4j_server

HEAD = ("writer", "rows", "first rows/s", "server CPU s", "client us/row", "again rows/s", "server CPU s",
        "client us/row", "nodes then", "relationships then", "load")  # fmt: skip
PEERS = ("graphrag", "langchain", "llama-index")


@dataclass(frozen=True)
class Timed:
    """Seconds, server CPU and client CPU of two writes, what the database holds after both, and the load then."""

    first: float
    again: float
    first_cpu: float
    again_cpu: float
    first_client: float
    again_client: float
    nodes: int
    edges: int
    load: float


def plain_rows(graph: Synthetic, path: Path) -> int:
    """The graph as rows for the peers; returns how many."""
    tables = layout(graph.schema)
    nodes, edges = [], []
    for key, values in node_rows(graph, tables):
        if values:
            named = zip(tables.nodes()[key[0]].columns, values, strict=True)
            own = {c.name: v for c, v in named if v is not None}
            nodes.append({"id": own.pop("id"), "label": key[0], "p": own})
    for key, values in edge_rows(graph, tables):
        if values:
            own = {c.name: v for c, v in zip(tables.edges[key[0]].columns, values[2:], strict=True) if v is not None}
            edges.append({"a": values[0], "b": values[1], "type": key[0], "p": own})
    path.write_text(json.dumps({"nodes": nodes, "edges": edges}), encoding="utf-8")
    return len(nodes) + len(edges)


def ours(graph: Synthetic, server: Neo4jServer) -> Timed:
    os.environ["KGC_BENCH_PASSWORD"] = server.password
    store = Neo4jStore(server.uri, server.user, "KGC_BENCH_PASSWORD")
    found = []
    for _ in range(2):
        start, cpu, used = time.perf_counter(), cpu_of(server.pid), time.process_time()
        store.write(graph)
        found.append((time.perf_counter() - start, cpu_of(server.pid) - cpu, time.process_time() - used))
    (first, first_cpu, first_client), (again, again_cpu, again_client) = found
    [(nodes,)] = store.query("MATCH (n) WHERE NOT n:KgcWorkspace RETURN count(n)", {}).rows
    [(edges,)] = store.query("MATCH ()-[r]->() RETURN count(r)", {}).rows
    counts = int(str(nodes)), int(str(edges))
    return Timed(first, again, first_cpu, again_cpu, first_client, again_client, *counts, os.getloadavg()[0])


def peer(name: str, rows: Path, server: Neo4jServer) -> Timed | str:
    """Server CPU is that of both writes, shared out by their seconds; a word where it failed."""
    cpu = cpu_of(server.pid)
    done = subprocess.run(
        [python(), REPOSITORY / "bench" / "to_neo4j_peer_run.py", name, rows, server.uri, server.user],
        env={**os.environ, "NEO4J_PASSWORD": server.password}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        return done.stderr.strip().splitlines()[-1][:100]
    found = json.loads(done.stdout)
    if "again" not in found:
        return f"{found['error']} ({found['nodes']} nodes, {found['edges']} relationships there)"
    used, both = cpu_of(server.pid) - cpu, found["first"] + found["again"]
    share = used * found["first"] / both
    return Timed(
        found["first"], found["again"], share, used - share, found["first_client"], found["again_client"],
        found["nodes"], found["edges"], os.getloadavg()[0],
    )  # fmt: skip


def main() -> None:
    facts, runs = (int(a) for a in (*sys.argv[1:], *("20000", "1")[len(sys.argv) - 1 :]))
    apoc = Path(os.environ["APOC"]) if "APOC" in os.environ else None
    found: dict[str, list[Timed]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.json"
        count = plain_rows(Synthetic(facts), file)
        for _ in range(runs):
            for name in ("kgc", *(PEERS if apoc else PEERS[:1])):
                with neo4j_server(sorted(apoc.glob("*.jar")) if apoc else ()) as server:
                    timed = ours(Synthetic(facts), server) if name == "kgc" else peer(name, file, server)
                if isinstance(timed, str):
                    print(f"{name}: {timed}", flush=True)
                else:
                    print(name, timed, flush=True)
                    found[name].append(timed)
    lines = [
        (
            name, count, count / median(t.first for t in all_), median(t.first_cpu for t in all_),
            median(t.first_client for t in all_) / count * 1e6, count / median(t.again for t in all_),
            median(t.again_cpu for t in all_), median(t.again_client for t in all_) / count * 1e6, all_[-1].nodes,
            all_[-1].edges, f"{median(t.load for t in all_):.1f}",
        )
        for name, all_ in found.items()
    ]  # fmt: skip
    print(table(HEAD, lines))


if __name__ == "__main__":
    main()
