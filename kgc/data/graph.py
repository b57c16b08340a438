"""The graph as stores and people see it: entities, facts and events with their support, and people's decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf
from typing import NamedTuple

from kgc.data.facts import Aligned, Literal, Qualifier

Status = OneOf["proposed", "accepted", "rejected"]
DecisionKind = OneOf["merge", "split", "link", "accept", "reject", "retype", "reverse", "rename", "add"]


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that an entity goes by, and how often."""

    name: str
    lang: str
    count: int


@dataclass(frozen=True, slots=True)
class AttributeValue:
    """A value of an attribute, derived from the facts that state it; `conflict` when a functional one has several.

    `fact` is the id of the fact; `support` counts the places it stands on.
    """

    name: str
    value: Literal
    fact: str
    support: int
    confidence: float
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """A cluster of mentions. `id` is a hash of the cluster's smallest mention key; `retired` are ids it replaced.

    `attributes` are sorted by name, then best first (support, confidence, value).
    """

    id: str
    type: str
    name: str
    aliases: tuple[Alias, ...] = ()
    attributes: tuple[AttributeValue, ...] = ()
    links: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Support:
    """One place that a fact stands on, in document offsets: `document.text[start:end] == quote`.

    `document` is the source (`<root>/<path>`), `page` counts from 1 (0 where a format has none), `chunk` is a chunk id.
    """

    document: str
    document_id: str
    page: int
    chunk: str
    start: int
    end: int
    quote: str
    aligned: Aligned
    rationale: str
    strategy: str
    model: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Node:
    """The end of a fact that is an entity."""

    id: str
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of the graph, with every place that supports it.

    One per (head, relation, tail, negated, time qualifiers). `confidence` is the best of its support. `conflict` tells
    that another fact of a functional relation says otherwise.
    """

    id: str
    relation: str
    head: Node
    tail: Node | Literal
    confidence: float
    status: Status
    conflict: bool = False
    negated: bool = False
    hedged: bool = False
    qualifiers: tuple[Qualifier, ...] = ()
    evidence: tuple[Support, ...] = ()


class Edge(NamedTuple):
    """A fact between two entities that stands on one place, flat: a tuple, because millions of them are read.

    `head` and `tail` are ids; `chunk` is an id, `document` a source, `page` 0 for none. Texts can be encoded.
    """

    relation: str
    head_type: str
    tail_type: str
    head: str
    tail: str
    id: str
    confidence: float
    quote: str
    rationale: str
    chunk: str
    document: str
    page: int
    status: Status
    aligned: Aligned
    hedged: bool
    conflict: bool
    qualifiers: tuple[Qualifier, ...]


@dataclass(frozen=True, slots=True)
class EventRole:
    name: str
    value: Node | Literal


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the graph: a node of its own, with an edge for each role. One per (type, required roles)."""

    id: str
    type: str
    trigger: str
    roles: tuple[EventRole, ...]
    confidence: float
    status: Status
    evidence: tuple[Support, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as stores hold it."""

    id: str
    source: str
    title: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class ChunkRow:
    """A chunk as stores hold it; offsets are the document's."""

    id: str
    document_id: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MentionRow:
    """Where an entity is named; offsets are the document's. `type` is the entity's, where it is known."""

    chunk_id: str
    entity_id: str
    surface: str
    start: int
    end: int
    type: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about the graph, by the resolver or by a person; never lost, always undoable.

    `what` are content keys: mention keys for a merge (the first is the cluster's smallest), (head key, relation, tail
    key) for a fact. `by` is "rule:<name>" for the resolver and "person" or a person's name otherwise.
    """

    id: str
    kind: DecisionKind
    what: tuple[str, ...]
    payload: str = ""
    score: float = 1.0
    reason: str = ""
    by: str = "person"
    at: str = ""
    undone: bool = False
