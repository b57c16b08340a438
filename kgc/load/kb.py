"""A knowledge base from a file: its entries, read as a stream; the suffix names the format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from kgc.data.knowledge import KbEntry
from kgc.errors import KgcError, did_you_mean, nearest
from kgc.load.graph_rdf import SUFFIXES as RDF
from kgc.load.kb_jsonl import read_kb_jsonl
from kgc.load.kb_table import read_kb_table

LINES: Final = (".jsonl", ".ndjson")
TABLES: Final = (".csv", ".tsv", ".tab")
_NONE: Final[Mapping[str, str]] = {}


def read_kb(path: Path, columns: Mapping[str, str] = _NONE) -> Iterator[KbEntry]:
    """The entries of a file, `.gz` or not, in its order; of RDF in the order of subjects.

    `columns` says which column or key holds what: {"id": "qid"}. Raises `KgcError` with line and field for what cannot
    be read; whoever reads on up to then throws away what came before.
    """
    if not path.is_file():
        raise KgcError(f"There is no file {str(path)!r}.", "Give a file, or an address: neo4j://host:7687")
    inner = Path(path.stem) if path.suffix == ".gz" else path
    suffix = inner.suffix.lower()
    if suffix in LINES:
        return read_kb_jsonl(path, columns)
    if suffix in TABLES:
        return read_kb_table(path, columns)
    if suffix in RDF:
        from kgc.load.kb_rdf import read_kb_rdf  # noqa: PLC0415 -- needs an optional package

        if columns:
            raise KgcError("--columns is for .csv, .tsv and .jsonl.", "The names in RDF are its labels.")
        return read_kb_rdf(path)
    known = (*LINES, *TABLES, *RDF)
    hint = f"Known: {', '.join(known)}, each also with .gz behind it."
    raise KgcError(f"{path.name!r} is no knowledge base by its suffix.{did_you_mean(nearest(suffix, known))}", hint)
