"""What a person names as a source of a graph: a file by its suffix, a Neo4j server by its address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from kgc.errors import KgcError, did_you_mean, nearest
from kgc.ledger import Ledger
from kgc.load.graph_jsonl import SUFFIXES as LINES
from kgc.load.graph_jsonl import read_jsonl
from kgc.load.graph_rdf import SUFFIXES as RDF
from kgc.load.graph_rdf import read_rdf
from kgc.pipeline.importing import Imported, Source, digest_of, import_graph, nothing_new, unchanged
from kgc.pipeline.importing_draft import Draft
from kgc.pipeline.importing_schema import derive_schema
from kgc.pipeline.progress import Watch
from kgc.schema import Schema
from kgc.schema.compile import compile_file, compile_text
from kgc.schema.find import find
from kgc.schema.naming import folded
from kgc.schema.render import as_python
from kgc.store.find import SCHEMES, server

AUTO: Final = "auto"
"""The name of a schema that is derived from the graph."""


@dataclass(frozen=True, slots=True)
class Account:
    """How a server is asked: the user, the variable with the password, the database ("" is the server's own)."""

    user: str
    password_env: str
    database: str


def take_graph(
    ledger: Ledger, workspace: Path, source: str | Path, schema: str, name: str, account: Account, watch: Watch | None
) -> Imported:
    """Find a source and its schema, and import it, unless it is the file that was imported last."""
    address = str(source)
    found = server_source(address, account, name) if is_address(address) else file_source(Path(source), workspace, name)
    known = known_schema(schema, workspace, found)
    if known and unchanged(ledger, found, known):
        return nothing_new(ledger, workspace)
    imported = import_graph(ledger, workspace, found, schema_for(schema, workspace, found), watch)
    return replace(imported, schema=str(auto_path(workspace, found.root))) if schema == AUTO else imported


def file_source(path: Path, workspace: Path, name: str = "") -> Source:
    """A file with a graph. Raises `KgcError` for one that is not there, or is of no known kind."""
    if not path.is_file():
        raise KgcError(f"There is no file {str(path)!r}.", "Give a file, or an address: neo4j://host:7687")
    inner = Path(path.stem) if path.suffix == ".gz" else path
    suffix = inner.suffix.lower()
    if suffix not in (*LINES, *RDF):
        known = (*LINES, *RDF)
        hint = f"Known: {', '.join(known)}, each also with .gz behind it. Documents go in by `kgc ingest`."
        raise KgcError(f"{path.name!r} is no graph by its suffix.{did_you_mean(nearest(suffix, known))}", hint)
    read = read_jsonl if suffix in LINES else read_rdf
    root = _checked(name or inner.stem)
    full, base = path.resolve(), workspace.resolve()  # what lies inside the workspace moves with it
    address = str(full.relative_to(base)) if full.is_relative_to(base) else str(full)
    return Source(root, path.name, address, lambda: read(path), digest_of(path))


def server_source(address: str, account: Account, name: str = "") -> Source:
    """A database on a Neo4j server. Raises `StoreError` for another kind of address."""
    from kgc.pipeline.importing_neo4j import read_neo4j  # noqa: PLC0415 -- only where it was asked for

    database = account.database
    store = server(address, account.user, account.password_env, database)
    parts = urlsplit(address)
    place = parts.netloc.rpartition("@")[2]  # whoever writes a password into an address does not want it kept
    shown = urlunsplit((parts.scheme, place, f"/{database}" if database else "", "", ""))
    root = _checked(name or database or parts.hostname or "neo4j")
    return Source(root, database or "neo4j", shown, lambda: read_neo4j(store))


def is_address(source: str) -> bool:
    return urlsplit(source).scheme in SCHEMES or ("://" in source and not Path(source).exists())


def schema_for(name: str, workspace: Path, source: Source) -> Callable[[Draft], Schema]:
    """How an import comes to its schema: the one that is named, or one derived from what was read."""
    if name != AUTO:
        found = find(name, workspace)
        return lambda _: found

    def derived(draft: Draft) -> Schema:
        path = auto_path(workspace, source.root)
        return write_schema(derive_schema(draft, path.stem, source.title), path)

    return derived


def known_schema(name: str, workspace: Path, source: Source) -> Schema | None:
    """The schema of an import as far as it is known unread: one that is to be derived may have been before."""
    if name != AUTO:
        return find(name, workspace)
    path = auto_path(workspace, source.root)
    return compile_file(path) if path.is_file() else None


def auto_path(workspace: Path, root: str) -> Path:
    """Where the schema that is derived for a root is kept."""
    stem = "".join(c if c.isalnum() or c == "_" else "_" for c in root)
    return workspace / "schemas" / f"{stem if stem[:1].isalpha() else f'graph_{stem}'}.py"


def write_schema(schema: Schema, path: Path) -> Schema:
    """Write a derived schema. Raises `KgcError` where a file is there that says something else."""
    text = as_python(schema)
    if path.is_file() and path.read_text(encoding="utf-8") != text:
        raise KgcError(
            f"{path} is there already and is not what would be derived now.",
            f"Use it: --schema {path.stem}; or move it away, and it is derived anew.",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise KgcError(f"{path} cannot be written: {error.strerror}.", "Check the folder's permissions.") from error
    return compile_text(text, path.stem, str(path))


def _checked(name: str) -> str:
    if "/" in name or name in (".", "..") or not name.strip() or not name.isprintable() or not folded(name):
        raise KgcError(f"{name!r} cannot name an import.", "Use --name with letters, digits, dots or dashes.")
    return name
