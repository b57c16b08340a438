"""Which store is meant: a file's by its suffix, a server's by its address."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol
from urllib.parse import urlsplit

from kgc.errors import MissingPackage, StoreError, did_you_mean, nearest
from kgc.store.contract import Graph
from kgc.store.csv import CsvFile
from kgc.store.jsonl import JsonlFile
from kgc.store.rdf.file import RdfFile
from kgc.store.rdf.graph import Form

if TYPE_CHECKING:
    from kgc.store.neo4j import Neo4jStore
    from kgc.store.sparql.store import SparqlStore

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
WEB = ("http", "https")


class Exporter(Protocol):
    """Writes the graph to a file and returns how many rows it wrote."""

    suffixes: ClassVar[tuple[str, ...]]

    def export(self, graph: Graph, path: Path, hidden: bool = False) -> int: ...


def exporter(path: Path, form: Form | None = None) -> Exporter:
    """The format of a file by its suffix, `.gz` taken off; `form` is how RDF tells a graph.

    Raises `StoreError` with the nearest suffixes, and for a form where the file is none of RDF.
    """
    inner = Path(path.stem) if path.suffix == ".gz" else path
    known: tuple[Exporter, ...] = (JsonlFile(), CsvFile(), RdfFile(form or Form()))
    by_suffix = {suffix: kind for kind in known for suffix in kind.suffixes}
    found = by_suffix.get(inner.suffix.lower())
    if found is None:
        close = did_you_mean(nearest(inner.suffix, by_suffix)) if inner.suffix else ""
        raise StoreError(
            f"{path.name!r} has no suffix of a known format.{close}",
            f"Known: {', '.join(by_suffix)}, each also with .gz behind it.",
        )
    if form and form != Form() and not isinstance(found, RdfFile):
        raise StoreError(
            f"{path.name!r} is no file of RDF.", "--base, --provenance and --graphs are for .ttl and the like."
        )
    return found


def server(
    uri: str,
    user: str,
    password_env: str,
    database: str,
    owner: str = "kgc",
    memory: Path | None = None,
    text: bool = True,
) -> Neo4jStore:
    """The store of a server by its address; `owner` names the workspace, `memory` is where it remembers its writes.

    Raises `StoreError` for another kind of address, `MissingPackage` without the driver.
    """
    scheme = urlsplit(uri).scheme
    if scheme not in SCHEMES:
        close = did_you_mean(nearest(scheme, (*SCHEMES, *WEB))) if scheme else ""
        hint = "For example: neo4j://localhost:7687 or http://localhost:3030/kg"
        raise StoreError(f"{uri!r} is no address of a graph server.{close}", hint)
    try:
        from kgc.store.neo4j import Neo4jStore  # noqa: PLC0415 -- the driver is an optional package
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("kgc"):
            raise
        raise MissingPackage("Writing to Neo4j", "neo4j") from error
    return Neo4jStore(uri, user, password_env, database, owner, memory, text)


def is_sparql(uri: str) -> bool:
    """Whether an address is that of a SPARQL server."""
    return urlsplit(uri).scheme in WEB


def sparql_server(
    uri: str,
    user: str = "",
    password_env: str = "",
    graph: str = "",
    owner: str = "kgc",
    memory: Path | None = None,
    form: Form | None = None,
    update_url: str = "",
    query_url: str = "",
) -> SparqlStore:
    """The store of a SPARQL server; without a user and a variable nobody asks, a variable alone holds a token."""
    from kgc.store.sparql.http import Access  # noqa: PLC0415
    from kgc.store.sparql.store import SparqlStore  # noqa: PLC0415

    access = Access(user, password_env)
    return SparqlStore(uri, access, graph, owner, memory, form or Form(), update_url, query_url)
