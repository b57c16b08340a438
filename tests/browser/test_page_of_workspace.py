"""The page on a real workspace without a browser: what cannot be opened is said in words, never as a stack trace."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kgc.ledger import FILE, Ledger
from kgc.shipped import folder


def page_of(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("sys.argv", ["browse.py", "--workspace", str(workspace)])
    found = AppTest.from_file(str(folder("dashboards") / "browse.py"), default_timeout=20).run()
    assert not found.exception
    return "".join(h.value for h in found.get("html"))


def test_a_folder_without_a_workspace_says_how_to_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "kgc ingest" in page_of(tmp_path, monkeypatch)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_workspace_says_how_to_fill_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Ledger(tmp_path, writable=True).close()
    assert "kgc ingest" in page_of(tmp_path, monkeypatch)


def test_a_ledger_of_a_newer_kgc_is_said_and_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Ledger(tmp_path, writable=True).close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = (tmp_path / FILE).read_bytes()
    assert "newer" in page_of(tmp_path, monkeypatch)
    assert (tmp_path / FILE).read_bytes() == before


def test_a_corrupt_ledger_is_said_and_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_bytes(b"not a database at all" * 100)
    assert 'role="alert"' in page_of(tmp_path, monkeypatch)
    assert (tmp_path / FILE).read_bytes().startswith(b"not a database")
