"""A knowledge base in JSON lines: {"id", "name", "aliases", "types", "description", "prior", "related"}, one a line."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from kgc.data.knowledge import KbEntry
from kgc.errors import KgcError
from kgc.load.kb_fields import FIELDS, entry


def read_kb_jsonl(path: Path, columns: Mapping[str, str]) -> Iterator[KbEntry]:
    """The entries in the order of the lines. Raises `KgcError` with file:line and the field."""
    number = 0
    keys = {field: (columns[field],) if field in columns else usual for field, usual in FIELDS.items()}
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    where = f"{path.name}:{number}"
                    row = _row(line, where)
                    yield entry({field: _first(row, names) for field, names in keys.items()}, where)
    except (OSError, EOFError, zlib.error) as error:
        raise KgcError(f"{path.name} cannot be read after line {number}: {error}.", "Check the file.") from error


def _first(row: Mapping[str, object], names: tuple[str, ...]) -> object:
    return next((row[name] for name in names if row.get(name) is not None), None)


def _row(line: bytes, where: str) -> Mapping[str, object]:
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = line[: error.start].decode("utf-8", "replace")
        raise KgcError(f"{where}: not UTF-8 after {before[-30:]!r}.", "Save the file as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise KgcError(f"{where}: no JSON: {error}.", 'One JSON object a line: {"id": "Q42", "name": "…"}.') from error
    if not isinstance(found, dict):
        raise KgcError(f"{where}: a {type(found).__name__}, not an object.", "One JSON object a line.")
    return found
