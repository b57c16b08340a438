"""Schemas from wherever they are: a schema file or name, an ontology or JSON Schema of others, a shipped vocabulary."""

from __future__ import annotations

from pathlib import Path

from kgc import shipped
from kgc.errors import UnknownName
from kgc.pipeline.ontologies import read_foreign
from kgc.schema.compile import compile_file
from kgc.schema.find import find, looks_like_path
from kgc.schema.model import Schema


def any_schema(name_or_path: str, workspace: Path) -> tuple[Schema, tuple[str, ...]]:
    """The schema of a name, of a `.py` file, or of a file of RDF or JSON Schema; and what was left out of the latter.

    Raises what `kgc.schema.find.find` and `kgc.pipeline.ontologies.read_foreign` raise.
    """
    suffix = Path(name_or_path.removesuffix(".gz")).suffix.lower()
    if suffix in ("", ".py"):
        return find(name_or_path, workspace), ()
    return read_foreign(Path(name_or_path).expanduser())


def vocabularies() -> dict[str, Path]:
    """The vocabularies that ship with kgc, by name; `schema.org` is written so."""
    folder = shipped.folder("schemas") / "vocabularies"
    return {p.stem.replace("schema_org", "schema.org"): p for p in sorted(folder.glob("*.py")) if p.name[0] not in "_."}


def vocabulary(name_or_path: str, workspace: Path) -> Schema:
    """A shipped vocabulary by its name, or any schema or ontology of the user's. Raises `UnknownName`."""
    known = vocabularies()
    if name_or_path in known:
        return compile_file(known[name_or_path])
    if not looks_like_path(name_or_path) and not Path(name_or_path).suffix:
        raise UnknownName("vocabulary", name_or_path, known, f"There are: {', '.join(known)}; or name a file.")
    return any_schema(name_or_path, workspace)[0]
