"""A knowledge base in a table: .csv, .tsv with a header that names the columns."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Final, cast

from kgc.data.knowledge import KbEntry
from kgc.errors import KgcError
from kgc.load.kb_fields import chosen, entry

_SEPARATORS: Final = ",;\t"


def read_kb_table(path: Path, columns: Mapping[str, str]) -> Iterator[KbEntry]:
    """The entries in the order of the rows. Raises `KgcError` with file:line and the column."""
    try:
        with _opened(path) as raw:
            separator = _separator(raw, path)
            raw.seek(0)
            text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
            yield from _rows(csv.reader(text, delimiter=separator, strict=True), columns, path.name)
    except UnicodeDecodeError as error:
        raise KgcError(_broken(path), "Save the file as UTF-8 (in Excel: CSV UTF-8).") from error
    except (OSError, EOFError, zlib.error) as error:
        raise KgcError(f"{path.name} cannot be read: {error}.", "Check the file.") from error


def _opened(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _separator(raw: IO[bytes], path: Path) -> str:
    """What the header has the most of."""
    header = raw.readline().decode("utf-8", "replace")
    usual = "," if ".csv" in path.suffixes else "\t"
    return max(_SEPARATORS, key=lambda mark: (header.count(mark), mark == usual))


def _rows(reader: Iterator[list[str]], columns: Mapping[str, str], name: str) -> Iterator[KbEntry]:
    header: list[str] = []
    at: dict[str, int] = {}
    try:
        for row in reader:
            where = f"{name}:{reader.line_num}"  # type: ignore[attr-defined]  # csv's reader has it
            if not header:
                header = [cell.strip() for cell in row]
                at = _places(header, columns, where)
            elif any(cell.strip() for cell in row):
                if len(row) != len(header):
                    raise KgcError(
                        f"{where}: {len(row)} cells, where the header has {len(header)}.",
                        "Put quotes around cells that hold the separator.",
                    )
                yield entry({field: row[i].strip() for field, i in at.items()}, where)
    except csv.Error as error:
        raise KgcError(f"{name}:{reader.line_num}: {error}.", "Close the quotes.") from error  # type: ignore[attr-defined]
    if not header:
        raise KgcError(f"{name} is empty.", "Its first line names the columns: id, name, aliases, types, description.")


def _places(header: list[str], columns: Mapping[str, str], where: str) -> dict[str, int]:
    doubles = sorted({cell for cell in header if cell and header.count(cell) > 1})
    if doubles:
        raise KgcError(f"{where}: the column {doubles[0]!r} comes twice.", "Rename one of them.")
    return {field: header.index(column) for field, column in chosen(header, columns, where).items()}


def _broken(path: Path) -> str:
    """Which line and column are not UTF-8."""
    with _opened(path) as file:
        header = file.readline()
        separator = b"\t" if header.count(b"\t") > header.count(b",") else b"," if b"," in header else b";"
        names = header.decode("utf-8", "replace").strip().split(separator.decode())
        for number, line in enumerate((header, *file), 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                column = min(line[: error.start].count(separator), len(names) - 1)
                return f"{path.name}:{number}: the column {names[column]!r} is not UTF-8."
    return f"{path.name} is not UTF-8."
