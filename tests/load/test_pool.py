"""A file that hangs, crashes or eats memory costs itself and no other, and leaves no process behind."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from kgc.data import Document, Problem
from kgc.load.pool import GIB, Bounds, Readers
from kgc.load.read import Outcome, Request, read_all
from tests.load import files

SLOW = b"[" * 400_000
"""Markdown that takes minutes: brackets are looked at again and again."""


def write(folder: Path, contents: dict[str, bytes]) -> list[Request]:
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    return [Request(folder / name, f"r/{name}") for name in contents]


def children() -> set[int]:
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == os.getpid():
                found.add(int(entry.name))
    return found


linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")


def test_the_outcomes_are_those_of_reading_one_after_the_other(tmp_path: Path, kgc_data: Path) -> None:
    requests = write(
        tmp_path,
        {f"{n}.{k}": data for n in range(5) for k, data in {
            "html": b"<p>Ada %d" % n, "txt": b"Bob %d" % n, "zip": files.packed({"a.txt": "x", "b.jpg": "y"}),
            "csv": b"",
        }.items()},
    )  # fmt: skip
    requests += [Request(p, p.name) for p in sorted((kgc_data / "documents").rglob("*.docx"))]
    alone: list[tuple[Request, Outcome | None]] = [(r, o) for r in requests for o in (*read_all(r), None)]
    with Readers() as readers:
        assert list(readers.read(requests)) == alone


@linux
def test_small_texts_start_no_process(tmp_path: Path) -> None:
    before = children()
    with Readers() as readers:
        assert len(list(readers.read(write(tmp_path, {"a.txt": b"Ada.", "b.md": b"# Bob\n"})))) == 4
        assert children() == before


def test_a_file_that_takes_too_long_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    requests = write(tmp_path, {"a.html": b"<p>Ada.", "slow.md": SLOW, "b.html": b"<p>Bob.", "c.html": b"<p>Eve."})
    with Readers(processes=1, bounds=Bounds(seconds=1.5)) as readers:
        found = {o.source: o.result for _, o in readers.read(requests) if o}
    slow = found.pop("r/slow.md")
    assert isinstance(slow, Problem)
    assert (slow.code, slow.where, bool(slow.hint)) == ("too_slow", "r/slow.md", True)
    assert all(isinstance(result, Document) for result in found.values())
    assert len(found) == 3


@linux
def test_a_file_that_needs_too_much_memory_is_said(tmp_path: Path) -> None:
    requests = write(tmp_path, {"a.json": b"[" + b'{"a":1},' * 3_000_000 + b"0]", "b.csv": b"Name,Town\nAda,Rome\n"})
    with Readers(processes=1, bounds=Bounds(memory=GIB // 2)) as readers:
        found = {o.source: o.result for _, o in readers.read(requests) if o}
    large = found["r/a.json"]
    assert isinstance(large, Problem)
    assert (large.code, "memory" in large.message) == ("too_large", True)
    assert isinstance(found["r/b.csv"], Document)


def test_a_file_in_an_archive_that_hangs_costs_only_itself(tmp_path: Path) -> None:
    requests = write(tmp_path, {"a.zip": files.packed({"a.txt": "Ada.", "b.md": SLOW, "c.txt": "Bob."})})
    with Readers(processes=1, bounds=Bounds(seconds=1.5)) as readers:
        found = [(o.source, o.result) for _, o in readers.read(requests) if o]
    assert [source for source, _ in found] == ["r/a.zip/a.txt", "r/a.zip/b.md", "r/a.zip/c.txt"]
    assert [isinstance(r, Document) for _, r in found] == [True, False, True]


@linux
def test_leaving_in_the_middle_ends_every_process_at_once(tmp_path: Path) -> None:
    before, threads = children(), threading.active_count()
    requests = write(tmp_path, {"a.html": b"<p>Ada."} | {f"{n}.md": SLOW for n in range(6)})

    def interrupted() -> None:
        with Readers(processes=2) as readers:
            for _ in readers.read(requests):
                assert children() > before
                raise KeyboardInterrupt

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert time.monotonic() - begun < 60, "it did not wait for the files"
    assert (children(), threading.active_count()) == (before, threads)


@linux
def test_a_process_that_is_killed_is_replaced(tmp_path: Path) -> None:
    before = children()
    requests = write(tmp_path, {f"{n}.html": b"<p>Ada %d." % n for n in range(40)})
    with Readers(processes=1) as readers:
        results = readers.read(requests)
        first = next(results)
        for pid in children() - before:
            os.kill(pid, 9)
        outcomes = [o for _, o in (first, *results) if o]
    assert len(outcomes) == 40
    lost = [o for o in outcomes if isinstance(o.result, Problem)]
    assert len(lost) <= 1, "at most the file that it was reading"


def test_nothing_comes_of_nothing() -> None:
    with Readers() as readers:
        assert list(readers.read([])) == []
