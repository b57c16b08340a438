"""One write to a SPARQL server: rows that differ from the memory of the last write are sent, what is gone goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from kgc.store.sparql import statements as say
from kgc.store.sparql.endpoints import Endpoints
from kgc.store.sparql.http import Http
from kgc.store.sparql.rows import Row, Space, Target
from kgc.store.targets import Identity, Item, Memory, Seen, item_of, text_hash

PAGE: Final = 2_000
"""Rows that are compared with the memory at once."""
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
    _new: list[Row] = field(default_factory=list)
    _old: list[Row] = field(default_factory=list)
    _size: int = 0

    def write(self, rows: Iterable[Row]) -> None:
        """Send the rows that are new or changed."""
        page: dict[Identity, Row] = {}
        for row in rows:
            page[row.identity] = row
            if len(page) == PAGE:
                self._compare(list(page.values()))
                page = {}
        self._compare(list(page.values()))
        self._flush()

    def unwanted(self) -> int:
        return self.memory.count_unseen(self.seen)

    def forget(self) -> None:
        """Take away what the graph no longer has."""
        for batch in self.memory.unseen(self.seen, PAGE):
            for part in parted(batch, lambda identity: sum(len(str(term)) for term in identity)):
                if self.sender:
                    self.sender.update(say.deletion(part, self.space))
                    self.memory.removed(part)
                self.removed += len(part)

    def _compare(self, page: Sequence[Row]) -> None:
        items = [_item(row) for row in page]
        for row, item, known in zip(page, items, self.memory.known(items, self.seen), strict=True):
            if known == item.hash:
                continue
            (self._new if known is None else self._old).append(row)
            self._size += len(row.text)
            if self._size >= REQUEST:
                self._flush()
        if self.watch and page:
            self.watch(len(page))

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
            self.memory.written(items[start : start + PAGE], self.seen)


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


def _item(row: Row) -> Item:
    return item_of(row.identity, text_hash(row.text))
