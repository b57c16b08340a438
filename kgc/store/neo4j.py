"""The graph on a Neo4j server: merged on ids, so that writing again changes nothing. No plug-in is needed there.

Every node and relationship carries `owners`, the workspaces that wrote it. What a workspace no longer has goes when its
last owner lets go; what others made is never touched.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import ClassVar, Final, LiteralString

import neo4j
from neo4j.exceptions import AuthError, ClientError, ConfigurationError, DriverError, Neo4jError, ServiceUnavailable

from kgc.errors import StoreError
from kgc.store.answer import Rows
from kgc.store.contract import CYPHER, Abilities, Graph
from kgc.store.cypher import only_reads
from kgc.store.layout import layout
from kgc.store.neo4j_statements import Statements
from kgc.store.neo4j_values import plain
from kgc.store.neo4j_writer import SMALL, Writer, Written
from kgc.store.targets import Memory, memory_path

NO_TEXT: Final = "-no-text"
PAGE: Final = 5_000
"""Rows that are fetched at once from a server that is read whole."""


@dataclass(frozen=True, slots=True)
class Neo4jStore:
    """A database on a server.

    The password is read from the variable `password_env`; with `user` "" that variable holds a bearer token.
    `database` "" is the server's own. `owner` names the workspace: two workspaces that share a database need two names.
    `memory` is the folder that remembers what was written; without it every write compares in full.
    """

    uri: str
    user: str = "neo4j"
    password_env: str = "NEO4J_PASSWORD"  # noqa: S105 -- the name of a variable
    database: str = ""
    owner: str = "kgc"
    memory: Path | None = None
    text: bool = True
    name: ClassVar[str] = "neo4j"
    abilities: ClassVar[Abilities] = Abilities(difference=True, shared=True, events=True, text=True, query=CYPHER)

    def plan(self, graph: Graph) -> Written:
        """What a write would send and remove; nothing is changed, neither there nor here."""
        return self._write(graph, dry=True)

    def write(
        self, graph: Graph, *, prune: bool = False, anew: bool = False, watch: Callable[[int], None] | None = None
    ) -> Written:
        """Bring the database to this graph. A run that was cut off is carried on by the next.

        What was written last is remembered, so that the difference alone is sent; `anew` compares in full. Where more
        than half of what is there would go, nothing is removed and `StoreError` says so, unless `prune` allows it.
        Raises `StoreError` also when the server is away, refuses the password, does not know the database, or refuses
        data. `watch` is told how many rows were looked at.
        """
        return self._write(graph, prune=prune, anew=anew, watch=watch)

    def query(self, text: str, params: Mapping[str, object], limit: int = 10_000, timeout: float = 30.0) -> Rows:
        """Ask the server, read-only; `limit` is of rows, `timeout` in seconds.

        Read access alone would still let `LOAD CSV` read files: such words, and procedures that are not known to be
        harmless, are refused before anything is sent. Raises `StoreError`.
        """
        only_reads(text)
        with explained(self, timeout), self._driver() as driver:
            return ask(driver, self.database, text, params, limit, timeout)

    def stream(self, text: str) -> Iterator[Sequence[object]]:
        """The rows of a question of ours, read-only, fetched while they are read. Raises `StoreError`."""
        with (
            explained(self, reading=True),
            self._driver() as driver,
            driver.session(
                database=self.database or None, default_access_mode=neo4j.READ_ACCESS, fetch_size=PAGE
            ) as session,
            session.begin_transaction() as tx,
        ):
            for record in tx.run(_asked(text)):
                yield [plain(v) for v in record.values()]

    def _write(
        self,
        graph: Graph,
        *,
        prune: bool = False,
        anew: bool = False,
        dry: bool = False,
        watch: Callable[[int], None] | None = None,
    ) -> Written:
        fingerprint = graph.fingerprint + ("" if self.text else NO_TEXT)
        path = memory_path(self.memory, self.uri, self.database, self.owner) if self.memory else None
        statements = Statements(layout(graph.schema))
        with explained(self), self._driver() as driver, driver.session(database=self.database or None) as session:
            driver.verify_connectivity()
            with Memory(path) as memory, Writer(session, statements, memory, self.owner, dry, watch) as writer:
                fits = writer.fits() and not anew
                if fits and memory.fingerprint == fingerprint:
                    return Written()
                if not fits:
                    writer.look()
                before = len(memory)
                if not dry:
                    writer.begin()
                writer.write(graph, self.text)
                gone = writer.unwanted() if not dry else before - writer.seen.count()
                if gone > max(SMALL, before // 2) and not prune and not dry:
                    raise StoreError(
                        f"This write would remove {gone:,} of the {before:,} things of this workspace at {self.uri}.",
                        "What is new was written, nothing was removed. --prune removes them as well.",
                    )
                writer.forget()
                if dry and not fits:
                    memory.forget_all()
                elif not dry:
                    writer.end()
                    memory.end(fingerprint)
        return Written(**writer.counts, in_full=not fits)

    def _driver(self) -> neo4j.Driver:
        if self.password_env not in os.environ:
            raise StoreError(
                f"The variable {self.password_env} with the password of {self.user!r} is not set.",
                "Set it, or name another with --password-env.",
            )
        secret = os.environ[self.password_env]
        auth = neo4j.basic_auth(self.user, secret) if self.user else neo4j.bearer_auth(secret)
        return neo4j.GraphDatabase.driver(self.uri, auth=auth, notifications_min_severity="OFF")


def ask(
    driver: neo4j.Driver, database: str, text: str, params: Mapping[str, object], limit: int, timeout: float
) -> Rows:
    """The rows of a query in a transaction that may only read."""
    start = time.perf_counter()
    with (
        driver.session(database=database or None, default_access_mode=neo4j.READ_ACCESS) as session,
        session.begin_transaction(timeout=timeout) as tx,
    ):
        result = tx.run(_asked(text), dict(params))
        columns = tuple(result.keys())
        found = [tuple(plain(v) for v in record.values()) for record in islice(result, limit + 1)]
    return Rows(columns, tuple(found[:limit]), len(found) > limit, time.perf_counter() - start)


def _asked(text: str) -> LiteralString:
    """What a person asks, as the driver wants it declared; `only_reads` has looked at it."""
    return text  # pyright: ignore[reportReturnType]


@contextmanager
def explained(store: Neo4jStore, timeout: float = 0.0, *, reading: bool = False) -> Iterator[None]:
    """What went wrong with a server, and what to do about it."""
    try:
        yield
    except AuthError as error:
        hint = f"Check --user and the variable {store.password_env}."
        raise StoreError(f"{store.uri} refuses the user {store.user!r} or the password.", hint) from error
    except ServiceUnavailable as error:
        raise StoreError(f"No Neo4j server answers at {store.uri}.", "Start it, or check the address.") from error
    except Neo4jError as error:
        raise _said(store, error, timeout, reading) from error
    except (ConfigurationError, DriverError, ValueError) as error:
        raise StoreError(f"{store.uri!r} cannot be used: {error}", "For example: neo4j://localhost:7687") from error


def _said(store: Neo4jStore, error: Neo4jError, timeout: float, reading: bool) -> StoreError:
    code = error.code or ""
    if code.endswith("DatabaseNotFound"):
        hint = "Make it, or leave --database out for the server's own."
        return StoreError(f"{store.uri} has no database {store.database!r}.", hint)
    if code.endswith("TransactionTimedOutClientConfiguration"):
        return StoreError(f"The query took longer than {timeout:g} seconds.", "Narrow it, or raise --timeout.")
    if code.endswith(("AccessMode", "Forbidden", "WriteOnReadOnlyAccessDatabase", "DatabaseReadOnly")):
        hint = "A query can only read. For writing, the user needs the right to write to this database."
        return StoreError(f"{store.uri} does not allow that: {error.message}", hint)
    if code.endswith("ConstraintValidationFailed"):
        hint = "Something that kgc did not write is in the way; change it there, or write to another database."
        return StoreError(f"{store.uri} refused a row: {error.message}", hint)
    if isinstance(error, ClientError) and timeout:
        return StoreError(f"The query was refused: {error.message}", "docs/reference/graph.md tells what can be asked.")
    hint = "Nothing was changed there." if reading else "What was written before stays; writing again goes on."
    return StoreError(f"{store.uri} refused: {error.message}", hint)
