"""How fast the embedded graph is written: `python bench/projection.py [--ledger] [FACTS …]`
(default 10000 100000 1000000).

One process a size, so that memory is that of this size alone. Facts are made while they are read; making them is
measured by itself and taken off. With `--ledger` they come out of a ledger that is filled first (two mentions a fact,
ten facts a chunk, names drawn by chance): it is derived and projected, a hundredth of its documents is changed, and it
is derived and projected again.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgc.data import Chunk, Document, Extraction
    from kgc.ledger import Ledger

SIZES = (10_000, 100_000, 1_000_000)
PER_CHUNK = 10


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


def measure_ledger(facts: int) -> dict[str, float]:
    """Wall seconds of each step from a filled ledger to the embedded graph, and the peak of memory."""
    from kgc.ledger import Ledger  # noqa: PLC0415 -- in the process of one size only
    from kgc.pipeline.derive import derive, project  # noqa: PLC0415

    found: dict[str, float] = {}

    def timed(name: str, step: Callable[[], object]) -> None:
        start = time.perf_counter()
        step()
        found[name] = time.perf_counter() - start

    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        with Ledger(workspace, writable=True) as ledger:
            timed("fill", lambda: fill(ledger, facts, range(facts // PER_CHUNK), "first"))
            timed("derive", lambda: derive(ledger))
            timed("project", lambda: project(ledger, workspace))
            fill(ledger, facts, range(0, facts // PER_CHUNK, 100), "second")
            timed("derive again", lambda: derive(ledger))
            timed("project again", lambda: project(ledger, workspace))
            found["facts"] = ledger.state.graph_size()[1]
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def fill(ledger: Ledger, facts: int, numbers: range, edition: str) -> None:
    """Put documents of one chunk each, and what was read in them."""
    from kgc.ledger.extractions import Recipe  # noqa: PLC0415
    from kgc.schema.find import find  # noqa: PLC0415
    from kgc.schema.json import to_json  # noqa: PLC0415

    recipe = Recipe("bench", "general", "codekgc", "openai:x", "640.1", to_json(find("general")))
    with ledger.transaction():
        ledger.folders.add_root("root", "docs")
        ledger.extractions.use(recipe, alone=True)
    for first in range(0, len(numbers), 64):
        with ledger.transaction():
            for number in numbers[first : first + 64]:
                document, chunk, extraction = _told(number, facts, edition)
                ledger.folders.put(document, "root", edition, "1")
                ledger.folders.put_chunks(document.source, recipe.chunking, [chunk], ())
                ledger.extractions.put(recipe, extraction, asking="a", deriving="d")
            ledger.state.bump()


def _told(number: int, facts: int, edition: str) -> tuple[Document, Chunk, Extraction]:
    """A document, its only chunk, and ten people with the firms they work for."""
    from kgc.data import (  # noqa: PLC0415
        Chunk,
        Document,
        Evidence,
        Extraction,
        Mention,
        Span,
        Triple,
        content_id,
    )

    chance = random.Random(f"{number} {edition}")
    text = f"{edition} {number}. " + "Ada Lovelace works for Acme Corp in Oslo. " * 12
    source, key = f"root/{number}.txt", content_id(text)
    document = Document(content_id(source), source, "text/plain", "en", text, key)
    chunk = Chunk(content_id(source, key), document.id, key, Span(0, len(text)), text, lang="en")
    triples = tuple(
        Triple(
            Mention(f"Person {chance.randrange(facts // 3)} Name", "Person", Span(0, 12)),
            "WorksFor",
            Mention(f"Company {chance.randrange(facts // 10)} Corp", "Organization", Span(23, 32)),
            Evidence(key, Span(0, 40), text[:40], "exact", "WorksFor(p1, o1, 1)", "codekgc", "openai:x"),
            0.9,
        )
        for _ in range(PER_CHUNK)
    )
    return document, chunk, Extraction(key, triples=triples)


def one(arguments: list[str]) -> dict[str, float]:
    """Measure one size in a process of its own."""
    done = subprocess.run([sys.executable, __file__, *arguments], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main(arguments: list[str]) -> None:
    from_ledger = "--ledger" in arguments
    sizes = [int(a) for a in arguments if not a.startswith("-")] or SIZES
    if "--one" in arguments:
        print(json.dumps((measure_ledger if from_ledger else measure)(int(sizes[0]))))
        return
    if from_ledger:
        steps = ("fill", "derive", "project", "derive again", "project again")
        print(f"{'facts':>10} " + " ".join(f"{step + ' s':>15}" for step in steps) + f" {'peak MiB':>9}")
        for size in sizes:
            m = one(["--one", "--ledger", str(size)])
            print(f"{m['facts']:>10,} " + " ".join(f"{m[step]:>15.2f}" for step in steps) + f" {m['peak']:>9.0f}")
        return
    print(f"{'facts':>10} {'seconds':>9} {'facts/s':>9} {'CPU s':>7} {'peak MiB':>9} {'file MiB':>9}")
    for size in sizes:
        m = one(["--one", str(size)])
        rate = m["facts"] / m["seconds"]
        print(f"{size:>10,} {m['seconds']:>9.2f} {rate:>9,.0f} {m['cpu']:>7.1f} {m['peak']:>9.0f} {m['size']:>9.1f}")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main(sys.argv[1:])
