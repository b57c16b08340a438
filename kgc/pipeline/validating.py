"""A graph held against the rules of a schema, or against shapes of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, cast

from kgc.errors import MissingPackage
from kgc.schema import Schema
from kgc.store.find import is_sparql, server
from kgc.store.rdf.file import RdfFile
from kgc.store.rdf.graph import Form
from kgc.store.rdf.labelled import Labelled
from kgc.store.rdf.names import BASE, Names, checked_base
from kgc.store.rdf.ntriples import lines
from kgc.store.rdf.shapes import shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyoxigraph as ox

    from kgc.store.contract import Graph
    from kgc.store.neo4j_pages import Streamed
    from kgc.store.rdf.blocks import Block
    from kgc.store.rdf.validate import Finding


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found wrong, and in how many statements."""

    statements: int
    findings: tuple[Finding, ...]

    @property
    def violations(self) -> int:
        return sum(f.severity == "violation" for f in self.findings)

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.violations


@dataclass(frozen=True, slots=True)
class Target:
    """What is held against the rules: a file of RDF or a server (`on`), "" for the workspace's graph.

    `base` begins its IRIs ("" is `kgc.store.rdf.names.BASE`). `user`, `password_env` and `database` (Neo4j alone) are
    for a server; a user of None is `neo4j` there and nobody on a SPARQL server, "" stands for a bearer token.
    """

    on: str = ""
    base: str = ""
    user: str | None = None
    password_env: str = ""
    database: str = ""


def validate(graph: Callable[[], Graph], schema: Callable[[], Schema], own: str, target: Target) -> Verdict:
    """Hold a graph against a file of SHACL (`own`), or the schema.

    Graph and schema are asked for only where they are needed. Raises `MissingPackage` without pySHACL, `StoreError` for
    files that cannot be read and a server that does not answer.
    """
    try:
        from kgc.store.rdf.parse import parsed  # noqa: PLC0415 -- optional packages
        from kgc.store.rdf.slices import found_in, stored  # noqa: PLC0415
        from kgc.store.rdf.validate import graph_of, of_blocks, of_file  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("kgc"):
            raise
        raise MissingPackage("Validation", "rdf") from error
    form = Form(target.base or BASE)
    held = graph_of(of_file(parsed(Path(own))) if own else of_blocks(shapes(Names(schema(), form.base))))
    with stored(lambda store: _fill(store, graph, schema, target, form)) as store:
        return Verdict(len(store), found_in(store, held, f"{checked_base(form.base)}schema/", local=not own))


def _fill(
    store: ox.Store, graph: Callable[[], Graph], schema: Callable[[], Schema], target: Target, form: Form
) -> None:
    """Load the file, what the server has, or the graph by way of a file."""
    from pyoxigraph import RdfFormat  # noqa: PLC0415 -- an optional package

    from kgc.store.rdf.parse import parsed  # noqa: PLC0415
    from kgc.store.sparql.dump import dump  # noqa: PLC0415
    from kgc.store.sparql.http import Access  # noqa: PLC0415

    if is_sparql(target.on):
        store.bulk_extend(dump(target.on, Access(target.user or "", target.password_env)))
    elif "://" in target.on:
        _fill_from_neo4j(store, Names(schema(), form.base), target)
    elif target.on:
        store.bulk_extend(parsed(Path(target.on)))
    else:
        with TemporaryDirectory(prefix="kgc-rdf-") as folder:
            path = Path(folder) / "graph.nt"
            RdfFile(form).export(graph(), path)
            store.bulk_load(path=str(path), format=RdfFormat.N_TRIPLES)


def _fill_from_neo4j(store: ox.Store, names: Names, target: Target) -> None:
    """Load all that stands on a Neo4j server, as an export would tell it; nothing is changed there."""
    from pyoxigraph import RdfFormat  # noqa: PLC0415 -- an optional package

    from kgc.store.sparql.embedded import Reader  # noqa: PLC0415

    user = "neo4j" if target.user is None else target.user
    asked = server(target.on, user, target.password_env or "NEO4J_PASSWORD", target.database)
    told = cast("IO[bytes]", Reader(lines(blocks_of(asked, Labelled(names)))))  # it is read from, and that alone
    store.bulk_load(told, format=RdfFormat.N_TRIPLES)


def blocks_of(store: Streamed, labelled: Labelled) -> Iterator[Block]:
    """All nodes and relationships of a Neo4j server."""
    from kgc.store.neo4j_pages import edges, nodes  # noqa: PLC0415 -- only where it was asked for

    for node, properties in nodes(store):
        yield from labelled.node(node.id, node.labels, properties)
    for edge in edges(store):
        own = edge.properties.get("id") if "owners" in edge.properties else None
        ends = (edge.head.id, edge.head.labels), (edge.tail.id, edge.tail.labels)
        yield from labelled.edge(own if isinstance(own, str) else edge.place, edge.type, *ends, edge.properties)
