"""One write to a Neo4j server: what differs from the memory of the last write is sent, what is gone is let go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import chain, groupby
from typing import Final, LiteralString, TypeVar

import neo4j

from kgc.store import neo4j_statements as say
from kgc.store.contract import Graph
from kgc.store.layout import Column
from kgc.store.neo4j_statements import Statements, as_row, edge_identity, keys_of, node_identity
from kgc.store.properties import Value
from kgc.store.rows import Key, edge_rows, node_rows
from kgc.store.targets import Identity, Item, Memory, Seen, hash_of

T = TypeVar("T")

BATCH: Final = 5_000
"""Rows of one transaction."""
PAGE: Final = 2_000
"""Rows that are compared with the memory at once."""
HELD: Final = 4 * BATCH
"""Rows that wait for the others of their kind."""
LONGEST_NAME: Final = 2_000
"""Code points; an index takes no more than about 8,000 bytes."""
TEXT: Final = frozenset({"Document", "Chunk", "FROM_DOCUMENT", "MENTIONS"})
SMALL: Final = 20
"""With this many rows there or fewer, any number may go."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a write changed on the server, or would change.

    `sent` counts rows that were sent, `removed` those that were let go; `skipped` are rows that the schema has no place
    for. `in_full` says that the memory of the last write did not fit, so that all rows were sent and compared there.
    """

    sent: int = 0
    removed: int = 0
    nodes_created: int = 0
    nodes_deleted: int = 0
    relationships_created: int = 0
    relationships_deleted: int = 0
    properties_set: int = 0
    labels_added: int = 0
    labels_removed: int = 0
    skipped: int = 0
    in_full: bool = False


@dataclass(slots=True)
class Wanted:
    """A row as the statements want it."""

    key: Key
    item: Item
    row: dict[str, object]


@dataclass(slots=True)
class Writer:
    """Statements, the rows that wait for them, what is on the server, and what was changed."""

    session: neo4j.Session
    statements: Statements
    memory: Memory
    owner: str
    dry: bool = False
    watch: Callable[[int], None] | None = None
    counts: dict[str, int] = field(default_factory=lambda: {f.name: 0 for f in fields(Written) if f.name != "in_full"})
    seen: Seen = field(default_factory=Seen)
    _waiting: dict[Key, list[Wanted]] = field(default_factory=dict)
    _held: int = 0

    def fits(self) -> bool:
        """Whether the server holds what the memory says."""
        found = self._read(say.READ_MARKER)
        return bool(self.memory.token) and [f["token"] for f in found] == [self.memory.token]

    def look(self) -> None:
        """Remember what the server has of this workspace, without its contents."""
        self.memory.forget_all()
        nodes = (node_identity(self._label(f["labels"]), str(f["id"])) for f in self._read(say.OWN_NODES))
        self.memory.adopt(nodes)
        self.memory.adopt(self._own_edge(f) for f in self._read(say.OWN_EDGES))

    def begin(self) -> None:
        for statement in self.statements.constraints():
            self.session.run(_ours(statement)).consume()
        token = self.memory.begin()
        self.session.execute_write(lambda tx: tx.run(_ours(say.PUT_MARKER), owner=self.owner, token=token).consume())

    def write(self, graph: Graph, text: bool) -> None:
        """Send the rows that are new or changed."""
        tables = self.statements.tables
        rows = chain(node_rows(graph, tables), edge_rows(graph, tables))
        page: list[Wanted] = []
        for key, values in rows:
            if key[0] in TEXT and not text:
                continue
            if values is None:
                self.counts["skipped"] += 1
                continue
            page.append(self._wanted(key, values))
            if len(page) == PAGE:
                self._compare(page)
                page = []
        self._compare(page)
        self._flush()

    def unwanted(self) -> int:
        return self.memory.count_unseen(self.seen)

    def forget(self) -> None:
        """Let go of what the graph no longer has; relationships before the nodes that they hold."""
        for batch in self.memory.unseen(self.seen, BATCH):
            self.counts["removed"] += len(batch)
            if self.dry:
                continue
            for kind, group in groupby(sorted(batch, key=_kind_first), key=_kind):
                rows = list(group)
                for statement in self._drops(kind):
                    self._run(statement, [as_row(i) for i in rows])
            self.memory.removed(batch)

    def _drops(self, kind: tuple[str, ...]) -> tuple[str, ...]:
        if len(kind) == 1:
            return self.statements.drop_nodes(kind[0])
        return self.statements.drop_edges(*kind)

    def _compare(self, page: Sequence[Wanted]) -> None:
        if not page:
            return
        for wanted, differs in zip(page, self.memory.compare([w.item for w in page], self.seen), strict=True):
            if differs:
                self._waiting.setdefault(wanted.key, []).append(wanted)
                self._held += 1
        if self.watch:
            self.watch(len(page))
        if self._held >= HELD:
            self._flush()

    def _wanted(self, key: Key, values: tuple[Value, ...]) -> Wanted:
        hash_ = hash_of((key, values))
        if len(key) == 1:
            own = _properties(self.statements.tables.nodes()[key[0]].columns, values)
            if key[0] in self.statements.tables.entities:
                own["name"] = shortened(str(own["name"]))
            identity = node_identity(self.statements.root(key[0]), str(own["id"]))
            return Wanted(key, Item(identity, hash_), {"id": own.pop("id"), "p": own})
        type_, head, tail = key
        a, b = str(values[0]), str(values[1])
        own = _properties(self.statements.tables.edges[type_].columns, values[2:])
        told = {k: own.pop(k) for k in keys_of(type_)}
        keys = tuple(k if isinstance(k, int) else str(k) for k in told.values())
        identity = edge_identity(type_, self.statements.root(head), self.statements.root(tail), a, b, keys)
        return Wanted(key, Item(identity, hash_), {"a": a, "b": b, **told, "p": own})

    def _flush(self) -> None:
        """Send what waits, nodes first; each batch is remembered once the server has it."""
        for key, rows in sorted(self._waiting.items(), key=lambda waiting: len(waiting[0])):
            statement = self.statements.put_nodes(key[0]) if len(key) == 1 else self.statements.put_edges(key)
            names = sorted(_names(rows[0].row))
            for batch in _batches(rows):
                self.counts["sent"] += len(batch)
                if not self.dry:
                    self._run(statement, [w.row for w in batch], names)
                    for part in _batches([w.item for w in batch], PAGE):
                        self.memory.written(part, self.seen)
        self._waiting, self._held = {}, 0

    def _run(self, statement: str, rows: Sequence[object], keys: Sequence[str] = ()) -> None:
        values = {"rows": rows, "keys": keys, "owner": self.owner}
        done = self.session.execute_write(lambda tx: tx.run(_ours(statement), values).consume().counters)
        for name in self.counts:
            self.counts[name] += getattr(done, name, 0)

    def _read(self, statement: str) -> Iterator[Mapping[str, object]]:
        for record in self.session.run(_ours(statement), owner=self.owner):
            yield dict(zip(record.keys(), record.values(), strict=True))

    def _label(self, labels: object) -> str:
        found = [str(label) for label in labels] if isinstance(labels, list) else []
        known = self.statements.tables.nodes()
        return "Entity" if "Entity" in found else next((f for f in found if f in known), found[0] if found else "")

    def _own_edge(self, found: Mapping[str, object]) -> Identity:
        type_ = str(found["type"])
        keys = tuple(k if isinstance(k, int) else str(k) for k in (found[k] for k in keys_of(type_)))
        ends = self._label(found["from"]), self._label(found["to"])
        return edge_identity(type_, *ends, str(found["a"]), str(found["b"]), keys)


def shortened(name: str) -> str:
    """A name that an index can hold."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def _kind(identity: Identity) -> tuple[str, ...]:
    """The label of a node, or the type and the labels of a relationship."""
    return tuple(str(part) for part in identity[: 1 if len(identity) == 2 else 3])


def _kind_first(identity: Identity) -> tuple[bool, tuple[str, ...]]:
    kind = _kind(identity)
    return len(kind) == 1, kind


def _properties(columns: tuple[Column, ...], values: Sequence[Value]) -> dict[str, object]:
    named = zip(columns, values, strict=True)
    return {c.name: list(v) if isinstance(v, tuple) else v for c, v in named}


def _names(row: Mapping[str, object]) -> Sequence[str]:
    own = row["p"]
    assert isinstance(own, dict)
    return list(own)


def _batches(rows: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _ours(statement: str) -> LiteralString:
    """A statement that is made of constants and checked names, as the driver wants it declared."""
    return statement  # pyright: ignore[reportReturnType]
