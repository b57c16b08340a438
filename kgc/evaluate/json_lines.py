"""The rows of a set: one JSON object a line, and what is said of a line that is none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from kgc.errors import KgcError


def read_objects(path: Path, layout: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    """(line number from 1, object) of each line that is not blank; `layout` tells what a row has to look like.

    Lines end where the file says so: U+2028 and its like may stand in a value. Raises `KgcError` with file:line.
    """
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            where = f"{path}:{number}"
            if line := _line(raw, where).strip():
                yield number, _object(line, where, layout)


def _line(raw: bytes, where: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        raise KgcError(f"{where}: not UTF-8 after {before[-30:]!r}.", "Save the file as UTF-8.") from error


def _object(line: str, where: str, layout: str) -> Mapping[str, object]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise KgcError(f"{where}: no JSON: {error}.", f"One JSON object a line. {layout}") from error
    if not isinstance(found, dict):
        raise KgcError(f"{where}: a {type(found).__name__}, not an object.", layout)
    return found
