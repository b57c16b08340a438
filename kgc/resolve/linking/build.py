"""The index of a knowledge base's names: built as a whole beside its place, and moved there when it is complete."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Final

from kgc.data.knowledge import KbEntry
from kgc.errors import KgcError
from kgc.resolve.linking.keys import code, keys
from kgc.resolve.linking.spill import Spill
from kgc.resolve.linking.words import words

VERSION: Final = "1"
"""Raise it when the keys or the tables change: older files are built anew."""
MOST: Final = 256
"""So many entries are kept of those that share a key, the likeliest first."""
BETWEEN: Final = "\x1f"
"""What texts of a list are joined by; it is cut out of the texts themselves."""
_BATCH: Final = 10_000
_RARE_WORDS: Final = 2_000_000
"""With more different words than this, those that came once are forgotten: they count as rare anyway."""
_TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE entry (n INTEGER PRIMARY KEY, id TEXT, name TEXT, aliases TEXT, types TEXT, description TEXT, prior REAL,
    related TEXT, place TEXT);
CREATE TABLE posting (key INTEGER PRIMARY KEY, n INTEGER, entries BLOB);
CREATE TABLE word (key INTEGER PRIMARY KEY, n INTEGER);
"""


def build(entries: Iterable[KbEntry], path: Path, name: str, watch: Callable[[int], None] | None = None) -> int:
    """Write the index of `entries` to `path`; returns how many there are. `name` is that of the knowledge base.

    Raises `KgcError` for none at all and for an id that comes twice, with both places. Whatever is raised, also by
    `entries`, `path` is as it was before.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    folder = path.with_name(f"{path.name}.{os.getpid()}.spill")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        draft.unlink(missing_ok=True)
        with closing(sqlite3.connect(draft, isolation_level=None)) as sql:
            size = _fill(sql, entries, Spill(folder, MOST), name, watch)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
    return size


def _fill(
    sql: sqlite3.Connection, entries: Iterable[KbEntry], spill: Spill, name: str, watch: Callable[[int], None] | None
) -> int:
    sql.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;" + _TABLES)
    sql.execute("BEGIN")
    seen: Counter[int] = Counter()
    size = 0
    rows = _numbered(entries, spill, seen)
    while group := list(islice(rows, _BATCH)):
        sql.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", group)
        size += len(group)
        if watch:
            watch(size)
    if not size:
        raise KgcError("The knowledge base has no entries.", "It needs an id and a name a line, or named things.")
    _refuse_doubles(sql)
    sql.executemany("INSERT INTO posting VALUES (?, ?, ?)", spill.postings())
    sql.executemany("INSERT INTO word VALUES (?, ?)", sorted((k, n) for k, n in seen.items() if n > 1))
    sql.executemany("INSERT INTO meta VALUES (?, ?)", [("version", VERSION), ("name", name), ("size", str(size))])
    sql.execute("COMMIT")
    return size


def _numbered(entries: Iterable[KbEntry], spill: Spill, seen: Counter[int]) -> Iterator[tuple[object, ...]]:
    """Rows of entries by number; their keys go to the spill, their words are counted."""
    for n, entry in enumerate(entries, 1):
        found = dict.fromkeys(key for name in (entry.name, *entry.aliases) for key in keys(name))
        spill.add(tuple(found), entry.prior, n)
        if entry.description:
            seen.update({code(word) for word in words(entry.description)})
            if len(seen) > _RARE_WORDS:
                for key in [k for k, count in seen.items() if count == 1]:
                    del seen[key]
        yield (
            n, entry.id, entry.name, _joined(entry.aliases), _joined(entry.types), entry.description, entry.prior,
            _joined(entry.related), entry.where,
        )  # fmt: skip


def _joined(texts: tuple[str, ...]) -> str:
    return BETWEEN.join(text.replace(BETWEEN, " ") for text in texts)


def _refuse_doubles(sql: sqlite3.Connection) -> None:
    try:
        sql.execute("CREATE UNIQUE INDEX entry_id ON entry (id)")
    except sqlite3.IntegrityError as error:
        ends = sql.execute(
            "SELECT min(n), max(n) FROM entry GROUP BY id HAVING count(*) > 1 ORDER BY 2 LIMIT 1"
        ).fetchone()
        (id_, first), (_, second) = sql.execute("SELECT id, place FROM entry WHERE n IN (?, ?) ORDER BY n", ends)
        raise KgcError(
            f"{second}: the id {id_!r} is that of {first} already.", "Ids are unique; nothing was loaded."
        ) from error
