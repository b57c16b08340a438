"""An ontology of others made a schema file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kgc.errors import ConfigError, MissingPackage
from kgc.pipeline.json_schema import is_json_schema, read_json_schema
from kgc.schema import Schema
from kgc.schema.compile import compile_text
from kgc.schema.python import as_python
from kgc.store.atomic import replacing


@dataclass(frozen=True, slots=True)
class Imported:
    """A schema, the file that says it, and what is different in it from the ontology."""

    schema: Schema
    text: str
    notes: tuple[str, ...]


def import_ontology(file: Path, target: Path | None = None, *, force: bool = False) -> Imported:
    """Read an ontology or a JSON Schema, and write it to `target` if one is given.

    Raises `ConfigError` for a target that is there unless `force`, and what `read_foreign` raises.
    """
    must_be_free(target, force=force)
    schema, notes = read_foreign(file, target.stem if target else "")
    text = as_python(schema)
    if target:
        write_schema(target, text)
    return Imported(schema, text, notes)


def must_be_free(target: Path | None, *, force: bool) -> None:
    """Raises `ConfigError` for a target that is there, unless it may be replaced."""
    if target and target.exists() and not force:
        raise ConfigError(f"{str(target)!r} is there already.", "Name another file, or replace it with --force.")


def read_foreign(file: Path, name: str = "") -> tuple[Schema, tuple[str, ...]]:
    """The schema of a file of RDF or a JSON Schema, and what is different in it from what was there.

    Raises `StoreError` and `SchemaError` for a file that cannot be read, `MissingPackage` without what reads RDF.
    """
    if is_json_schema(file):
        schema, notes = read_json_schema(file, name)
        return compile_text(as_python(schema), schema.name, schema.source), notes
    try:
        from kgc.store.rdf.owl_read import read_ontology  # noqa: PLC0415 -- optional packages
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("kgc"):
            raise
        raise MissingPackage("Reading an ontology", "rdf") from error
    found = read_ontology(file, name)
    return found.schema, found.notes


def write_schema(target: Path, text: str) -> None:
    """Write a schema file, whole or not at all. Raises `ConfigError` where it cannot be written."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with replacing(target) as draft:
            draft.write_text(text, encoding="utf-8")
    except OSError as error:
        told = f"{str(target)!r} cannot be written: {error.strerror}."
        raise ConfigError(told, "Name another place.") from error
