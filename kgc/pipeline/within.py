"""What names stand for inside each document, for the derivation: read once a document, and again when it changes.

What was found is kept in `.kgc/within.db` by a hash of all that it depends on (text, names, kinds, code). The file can
be deleted at any time; it is made again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from kgc.data import content_id
from kgc.ledger import Ledger
from kgc.ledger.alive import Local, Told
from kgc.ledger.derive import Derivation
from kgc.pipeline.kinds import kinds
from kgc.resolve.records import Kind
from kgc.resolve.within import Named, links
from kgc.schema import Schema

Within = Callable[[Derivation], Iterable[Local]]
"""Tells what names mean in single documents."""
FILE: Final = "within.db"
SURE: Final = 0.8
"""Links below this score do not enter the graph."""
_BESIDE: Final = ("folding", "lexicon", "names", "records")
"""What the rules use of the resolver's other code."""


def local_links(ledger: Ledger, schema: Schema) -> Within:
    """What tells the derivation what names stand for in the documents of this ledger that have two names and more.

    One document is held at a time. Documents that stay as they were are not read again.
    """
    place = ledger.path.parent / FILE

    def within(derivation: Derivation) -> Iterator[Local]:
        sorts = kinds(schema)
        types = {name: (name, *schema.ancestors(name)) for name in sorts}
        with closing(_Kept(place)) as kept:
            for told in derivation.alive.documents():
                digest = _digest(told, sorts)
                found = kept.get(digest)
                if found is None:
                    found = _read(told, sorts, types)
                    kept.put(digest, found)
                yield from ((told.source, *link) for link in found)
            kept.prune()

    return within


Found = tuple[tuple[str, str, float, str], ...]
"""Key, the key that it stands for, score, reason: what a document says, whatever its name."""


def _read(told: Told, sorts: Mapping[str, Kind], types: Mapping[str, tuple[str, ...]]) -> Found:
    named = (
        Named(key, surface, sorts.get(type_, "thing"), start, end, types.get(type_, (type_,)))
        for key, type_, surface, start, end in told.names
    )
    return tuple((x.key, x.target, x.score, x.reason) for x in links(told.source, told.text, named, SURE))


def _digest(told: Told, sorts: Mapping[str, Kind]) -> str:
    digest = hashlib.blake2b(code().encode(), digest_size=16)
    digest.update(told.text.encode("utf-8", "surrogatepass"))
    for name in told.names:
        digest.update(repr((*name, sorts.get(name[1], "thing"))).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


@cache
def code() -> str:
    """A hash of the code that links inside documents."""
    here = resources.files("kgc.resolve")
    names = sorted(p.name for p in here.iterdir() if p.name.startswith("within") and p.name.endswith(".py"))
    beside = (f"{name}.py" for name in _BESIDE)
    return content_id(str(SURE), *((here / name).read_text(encoding="utf-8") for name in (*names, *beside)))


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")  # it can be made again
    connection.execute("CREATE TABLE IF NOT EXISTS told (digest TEXT PRIMARY KEY, links TEXT NOT NULL) WITHOUT ROWID")
    connection.execute("SELECT count(*) FROM told").fetchone()
    return connection


class _Kept:
    """What documents said before, by digest. What nobody asked for since it was opened can be thrown away."""

    def __init__(self, path: Path) -> None:
        try:
            self._sql = _open(path)
        except sqlite3.DatabaseError:  # damaged: nothing is lost with it
            path.unlink(missing_ok=True)
            self._sql = _open(path)
        self._sql.execute("CREATE TEMP TABLE used (digest TEXT PRIMARY KEY) WITHOUT ROWID")
        self._sql.execute("BEGIN IMMEDIATE")

    def get(self, digest: str) -> Found | None:
        self._sql.execute("INSERT OR IGNORE INTO temp.used VALUES (?)", (digest,))
        row = self._sql.execute("SELECT links FROM told WHERE digest = ?", (digest,)).fetchone()
        return None if row is None else tuple((k, t, s, r) for k, t, s, r in json.loads(row[0]))

    def put(self, digest: str, found: Found) -> None:
        self._sql.execute("INSERT OR REPLACE INTO told VALUES (?, ?)", (digest, json.dumps(found)))

    def prune(self) -> None:
        """Forget what no document of today has said."""
        self._sql.execute("DELETE FROM told WHERE digest NOT IN (SELECT digest FROM temp.used)")

    def close(self) -> None:
        if self._sql.in_transaction:
            self._sql.execute("COMMIT")
        self._sql.close()
