"""How fast the embedded graph is written: `python bench/projection.py [FACTS …]` (default 10000 100000 1000000).

One process a size, so that memory is that of this size alone. Facts are made while they are read; making them is
measured by itself and taken off.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (10_000, 100_000, 1_000_000)


def measure(facts: int) -> dict[str, float]:
    from kgc.store.ladybug import LadybugStore  # noqa: PLC0415 -- in the process of one size only
    from kgc.testing.graphs import Synthetic  # noqa: PLC0415

    graph = Synthetic(facts)
    start, cpu = time.perf_counter(), time.process_time()
    for _ in graph.facts():
        pass
    making, making_cpu = time.perf_counter() - start, time.process_time() - cpu
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.lbug"
        start, cpu = time.perf_counter(), time.process_time()
        LadybugStore().project(graph, path)
        wall, used = time.perf_counter() - start, time.process_time() - cpu
        size = path.stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"facts": facts, "seconds": wall - making, "cpu": used - making_cpu, "peak": peak, "size": size / 2**20}


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--one"]:
        print(json.dumps(measure(int(arguments[1]))))
        return
    print(f"{'facts':>10} {'seconds':>9} {'facts/s':>9} {'CPU s':>7} {'peak MiB':>9} {'file MiB':>9}")
    for size in [int(a) for a in arguments] or SIZES:
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(size)], check=True, capture_output=True, text=True
        )
        m = json.loads(done.stdout)
        rate = m["facts"] / m["seconds"]
        print(f"{size:>10,} {m['seconds']:>9.2f} {rate:>9,.0f} {m['cpu']:>7.1f} {m['peak']:>9.0f} {m['size']:>9.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
