"""`kgc ingest --open`: open facts go through ledger, graph and export, and are told apart everywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgc.errors import KgcError
from kgc.pipeline.workspace import Workspace
from kgc.slm import package
from kgc.slm.grammar import version_of

pytestmark = pytest.mark.skipif(
    version_of(package.folder("en") / "parser") == "missing", reason="the model package has no parser"
)
TEXT = "Ole Brandt lives in Lyon. Nordhavn Shipping operates ferries in Denmark. Nordhavn Shipping never sold ships.\n"


def folder(tmp_path: Path) -> Path:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.txt").write_text(TEXT, encoding="utf-8")
    (docs / "b.txt").write_text("公司成立于2001年。总部位于北京。\n", encoding="utf-8")
    return docs


def relations(workspace: Workspace, path: Path, *, hidden: bool = False) -> set[str]:
    workspace.export(path, hidden=hidden)
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {row["relation"] for row in rows if row["kind"] == "fact" and row["relation"].startswith("open:")}


def test_open_facts_are_marked_from_the_ledger_to_the_graph(tmp_path: Path) -> None:
    docs = folder(tmp_path)
    with Workspace(tmp_path) as workspace:
        report = workspace.ingest(docs, open=True)
        assert sum("English only" in w for w in report.warnings) == 1
        assert relations(workspace, tmp_path / "x.jsonl") == {"open:operate"}
        assert relations(workspace, tmp_path / "y.jsonl", hidden=True) == {"open:operate", "open:sell"}
        rows = workspace.query("MATCH (a)-[r:OPEN_FACT]->(b) RETURN a.name, r.relation, b.name").rows
        assert [tuple(r) for r in rows] == [("Nordhavn Shipping", "operate", "ferries in Denmark")]
        again = workspace.ingest(docs, open=True)
        assert (again.changes.facts_added, again.changes.facts_withdrawn) == (0, 0)
        workspace.ingest(docs)
        assert relations(workspace, tmp_path / "z.jsonl", hidden=True) == set()


def test_a_model_that_is_asked_has_no_open_facts(tmp_path: Path) -> None:
    with Workspace(tmp_path) as workspace, pytest.raises(KgcError, match="built-in"):
        workspace.ingest(folder(tmp_path), model="openai:gpt-5-mini", open=True)
