"""Graphs for tests and benchmarks: one out of lists, and synthetic ones of any size."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kgc.data import (
    Alias,
    AttributeValue,
    ChunkRow,
    DocumentRow,
    Entity,
    Event,
    EventRole,
    Fact,
    Literal,
    MentionRow,
    Node,
    Qualifier,
    Support,
    content_id,
)
from kgc.schema import Attribute, EntityType, EventType, RelationType, RoleType, Schema


@dataclass(frozen=True)
class ListGraph:
    """A graph out of sequences (`kgc.store.contract.Graph`), sorted by id as the contract asks."""

    schema: Schema
    entity_rows: Sequence[Entity] = ()
    fact_rows: Sequence[Fact] = ()
    event_rows: Sequence[Event] = ()
    document_rows: Sequence[DocumentRow] = ()
    chunk_rows: Sequence[ChunkRow] = ()
    mention_rows: Sequence[MentionRow] = ()
    hidden_facts: Sequence[Fact] = field(default=())

    @property
    def fingerprint(self) -> str:
        rows = (
            self.entity_rows,
            self.fact_rows,
            self.event_rows,
            self.document_rows,
            self.chunk_rows,
            self.mention_rows,
        )
        return content_id("list", *(repr(row) for row in rows))

    def entities(self, hidden: bool = False) -> Iterator[Entity]:  # noqa: ARG002  # all that it has are visible
        return iter(sorted(self.entity_rows, key=lambda e: e.id))

    def facts(self, hidden: bool = False) -> Iterator[Fact]:
        rows = (*self.fact_rows, *self.hidden_facts) if hidden else self.fact_rows
        return iter(sorted(rows, key=lambda f: f.id))

    def events(self, hidden: bool = False) -> Iterator[Event]:  # noqa: ARG002
        return iter(sorted(self.event_rows, key=lambda e: e.id))

    def documents(self) -> Iterator[DocumentRow]:
        return iter(sorted(self.document_rows, key=lambda d: d.id))

    def chunks(self) -> Iterator[ChunkRow]:
        return iter(sorted(self.chunk_rows, key=lambda c: c.id))

    def mentions(self) -> Iterator[MentionRow]:
        return iter(sorted(self.mention_rows, key=lambda m: (m.chunk_id, m.start, m.end, m.entity_id)))


SCHEMA = Schema(
    name="test",
    entities=(
        EntityType("Person", attributes=(Attribute("birthDate", "date", functional=True), Attribute("age", "integer"))),
        EntityType("Organization", attributes=(Attribute("revenue", "amount"), Attribute("listed", "boolean"))),
        EntityType("Company", parent="Organization"),
        EntityType("Award"),
        EntityType("Order", attributes=(Attribute("number", "number"),)),
        EntityType("公司", parent="Organization"),
    ),
    relations=(
        RelationType("WorksFor", ("Person",), ("Organization",)),
        RelationType("Award", ("Person",), ("Award",)),
        RelationType("Owns", ("Organization", "Person"), ("Organization",)),
        RelationType("任职", ("Person",), ("公司",)),
    ),
    events=(
        EventType(
            "Acquisition",
            roles=(RoleType("buyer", ("Organization",)), RoleType("price", ("amount",), required=False)),
        ),
    ),
)
"""A schema with what is difficult: a parent, a keyword, Chinese, a class and a relation of one name, an event."""


@dataclass(frozen=True)
class Synthetic:
    """A graph of `facts` facts, made while it is read: the same for the same seed, whatever its size in memory."""

    facts_wanted: int
    seed: int = 0
    schema: Schema = SCHEMA

    @property
    def fingerprint(self) -> str:
        return f"synthetic:{self.facts_wanted}:{self.seed}"

    @property
    def people(self) -> int:
        return max(1, self.facts_wanted // 5)

    def entities(self, hidden: bool = False) -> Iterator[Entity]:  # noqa: ARG002  # all that it has are visible
        for i in range(self.people):
            literal = Literal("1815", "1815-12-10", "date")
            yield Entity(
                f"{i:016x}", "Person", f"Ada Lovelace {i}", (Alias(f"Ada {i}", "en", 2),),
                (AttributeValue("birthDate", literal, content_id("birth", str(i)), 1, 0.9),),
            )  # fmt: skip
        for i in range(self.people):
            yield Entity(f"{2**60 + i:016x}", ("Company", "Organization")[i % 2], f"Analytical Engines {i}")

    def facts(self, hidden: bool = False) -> Iterator[Fact]:  # noqa: ARG002
        chance = random.Random(self.seed)  # noqa: S311
        for i in range(self.facts_wanted):
            yield self._fact(i, chance.random)

    def _fact(self, i: int, chance: Callable[[], float]) -> Fact:
        person, firm = int(chance() * self.people), int(chance() * self.people)
        head = Node(f"{person:016x}", "Person", f"Ada Lovelace {person}")
        tail = Node(f"{2**60 + firm:016x}", ("Company", "Organization")[firm % 2], f"Analytical Engines {firm}")
        quote = f"Ada Lovelace {person} has worked for Analytical Engines {firm} ever since."
        place = Support(
            f"docs/{i // 100}.txt", f"d{i // 100}", 0, f"c{i // 10}", 0, len(quote), quote, "exact",
            "WorksFor(p1, o1, 2)", "codekgc", "gpt-5-mini", 0.9,
        )  # fmt: skip
        qualifiers = (Qualifier("start", "2019"),) if i % 4 == 0 else ()
        return Fact(
            f"{i:016x}", ("WorksFor", "Owns")[i % 2], head, tail, 0.9, "proposed", qualifiers=qualifiers,
            evidence=(place,),
        )  # fmt: skip

    def events(self, hidden: bool = False) -> Iterator[Event]:  # noqa: ARG002
        firm = Node(f"{2**60:016x}", "Company", "Analytical Engines 0")
        yield Event(content_id("event"), "Acquisition", "bought", (EventRole("buyer", firm),), 0.8, "proposed")

    def documents(self) -> Iterator[DocumentRow]:
        for i in range(-(-self.facts_wanted // 100)):
            yield DocumentRow(f"d{i}", f"docs/{i}.txt", f"Document {i}", "en")

    def chunks(self) -> Iterator[ChunkRow]:
        for i in range(-(-self.facts_wanted // 10)):
            yield ChunkRow(f"c{i}", f"d{i // 10}", f"A passage of some length, number {i}. " * 5, 0, 200)

    def mentions(self) -> Iterator[MentionRow]:
        for i in range(-(-self.facts_wanted // 10)):
            person = i % self.people
            yield MentionRow(f"c{i}", f"{person:016x}", f"Ada Lovelace {person}", 0, 10)
