"""Questions in SPARQL to the graph of a workspace, without a server.

The graph is loaded once into a store of Oxigraph beside the ledger, and dropped when the graph has changed. A question
cannot be interrupted there, so that it is answered by a process of its own, which is ended when its time is over.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph as rdf

from kgc.data import content_id
from kgc.errors import StoreError
from kgc.store.answer import Rows
from kgc.store.contract import Graph
from kgc.store.rdf.graph import Form, blocks
from kgc.store.rdf.ntriples import lines
from kgc.store.sparql.guard import only_reads

MEMORY: Final = 4 << 30
"""Bytes of addresses that a question may use, beyond the size of the store."""
NEEDED: Final = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT")
VERSION: Final = "1"
STARTING: Final = 0.5
"""Seconds that a process needs before it can answer."""


def query(folder: Path, graph: Graph, form: Form, text: str, limit: int = 10_000, timeout: float = 30.0) -> Rows:
    """Ask the graph, whose store is kept in `folder`; making it does not count as time of the question.

    Raises `StoreError` for anything but reading, and with the store's own words for all else.
    """
    question = only_reads(text)
    place = prepared(folder, graph, form)
    return asked(place, question, limit, timeout)


def prepared(folder: Path, graph: Graph, form: Form) -> Path:
    """The store of a graph as it is now; those of earlier graphs are removed."""
    name = f"rdf.{content_id('rdf', VERSION, graph.fingerprint, repr(form), rdf.__version__)}"
    place = folder / name
    if not place.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix="rdf-draft.", dir=folder))
        try:
            _load(draft / "store", graph, form)
            _rename(draft / "store", place)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        _tidy(folder, name)
    return place


def _tidy(folder: Path, name: str) -> None:
    """Remove the stores of earlier graphs, and what a killed run left."""
    yesterday = time.time() - 86_400
    left = (d for d in folder.glob("rdf-draft.*") if d.stat().st_mtime < yesterday)
    for old in (*left, *(d for d in folder.glob("rdf.*") if d.name != name and d.is_dir())):
        shutil.rmtree(old, ignore_errors=True)


def asked(place: Path, question: str, limit: int, timeout: float) -> Rows:
    """The answer of a process that may read this store and nothing else."""
    start = time.perf_counter()
    job = json.dumps({"place": str(place), "query": question, "limit": limit, "memory": MEMORY})
    search = os.pathsep.join(p for p in sys.path if p and os.path.isabs(p))  # noqa: PTH117 - strings in and out
    environment = {k: v for k, v in os.environ.items() if k in NEEDED} | {"PYTHONPATH": search}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "kgc.store.sparql.worker"],
            input=job.encode(), capture_output=True, timeout=timeout + STARTING, env=environment, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise StoreError(
            f"The query took longer than {timeout:g} seconds.", "Narrow it, or raise --timeout."
        ) from error
    return _read(done, time.perf_counter() - start)


def _read(done: subprocess.CompletedProcess[bytes], seconds: float) -> Rows:
    try:
        found = json.loads(done.stdout)
    except ValueError as error:
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0][:300]
        hint = "Narrow it: a LIMIT, fewer patterns that have nothing in common."
        raise StoreError(f"The query ended the process that answers it: {said or done.returncode}", hint) from error
    if "error" in found:
        raise StoreError(
            f"The query was refused: {found['error']}", "docs/reference/sparql.md tells what can be asked."
        )
    rows = tuple(tuple(row) for row in found["rows"])
    return Rows(tuple(found["columns"]), rows, found["truncated"], seconds)


def _load(place: Path, graph: Graph, form: Form) -> None:
    store = rdf.Store(place)
    found = cast("IO[bytes]", Reader(lines(blocks(graph, form))))  # it is read from, and that alone
    store.bulk_load(found, format=rdf.RdfFormat.N_QUADS)
    store.flush()
    del store


def _rename(draft: Path, place: Path) -> None:
    """Another process may have been as fast."""
    try:
        draft.rename(place)
    except OSError:
        if not place.is_dir():
            raise


class Reader:
    """Texts as a file that can be read once."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts = texts
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        wanted = size if size >= 0 else sys.maxsize
        parts, length = [self._rest], len(self._rest)
        while length < wanted and (text := next(self._texts, None)) is not None:
            parts.append(text.encode("utf-8", "replace"))
            length += len(parts[-1])
        whole = b"".join(parts)
        self._rest = whole[wanted:]
        return whole[:wanted]
