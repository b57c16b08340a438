"""What may stand in the way, found out before it does."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from kgc import __version__, config, plugins
from kgc.errors import KgcError
from kgc.ledger import FILE, Ledger
from kgc.schema.find import find as find_schema


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `hint` says what to do when it is not well."""

    what: str
    ok: bool
    message: str
    hint: str = ""


def examine(workspace: Path) -> tuple[Finding, ...]:
    """Look at the installation, the workspace's configuration, schema and ledger. Changes nothing, asks nobody."""
    return tuple(_findings(workspace))


def _findings(workspace: Path) -> Iterator[Finding]:
    yield Finding("kgc", True, f"{__version__} on Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}")
    for extra, module in (("neo4j", "neo4j"), ("langchain", "langchain"), ("browser", "streamlit")):
        there = find_spec(module) is not None
        yield Finding(
            f"extra {extra}", True, "installed" if there else f"not installed (pip install 'kgc-toolkit[{extra}]')"
        )
    yield _try("built-in model", _built_in)
    yield _try("kgc.toml", lambda: _configured(workspace))
    yield _try("ledger", lambda: _ledger(workspace))
    variable = "OPENAI_API_KEY"
    yield Finding("key", True, f"{variable} is {'set' if os.environ.get(variable) else 'not set'}")


def _try(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, look())
    except KgcError as error:
        return Finding(what, False, error.message, error.hint)


def _built_in() -> str:
    extractor = plugins.load("model", "builtin")()
    return f"version {getattr(extractor, 'version', '?')}"


def _configured(workspace: Path) -> str:
    options = config.load(workspace, {})
    schema = find_schema(options.schema, workspace)
    return f"model {options.model}, schema {schema.name} ({len(schema.entities)} classes, {len(schema.relations)} relations)"  # noqa: E501


def _ledger(workspace: Path) -> str:
    if not (workspace / FILE).is_file():
        return "none yet; `kgc ingest FOLDER` makes it"
    with Ledger(workspace, writable=False) as ledger:
        check = ledger.connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if check != "ok":
            raise KgcError(f"{ledger.path} is damaged: {check}.", "Restore it from a backup; it was left as it is.")
        entities, facts = ledger.state.graph_size()
    return f"{entities} entities, {facts} facts"
