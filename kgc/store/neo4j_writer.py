"""One write to a Neo4j server: what differs from the memory of the last write is sent, what is gone is let go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import chain, groupby
from types import TracebackType
from typing import Final, LiteralString, Self, TypeVar

import neo4j

from kgc.store import neo4j_statements as say
from kgc.store.contract import Graph
from kgc.store.neo4j_courier import Counters, Courier
from kgc.store.neo4j_rows import Shape, shape_of
from kgc.store.neo4j_statements import Statements, as_row, edge_identity, keys_of, node_identity
from kgc.store.properties import Value
from kgc.store.rows import Key, edge_rows, node_rows
from kgc.store.targets import Identity, Item, Memory, Seen, hash_of, item_of

T = TypeVar("T")

BATCH: Final = 5_000
"""Rows of one transaction."""
PAGE: Final = 2_000
"""Rows that are compared with the memory at once."""
HELD: Final = 4 * BATCH
"""Rows that wait for the others of their kind."""
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row that differs from what the target has."""

    values: tuple[Value, ...]
    item: Item


@dataclass(slots=True)
class Writer:
    """Statements, the rows that wait for them, what is on the server, and what was changed. A context."""

    session: neo4j.Session
    statements: Statements
    memory: Memory
    owner: str
    dry: bool = False
    watch: Callable[[int], None] | None = None
    counts: dict[str, int] = field(default_factory=lambda: {f.name: 0 for f in fields(Written) if f.name != "in_full"})
    seen: Seen = field(default_factory=Seen)
    courier: Courier = field(init=False)
    _shapes: dict[Key, Shape] = field(default_factory=dict)
    _waiting: dict[tuple[Key, bool], list[Wanted]] = field(default_factory=dict)
    _held: int = 0

    def __post_init__(self) -> None:
        self.courier = Courier(self.session)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.courier.__exit__(kind, error, trace)

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
        page: list[tuple[Key, tuple[Value, ...], Item]] = []
        for key, values in rows:
            if key[0] in TEXT and not text:
                continue
            if values is None:
                self.counts["skipped"] += 1
                continue
            page.append((key, values, item_of(self._shape(key).identity(values), hash_of((key, values)))))
            if len(page) == PAGE:
                self._compare(page)
                page = []
        self._compare(page)
        self._flush()
        self.courier.settle()

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
                    told = {"rows": [as_row(i) for i in rows], "owner": self.owner}
                    self._count(self.courier.now(_ours(statement), told))
            self.memory.removed(batch)

    def end(self) -> None:
        """Make the indexes over names where they are absent, and wait until they can be asked."""
        made = [self.session.run(_ours(statement)).consume().counters.indexes_added for statement in say.INDEXES]
        if any(made):
            self.session.run(say.AWAIT).consume()

    def _drops(self, kind: tuple[str, ...]) -> tuple[str, ...]:
        if len(kind) == 1:
            return self.statements.drop_nodes(kind[0])
        return self.statements.drop_edges(*kind)

    def _compare(self, page: Sequence[tuple[Key, tuple[Value, ...], Item]]) -> None:
        if not page:
            return
        known = self.memory.known([item for _, _, item in page], self.seen)
        for (key, values, item), hash_ in zip(page, known, strict=True):
            if hash_ != item.hash:
                self._waiting.setdefault((key, hash_ is None), []).append(Wanted(values, item))
                self._held += 1
        if self.watch:
            self.watch(len(page))
        if self._held >= HELD:
            self._flush()

    def _shape(self, key: Key) -> Shape:
        found = self._shapes.get(key)
        if found is None:
            found = self._shapes[key] = shape_of(key, self.statements)
        return found

    def _flush(self) -> None:
        """Send what waits, nodes first; each batch is remembered once the server has it."""
        waiting, self._waiting, self._held = self._waiting, {}, 0
        for (key, new), rows in sorted(waiting.items(), key=lambda kind: len(kind[0][0])):
            for batch in _batches(rows):
                self.counts["sent"] += len(batch)
                if not self.dry:
                    self._put(key, new, batch)

    def _put(self, key: Key, new: bool, batch: Sequence[Wanted]) -> None:
        shape, say_ = self._shape(key), self.statements
        statement = say_.put_nodes(key[0], new=new) if len(key) == 1 else say_.put_edges(key, new=new)
        values = {
            "rows": [shape.row(wanted.values, bare=new) for wanted in batch],
            "owner": self.owner,
            **({"none": dict.fromkeys(shape.names)} if new else {"keys": shape.names}),
        }

        def arrived(done: Counters) -> None:
            self._count(done)
            self.memory.written([wanted.item for wanted in batch], self.seen)

        self.courier.send(_ours(statement), values, arrived)

    def _count(self, done: Counters) -> None:
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


def _kind(identity: Identity) -> tuple[str, ...]:
    """The label of a node, or the type and the labels of a relationship."""
    return tuple(str(part) for part in identity[: 1 if len(identity) == 2 else 3])


def _kind_first(identity: Identity) -> tuple[bool, tuple[str, ...]]:
    kind = _kind(identity)
    return len(kind) == 1, kind


def _batches(rows: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _ours(statement: str) -> LiteralString:
    """A statement that is made of constants and checked names, as the driver wants it declared."""
    return statement  # pyright: ignore[reportReturnType]
