"""Queries that people keep: `queries.toml` in the workspace, which may be edited by hand."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from kgc.errors import ConfigError
from kgc.store.atomic import replacing

FILE: Final = "queries.toml"
MOST: Final = 500
LONGEST: Final = 100_000
_LANGUAGES: Final = ("Cypher", "SPARQL")


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query under a name."""

    name: str
    language: Literal["Cypher", "SPARQL"]
    text: str


def saved(workspace: Path) -> tuple[SavedQuery, ...]:
    """What was kept, in file order. Raises `ConfigError` for a file that says something else."""
    path = workspace / FILE
    if not path.is_file():
        return ()
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("query", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"{path} cannot be read: {error}.", "Correct the file, or move it away.") from error
    return tuple(_query(row, path) for row in rows) if isinstance(rows, list) else ()


def _query(row: object, path: Path) -> SavedQuery:
    hint = 'Each [[query]] has name, language ("Cypher" or "SPARQL") and text.'
    if not isinstance(row, dict) or set(row) != {"name", "language", "text"}:
        raise ConfigError(f"{path}: {str(row)[:80]!r} is no saved query.", hint)
    if not all(isinstance(v, str) for v in row.values()) or row["language"] not in _LANGUAGES:
        raise ConfigError(f"{path}: the query {str(row['name'])[:40]!r} is written wrongly.", hint)
    return SavedQuery(row["name"], row["language"], row["text"])


def keep(workspace: Path, query: SavedQuery) -> None:
    """Keep a query; one of the same name is replaced. Raises `ConfigError` for an empty or an endless one."""
    if not query.name.strip() or not query.text.strip():
        raise ConfigError("A saved query needs a name and a text.", "Type both.")
    if len(query.text) > LONGEST or len(query.name) > 200:
        raise ConfigError(f"The query {query.name[:40]!r} is too long to be kept.", f"At most {LONGEST:,} characters.")
    others = [q for q in saved(workspace) if q.name != query.name]
    if len(others) >= MOST:
        raise ConfigError(f"There are {MOST} saved queries already.", "Drop one first.")
    _write(workspace, [*others, query])


def drop(workspace: Path, name: str) -> None:
    """Drop the query of this name; none of it is no mistake."""
    _write(workspace, [q for q in saved(workspace) if q.name != name])


def _write(workspace: Path, queries: Iterable[SavedQuery]) -> None:
    rows = [
        f"[[query]]\nname = {_text(q.name)}\nlanguage = {_text(q.language)}\ntext = {_text(q.text)}\n" for q in queries
    ]
    with replacing(workspace / FILE) as draft:
        draft.write_text("\n".join(rows), encoding="utf-8")


def _text(value: str) -> str:
    """A basic string of TOML. JSON's is one, but for DEL and for halves of surrogate pairs, which no file can hold."""
    clean = re.sub("[\ud800-\udfff]", "\ufffd", value)
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")
