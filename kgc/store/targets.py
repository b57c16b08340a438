"""What was last written to a server, so that the next write sends the difference and reads nothing back.

One small SQLite file a target, outside the ledger: it may be deleted at any time, and the next write then compares in
full. A row is told by its identity (a JSON list) and a hash of all that it carries. The target holds the same token as
the memory; where the two differ (wiped, restored, written by a copy of this workspace), the memory is worth nothing.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import compress
from json.encoder import encode_basestring
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from kgc.data import content_id

Identity = tuple[str | int, ...]
"""What tells a row from all others on the target: its label and id, or its type, ends and keys."""

VERSION: Final = "1"
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS row (number INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, hash BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS record (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, hash BLOB NOT NULL,
    rows TEXT NOT NULL);
"""


_KNOWN: Final = "SELECT identity, hash, number FROM row WHERE identity IN ({})"
_PUT: Final = (
    "INSERT INTO row (identity, hash) VALUES {} ON CONFLICT (identity) DO UPDATE SET hash = excluded.hash"
    " RETURNING number, identity"
)
_UNTOLD: Final = "DELETE FROM record WHERE id IN ({})"
_RECORDS: Final = "SELECT id, hash, number, rows FROM record WHERE id IN ({})"
_TELL: Final = (
    "INSERT INTO record (id, hash, rows) VALUES {} ON CONFLICT (id) DO UPDATE SET hash = excluded.hash,"
    " rows = excluded.rows RETURNING number"
)
_PAGE: Final = "SELECT number, identity FROM row WHERE (? IS NULL OR number < ?) ORDER BY number DESC LIMIT ?"


RECORDS: Final = 5_000
MOST: Final = 10_000
"""Rows that are asked for or remembered at once; SQLite takes some 32,000 values in a statement."""


class Item(NamedTuple):
    """A row to be written: its identity, also as a text, and the hash of what it carries."""

    identity: Identity
    text: str
    hash: bytes


class Record(NamedTuple):
    """What rows are told of: its id, a hash of all that they are made of, and their identities as texts."""

    id: str
    hash: bytes
    rows: Sequence[str]


def item_of(identity: Identity, hash_: bytes) -> Item:
    return Item(identity, _text(identity), hash_)


class Memory:
    """The memory of one target. A context; without a path it lives as long as the write."""

    def __init__(self, path: Path | None = None) -> None:
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._sql = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=30)
        self._sql.execute("PRAGMA journal_mode = WAL")
        self._sql.execute("PRAGMA synchronous = NORMAL")
        self._sql.executescript(_TABLES)
        if self._get("version") not in ("", VERSION):
            self.forget_all()
        self._set("version", VERSION)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sql.close()

    @property
    def token(self) -> str:
        """What the target's marker must say for this memory to be true; "" when nothing was written yet."""
        return self._get("token")

    @property
    def fingerprint(self) -> str:
        """Of the graph that the target holds in full; "" while a write is under way or was cut off."""
        return self._get("fingerprint")

    def __len__(self) -> int:
        return int(self._sql.execute("SELECT count(*) FROM row").fetchone()[0])

    def begin(self) -> str:
        """A write begins: the token it is known by, which is to be put on the target first."""
        self._set("fingerprint", "")
        if not self.token:
            self._set("token", secrets.token_hex(8))
        return self.token

    def end(self, fingerprint: str) -> None:
        self._set("fingerprint", fingerprint)

    def forget_all(self) -> None:
        with _transaction(self._sql):
            self._sql.execute("DELETE FROM row")
            self._sql.execute("DELETE FROM record")
            self._sql.execute("DELETE FROM meta")
        self._set("version", VERSION)

    def adopt(self, identities: Iterable[Identity]) -> None:
        """Rows that the target has of this workspace, with contents that nobody knows."""
        with _transaction(self._sql):
            rows = ((_text(i), b"") for i in identities)
            self._sql.executemany("INSERT OR IGNORE INTO row (identity, hash) VALUES (?, ?)", rows)

    def known(self, items: Sequence[Item], seen: Seen, numbers: dict[str, int] | None = None) -> list[bytes | None]:
        """The hashes that rows were last written with, None for a new one; those that the target has are marked.

        At most `MOST` rows, as for `written`. `numbers` is filled with their numbers by text, for `told`.
        """
        texts = [item.text for item in items]
        found = self._sql.execute(_KNOWN.format(",".join("?" * len(texts))), texts).fetchall()
        seen.mark([number for _, _, number in found])
        if numbers is not None:
            numbers.update((text, number) for text, _, number in found)
        hashes = {text: hash_ for text, hash_, _ in found}
        return [hashes.get(text) for text in texts]

    def written(self, items: Sequence[Item], seen: Seen, numbers: dict[str, int] | None = None) -> None:
        """These rows are on the target now."""
        values = [value for item in items for value in (item.text, item.hash)]
        with _transaction(self._sql):
            found = self._sql.execute(_PUT.format(",".join(["(?,?)"] * len(items))), values).fetchall()
        seen.mark([number for number, _ in found])
        if numbers is not None:
            numbers.update((text, number) for number, text in found)

    def unchanged(self, records: Sequence[tuple[str, bytes]], seen: Seen, kept: Seen) -> list[bool]:
        """Which records (id, hash) were told just so; their rows are marked as seen, and they as kept."""
        ids = [id_ for id_, _ in records]
        found = self._sql.execute(_RECORDS.format(",".join("?" * len(ids))), ids)
        there = {id_: (hash_, number, rows) for id_, hash_, number, rows in found}
        same = [id_ in there and there[id_][0] == hash_ for id_, hash_ in records]
        for id_ in compress(ids, same):
            kept.mark((there[id_][1],))
            seen.mark(map(int, there[id_][2].split()))
        return same

    def untold(self, ids: Sequence[str]) -> None:
        """These records are about to be told otherwise."""
        with _transaction(self._sql):
            self._sql.execute(_UNTOLD.format(",".join("?" * len(ids))), ids)

    def told(self, records: Sequence[Record], kept: Seen, numbers: Mapping[str, int]) -> None:
        """All rows of these records are on the target now; `numbers` are those of the rows."""
        for start in range(0, len(records), RECORDS):
            values = [
                value
                for record in records[start : start + RECORDS]
                for value in (record.id, record.hash, " ".join([str(numbers[text]) for text in record.rows]))
            ]
            with _transaction(self._sql):
                made = self._sql.execute(_TELL.format(",".join(["(?,?,?)"] * (len(values) // 3))), values).fetchall()
            kept.mark([number for (number,) in made])

    def forget_records(self, kept: Seen) -> None:
        """Records that the graph no longer has; before their rows go."""
        with _transaction(self._sql):
            gone = [(n,) for (n,) in self._sql.execute("SELECT number FROM record") if n not in kept]
            self._sql.executemany("DELETE FROM record WHERE number = ?", gone)

    def unseen(self, seen: Seen, size: int) -> Iterator[list[Identity]]:
        """Rows that the target has and the graph has not, in batches, the last written first.

        Relationships are written after the nodes that they tie together, and so go before them.
        """
        last: int | None = None
        batch: list[Identity] = []
        while page := self._sql.execute(_PAGE, (last, last, size)).fetchall():
            last = page[-1][0]
            batch += [tuple(json.loads(text)) for number, text in page if number not in seen]
            if len(batch) >= size:
                yield batch
                batch = []
        if batch:
            yield batch

    def count_unseen(self, seen: Seen) -> int:
        return len(self) - seen.count()

    def removed(self, identities: Sequence[Identity]) -> None:
        with _transaction(self._sql):
            self._sql.executemany("DELETE FROM row WHERE identity = ?", [(_text(i),) for i in identities])

    def _get(self, key: str) -> str:
        row = self._sql.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def _set(self, key: str, value: str) -> None:
        self._sql.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


@dataclass(slots=True)
class Seen:
    """Rows that the graph has, one bit each."""

    bits: bytearray = field(default_factory=bytearray)

    def mark(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            at = number >> 3
            if at >= len(self.bits):
                self.bits.extend(bytes(max(at + 1 - len(self.bits), 1024)))
            self.bits[at] |= 1 << (number & 7)

    def count(self) -> int:
        return int.from_bytes(self.bits).bit_count()

    def __contains__(self, number: int) -> bool:
        at = number >> 3
        return at < len(self.bits) and bool(self.bits[at] & (1 << (number & 7)))


class _transaction:  # noqa: N801 -- reads as a verb
    """All or nothing."""

    def __init__(self, sql: sqlite3.Connection) -> None:
        self._sql = sql

    def __enter__(self) -> None:
        self._sql.execute("BEGIN")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sql.execute("ROLLBACK" if error else "COMMIT")


def hash_of(values: object) -> bytes:
    """A hash of what a row carries; of plain values only, whose text is the same everywhere."""
    return text_hash(repr(values))


def text_hash(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def memory_path(folder: Path, *target: str) -> Path:
    """Where the memory of a target lies: a server's address and database, and the name this workspace has there."""
    return folder / f"{content_id('target', *target)}.db"


def _text(identity: Identity) -> str:
    """A list in JSON."""
    return f"[{','.join([encode_basestring(part) if isinstance(part, str) else str(part) for part in identity])}]"
