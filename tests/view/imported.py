"""Small graphs for tests, imported from lines: `fact("Ada/Person", "WorksFor", "Acme/Organization")`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from kgc.pipeline.workspace import Workspace

Line = dict[str, object]


def end(written: str) -> dict[str, str]:
    """An entity from `Name/Type`; the type is what follows the last slash."""
    name, _, type_ = written.rpartition("/")
    return {"id": written, "type": type_, "name": name}


def fact(
    head: str, relation: str, tail: str, *, confidence: float = 0.9, negated: bool = False, **qualifiers: str
) -> Line:
    return {
        "kind": "fact", "id": f"{head} {relation} {tail} {qualifiers}", "relation": relation, "head": end(head),
        "tail": end(tail), "confidence": confidence, "negated": negated, "qualifiers": qualifiers,
    }  # fmt: skip


def graph(folder: Path, *lines: Mapping[str, object], name: str = "graph") -> Workspace:
    """A workspace that holds these facts and nothing else, with the classes of `schemas/general.py`."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / f"{name}.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    workspace = Workspace(folder / "workspace")
    workspace.import_graph(source, schema="general")
    return workspace
