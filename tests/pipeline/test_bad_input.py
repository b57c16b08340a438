"""What a person gets wrong is said with the value, the nearest right thing, and what to do; nothing is lost."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from kgc import KgcError, Workspace
from kgc.ledger.connection import VERSION
from kgc.testing.script import Script
from kgc.testing.server import Server
from tests.story import read_aloud


def test_a_folder_that_is_not_there(workspace: Workspace, tmp_path: Path, schema: str) -> None:
    with pytest.raises(KgcError, match="no folder or file"):
        workspace.ingest(tmp_path / "nowhere", schema=schema, model="openai:any", base_url="http://127.0.0.1:9/v1")
    assert not workspace.path.exists()


def test_an_empty_folder(workspace: Workspace, tmp_path: Path, schema: str, server: Server) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(KgcError, match="no files in"):
        workspace.ingest(tmp_path / "empty", schema=schema, model="openai:any", base_url=server.url)


def test_an_unknown_schema_strategy_and_model_name_the_nearest(workspace: Workspace, folder: Path, schema: str) -> None:
    for options, words in (
        ({"schema": "generl"}, "'general'"),
        ({"schema": schema, "model": "openai:any", "strategy": "chati"}, "'chatie'"),
        ({"schema": schema, "model": "opnai:any", "base_url": "http://127.0.0.1:9/v1"}, "'openai'"),
        ({"schema": schema, "model": "builtin", "strategy": "codekgc"}, "built-in model"),
    ):
        with pytest.raises(KgcError, match=words):
            workspace.ingest(folder, **options)  # type: ignore[arg-type]


def test_a_missing_key_names_the_variable(
    workspace: Workspace, folder: Path, schema: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MY_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    with pytest.raises(KgcError, match="MY_KEY"):
        workspace.ingest(folder, schema=schema, model="openai:gpt-5-mini", key_env="MY_KEY")


def test_a_wrong_key_stops_the_run_and_keeps_the_chunks_pending(
    workspace: Workspace, folder: Path, schema: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", "wrong-secret-key")
    with Server(Script(reply=read_aloud, key="right")) as server:
        with pytest.raises(KgcError, match="MY_KEY") as refused:
            workspace.ingest(folder, schema=schema, model="openai:any", base_url=server.url, key_env="MY_KEY")
        assert "wrong-secret-key" not in str(refused.value)
    assert workspace.status().chunks.pending == 4


def test_files_that_cannot_be_read_are_listed_each_with_what_to_do(
    workspace: Workspace, folder: Path, schema: str, server: Server
) -> None:
    (folder / "empty.txt").write_text("")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (folder / "out.txt").symlink_to("/etc/hostname")
    os.mkfifo(folder / "pipe.txt")
    report = workspace.ingest(folder, schema=schema, model="openai:any", base_url=server.url)
    assert (report.exit_code, report.documents.done, report.documents.failed, report.documents.skipped) == (3, 4, 2, 3)
    assert {(f.document, f.code) for f in report.failures} == {
        ("docs/empty.txt", "empty"),
        ("docs/broken.pdf", "broken"),
    }
    assert all(f.hint for f in report.failures)
    again = workspace.ingest(folder, schema=schema, model="openai:any", base_url=server.url)
    assert (again.exit_code, again.calls.made) == (3, 0)


def test_a_newer_ledger_is_said_and_left_alone(workspace: Workspace, folder: Path, schema: str, server: Server) -> None:
    workspace.ingest(folder, schema=schema, model="openai:any", base_url=server.url)
    workspace.close()
    path = workspace.path / ".kgc" / "ledger.db"
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    for act in (workspace.status, lambda: workspace.ingest(folder, schema=schema, model="openai:any")):
        with pytest.raises(KgcError, match="newer kgc"):
            act()
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"this is no database at all, but long enough to have a header" * 20, None])
def test_a_damaged_ledger_is_said_and_left_alone(
    workspace: Workspace, folder: Path, schema: str, server: Server, content: bytes | None
) -> None:
    workspace.ingest(folder, schema=schema, model="openai:any", base_url=server.url)
    workspace.close()
    path = workspace.path / ".kgc" / "ledger.db"
    damaged = content or path.read_bytes()[:100] + bytes(4000) + path.read_bytes()[4100:]
    path.write_bytes(damaged)
    with pytest.raises(KgcError, match="ledger"):
        workspace.ingest(folder, schema=schema, model="openai:any", base_url=server.url)
    assert path.read_bytes() == damaged


def test_somebody_elses_database_is_not_taken_for_a_ledger(workspace: Workspace, folder: Path, schema: str) -> None:
    path = workspace.path / ".kgc" / "ledger.db"
    path.parent.mkdir(parents=True)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    with pytest.raises(KgcError, match="not a ledger"):
        workspace.ingest(folder, schema=schema, model="openai:any", base_url="http://127.0.0.1:9/v1")


def test_two_roots_of_one_name_have_to_be_told_apart(
    workspace: Workspace, folder: Path, schema: str, server: Server, tmp_path: Path
) -> None:
    workspace.ingest(folder, schema=schema, model="openai:any", base_url=server.url)
    other = tmp_path / "elsewhere" / "docs"
    other.mkdir(parents=True)
    (other / "x.txt").write_text("Ada Byron works for Acme Corp.\n")
    with pytest.raises(KgcError, match="--as NAME"):
        workspace.ingest(other, schema=schema, model="openai:any", base_url=server.url)
    workspace.ingest(other, schema=schema, model="openai:any", base_url=server.url, name="other")
    assert {e.document.split("/")[0] for f in workspace.facts() for e in f.evidence} == {"docs", "other"}
    report = workspace.forget("docs")
    assert report.documents.done == 1
    assert {e.document for f in workspace.facts() for e in f.evidence} == {"other/x.txt"}
    with pytest.raises(KgcError, match="'other'"):
        workspace.forget("othr")


def test_a_second_run_in_the_same_workspace_waits_for_nobody(workspace: Workspace, folder: Path, schema: str) -> None:
    with Server(Script(reply=read_aloud, latency=1.0)) as server:
        options = {"schema": schema, "model": "openai:any", "base_url": server.url}
        thread = threading.Thread(target=lambda: Workspace(workspace.path).ingest(folder, **options))
        thread.start()
        while not server.counts["asked"]:
            thread.join(0.01)
        with pytest.raises(KgcError, match="Another kgc run"):
            workspace.ingest(folder, **options)  # type: ignore[arg-type]
        assert workspace.status().chunks.pending == 4, "looking is always possible"
        thread.join()


def test_a_configuration_with_a_mistake_names_file_and_nearest_key(workspace: Workspace, folder: Path) -> None:
    workspace.path.mkdir()
    for text, words in (
        ('modle = "builtin"', "'model'"),
        ("concurrency = 0", "at least 1"),
        ("x = [", "no valid TOML"),
    ):
        (workspace.path / "kgc.toml").write_text(text)
        with pytest.raises(KgcError, match=words):
            workspace.ingest(folder)
