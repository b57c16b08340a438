"""One write to a SPARQL server: rows that differ from the memory of the last write are sent, what is gone goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from kgc.store.contract import Graph
from kgc.store.rdf.graph import Form, Group, groups
from kgc.store.rdf.graph import Record as GraphRecord
from kgc.store.rdf.names import Names
from kgc.store.sparql import statements as say
from kgc.store.sparql.endpoints import Endpoints
from kgc.store.sparql.http import Http
from kgc.store.sparql.rows import Row, Sorter, Space, Target
from kgc.store.targets import Identity, Item, Memory, Record, Seen, item_of, text_hash

PAGE: Final = 2_000
"""Rows that are compared with the memory at once."""
RECORDS: Final = 1_000
"""Records of the graph that are compared with the memory at once."""
HELD: Final = 5_000
"""Records that are remembered at once."""
TOLD: Final = "1"
"""How records are told in RDF: another number wherever the same record gives other statements than before."""
REQUEST: Final = 1 << 20
"""Code points of a request; a single row that is longer goes alone."""
SMALL: Final = 20
"""With this many rows there or fewer, any number may go."""
UNKNOWN: Final = b""
"""The hash of a row of which part may be on the server."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a write sent to a server, or would send.

    `sent` and `removed` count rows (a subject, or a statement about an entity), `triples` those of the rows that were
    sent. `in_full` says that the memory of the last write did not fit, so that everything was written anew.
    """

    sent: int = 0
    removed: int = 0
    triples: int = 0
    requests: int = 0
    in_full: bool = False


@dataclass(slots=True)
class Sender:
    """Requests to one server, counted."""

    http: Http
    at: Endpoints
    requests: int = 0

    def update(self, text: str) -> None:
        self.requests += 1
        self.http.change(self.at.update, text.encode(), "application/sparql-update; charset=utf-8")

    def add(self, graph: str, text: str) -> None:
        """Add N-Triples to a graph."""
        self.requests += 1
        url = f"{self.at.data}?graph={quote(graph[1:-1], safe='')}"
        self.http.change(url, text.encode(), "application/n-triples; charset=utf-8")


@dataclass(slots=True)
class Writer:
    """Rows that wait to be sent, and what was changed; without a sender nothing is."""

    sender: Sender | None
    memory: Memory
    target: Target
    space: Space
    watch: Callable[[int], None] | None = None
    sent: int = 0
    removed: int = 0
    triples: int = 0
    seen: Seen = field(default_factory=Seen)
    kept: Seen = field(default_factory=Seen)
    _new: list[Row] = field(default_factory=list)
    _old: list[Row] = field(default_factory=list)
    _size: int = 0
    _told: list[Record] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def write(self, graph: Graph, form: Form) -> None:
        """Send the rows that are new or changed; of a record that has not changed none is even made."""
        sorter = Sorter(Names(graph.schema, form.base), self.target)
        salt = text_hash(f"{TOLD} {form!r} {graph.schema!r}").hex()
        page: list[Group] = []
        for group in groups(graph, form):
            page.append(group)
            if len(page) == RECORDS:
                self._look(page, sorter, salt)
                page = []
        self._look(page, sorter, salt)
        self._settle()

    def unwanted(self) -> int:
        return self.memory.count_unseen(self.seen)

    def forget(self) -> None:
        """Take away what the graph no longer has."""
        if self.sender:
            self.memory.forget_records(self.kept)
        for batch in self.memory.unseen(self.seen, PAGE):
            for part in parted(batch, lambda identity: sum(len(str(term)) for term in identity)):
                if self.sender:
                    self.sender.update(say.deletion(part, self.space))
                    self.memory.removed(part)
                self.removed += len(part)

    def _look(self, page: Sequence[Group], sorter: Sorter, salt: str) -> None:
        """Compare records, and the rows of those that are new or changed."""
        named = [_named(group.record, salt) for group in page]
        same = self.memory.unchanged(named, self.seen, self.kept)
        others = [(name, group) for name, group, as_before in zip(named, page, same, strict=True) if not as_before]
        if self.sender:
            self.memory.untold([id_ for (id_, _), _ in others])
        rows: dict[Identity, tuple[Row, Item]] = {}
        told: list[Record] = []
        for (id_, hash_), group in others:
            found = {row.identity: (row, _item(row)) for row in sorter.sort(group.blocks)}
            rows.update(found)
            if id_:
                told.append(Record(id_, hash_, [item.text for _, item in found.values()]))
        every = list(rows.values())
        for start in range(0, len(every), PAGE):
            self._compare(every[start : start + PAGE])
        self._told += told
        if len(self._told) >= HELD:
            self._settle()
        if self.watch and page:
            self.watch(len(page))

    def _compare(self, page: Sequence[tuple[Row, Item]]) -> None:
        known = self.memory.known([item for _, item in page], self.seen, self._numbers)
        for (row, item), hash_ in zip(page, known, strict=True):
            if hash_ == item.hash:
                continue
            (self._new if hash_ is None else self._old).append(row)
            self._size += len(row.text)
            if self._size >= REQUEST:
                self._flush()

    def _settle(self) -> None:
        """Send what waits, and remember the records that are complete now."""
        self._flush()
        if self.sender:
            self.memory.told(self._told, self.kept, self._numbers)
        self._told, self._numbers = [], {}

    def _flush(self) -> None:
        """Send what waits. It is remembered first as unknown, so that a cut leaves nothing there that is not known."""
        waiting = [*self._new, *self._old]
        self.sent += len(waiting)
        self.triples += sum(row.statements for row in waiting)
        if self.sender and waiting:
            items = [_item(row) for row in waiting]
            self._remember([item._replace(hash=UNKNOWN) for item in items])
            self._put(self.sender)
            self._remember(items)
        self._new, self._old, self._size = [], [], 0

    def _put(self, sender: Sender) -> None:
        """New rows of the main graph are triples to be added; all others, and what they replace, are an update."""
        apart = bool(sender.at.data)
        plain = [row for row in self._new if apart and row.identity[1] == self.target.main]
        others = [row for row in self._new if not apart or row.identity[1] != self.target.main]
        if plain:
            sender.add(self.target.main, "".join(row.text for row in plain))
        steps = (say.deletion([row.identity for row in self._old], self.space), say.insertion([*self._old, *others]))
        text = ";\n".join(filter(None, steps))
        if text:
            sender.update(text)

    def _remember(self, items: Sequence[Item]) -> None:
        for start in range(0, len(items), PAGE):
            self.memory.written(items[start : start + PAGE], self.seen, self._numbers)


def parted(found: Sequence[Identity], size: Callable[[Identity], int]) -> Iterator[list[Identity]]:
    """In pieces that fit a request."""
    part: list[Identity] = []
    total = 0
    for one in found:
        part.append(one)
        total += size(one)
        if total >= REQUEST:
            yield part
            part, total = [], 0
    if part:
        yield part


def _named(record: GraphRecord | None, salt: str) -> tuple[str, bytes]:
    """A record's id and a hash of all that its rows are made of; an id of "" stands for what is always looked at."""
    if record is None:
        return "", UNKNOWN
    return f"{type(record).__name__} {record.id}", text_hash(f"{salt} {record!r}")


def _item(row: Row) -> Item:
    return item_of(row.identity, text_hash(row.text))
