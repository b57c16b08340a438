"""All benchmarks: `make bench` in a minute or two; FULL=1 for all sizes; PEERS=1 for others beside us.

Prints tables and writes them as JSON to `.work/bench/<time>.json`. docs/benchmarks.md says what the columns mean.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import again, browser, ingest, peers, stages
from bench.measure import WORK, load, table

QUICK = ((200, 32), (1000, 256))
FULL = ((200, 32), (2000, 32), (4096, 256), (20000, 256))


def tables(sizes: Sequence[tuple[int, int]], with_peers: bool) -> list[dict[str, object]]:
    """Each table is printed as soon as it is measured."""
    found: list[dict[str, object]] = []

    def tell(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        found.append({"title": title, "head": list(head), "rows": [list(r) for r in rows]})
        print(f"\n{title}\n\n{table(head, rows)}", flush=True)

    runs, after = [], []
    for documents, in_flight in sizes:
        workspace = ingest.fresh(f"{documents}-{in_flight}")
        runs.append(list(ingest.measure(documents, in_flight, workspace).values()))
        tell("kgc ingest", ingest.HEAD, runs[-1:])
        after.append(again.measure(workspace, ingest.made(documents), in_flight))
        tell("run again", again.HEAD, after[-1:])
    if with_peers:
        tell("others on the same server", peers.HEAD, peers.measure_all(200, 32))
    rows = stages.measure(400)
    tell("CPU of each stage, ms a document", ("stage", "CPU ms", "wall ms"),
         [(name, cpu * 1e3 / 400, wall * 1e3 / 400) for name, cpu, wall in rows])  # fmt: skip
    if browser.able():
        facts = 1_000_000 if len(sizes) > len(QUICK) else 100_000
        tell(f"kgc browse on {facts:,} facts, in Chromium", browser.HEAD, browser.measure(facts))
    return found


def main() -> None:
    started = datetime.now(UTC)
    where = f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load():.1f}"
    print(f"{started:%Y-%m-%d %H:%M} UTC, {where}", flush=True)
    found = tables(FULL if os.environ.get("FULL") else QUICK, bool(os.environ.get("PEERS")))
    WORK.mkdir(parents=True, exist_ok=True)
    path = WORK / f"{started:%Y%m%dT%H%M%S}.json"
    path.write_text(json.dumps({"at": started.isoformat(), "where": where, "tables": found}, indent=1), "utf-8")
    print(f"\nWritten to {path}.")


if __name__ == "__main__":
    main()
