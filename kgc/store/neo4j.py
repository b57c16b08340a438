"""The graph on a Neo4j server: merged on ids, so that writing again changes nothing. No plug-in is needed there.

Every node and relationship carries `owners`, the workspaces that wrote it. What a workspace no longer has goes when its
last owner lets go; what others made is never touched.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import ClassVar, Final, LiteralString, cast

import neo4j
from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError, ServiceUnavailable

from kgc.errors import StoreError
from kgc.store.catalog import quoted
from kgc.store.contract import Graph
from kgc.store.layout import Column, Layout, layout
from kgc.store.properties import Value
from kgc.store.rows import Key, Row, edge_rows, node_rows

BATCH: Final = 5_000
"""Rows of one transaction."""

_HELD: Final = 4 * BATCH
_CHANGED: Final = (
    "WHERE NOT $owner IN coalesce(x.owners, [])"
    " OR any(k IN $keys WHERE NOT coalesce(x[k] = row.p[k], x[k] IS NULL AND row.p[k] IS NULL))"
    " SET x += row.p,"
    " x.owners = CASE WHEN $owner IN coalesce(x.owners, []) THEN x.owners ELSE coalesce(x.owners, []) + $owner END"
)
"""Sets properties where any differs, so that the counters of an unchanged graph are all zero."""

_LET_GO: Final = " SET x.owners = [o IN x.owners WHERE o <> $owner]"
_KEYS: Final[dict[str, tuple[str, ...]]] = {"FROM_DOCUMENT": (), "MENTIONS": ("start", "end")}
"""What tells apart the relationships of one type between the same two nodes; elsewhere it is the id."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a write changed on the server; `skipped` are rows that the schema has no place for."""

    nodes_created: int = 0
    nodes_deleted: int = 0
    relationships_created: int = 0
    relationships_deleted: int = 0
    properties_set: int = 0
    labels_added: int = 0
    labels_removed: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Neo4jStore:
    """A database on a server. The password is read from the variable `password_env`; `database` "" is the server's own.

    `owner` names the workspace: two workspaces that share a database need two names.
    """

    uri: str
    user: str = "neo4j"
    password_env: str = "NEO4J_PASSWORD"  # noqa: S105 -- the name of a variable
    database: str = ""
    owner: str = "kgc"
    name: ClassVar[str] = "neo4j"

    def write(self, graph: Graph) -> Written:
        """Bring the database to this graph. A run that was cut off is carried on by the next.

        Raises `StoreError` when the server is away, refuses the password, does not know the database, or refuses data.
        """
        tables = layout(graph.schema)
        with _explained(self), self._driver() as driver, driver.session(database=self.database or None) as session:
            driver.verify_connectivity()
            writer = _Writer(session, tables, self.owner)
            writer.constrain()
            writer.write(node_rows(graph, tables))
            writer.write(edge_rows(graph, tables))
            writer.forget_relationships()
            writer.forget_nodes()
        return Written(**writer.counts)

    def _driver(self) -> neo4j.Driver:
        if self.password_env not in os.environ:
            raise StoreError(
                f"The variable {self.password_env} with the password of {self.user!r} is not set.",
                "Set it, or name another with --password-env.",
            )
        auth = (self.user, os.environ[self.password_env])
        return neo4j.GraphDatabase.driver(self.uri, auth=auth, notifications_min_severity="OFF")


@dataclass(slots=True)
class _Writer:
    """One write: statements, the rows that wait for them, what is still in the graph, and what was changed."""

    session: neo4j.Session
    tables: Layout
    owner: str
    counts: dict[str, int] = field(default_factory=lambda: asdict(Written()))
    nodes: set[tuple[str, str]] = field(default_factory=set)
    relationships: set[tuple[object, ...]] = field(default_factory=set)
    _waiting: dict[Key, list[dict[str, object]]] = field(default_factory=dict)
    _held: int = 0

    def constrain(self) -> None:
        for label in ("Entity", *self.tables.events, *self.tables.texts):
            self._run(f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{quoted(label)}) REQUIRE n.id IS UNIQUE", alone=True)

    def write(self, rows: Iterator[Row]) -> None:
        for key, values in rows:
            if values is None:
                self.counts["skipped"] += 1
                continue
            self._waiting.setdefault(key, []).append(self._row(key, values))
            self._held += 1
            if self._held >= _HELD:
                self._flush()
        self._flush()

    def forget_relationships(self) -> None:
        """Let go of the relationships that the graph no longer has."""
        found = self._read(
            "MATCH (a)-[r]->(b) WHERE $owner IN r.owners"
            " RETURN elementId(r) AS at, type(r) AS type, a.id AS a, b.id AS b,"
            " r.id AS id, r.start AS start, r.end AS end"
        )
        gone = [f["at"] for f in found if _identity(str(f["type"]), f["a"], f["b"], f) not in self.relationships]
        for batch in _batches(gone):
            start = "UNWIND $rows AS at MATCH ()-[x]->() WHERE elementId(x) = at"
            self._run(f"{start} AND size(x.owners) > 1{_LET_GO}", batch)
            self._run(f"{start} AND x.owners = [$owner] DELETE x", batch)

    def forget_nodes(self) -> None:
        """Let go of the nodes that the graph no longer has; what somebody tied to them keeps them there."""
        found = self._read(
            "MATCH (n) WHERE $owner IN n.owners RETURN elementId(n) AS at, labels(n) AS labels, n.id AS id"
        )
        gone = [f["at"] for f in found if not self._kept(cast("list[str]", f["labels"]), str(f["id"]))]
        for batch in _batches(gone):
            start = "UNWIND $rows AS at MATCH (x) WHERE elementId(x) = at"
            self._run(f"{start} AND x.owners = [$owner] AND NOT EXISTS {{ (x)--() }} DELETE x", batch)
            self._run(f"{start}{_LET_GO}", batch)

    def _kept(self, labels: Sequence[str], id_: str) -> bool:
        return any((label, id_) in self.nodes for label in labels)

    def _row(self, key: Key, values: tuple[Value, ...]) -> dict[str, object]:
        if len(key) == 1:
            columns = self.tables.nodes()[key[0]].columns
            own = _properties(columns, values)
            self.nodes.add((self._root(key[0]), str(own["id"])))
            return {"id": own.pop("id"), "p": own}
        own = _properties(self.tables.edges[key[0]].columns, values[2:])
        self.relationships.add(_identity(key[0], values[0], values[1], own))
        return {"a": values[0], "b": values[1], **{k: own.pop(k) for k in _keys(key[0])}, "p": own}

    def _flush(self) -> None:
        for key, rows in self._waiting.items():
            statement = self._node_statement(key[0]) if len(key) == 1 else self._edge_statement(key)
            names = sorted(cast("dict[str, object]", rows[0]["p"]))
            for batch in _batches(rows):
                self._run(statement, batch, names)
        self._waiting, self._held = {}, 0

    def _node_statement(self, label: str) -> str:
        root = self._root(label)
        table = self.tables.nodes()[label]
        own = [label, *(above for above in table.above if above != root)]
        others = [other for other in self.tables.entities if other not in own] if root == "Entity" else []
        labels = "" if own == [root] else " SET x" + "".join(f":{quoted(o)}" for o in own)
        labels += " REMOVE x" + "".join(f":{quoted(o)}" for o in others) if others else ""
        return f"UNWIND $rows AS row MERGE (x:{quoted(root)} {{id: row.id}}){labels} WITH x, row {_CHANGED}"

    def _edge_statement(self, key: Key) -> str:
        type_, head, tail = key
        keys = ", ".join(f"{quoted(k)}: row.{quoted(k)}" for k in _keys(type_))
        return (
            f"UNWIND $rows AS row MATCH (a:{quoted(self._root(head))} {{id: row.a}})"
            f" MATCH (b:{quoted(self._root(tail))} {{id: row.b}})"
            f" MERGE (a)-[x:{quoted(type_)}{f' {{{keys}}}' if keys else ''}]->(b) WITH x, row {_CHANGED}"
        )

    def _root(self, label: str) -> str:
        """The label whose ids are unique."""
        return "Entity" if label in self.tables.entities else label

    def _run(
        self, statement: str, rows: Sequence[object] = (), keys: Sequence[str] = (), *, alone: bool = False
    ) -> None:
        """Run a statement of ours. Labels and types in it are checked names of the schema; values are parameters."""
        text = _ours(statement)
        if alone:
            self.session.run(text).consume()
            return
        values = {"rows": rows, "keys": keys, "owner": self.owner}
        done = self.session.execute_write(lambda tx: tx.run(text, values).consume().counters)
        for name in self.counts:
            self.counts[name] += getattr(done, name, 0)

    def _read(self, statement: str) -> Iterator[Mapping[str, object]]:
        for record in self.session.run(_ours(statement), {"owner": self.owner}):
            yield record.data()


def _ours(statement: str) -> LiteralString:
    """A statement that is made of constants and checked names, as the driver wants it declared."""
    return statement  # pyright: ignore[reportReturnType]


def _properties(columns: tuple[Column, ...], values: Sequence[Value]) -> dict[str, object]:
    named = zip(columns, values, strict=True)
    return {c.name: list(v) if isinstance(v, tuple) else v for c, v in named}


def _keys(type_: str) -> tuple[str, ...]:
    return _KEYS.get(type_, ("id",))


def _identity(type_: str, head: object, tail: object, own: Mapping[str, object]) -> tuple[object, ...]:
    return (type_, head, tail, *(own.get(k) for k in _keys(type_)))


def _batches(rows: Sequence[object]) -> Iterator[Sequence[object]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


@contextmanager
def _explained(store: Neo4jStore) -> Iterator[None]:
    """What went wrong with a server, and what to do about it."""
    try:
        yield
    except AuthError as error:
        hint = f"Check --user and the variable {store.password_env}."
        raise StoreError(f"{store.uri} refuses the user {store.user!r} or the password.", hint) from error
    except ServiceUnavailable as error:
        raise StoreError(f"No Neo4j server answers at {store.uri}.", "Start it, or check the address.") from error
    except Neo4jError as error:
        if error.code and error.code.endswith("DatabaseNotFound"):
            hint = "Make it, or leave --database out for the server's own."
            raise StoreError(f"{store.uri} has no database {store.database!r}.", hint) from error
        raise StoreError(f"{store.uri} refused to write: {error.message}", "") from error
    except (ConfigurationError, DriverError, ValueError) as error:
        raise StoreError(f"{store.uri!r} cannot be used: {error}", "For example: neo4j://localhost:7687") from error
