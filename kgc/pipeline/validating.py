"""A graph held against the rules of a schema, or against shapes of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kgc.errors import MissingPackage, StoreError
from kgc.schema import Schema
from kgc.store.rdf.file import RdfFile
from kgc.store.rdf.graph import Form
from kgc.store.rdf.names import BASE, Names, checked_base
from kgc.store.rdf.shapes import shapes

if TYPE_CHECKING:
    from collections.abc import Callable

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


def validate(graph: Callable[[], Graph], schema: Callable[[], Schema], on: str, own: str, base: str) -> Verdict:
    """Hold a file of RDF (`on`), or the graph, against a file of SHACL (`own`), or the schema.

    Graph and schema are asked for only where they are needed. Raises `MissingPackage` without pySHACL, `StoreError` for
    files that cannot be read.
    """
    try:
        import pyoxigraph as ox  # noqa: PLC0415 -- optional packages

        from kgc.store.rdf.parse import parsed  # noqa: PLC0415
        from kgc.store.rdf.slices import found_in, stored  # noqa: PLC0415
        from kgc.store.rdf.validate import graph_of, of_blocks, of_file  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("kgc"):
            raise
        raise MissingPackage("Validation", "rdf") from error
    if "://" in on:
        raise StoreError(f"{on!r} is no file.", "Export what is to be validated to a file, and name that.")
    form = Form(base or BASE)
    held = graph_of(of_file(parsed(Path(own))) if own else of_blocks(shapes(Names(schema(), form.base))))

    def fill(store: ox.Store) -> None:
        """Load the file, or the graph by way of one."""
        if on:
            store.bulk_extend(parsed(Path(on)))
            return
        with TemporaryDirectory(prefix="kgc-rdf-") as folder:
            path = Path(folder) / "graph.nt"
            RdfFile(form).export(graph(), path)
            store.bulk_load(path=str(path), format=ox.RdfFormat.N_TRIPLES)

    with stored(fill) as store:
        return Verdict(len(store), found_in(store, held, f"{checked_base(form.base)}schema/", local=not own))
