"""What people look at: an entity's card, the state of the documents."""

from __future__ import annotations

from dataclasses import dataclass

from kgc.data import Entity, Fact, Problem
from kgc.errors import UnknownName
from kgc.ledger import Ledger
from kgc.ledger.graph import LedgerGraph


@dataclass(frozen=True, slots=True)
class Card:
    """An entity with its best supported facts; `more` counts those that the limit left out."""

    entity: Entity
    facts: tuple[Fact, ...]
    more: int


@dataclass(frozen=True, slots=True)
class DocumentState:
    """A file of the workspace: `state` is done, failed, pending or skipped; `facts` counts those it supports."""

    source: str
    state: str
    chunks: int
    facts: int
    problem: Problem | None = None


def cards(graph: LedgerGraph, name: str, limit: int) -> tuple[Card, ...]:
    """The entities of this name, alias or id. Raises `UnknownName` with the nearest names when there is none."""
    ids = graph.find(name)
    if not ids:
        raise UnknownName("entity", name, graph.names_like(name), "`kgc search` finds parts of names.")
    return tuple(_card(graph, id_, limit) for id_ in ids)


def _card(graph: LedgerGraph, id_: str, limit: int) -> Card:
    entity = graph.entity(id_)
    assert entity is not None
    facts = tuple(graph.facts_of(id_, limit))
    return Card(entity, facts, max(0, graph.count_of(id_) - len(facts)))


def document_states(ledger: Ledger) -> tuple[DocumentState, ...]:
    problems = {source: problem for source, _, problem in ledger.folders.problems()}
    return tuple(
        DocumentState(source, state, chunks, facts, problems.get(source))
        for source, state, chunks, facts in ledger.state.document_states()
    )
