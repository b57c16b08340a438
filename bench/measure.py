"""A command run and measured: wall, CPU, peak memory, as the system counts them for that process and its children."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heapreplace
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
WORK = REPOSITORY / ".work" / "bench"


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took. `wall` and `cpu` are in seconds, `peak` in MiB; `out` is what it printed on stdout."""

    code: int
    wall: float
    cpu: float
    peak: float
    out: str
    errors: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(command: Sequence[str], timeout: float = 3600) -> Run:
    """Run a command to its end. Raises nothing for a code that is not 0."""
    environment = {**os.environ, "OPENAI_API_KEY": "none", "PYTHONUTF8": "1"}
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=errors, env=environment, cwd=REPOSITORY)
        killer = threading.Timer(timeout, process.kill)
        killer.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        killer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        peak = used.ru_maxrss / 1024
        return Run(process.returncode, wall, used.ru_utime + used.ru_stime, peak, out.read(), errors.read())


def kgc(*arguments: str, timeout: float = 3600) -> Run:
    """Run the command line of this checkout."""
    return run([sys.executable, "-m", "kgc", *arguments], timeout)


def schedule(services: Sequence[float], slots: int) -> float:
    """The wall seconds of the longest-first schedule of these service times over so many slots: the ideal."""
    free = [0.0] * slots
    heapify(free)
    for service in sorted(services, reverse=True):
        heapreplace(free, free[0] + service)
    return max(free)


def load() -> float:
    """How many processes wanted a core over the last minute: measurements on a busy machine are worth less."""
    return os.getloadavg()[0]


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(c) for c in line) + " |" for line in lines)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
