"""An ontology of others made a schema file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kgc.errors import ConfigError, MissingPackage
from kgc.schema import Schema
from kgc.store.atomic import replacing


@dataclass(frozen=True, slots=True)
class Imported:
    """A schema, the file that says it, and what is different in it from the ontology."""

    schema: Schema
    text: str
    notes: tuple[str, ...]


def import_ontology(file: Path, target: Path | None = None, *, force: bool = False) -> Imported:
    """Read an ontology, and write it to `target` if one is given.

    Raises `ConfigError` for a target that is there unless `force`, and what `kgc.store.rdf.owl_read` raises.
    """
    try:
        from kgc.store.rdf.owl_read import as_file, read_ontology  # noqa: PLC0415 -- optional packages
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("kgc"):
            raise
        raise MissingPackage("Reading an ontology", "rdf") from error
    if target and target.exists() and not force:
        raise ConfigError(f"{str(target)!r} is there already.", "Name another file, or replace it with --force.")
    found = read_ontology(file, target.stem if target else "")
    text = as_file(found)
    if target:
        with replacing(target) as draft:
            draft.write_text(text, encoding="utf-8")
    return Imported(found.schema, text, found.notes)
