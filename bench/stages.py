"""CPU of each stage for one document, without a server: `python bench/stages.py [DOCUMENTS]` (default 400).

Everything runs in this process, one stage after the other over all documents, so that a change can be seen where it is
made. Times are CPU milliseconds a document.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus
from bench.ingest import SCHEMA, made
from bench.measure import load, table
from kgc.config import Options
from kgc.data import Extraction
from kgc.ledger import Ledger
from kgc.llm.turns import Answer, Usage, request_key
from kgc.pipeline.derive import derive, project
from kgc.pipeline.ingest import Choices, _adopt
from kgc.pipeline.recipes import prepare
from kgc.pipeline.scan import find_place
from kgc.pipeline.sync import Stage, look, take_in
from kgc.testing.script import Turn


@contextmanager
def timed(rows: list[tuple[str, float, float]], name: str) -> Iterator[None]:
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    rows.append((name, time.process_time() - cpu, time.perf_counter() - wall))


def measure(documents: int) -> list[tuple[str, float, float]]:
    rows: list[tuple[str, float, float]] = []
    folder = made(documents)
    with tempfile.TemporaryDirectory() as at, Ledger(Path(at), writable=True) as ledger:
        workspace = Path(at)
        prepared = prepare(Options(schema=SCHEMA, model="openai:any"), workspace)
        strategy = prepared.strategy
        assert strategy is not None
        place = find_place(folder, {}, workspace, "")
        _adopt(ledger, prepared, Choices())
        with timed(rows, "read and cut"):
            delta = look(ledger, workspace, place, prune=False)
            take_in(ledger, place, delta, prepared.options.chunk_size, Stage())
        with timed(rows, "fetch"):
            open_ = sorted(ledger.extractions.open_rows(prepared.recipe), reverse=True)
            chunks = list(ledger.extractions.chunks([rowid for _, _, rowid in open_]))
        dialogues = [strategy.turns(c, prepared.schema) for c in chunks]
        with timed(rows, "render"):
            asks = [next(d)[0] for d in dialogues]
        with timed(rows, "key"):
            keys = [request_key(a, "openai:any") for a in asks]
        with timed(rows, "look up"):
            for key in keys:
                ledger.answers.get([key])
        texts = [corpus.answer([Turn(m.role, m.content) for m in a.messages]) for a in asks]
        answers = [
            Answer((t,), "stop", Usage(2000, 1000, 400), "openai:any", key=k) for t, k in zip(texts, keys, strict=True)
        ]
        with timed(rows, "keep answers (8 at a time)"):
            for n in range(0, len(asks), 8):
                ledger.answers.put(list(zip(asks[n : n + 8], answers[n : n + 8], strict=True)))
        found: list[Extraction] = []
        with timed(rows, "parse and align"):
            for dialogue, answer in zip(dialogues, answers, strict=True):
                try:
                    dialogue.send([answer])
                except StopIteration as end:
                    found.append(end.value)
        assert len(found) == len(chunks)
        with timed(rows, "record"):
            for n in range(0, len(found), 64):
                with ledger.transaction():
                    for one in found[n : n + 64]:
                        ledger.extractions.put(prepared.recipe, one, asking=prepared.asking, deriving=prepared.deriving)
                    ledger.state.bump()
        with timed(rows, "derive"):
            derive(ledger)
        with timed(rows, "project"):
            project(ledger, workspace)
    return rows


def main(arguments: list[str]) -> None:
    documents = int(arguments[0]) if arguments else 400
    rows = measure(documents)
    rows.append(("all", sum(r[1] for r in rows), sum(r[2] for r in rows)))
    print(f"{documents} documents, load {load():.1f}")
    each = [(name, 1e3 * cpu / documents, 1e3 * wall / documents) for name, cpu, wall in rows]
    print(table(("stage", "CPU ms/document", "wall ms/document"), each))


if __name__ == "__main__":
    main(sys.argv[1:])
