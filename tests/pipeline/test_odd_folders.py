"""Folders as they are: closed to us, named by links or by bytes that are no text, and named twice."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kgc import KgcError, Workspace
from kgc.load.read import MAX_BYTES
from kgc.pipeline.report import Report
from kgc.testing.server import Server
from tests.story import write_story

SETPRIV = shutil.which("setpriv")
"""Takes from root the right to look into everything; others never had it."""
DROPPED = "-dac_override,-dac_read_search"
HUMBLE = [SETPRIV or "", "--bounding-set", DROPPED, "--inh-caps", DROPPED] if os.geteuid() == 0 else []


def ingest(workspace: Workspace, folder: Path, schema: str, server: Server, name: str = "") -> Report:
    return workspace.ingest(folder, schema=schema, name=name, model="openai:any", base_url=server.url)


def run(workspace: Workspace, *args: str) -> tuple[int, dict[str, Any]]:
    """A run by somebody who may not look into everything."""
    command = [*HUMBLE, sys.executable, "-m", "kgc", *args, "-w", str(workspace.path), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout)


def sources(workspace: Workspace) -> set[str]:
    return {e.document for f in workspace.facts() for e in f.evidence}


@pytest.mark.skipif(os.geteuid() == 0 and not SETPRIV, reason="root may read everything")
def test_what_is_known_of_a_folder_that_cannot_be_listed_stays_and_the_run_says_so(
    workspace: Workspace, folder: Path, schema: str, server: Server
) -> None:
    ingest(workspace, folder, schema, server)
    asking = ("ingest", str(folder), "--schema", schema, "--model", "openai:any", "--base-url", server.url)
    (folder / "sub").chmod(0)
    try:
        for args in (asking, asking, ("retry",)):
            code, told = run(workspace, *args)
            assert (code, told["facts"]) == (3, 5)
            [failure] = told["failures"]
            assert (failure["document"], failure["code"]) == ("docs/sub", "unreadable")
            assert failure["hint"]
        plan = run(workspace, "plan", *asking[1:])[1]
        assert (plan["documents"], plan["calls"]) == (4, 0)
    finally:
        (folder / "sub").chmod(0o755)
    report = ingest(workspace, folder, schema, server)
    assert (report.exit_code, report.facts, report.calls.made, report.failures) == (0, 5, 0, ())


@pytest.mark.skipif(os.geteuid() == 0 and not SETPRIV, reason="root may read everything")
def test_a_folder_that_could_not_be_listed_at_first_is_read_when_it_can(
    workspace: Workspace, tmp_path: Path, schema: str, server: Server
) -> None:
    folder = tmp_path / "docs"
    write_story(folder / "sub")
    (folder / "sub").chmod(0)
    try:
        args = ("ingest", str(folder), "--schema", schema, "--model", "openai:any", "--base-url", server.url)
        assert run(workspace, *args)[0] == 3
    finally:
        (folder / "sub").chmod(0o755)
    report = ingest(workspace, folder, schema, server)
    assert (report.exit_code, report.facts, report.documents.failed) == (0, 5, 0)


@pytest.mark.parametrize("target", ["nowhere.txt", "link.txt"])
def test_a_file_that_cannot_be_read_for_another_reason_says_the_new_one(
    workspace: Workspace, folder: Path, schema: str, server: Server, target: str
) -> None:
    (folder / "link.txt").symlink_to(target)  # to nothing, or to itself
    [before] = ingest(workspace, folder, schema, server).failures
    (folder / "link.txt").unlink()
    with (folder / "link.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    [after] = ingest(workspace, folder, schema, server).failures
    assert (before.document, before.code) == ("docs/link.txt", "unreadable")
    assert (after.document, after.code) == ("docs/link.txt", "too_large")


def test_no_two_names_meet(workspace: Workspace, tmp_path: Path, schema: str, server: Server) -> None:
    folder = tmp_path / "docs"
    (folder / "w\\x").mkdir(parents=True)
    names = [b"a\xff.txt", b"a\\xff.txt", b"a\\\xff.txt", b"a\\\\xff.txt", b"a\\b.txt", b"w\\x/\xe9.txt"]
    for name, person in zip(names, "ABCDEF", strict=True):
        Path(os.fsdecode(bytes(folder) + b"/" + name)).write_text(f"{person}da Byron works for Acme Corp.\n")
    assert ingest(workspace, folder, schema, server).facts == len(names)
    assert {r"docs/a\xff.txt", r"docs/a\b.txt", r"docs/w\x/\xe9.txt"} <= sources(workspace)
    again = ingest(workspace, folder, schema, server)
    assert (again.facts, again.changes.documents_edited, again.documents.done) == (len(names), 0, len(names))


def test_a_root_that_is_named_by_a_link_follows_it(
    workspace: Workspace, tmp_path: Path, schema: str, server: Server
) -> None:
    write_story(tmp_path / "v1", {"a.txt": "Ada Byron works for Acme Corp.\n"})
    write_story(
        tmp_path / "v2", {"b.txt": "Bo Lind works for Acme Corp.\n", "sub/c.txt": "Cleo Marsh works for Acme.\n"}
    )
    (tmp_path / "v2" / "out.txt").symlink_to(tmp_path / "v1" / "a.txt")
    current = tmp_path / "current"
    current.symlink_to("v1")
    assert ingest(workspace, current, schema, server).facts == 1
    assert sources(workspace) == {"current/a.txt"}
    current.unlink()
    current.symlink_to("v2")
    with pytest.raises(KgcError, match="--prune"):
        ingest(workspace, current, schema, server)
    report = workspace.ingest(current, schema=schema, prune=True, model="openai:any", base_url=server.url)
    assert (report.facts, report.documents.skipped) == (2, 1), "links inside stay bounded"
    ingest(workspace, current / "sub", schema, server)
    ingest(workspace, tmp_path / "v2" / "b.txt", schema, server)
    assert sources(workspace) == {"current/b.txt", "current/sub/c.txt"}


def test_a_file_is_in_one_root(workspace: Workspace, folder: Path, schema: str, server: Server) -> None:
    ingest(workspace, folder / "a.txt", schema, server)
    ingest(workspace, folder / "b.md", schema, server, name="other")  # nobody has it yet
    assert sources(workspace) == {"docs/a.txt", "other/b.md"}
    for path, name in ((folder / "a.txt", "x"), (folder, "x"), (folder, "")):
        with pytest.raises(KgcError, match=r"the root '(docs|other)'[^|]*kgc forget"):
            ingest(workspace, path, schema, server, name=name)
    assert sources(workspace) == {"docs/a.txt", "other/b.md"}
    workspace.forget("other")
    assert ingest(workspace, folder, schema, server, name="docs").facts == 5
