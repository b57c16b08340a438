"""A run that is under way, told to other processes: a small file beside the ledger, written about once a second."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from kgc.config import Options
from kgc.data.plain import record
from kgc.ledger import Ledger
from kgc.pipeline.progress import Progress, Watch
from kgc.pipeline.report import Calls, Changes, Report

FILE: Final = Path(".kgc") / "run.json"
EVERY: Final = 1.0
"""Seconds between two looks that are told."""


@dataclass(frozen=True, slots=True)
class LiveRun:
    """A run that is at work. `budget` and `max_calls` are its ceilings; times are seconds since 1970."""

    kind: str
    what: str
    model: str
    strategy: str
    budget: float | None
    max_calls: int | None
    pid: int
    started: float
    at: float
    progress: Progress


@contextmanager
def telling(workspace: Path, kind: str, what: str, options: Options, watch: Watch | None) -> Iterator[Watch]:
    """What to hand to a run as `watch`: it tells `watch` and whoever reads `live`. The file goes when the run ends."""
    path = workspace / FILE
    now = time.time()
    told = LiveRun(
        kind, what, options.model, options.strategy, options.budget, options.max_calls, os.getpid(), now, now,
        Progress("read"),
    )  # fmt: skip
    last = 0.0

    def tell(progress: Progress) -> None:
        nonlocal last
        if watch:
            watch(progress)
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            _write(path, replace(told, at=time.time(), progress=progress))

    try:
        yield tell
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _write(path: Path, told: LiveRun) -> None:
    """Whole or not at all; a run does not fail because nobody can be told of it."""
    draft = path.with_name(f".{path.name}.{told.pid}.part")
    with suppress(OSError):
        draft.write_text(json.dumps(asdict(told)), encoding="utf-8")
        draft.replace(path)


def live(workspace: Path) -> LiveRun | None:
    """The run that is at work in a workspace, or None; what a killed one left behind does not count."""
    try:
        found = record(LiveRun, json.loads((workspace / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return found if _alive(found.pid) else None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is somebody else's
        return True
    return True


def log(ledger: Ledger, kind: str, what: str, options: Options | None, report: Report) -> None:
    """Record a run that did something; one that found all as it was leaves no trace."""
    if report.changes == Changes() and report.calls == Calls() and not report.stopped:
        return
    names = ("schema", "model", "strategy", "budget", "max_calls")
    given = {name: getattr(options, name) for name in names} if options else {}
    ledger.runs.put(kind, what, given, report.as_json() | {"exit_code": report.exit_code})
