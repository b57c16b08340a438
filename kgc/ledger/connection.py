"""Open the ledger: SQLite with a write-ahead log, migrated, never deleted, never guessed at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Final

from kgc.data import content_id
from kgc.errors import LedgerError

APPLICATION_ID: Final = 0x6B676331  # "kgc1", so that `file` and we can tell a ledger from any other database
VERSION: Final = 5


def connect(path: Path, *, writable: bool) -> sqlite3.Connection:
    """A connection to the ledger at `path`; a writable one creates and migrates it.

    Raises `LedgerError` for a newer or damaged ledger, one that is no ledger, or a folder that cannot be written.
    """
    try:
        connection = _open(path, writable)
        _check(connection, path, writable)
    except sqlite3.Error as error:
        raise _explained(error, path) from error
    except OSError as error:
        raise LedgerError(
            f"The workspace cannot be written: {error}.", "Use -w with a folder you may write."
        ) from error
    return connection


def _open(path: Path, writable: bool) -> sqlite3.Connection:
    if writable:
        path.parent.mkdir(parents=True, exist_ok=True)
    elif not path.is_file():
        raise LedgerError(f"There is no ledger in {path.parent.parent}.", "`kgc ingest FOLDER` makes one.")
    connection = _connection(path, "mode=rwc" if writable else "mode=ro")
    if not writable and not _readable(connection):
        # A log cannot be opened in a folder that cannot be written; nobody else writes there either.
        connection.close()
        connection = _connection(path, "mode=ro&immutable=1")
    connection.row_factory = sqlite3.Row
    connection.create_function("kgc_id", -1, _sql_id, deterministic=True)
    return connection


def _connection(path: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?{how}", uri=True, isolation_level=None, check_same_thread=False, timeout=30
    )


def _readable(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        return False
    return True


def _sql_id(*parts: object) -> str:
    return content_id(*("" if p is None else str(p) for p in parts))


def _check(connection: sqlite3.Connection, path: Path, writable: bool) -> None:
    """Refuse what is not ours or newer than we are; migrate what is older."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    empty = not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not empty and application != APPLICATION_ID:
        raise LedgerError(f"{path} is a database, but not a ledger of kgc.", "It was left as it is.")
    if version > VERSION:
        raise LedgerError(
            f"{path} was written by a newer kgc (ledger version {version}, this one knows {VERSION}).",
            "Upgrade kgc; the ledger was left as it is.",
        )
    if not writable:
        if empty or version < VERSION:
            raise LedgerError(f"{path} has to be migrated first.", "`kgc ingest` does so.")
        connection.execute("PRAGMA query_only = ON")
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # a paid answer survives a power cut
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = FILE")
    connection.execute("PRAGMA cache_size = -32000")
    _migrate(connection, version)


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring the ledger to VERSION in one transaction; a second opener waits for it and then finds nothing to do."""
    if version == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        current = connection.execute("PRAGMA user_version").fetchone()[0]
        for number in range(current + 1, VERSION + 1):
            text = resources.files("kgc.ledger").joinpath("migrations", f"{number:03}.sql").read_text(encoding="utf-8")
            for statement in _statements(text):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _statements(script: str) -> Iterator[str]:
    """The statements of an SQL script; `executescript` would commit the transaction that they belong to."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


def _explained(error: sqlite3.Error, path: Path) -> LedgerError:
    words = str(error)
    if "readonly" in words or "unable to open" in words:
        return LedgerError(f"The ledger {path} cannot be written ({words}).", "Check the folder's permissions.")
    if "locked" in words:
        return LedgerError(f"The ledger {path} is in use by another program ({words}).", "Try again in a moment.")
    if "full" in words:
        return LedgerError(f"The disk is full ({path}).", "Free some space and run again; nothing committed is lost.")
    if isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError)):
        raise error  # a mistake of ours, not damage
    return LedgerError(
        f"The ledger {path} is damaged ({words}).",
        "It was left as it is: restore it from a backup, or move it away and ingest again.",
    )


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; the write lock is taken at the start, so that two writers wait instead of failing midway."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        name = connection.execute("PRAGMA database_list").fetchone()[2]
        raise _explained(error, Path(name)) from error


@contextmanager
def trial(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that is always taken back: to find out what would be."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
