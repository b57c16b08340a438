"""The graph, its ontology or its shapes as a file of RDF, by the file's suffix."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Final, TextIO
from typing import Literal as OneOf

from kgc.errors import StoreError
from kgc.schema import Schema
from kgc.store.atomic import replacing, writing
from kgc.store.contract import Abilities, Graph
from kgc.store.rdf.blocks import Block
from kgc.store.rdf.graph import Form, blocks
from kgc.store.rdf.jsonld import write_jsonld
from kgc.store.rdf.names import BASE, Names
from kgc.store.rdf.ntriples import write_nquads, write_ntriples
from kgc.store.rdf.ontology import ontology
from kgc.store.rdf.shapes import shapes
from kgc.store.rdf.turtle import write_turtle
from kgc.store.rdf.xml import write_xml

Schematic = OneOf["ontology", "shapes"]
SCHEMATICS: Final[tuple[Schematic, ...]] = ("ontology", "shapes")
Writer = Callable[[Iterable[Block], TextIO, Mapping[str, str]], int]
WRITERS: Final[dict[str, Writer]] = {
    ".ttl": write_turtle, ".nt": write_ntriples, ".nq": write_nquads, ".jsonld": write_jsonld, ".rdf": write_xml,
    ".owl": write_xml,
}  # fmt: skip
NO_STAR: Final = (".jsonld", ".rdf", ".owl")
"""What has no way to write a statement about a statement but reification."""


@dataclass(frozen=True, slots=True)
class RdfFile:
    """Writes `.ttl`, `.nt`, `.nq`, `.jsonld` and `.rdf`, each also with `.gz`; the same graph gives the same bytes."""

    form: Form = field(default_factory=Form)

    name: ClassVar[str] = "rdf"
    suffixes: ClassVar[tuple[str, ...]] = tuple(WRITERS)
    abilities: ClassVar[Abilities] = Abilities(events=True, evidence=True)

    def export(self, graph: Graph, path: Path, hidden: bool = False) -> int:
        """Write the graph to `path`, whole or not at all; returns the number of statements.

        `hidden` adds what stores leave out, told of but not stated. Raises `StoreError` where the place cannot be
        written, and for a format that cannot hold what is asked.
        """
        suffix = suffix_of(path)
        self._must_fit(suffix, hidden)
        return write(blocks(graph, self.form, hidden), path, Names(graph.schema, self.form.base))

    def _must_fit(self, suffix: str, hidden: bool) -> None:
        if self.form.provenance == "star" and suffix in NO_STAR:
            raise StoreError(f"{suffix} cannot hold statements about statements.", "Take .ttl, .nt or .nq.")
        if self.form.graphs == "document" and suffix != ".nq":
            raise StoreError(f"{suffix} has no named graphs.", "Take .nq, or leave out --graphs document.")
        if hidden and self.form.provenance == "none":
            raise StoreError(
                "Without provenance, what is not believed could not be told from what is.",
                "Leave out --all or --provenance none.",
            )


def write(found: Iterable[Block], path: Path, names: Names) -> int:
    """Write blocks to a file by its suffix, whole or not at all; returns the number of statements."""
    writer = WRITERS[suffix_of(path)]
    with replacing(path) as draft, writing(draft, zipped=path.suffix == ".gz") as file:
        return writer(found, file, names.prefixes())


def as_turtle(schema: Schema, what: Schematic, base: str = BASE) -> str:
    """A schema as OWL 2 ("ontology") or SHACL ("shapes"), in Turtle."""
    names = Names(schema, base)
    text = io.StringIO()
    write_turtle(schematic(names, what), text, names.prefixes())
    return text.getvalue()


def schematic(names: Names, what: Schematic) -> Iterator[Block]:
    """The blocks of a schema as an ontology or as shapes."""
    return ontology(names) if what == "ontology" else shapes(names)


def write_schema(found: Iterable[Block], path: Path, schema: Schema, base: str) -> int:
    """Write an ontology or shapes. Raises `StoreError` for a suffix that is none of RDF's."""
    if suffix_of(path) not in WRITERS:
        raise StoreError(f"{path.name!r} has no suffix of RDF.", f"Known: {', '.join(WRITERS)}.")
    return write(found, path, Names(schema, base))


def suffix_of(path: Path) -> str:
    """The suffix that names the format, `.gz` taken off."""
    return (Path(path.stem) if path.suffix == ".gz" else path).suffix.lower()
