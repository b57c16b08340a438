"""Vectors in one SQLite file, in 8 bits: made from the ledger by one embedder, droppable at any time.

An item (a chunk's key, an entity's name) has any number of vectors, kept in one row: for each a float32 scale and
`dimensions` int8 steps. An item of no vectors is one that the embedder cannot read. The search goes through all of
them in blocks, so that memory does not grow with their number.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self
from typing import Literal as OneOf

import numpy as np

from kgc.errors import StoreError

if TYPE_CHECKING:
    from numpy.typing import NDArray

VERSION: Final = "1"
BLOCK: Final = 256
"""Items that are compared at once."""
LIMIT: Final = 900
"""Values of one statement."""
Kind = OneOf["chunk", "entity"]


@dataclass(frozen=True, slots=True)
class Near:
    """An item whose vector number `n` is the most alike of its own; `score` is their product, 1 for the same."""

    key: str
    n: int
    score: float


class Vectors:
    """The vectors of one embedder. Another embedder's file, an older form or a damaged file is emptied when opened.

    Raises `StoreError` where the file cannot be written. Several processes may hold it open at once.
    """

    def __init__(self, path: Path, model: str, dimensions: int) -> None:
        self._row = np.dtype([("scale", "<f4"), ("steps", "i1", (dimensions,))])
        self._path = path
        about = f"{VERSION} {dimensions} {model}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._sql = _connect(path)
                _prepare(self._sql, about)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:  # damaged, or no database at all
                _drop(path)
                self._sql = _connect(path)
                _prepare(self._sql, about)
        except (sqlite3.Error, OSError) as error:
            raise self._explained(error) from error

    def keys(self, kind: Kind) -> Iterator[str]:
        """The keys of all items, in order."""
        for (key,) in self._sql.execute("SELECT key FROM item WHERE kind = ? ORDER BY key", (kind,)):
            yield key

    def unread(self, kind: Kind) -> int:
        """How many items have no vector."""
        return int(self._sql.execute("SELECT count(*) FROM item WHERE kind = ? AND body = x''", (kind,)).fetchone()[0])

    def put(self, kind: Kind, items: Iterable[tuple[str, NDArray[np.float32]]]) -> None:
        """Add items, or replace them: each a key and its vectors [n, dimensions]. All or none of them."""
        rows = [(kind, key, self._narrow(vectors)) for key, vectors in items]
        with self._change():
            self._sql.executemany("INSERT OR REPLACE INTO item VALUES (?, ?, ?)", rows)

    def remove(self, kind: Kind, keys: Sequence[str]) -> None:
        with self._change():
            for at in range(0, len(keys), LIMIT):
                some = keys[at : at + LIMIT]
                marks = ",".join("?" * len(some))
                self._sql.execute(f"DELETE FROM item WHERE kind = ? AND key IN ({marks})", (kind, *some))  # noqa: S608  marks alone

    def of(self, kind: Kind, key: str) -> NDArray[np.float32]:
        """An item's vectors, [n, dimensions], n = 0 where there are none."""
        row = self._sql.execute("SELECT body FROM item WHERE kind = ? AND key = ?", (kind, key)).fetchone()
        read = np.frombuffer(row[0] if row else b"", self._row)
        wide: NDArray[np.float32] = read["steps"].astype(np.float32) * read["scale"][:, None]
        return wide

    def nearest(self, kind: Kind, vector: NDArray[np.float32], limit: int) -> tuple[Near, ...]:
        """The items with a vector most alike to this one, best first; of equals the first by key."""
        best: list[Near] = []
        query = "SELECT key, body FROM item NOT INDEXED WHERE kind = ? AND length(body) > 0"
        for rows in _blocks(self._sql.execute(query, (kind,))):
            least = best[-1].score if len(best) == limit else -2.0
            best = sorted([*best, *self._best(rows, vector, limit, least)], key=lambda n: (-n.score, n.key))[:limit]
        return tuple(best)

    def _best(
        self, rows: list[tuple[str, bytes]], vector: NDArray[np.float32], limit: int, least: float
    ) -> Iterator[Near]:
        """The best of a block, those below `least` aside."""
        read = np.frombuffer(b"".join(body for _, body in rows), self._row)
        scores = (read["steps"].astype(np.float32) @ vector) * read["scale"]
        counts = np.array([len(body) // self._row.itemsize for _, body in rows])
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        most = np.maximum.reduceat(scores, starts)
        for n in np.argsort(-most, kind="stable")[:limit].tolist():
            if most[n] < least:
                return
            own = scores[starts[n] : starts[n] + counts[n]]
            yield Near(rows[n][0], int(own.argmax()), float(most[n]))

    def _narrow(self, vectors: NDArray[np.float32]) -> bytes:
        """Vectors as they are kept; nothing where all of them are zero."""
        rows = np.zeros(len(vectors) if vectors.any() else 0, self._row)
        if len(rows):
            rows["scale"] = np.abs(vectors).max(axis=1) / 127
            rows["steps"] = np.rint(vectors / np.maximum(rows["scale"], 1e-12)[:, None])
        return rows.tobytes()

    @contextmanager
    def _change(self) -> Iterator[None]:
        try:
            self._sql.execute("BEGIN IMMEDIATE")
            with self._sql:
                yield
        except sqlite3.Error as error:
            raise self._explained(error) from error

    def _explained(self, error: Exception) -> StoreError:
        return StoreError(f"The vectors in {self._path} cannot be written: {error}.", "Search without --semantic.")

    def close(self) -> None:
        self._sql.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")  # what a power cut takes is made again
    return connection


def _prepare(connection: sqlite3.Connection, about: str) -> None:
    """Make the tables; empty them if they are another embedder's."""
    held = [t for (t,) in connection.execute("SELECT name FROM sqlite_master WHERE name = 'about'")]
    if held and connection.execute("SELECT told FROM about").fetchone() == (about,):
        return
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        connection.execute("DROP TABLE IF EXISTS about")
        connection.execute("DROP TABLE IF EXISTS item")
        connection.execute("CREATE TABLE about (told TEXT NOT NULL)")
        connection.execute(
            "CREATE TABLE item (kind TEXT NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL, UNIQUE (kind, key))"
        )
        connection.execute("INSERT INTO about VALUES (?)", (about,))


def _drop(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).unlink()


def _blocks(cursor: sqlite3.Cursor) -> Iterator[list[tuple[str, bytes]]]:
    while rows := cursor.fetchmany(BLOCK):
        yield rows
