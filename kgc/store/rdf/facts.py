"""Facts and events as blocks: what is believed is stated, and each has a node that tells how sure and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple
from typing import Literal as OneOf

from kgc.data import Event, EventRole, Fact, Literal, Node, Status, Support
from kgc.data.facts import OPEN
from kgc.data.vocabulary import PROV, RDF, RDFS
from kgc.store.rdf.blocks import Block, Pair
from kgc.store.rdf.evidence import CONFIDENCE, Places
from kgc.store.rdf.names import Names, kgc
from kgc.store.rdf.terms import TRUE, TYPE, Term, decimal, literal, moment, number, typed

Provenance = OneOf["full", "star", "none"]
PROVENANCES: Final[tuple[Provenance, ...]] = ("full", "star", "none")

VALUE: Final = f"<{RDF}value>"
DERIVED: Final = f"<{PROV}wasDerivedFrom>"
STATEMENT: Final = f"<{RDF}Statement>"
SUBJECT, PREDICATE, OBJECT = f"<{RDF}subject>", f"<{RDF}predicate>", f"<{RDF}object>"
REIFIES: Final = f"<{RDF}reifies>"
LABEL: Final = f"<{RDFS}label>"
STATUS, OTHER, UNIT, AMOUNT = kgc("status"), kgc("otherValue"), kgc("unit"), kgc("Amount")
FLAGS: Final = {name: kgc(name) for name in ("hedged", "negated", "conflict")}


class Said(NamedTuple):
    """What is said of a subject: the property and value that are stated, and those that a reified statement has.

    They differ for a value that is not of its property's datatype. `beside` is the block of an amount.
    """

    pair: tuple[Term, Term]
    full: tuple[Term, Term]
    beside: Block | None = None


class Facts:
    """Facts and events as blocks; all that it keeps is a table of datatypes."""

    def __init__(self, names: Names, provenance: Provenance, places: Places) -> None:
        self.names = names
        self.provenance = provenance
        self.places = places
        self._datatypes: dict[tuple[str, str], str] = {}

    def fact(self, fact: Fact) -> Iterator[Block]:
        """The statement, where it is believed; its node; its evidence."""
        subject, said = self.names.entity(fact.head.id), self._said(fact)
        if not fact.negated and believed(fact.status, fact.evidence):
            for graph in self.places.graphs(fact.evidence):
                yield Block(subject, (said.pair,), graph)
        if said.beside:
            yield said.beside
        if self.provenance == "none":
            return
        opened = self.places.names_of(fact.id, fact.evidence)
        pairs = [*self._reified(subject, *said.full), *self._beside(fact)]
        pairs += judged(fact.confidence, fact.status, opened)
        yield Block(self.names.fact(fact.id), pairs)
        yield from self.places.blocks(opened, fact.evidence)

    def event(self, event: Event) -> Iterator[Block]:
        """The event with its roles; those of one that is not believed are told of, and not stated."""
        subject, stated = self.names.event(event.id), believed(event.status, event.evidence)
        roles = list(self._roles(event))
        pairs: list[Pair] = [(TYPE, self.names.word(event.type)), *(said.pair for said in roles)]
        if stated:
            for graph in self.places.graphs(event.evidence):
                yield Block(subject, pairs, graph)
        yield from (said.beside for said in roles if said.beside)
        opened = self.places.names_of(event.id, event.evidence)
        about: list[Pair] = [(LABEL, literal(event.trigger))] if event.trigger else []
        if not stated:
            about += [(TYPE, kgc("Withheld")), (kgc("class"), self.names.word(event.type))]
        if self.provenance != "none":
            about += judged(event.confidence, event.status, opened)
        if about:
            yield Block(subject, about)
        if self.provenance != "none":
            if not stated:
                yield from self._withheld(event, subject, roles)
            yield from self.places.blocks(opened, event.evidence)

    def _said(self, fact: Fact) -> Said:
        property_ = self.names.open_fact() if fact.relation.startswith(OPEN) else self.names.word(fact.relation)
        if isinstance(fact.tail, Node):
            pair = (property_, self.names.entity(fact.tail.id))
            return Said(pair, pair)
        datatype = self._datatype(fact.head.type, fact.relation) or fact.tail.datatype
        return value_of(property_, fact.relation, fact.tail, datatype, self.names.fact(fact.id, ".value"))

    def _roles(self, event: Event) -> Iterator[Said]:
        seen: dict[str, int] = {}
        for role in event.roles:
            property_ = self.names.role(event.type, role.name)
            if isinstance(role.value, Node):
                pair = (property_, self.names.entity(role.value.id))
                yield Said(pair, pair)
                continue
            number_ = seen[role.name] = seen.get(role.name, 0) + 1
            where = self.names.event(event.id, f".{role.name}.{number_}")
            yield value_of(property_, role.name, role.value, self._role_datatype(event.type, role), where)

    def _datatype(self, type_: str, attribute: str) -> str:
        """What the schema says an attribute holds, "" where it does not know it."""
        known = self._datatypes.get((type_, attribute))
        if known is None:
            found = self.names.schema.attribute(type_, attribute)
            known = self._datatypes[type_, attribute] = found.datatype if found else ""
        return known

    def _role_datatype(self, event: str, role: EventRole) -> str:
        found = self.names.schema.event(event)
        types = next((r.types for r in found.roles if r.name == role.name), ()) if found else ()
        return types[0] if types else role.value.datatype if isinstance(role.value, Literal) else ""

    def _reified(self, subject: Term, property_: Term, value: Term) -> list[Pair]:
        if self.provenance == "star":
            return [(REIFIES, f"<<( {subject} {property_} {value} )>>")]
        return [(TYPE, STATEMENT), (SUBJECT, subject), (PREDICATE, property_), (OBJECT, value)]

    def _beside(self, fact: Fact) -> Iterator[Pair]:
        """What narrows or colours a fact: the words of an open one, qualifiers, flags."""
        if fact.relation.startswith(OPEN):
            yield kgc("words"), literal(fact.relation.removeprefix(OPEN))
        for q in fact.qualifiers:
            yield self.names.qualifier(q.name), moment(q.value) or literal(q.value)
        for name, raised in (("hedged", fact.hedged), ("negated", fact.negated), ("conflict", fact.conflict)):
            if raised:
                yield FLAGS[name], TRUE

    def _withheld(self, event: Event, subject: Term, roles: Sequence[Said]) -> Iterator[Block]:
        for number_, said in enumerate(roles, 1):
            pairs = [*self._reified(subject, *said.full), (STATUS, literal(event.status))]
            yield Block(self.names.event(event.id, f".withheld.{number_}"), pairs)


def believed(status: Status, evidence: Sequence[Support]) -> bool:
    """Whether stores hold it: not rejected, and found in the text somewhere."""
    return status != "rejected" and (not evidence or any(e.aligned != "none" for e in evidence))


def judged(confidence: float, status: Status, opened: Sequence[str]) -> list[Pair]:
    """How sure it is, what people said of it, and the places it stands on."""
    return [
        (CONFIDENCE, decimal(confidence)), (STATUS, literal(status)), *((DERIVED, f"{name}>") for name in opened)
    ]  # fmt: skip


def value_of(property_: Term, name: str, value: Literal, datatype: str, amount: Term) -> Said:
    """A literal under its property; an amount as a node with number and unit.

    What is not of the datatype is stated as `kgc:otherValue "name=value unit"`, so that a property holds what its range
    says.
    """
    as_written = literal(f"{name}={value.value} {value.unit}".rstrip())
    if datatype == "amount":
        count = number(value.value)
        if count is None:
            return Said((OTHER, as_written), (property_, literal(value.raw)))
        unit: list[Pair] = [(UNIT, literal(value.unit))] if value.unit else []
        return Said((property_, amount), (property_, amount), Block(amount, [(TYPE, AMOUNT), (VALUE, count), *unit]))
    term = typed(value, datatype)
    if term is None:
        return Said((OTHER, as_written), (property_, literal(value.value)))
    return Said((property_, term), (property_, term))
