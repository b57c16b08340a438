"""A reference to score a schema against: a schema file, a name, or an ontology in any form that is imported."""

from __future__ import annotations

from pathlib import Path

from kgc.errors import KgcError
from kgc.pipeline.ontologies import read_foreign
from kgc.schema import Schema
from kgc.schema.find import find


def reference(named: str, base: Path | None = None) -> Schema:
    """The schema of a file (Python, OWL, RDFS, SKOS, SHACL, JSON Schema) or of a name.

    Raises `KgcError` when there is none, and what reading it raises.
    """
    path = Path(named)
    if path.suffix in ("", ".py"):
        return find(named, base)
    if not path.is_file():
        raise KgcError(f"There is no file {named!r}.", "Name a schema, or a file of RDF or JSON Schema.")
    return read_foreign(path, path.stem)[0]
