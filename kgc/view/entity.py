"""An entity's card and its neighbourhood as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal as OneOf

from kgc.data import Entity, Fact, Literal, Node
from kgc.data.facts import OPEN
from kgc.errors import UnknownName
from kgc.view.passage import places
from kgc.view.source import Card, Source

Direction = OneOf["→", "←"]


@dataclass(frozen=True, slots=True)
class AttributeRow:
    """A value of an attribute as people read it, with the id of the fact that states it."""

    name: str
    value: str
    support: int
    conflict: bool
    fact: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact seen from the entity whose page is shown.

    `direction` tells whether that entity is the head (→) or the tail (←); `other` is the other end, as a name or a
    value, and `other_id` is "" when it is a value. `places` counts the passages that support the fact, `documents`
    the documents they stand in. `notes` are the words to add: open, conflict, negated, hedged, accepted,
    rejected, and the qualifiers as `name value`.
    """

    id: str
    direction: Direction
    relation: str
    other: str
    other_id: str
    other_type: str
    confidence: float
    places: int
    documents: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityPage:
    """What is known of one entity. `aliases` leave out the name itself; `more` counts facts that are not in `rows`."""

    entity: Entity
    aliases: tuple[str, ...]
    attributes: tuple[AttributeRow, ...]
    rows: tuple[FactRow, ...]
    facts: tuple[Fact, ...]
    more: int

    def fact(self, fact_id: str) -> Fact | None:
        """The fact with this id, or None when it is not among those shown."""
        return next((f for f in self.facts if f.id == fact_id), None)


def entity_page(source: Source, entity_id: str, limit: int = 200) -> EntityPage:
    """The page of one entity, by its id or one that it replaced. Raises `UnknownName`."""
    cards = source.show(entity_id, limit)
    if not cards:
        raise UnknownName("entity", entity_id, (), "Search for it by name.")
    card = next((c for c in cards if entity_id in (c.entity.id, *c.entity.retired)), cards[0])
    return page_of(card)


def page_of(card: Card) -> EntityPage:
    entity = card.entity
    attributes = tuple(
        AttributeRow(a.name, value_text(a.value), a.support, a.conflict, a.fact) for a in entity.attributes
    )
    aliases = tuple(a.name for a in entity.aliases if a.name != entity.name)
    return EntityPage(entity, aliases, attributes, fact_rows(card.facts, entity.id), tuple(card.facts), card.more)


def fact_rows(facts: Iterable[Fact], entity_id: str) -> tuple[FactRow, ...]:
    """The facts as rows: what the entity is the head of first, open facts after the others, by relation and support."""
    rows = (_row(fact, entity_id) for fact in facts)
    return tuple(sorted(rows, key=_order))


def _order(row: FactRow) -> tuple[bool, bool, str, int, str, str]:
    return (row.direction == "←", "open" in row.notes, row.relation, -row.places, row.other, row.id)


def value_text(value: Literal) -> str:
    """A literal as people read it: the normalised value with its unit, or the words of the text."""
    return " ".join(part for part in (value.value or value.raw, value.unit) if part)


def _row(fact: Fact, entity_id: str) -> FactRow:
    outgoing = fact.head.id == entity_id
    other = fact.tail if outgoing else fact.head
    return FactRow(
        id=fact.id,
        direction="→" if outgoing else "←",
        relation=fact.relation.removeprefix(OPEN),
        other=other.name if isinstance(other, Node) else value_text(other),
        other_id=other.id if isinstance(other, Node) else "",
        other_type=other.type if isinstance(other, Node) else other.datatype,
        confidence=fact.confidence,
        places=len(places(fact)),
        documents=len({s.document for s in fact.evidence}),
        notes=_notes(fact),
    )


def _notes(fact: Fact) -> tuple[str, ...]:
    flags = (("conflict", fact.conflict), ("negated", fact.negated), ("hedged", fact.hedged))
    words = ["open"] if fact.relation.startswith(OPEN) else []
    words += [word for word, holds in flags if holds]
    if fact.status != "proposed":
        words.append(fact.status)
    return (*words, *(f"{q.name} {q.value}" for q in fact.qualifiers))
