"""What a run costs when little or nothing changed, and how long a look takes, in a workspace that is there already."""

from __future__ import annotations

import time
from pathlib import Path

from bench import corpus
from bench.ingest import ingest, serving
from bench.measure import kgc, load

HEAD = ("files", "nothing changed s", "calls", "one sentence edited: chunks asked", "status s", "plan s", "load")


def measure(workspace: Path, folder: Path, in_flight: int) -> list[object]:
    """`folder` is put back as it was, and the workspace with it."""
    files = sorted(folder.rglob("*.txt"))
    with serving(in_flight) as (server, _):
        still = [ingest(workspace, folder, server.url, in_flight).wall for _ in range(2)]
        calls = server.counts["asked"]
        chosen, before = files[len(files) // 2], files[len(files) // 2].read_text(encoding="utf-8")
        try:
            edited = before.replace(corpus.IDLE[0].text, "Somebody spoke.", 1)
            chosen.write_text(edited if edited != before else before + "\nThe end.\n", encoding="utf-8")
            ingest(workspace, folder, server.url, in_flight)
            asked = server.counts["asked"] - calls
        finally:
            chosen.write_text(before, encoding="utf-8")
        status = min(kgc("status", "-w", str(workspace), "--json").wall for _ in range(3))
        start = time.perf_counter()
        kgc("plan", str(folder), "-w", str(workspace), "--json")
        return [len(files), min(still), calls, asked, status, time.perf_counter() - start, load()]
