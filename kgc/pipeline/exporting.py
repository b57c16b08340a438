"""The graph, its ontology or its rules as a file, by the file's suffix."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kgc.errors import UnknownName
from kgc.store.find import exporter
from kgc.store.rdf.facts import PROVENANCES, Provenance
from kgc.store.rdf.file import SCHEMATICS, Schematic, schematic, write_schema
from kgc.store.rdf.graph import GRAPHS, Form, Graphs
from kgc.store.rdf.names import BASE, Names

if TYPE_CHECKING:
    from kgc.ledger.graph import LedgerGraph
    from kgc.schema import Schema

CONTENTS: Final = ("graph", "decisions", "ontology", "shapes")


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported: the graph, or the schema as an `ontology` (OWL 2) or as `shapes` (SHACL).

    `hidden` adds what stores leave out. The rest is for RDF: `base` begins all IRIs ("" is `kgc.store.rdf.names.BASE`),
    `provenance` is "full", "star" or "none", `graphs` "one" or "document" (`kgc.store.rdf.graph.Form`).
    """

    what: str = "graph"
    hidden: bool = False
    base: str = ""
    provenance: str = "full"
    graphs: str = "one"

    def form(self) -> Form:
        """How RDF tells the graph. Raises `UnknownName` for a word that it does not know."""
        provenance: Provenance | None = next((p for p in PROVENANCES if p == self.provenance), None)
        graphs: Graphs | None = next((g for g in GRAPHS if g == self.graphs), None)
        if provenance is None:
            raise UnknownName("form of provenance", self.provenance, PROVENANCES)
        if graphs is None:
            raise UnknownName("division into graphs", self.graphs, GRAPHS)
        return Form(self.base or BASE, provenance, graphs)


def export_graph(graph: LedgerGraph, path: Path, wanted: Export) -> int:
    """Write the graph or its schema; returns how many rows, or statements of RDF."""
    if wanted.what == "graph":
        return exporter(path, wanted.form()).export(graph, path, wanted.hidden)
    content: Schematic | None = next((s for s in SCHEMATICS if s == wanted.what), None)
    if content:
        return export_schema(graph.schema, path, content, wanted.form().base)
    raise UnknownName("content to export", wanted.what, CONTENTS)


def export_schema(schema: Schema, path: Path, what: Schematic, base: str = BASE) -> int:
    """Write a schema as OWL 2 ("ontology") or as SHACL ("shapes")."""
    return write_schema(schematic(Names(schema, base), what), path, schema, base)
