"""A graph held against the rules of a schema, or against shapes of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kgc.errors import MissingPackage
from kgc.schema import Schema
from kgc.store.rdf.file import RdfFile
from kgc.store.rdf.graph import Form
from kgc.store.rdf.names import BASE, Names, checked_base
from kgc.store.rdf.shapes import shapes

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyoxigraph as ox

    from kgc.store.contract import Graph
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
    """What is held against the rules: a file of RDF or a SPARQL server (`on`), "" for the workspace's graph.

    `base` begins its IRIs ("" is `kgc.store.rdf.names.BASE`); `user` and `password_env` are for a server.
    """

    on: str = ""
    base: str = ""
    user: str = ""
    password_env: str = ""


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
    with stored(lambda store: _fill(store, graph, target, form)) as store:
        return Verdict(len(store), found_in(store, held, f"{checked_base(form.base)}schema/", local=not own))


def _fill(store: ox.Store, graph: Callable[[], Graph], target: Target, form: Form) -> None:
    """Load the file, what the server has, or the graph by way of a file."""
    from pyoxigraph import RdfFormat  # noqa: PLC0415 -- an optional package

    from kgc.store.rdf.parse import parsed  # noqa: PLC0415
    from kgc.store.sparql.dump import dump  # noqa: PLC0415
    from kgc.store.sparql.http import Access  # noqa: PLC0415

    if "://" in target.on:
        store.bulk_extend(dump(target.on, Access(target.user, target.password_env)))
    elif target.on:
        store.bulk_extend(parsed(Path(target.on)))
    else:
        with TemporaryDirectory(prefix="kgc-rdf-") as folder:
            path = Path(folder) / "graph.nt"
            RdfFile(form).export(graph(), path)
            store.bulk_load(path=str(path), format=RdfFormat.N_TRIPLES)
