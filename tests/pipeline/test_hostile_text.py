"""Text from a model or a document is data: never executed, never pasted into a query, never used as a path."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from kgc import KgcError, Workspace
from kgc.testing.script import Script, Turn
from kgc.testing.server import Server

NAMES = (
    "Robert'); DROP TABLE fact;--",
    'Ann "}) DETACH DELETE n //',
    "<script>alert(1)</script>",
    "$text ${schema} $$",
    "=cmd|' /C calc'!A0",
    "../../etc/passwd",
    "\u202egnp.exe",
    "`id`",
    "{{7*7}}",
    "x" * 5000,
)


def text_of(name: str) -> str:
    return f"Today {name} works for Acme."


def answer(turns: Sequence[Turn]) -> str:
    """Every name that the prompt holds, told as a fact; with code that must not run."""
    lines = ['o = Organization("Acme")', "__import__('os').system('touch pwned')", "open('pwned', 'w')"]
    for n, name in enumerate(NAMES):
        if name[:40] in turns[-1].content:
            lines += [f"p{n} = Person({name!r})", f"WorksFor(p{n}, o, 1)"]
    lines.append("WorksFor(Person(eval('1')), o, 1)")
    return "\n".join(lines)


@pytest.fixture
def filled(workspace: Workspace, tmp_path: Path, schema: str, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "docs"
    folder.mkdir()
    for n, name in enumerate(NAMES):
        (folder / f"{n}.txt").write_text(text_of(name), encoding="utf-8")
    with Server(Script(reply=answer)) as server:
        workspace.ingest(folder, schema=schema, model="openai:any", base_url=server.url)
    return workspace


def test_hostile_names_come_through_as_they_are_and_nothing_runs(filled: Workspace, tmp_path: Path) -> None:
    assert not list(tmp_path.rglob("pwned"))
    heads = {f.head.name for f in filled.facts()}
    short = {n for n in NAMES if len(n) < 100}
    assert short <= heads
    assert {e.quote for f in filled.facts() for e in f.evidence} <= {text_of(n) for n in NAMES}


def test_a_hostile_name_is_a_parameter_and_never_a_part_of_a_query(filled: Workspace) -> None:
    for name in NAMES[:4]:
        found = filled.query("MATCH (p:Person) WHERE p.name = $name RETURN p.name", {"name": name})
        assert [list(r) for r in found.rows] == [[name]]
    for text in (
        "MATCH (n) DETACH DELETE n",
        "LOAD FROM '/etc/passwd' RETURN *",
        "COPY Person TO 'out.csv'",
        "MATCH (n) RETURN n; DROP TABLE Person",
        "CREATE NODE TABLE x(id STRING PRIMARY KEY)",
        "ATTACH 'x.db' AS y",
    ):
        with pytest.raises(KgcError):
            filled.query(text)
    assert filled.status().facts == len(list(filled.facts()))


def test_search_takes_any_text_as_words(filled: Workspace) -> None:
    for text in (*NAMES, '"', "*", "NEAR(", "a AND", "col:x", "-", "(", "^a", "\x00", "🙂"):
        filled.search(text)
    assert filled.search("DROP TABLE").chunks


def test_file_names_of_any_bytes_are_kept_apart(workspace: Workspace, tmp_path: Path, schema: str) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    for name in (b"\xff.txt", b"\xfe.txt", b"a\nb.txt", "中文.txt".encode(), b"$(touch pwned).txt", b" .txt"):
        (folder / os.fsdecode(name)).write_bytes(b"Ada Byron works for Acme. " + str(name).encode())
    with Server(Script(reply="# relations: none")) as server:
        report = workspace.ingest(folder, schema=schema, model="openai:any", base_url=server.url)
        assert (report.documents.done, report.exit_code) == (6, 0)
        assert len({d.source for d in workspace.documents()}) == 6
        again = workspace.ingest(folder, schema=schema, model="openai:any", base_url=server.url)
        assert again.calls.made == 0
