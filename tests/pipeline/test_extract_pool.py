"""Chunks that several processes read give the graph that one gives, whatever becomes of those processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kgc import Workspace
from kgc.config import Options
from kgc.data import Chunk, Extraction, Problem, Span, content_id
from kgc.errors import KgcError
from kgc.ledger.rows import Rows, rows_of
from kgc.pipeline import extract_pool
from kgc.pipeline.extract_pool import BATCH, MANY, ExtractPool, extracted, processes_for
from kgc.pipeline.recipes import Preparation, prepare
from kgc.schema import Schema
from tests.story import exported

several = pytest.mark.skipif(
    (os.cpu_count() or 1) < 2 or not Path("/proc").is_dir(), reason="needs two processors, and a system with /proc"
)
TOWNS = ("Bergen", "Molde", "Oslo", "Narvik", "Bodø", "Hamar", "Moss", "Larvik")


def running_workers() -> set[int]:
    """The processes that read chunks for this one, by /proc."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                ours = stat(int(entry.name))[1] == str(os.getpid())
                if ours and b"kgc.pipeline.extract_worker" in (entry / "cmdline").read_bytes():
                    found.add(int(entry.name))
    return found


def stat(process: int) -> list[str]:
    """A process's state, parent and so on. Raises OSError for one that is over."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def text_of(number: int) -> str:
    town, year = TOWNS[number % len(TOWNS)], 1900 + number % 90
    return f"Maria Solberg was born in {town} in {year}. She bought Acme Holdings Inc. in room {number}."


def chunks_of(many: int) -> list[Chunk]:
    """Most in English; every seventh in Chinese, every fifth in a language that nobody reads, of three documents."""
    found = []
    for n in range(many):
        lang = "zh" if n % 7 == 3 else "de" if n % 5 == 4 else "en"
        text = {"zh": f"何军{1950 + n % 40}年出生于杭州。", "de": f"Ein Satz von Herrn {n}."}.get(lang, text_of(n))
        key = content_id(text)
        found.append(Chunk(key, f"d{n % 3}", key, Span(0, len(text)), text, lang=lang))
    return found


def prepared(tmp_path: Path, **options: object) -> Preparation:
    return prepare(replace(Options(), **options), tmp_path)


def read_here(given: Preparation, chunks: Sequence[Chunk]) -> list[Rows]:
    assert given.extractor is not None
    return [rows_of(found) for found in given.extractor.extract(chunks, given.schema)]


def pool(given: Preparation, processes: int) -> ExtractPool:
    assert given.extractor is not None
    return ExtractPool(given, given.extractor, processes)


def test_few_chunks_are_read_here() -> None:
    assert processes_for(MANY) == 0
    assert processes_for(MANY + 1) in (0, 2, 3, 4)


@several
@pytest.mark.parametrize("open_facts", [False, True])
def test_two_processes_find_what_one_finds_in_the_same_order(tmp_path: Path, open_facts: bool) -> None:
    given = prepared(tmp_path, open=open_facts)
    chunks = chunks_of(BATCH * 4 + 5)
    with pool(given, 2) as there:
        assert list(there.read(chunks)) == read_here(given, chunks)
    assert not running_workers()


@several
def test_the_graph_is_the_same_in_one_process_and_in_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for n in range(60):
        (folder / f"{n}.txt").write_text(text_of(n), encoding="utf-8")
    graphs = []
    for many in (MANY, 20):
        monkeypatch.setattr(extract_pool, "MANY", many)
        with Workspace(tmp_path / f"ws{many}") as workspace:
            assert workspace.ingest(folder).exit_code == 0
            graphs.append(exported(workspace, tmp_path / "facts.jsonl"))
        assert bool(processes_for(60)) == (many == 20)
    assert graphs[0] == graphs[1]
    assert graphs[0].count(b"\n") > 50


@several
def test_what_a_killed_process_had_is_read_here(tmp_path: Path) -> None:
    given = prepared(tmp_path)
    chunks = chunks_of(BATCH * 8)
    with pool(given, 2) as there:
        found = there.read(chunks)
        first = next(found)
        os.kill(min(running_workers()), signal.SIGKILL)
        half = [first, *(next(found) for _ in range(BATCH * 4))]
        for process in running_workers():
            os.kill(process, signal.SIGKILL)
        assert [*half, *found] == read_here(given, chunks)


@several
def test_no_process_is_left_where_reading_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract_pool, "MANY", 1)
    found = extracted(prepared(tmp_path), iter(chunks_of(BATCH * 20)), BATCH * 20)
    next(found)
    assert running_workers()
    found.close()
    assert not running_workers()


@several
def test_the_processes_end_when_the_one_that_started_them_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom kgc.pipeline.extract_pool import _start\np = _start()\n"
        "print(p.pid, flush=True)\ntime.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.read()
    for _ in range(600):
        if not alive(pid):
            return
        signal.sigtimedwait([], 0.05)
    pytest.fail("it still runs")


def alive(pid: int) -> bool:
    """Whether a process runs; one that nobody waits for has ended too."""
    try:
        return stat(pid)[0] not in "ZX"
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class Failing:
    """An extractor that no options make."""

    name: str = "failing"

    def limits(self, schema: Schema) -> Sequence[Problem]:
        return ()

    def extract(self, chunks: Iterable[Chunk], schema: Schema) -> Iterator[Extraction]:
        yield Extraction(next(iter(chunks)).key)
        raise KgcError("This extractor has a mistake.")


def test_an_extractor_that_no_options_make_reads_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract_pool, "MANY", 1)
    found = extracted(replace(prepared(tmp_path), extractor=Failing()), chunks_of(40), 40)
    assert next(found) == Extraction(chunks_of(1)[0].key)
    assert not running_workers()


@several
def test_an_error_in_a_process_is_met_as_if_it_were_here(tmp_path: Path) -> None:
    given = prepared(tmp_path, model="spacy:no_such_pipeline_at_all")
    with pool(given, 2) as there, pytest.raises(KgcError, match="no spaCy pipeline 'no_such_pipeline_at_all'"):
        list(there.read(chunks_of(40)))


@several
def test_a_pipeline_of_somebody_else_reads_in_several_processes_too(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Maria Solberg"}])
    nlp.to_disk(tmp_path / "pipe")
    given = prepared(tmp_path, model=f"spacy:{tmp_path / 'pipe'}")
    chunks = chunks_of(40)
    with pool(given, 2) as there:
        found = list(there.read(chunks))
    assert found == read_here(given, chunks)
    assert any(name[2] == "Maria Solberg" for rows in found for name in rows.names)
