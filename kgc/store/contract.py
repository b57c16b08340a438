"""What a store is given to write. A store never reads the ledger itself: the graph is passed in as a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

from kgc.data import ChunkRow, DocumentRow, Edge, Entity, Event, Fact, MentionRow
from kgc.schema import Schema


class Graph(Protocol):
    """The graph to be written, streamed in the order of ids. Every iterator may be asked for again.

    By default what stores hold: facts that are not negated, not rejected and aligned, and the entities they or a
    mention name. `hidden=True` gives the rest as well (facts, events, and the entities that only these name).
    `fingerprint` changes whenever any of it changes.
    """

    @property
    def schema(self) -> Schema: ...
    @property
    def fingerprint(self) -> str: ...

    def entities(self, hidden: bool = False) -> Iterator[Entity]: ...
    def facts(self, hidden: bool = False) -> Iterator[Fact]: ...
    def events(self, hidden: bool = False) -> Iterator[Event]: ...
    def documents(self) -> Iterator[DocumentRow]: ...
    def chunks(self) -> Iterator[ChunkRow]: ...
    def mentions(self) -> Iterator[MentionRow]: ...


@runtime_checkable
class EdgeGraph(Protocol):
    """What a graph may offer beside: its visible facts between entities in any order, those on one place flat.

    A store that writes in bulk reads these where they are offered, and `facts()` where they are not.
    """

    def edges(self) -> Iterator[Edge | Fact]: ...


CYPHER: Final = "cypher"
SPARQL: Final = "sparql"


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a store can do, as data: `kgc.testing.store_contract` holds every store to what it says here.

    `difference`: a second write sends what changed alone. `shared`: two workspaces may write to one target, and what
    others made is left alone. `events`, `text` (chunks, documents, mentions), `evidence` (every place of a fact, not
    only the best): what of the graph it holds. `query` is the language it is asked in, "" for none.
    """

    difference: bool = False
    shared: bool = False
    events: bool = False
    text: bool = False
    evidence: bool = False
    query: str = ""
