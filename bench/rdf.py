"""How fast RDF is written: `python bench/rdf.py [FACTS] [SUFFIX …]` (default 100000 facts, every format).

One process a format, so that memory is that of this format alone. Facts are made while they are read; making them is
measured by itself and taken off.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path

SUFFIXES = (".nt", ".nq", ".ttl", ".ttl.gz", ".jsonld", ".rdf")


def measure(facts: int, suffix: str, provenance: str) -> dict[str, float | str]:
    from kgc.pipeline.exporting import Export  # noqa: PLC0415 -- in the process of one format only
    from kgc.store.rdf.file import RdfFile  # noqa: PLC0415
    from kgc.testing.graphs import Synthetic  # noqa: PLC0415

    graph = Synthetic(facts)
    before = time.process_time()
    for _ in chain(graph.entities(), graph.facts()):
        pass
    making = time.process_time() - before
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"graph{suffix}"
        start, before = time.perf_counter(), time.process_time()
        statements = RdfFile(Export(provenance=provenance).form()).export(graph, path)
        wall, used = time.perf_counter() - start, time.process_time() - before - making
        size = path.stat().st_size / 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "format": suffix, "provenance": provenance, "facts": facts, "statements": statements, "wall": round(wall, 1),
        "cpu": round(used, 1), "per_second": round(statements / wall), "per_cpu_second": round(statements / used),
        "peak_mb": round(peak), "size_mb": round(size),
    }  # fmt: skip


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--one"]:
        print(json.dumps(measure(int(arguments[1]), arguments[2], arguments[3])))
        return
    numbers = [int(a) for a in arguments if a.isdigit()]
    kinds = [(s, "full") for s in arguments if s.startswith(".")] or [
        *((s, "full") for s in SUFFIXES), (".nt", "star"), (".nt", "none"),
    ]  # fmt: skip
    for suffix, provenance in kinds:
        one = [sys.executable, __file__, "--one", str(numbers[0] if numbers else 100_000), suffix, provenance]
        subprocess.run(one, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
