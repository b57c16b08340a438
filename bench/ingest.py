"""The main job against the scripted server: `python bench/ingest.py [DOCUMENTS:IN_FLIGHT …]`.

`kgc ingest` runs as a process of its own over a generated corpus; the server answers in this one, after 200 ms and 2 ms
a token, in as many slots as calls are allowed in flight. The ideal is the longest-first schedule of the same answers
over the same slots; what is measured against it has start-up, reading, deriving and projecting in it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus
from bench.measure import REPOSITORY, WORK, Run, kgc, load, schedule, table
from kgc.llm.estimate import tokens
from kgc.testing.script import Faults, Script, Turn
from kgc.testing.server import Server

LATENCY, PER_TOKEN = 0.2, 0.002
NO_FAULTS = Faults()
SCHEMA = str(REPOSITORY / "schemas" / "company.py")
HEAD = (
    "documents", "in flight", "wall s", "ideal s", "efficiency", "CPU s", "CPU ms/call", "peak MiB", "calls",
    "completion/doc", "prompt/call", "shared prefix", "ledger KiB/doc", "facts", "load",
)  # fmt: skip


@dataclass(slots=True)
class Timed:
    """The corpus's answers, with how long each takes to serve."""

    services: list[float]

    def __call__(self, turns: Sequence[Turn]) -> str:
        text = corpus.answer(turns)
        self.services.append(LATENCY + PER_TOKEN * tokens(text))
        return text


@contextmanager
def serving(slots: int | None, faults: Faults = NO_FAULTS) -> Iterator[tuple[Server, Timed]]:
    timed = Timed([])
    script = Script(reply=timed, faults=faults, latency=LATENCY, per_token=PER_TOKEN, slots=slots, retry_after=0.5)
    with Server(script, log=False) as server:
        yield server, timed


def ingest(workspace: Path, folder: Path, url: str, in_flight: int, *more: str) -> Run:
    return kgc(
        "ingest", str(folder), "-w", str(workspace), "--schema", SCHEMA, "--model", "openai:gpt-5-mini",
        "--base-url", url, "--concurrency", str(in_flight), "--json", *more,
    )  # fmt: skip


def made(documents: int) -> Path:
    return corpus.write(WORK / "corpora" / str(documents), documents)


def fresh(name: str) -> Path:
    workspace = WORK / "workspaces" / name
    shutil.rmtree(workspace, ignore_errors=True)
    workspace.mkdir(parents=True)
    return workspace


def measure(documents: int, in_flight: int, workspace: Path) -> dict[str, object]:
    """One whole run over a fresh workspace."""
    folder = made(documents)
    with serving(in_flight) as (server, timed):
        done = ingest(workspace, folder, server.url, in_flight)
        if done.code:
            raise SystemExit(f"kgc ingest ended with {done.code}:\n{done.out[-2000:]}\n{done.errors[-2000:]}")
        calls = server.counts["answered"]
        report = done.json
        ideal = schedule(timed.services, in_flight)
        ledger = sum(f.stat().st_size for f in (workspace / ".kgc").glob("ledger.db*"))
        return {
            "documents": documents,
            "in_flight": in_flight,
            "wall": done.wall,
            "ideal": ideal,
            "efficiency": ideal / done.wall,
            "cpu": done.cpu,
            "cpu_ms_a_call": 1000 * (done.cpu - start_up()) / calls,
            "peak": done.peak,
            "calls": calls,
            "completion_a_document": server.counts["completion_tokens"] / documents,
            "prompt_a_call": server.counts["prompt_tokens"] / calls,
            "shared_prefix": report["tokens"]["cached_prefix"] / max(1, calls - 1),
            "ledger_kib_a_document": ledger / 1024 / documents,
            "facts": report["facts"],
            "load": load(),
        }


def start_up() -> float:
    """CPU seconds of a run that finds nothing to ask: imports and all, over one document that was read before."""
    if not _START_UP:
        workspace = fresh("start-up")
        with serving(None) as (server, _):
            ingest(workspace, made(1), server.url, 1)
            _START_UP.append(ingest(fresh("start-up"), made(1), server.url, 1).cpu)
    return _START_UP[0]


_START_UP: list[float] = []


def main(arguments: Sequence[str]) -> None:
    rows = []
    for size in arguments or ("200:32",):
        documents, _, in_flight = size.partition(":")
        workspace = fresh(size.replace(":", "-"))
        rows.append(measure(int(documents), int(in_flight or 32), workspace))
        print(table(HEAD, [list(rows[-1].values())]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
