"""What the pages need of a workspace, and no more. `kgc.pipeline.workspace.Workspace` has it; so does a test's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kgc.data import Document, Entity, Fact, Problem


class Counts(Protocol):
    """How many of one sort are done, failed, and still open."""

    @property
    def done(self) -> int: ...
    @property
    def failed(self) -> int: ...
    @property
    def pending(self) -> int: ...


class Read(Protocol):
    """How far the documents of a workspace and their passages are read."""

    @property
    def documents(self) -> Counts: ...
    @property
    def chunks(self) -> Counts: ...


class EntityHit(Protocol):
    """An entity that a search found; `facts` counts the facts it takes part in."""

    @property
    def id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def facts(self) -> int: ...


class ChunkHit(Protocol):
    """A passage that a search found. `snippet` is its text in pieces, each with whether it matches the search."""

    @property
    def document(self) -> str: ...
    @property
    def page(self) -> int: ...
    @property
    def headings(self) -> Sequence[str]: ...
    @property
    def snippet(self) -> Sequence[tuple[str, bool]]: ...


class Hits(Protocol):
    """What a search found, best first."""

    @property
    def entities(self) -> Sequence[EntityHit]: ...
    @property
    def chunks(self) -> Sequence[ChunkHit]: ...


class Card(Protocol):
    """An entity and its facts; `more` counts the facts that were left out."""

    @property
    def entity(self) -> Entity: ...
    @property
    def facts(self) -> Sequence[Fact]: ...
    @property
    def more(self) -> int: ...


class DocumentState(Protocol):
    """A document and how far it got: `state` is done, failed, pending or skipped."""

    @property
    def source(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def chunks(self) -> int: ...
    @property
    def facts(self) -> int: ...
    @property
    def problem(self) -> Problem | None: ...


class Source(Protocol):
    """A workspace that is only read. All methods raise `KgcError` for what a person can put right."""

    def search(self, text: str, limit: int = 20) -> Hits: ...
    def show(self, name: str, limit: int = 50) -> Sequence[Card]: ...
    def document(self, source: str) -> Document: ...
    def documents(self) -> Sequence[DocumentState]: ...
