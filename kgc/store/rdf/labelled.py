"""A labelled graph as RDF: what stands on a Neo4j server, told as an export of ours tells it, so that the same shapes
hold of it. Values stay as they are there, right or wrong: a text where the schema has a number is a text.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kgc.data import Literal
from kgc.data.vocabulary import XSD
from kgc.schema import RelationType
from kgc.schema.naming import upper_snake
from kgc.schema.opened import OPEN_FACT
from kgc.store.layout import Literals, layout
from kgc.store.rdf.blocks import Block, Pair
from kgc.store.rdf.evidence import EXACT, PAGE, QUOTE, SELECTOR, SOURCE, SPECIFIC
from kgc.store.rdf.facts import DERIVED, OBJECT, PREDICATE, STATEMENT, SUBJECT, value_of
from kgc.store.rdf.graph import IDENTIFIER, LABEL
from kgc.store.rdf.names import Names, kgc
from kgc.store.rdf.terms import TYPE, Term, decimal, integer, literal, typed

Properties = Mapping[str, object]
End = tuple[str, Sequence[str]]
"""A node's id and its labels."""

_TEXTS: Final = frozenset({"string", "identifier", "url", "date", ""})


class Labelled:
    """Nodes and relationships as blocks, by the names that the schema has for labels, types and properties."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._schema = names.schema
        self._tables = layout(names.schema)
        self._relations: dict[str, list[RelationType]] = {}
        for relation in self._schema.relations:
            self._relations.setdefault(upper_snake(relation.name), []).append(relation)
        self._roles = {
            (event.name, upper_snake(role.name)): role.name for event in self._schema.events for role in event.roles
        }

    def node(self, id_: str, labels: Sequence[str], properties: Properties) -> Iterator[Block]:
        """A node with its classes, its name, its values, and for an event where it is said."""
        event = self._event(labels)
        subject = self._subject((id_, labels))
        name = properties.get("trigger" if event else "name")
        pairs: list[Pair] = [(TYPE, class_) for class_ in self._classes(labels)]
        if isinstance(name, str) and name:
            pairs.append((LABEL, literal(name)))
        for class_ in [event] if event else self._known(labels):
            for place in self._literals(class_):
                yield from self._values(subject, id_, class_, place, properties)
        yield from self._others(subject, id_, labels, properties)
        if event:
            pairs += _judged(properties)
            yield from self._place(subject, id_, properties)
        yield Block(subject, pairs)

    def edge(self, id_: str, type_: str, head: End, tail: End, properties: Properties) -> Iterator[Block]:
        """A relationship as a statement, and a node that tells how sure it is and where it is said."""
        subject, object_ = self._subject(head), self._subject(tail)
        role = self._roles.get((self._event(head[1]), type_))
        if role:
            yield Block(subject, [(self.names.role(self._event(head[1]), role), object_)])
            return
        property_ = self._relation(type_, head[1], tail[1])
        fact = self.names.fact(id_)
        yield Block(subject, [(property_, object_)])
        told: list[Pair] = [(TYPE, STATEMENT), (SUBJECT, subject), (PREDICATE, property_), (OBJECT, object_)]
        yield Block(fact, [*told, *_judged(properties)])
        yield from self._place(fact, id_, properties)

    def _event(self, labels: Sequence[str]) -> str:
        return next((label for label in labels if label in self._tables.events), "")

    def _known(self, labels: Sequence[str]) -> list[str]:
        """The classes of a node that the schema knows, but for those above another of them."""
        found = [label for label in labels if label in self._tables.entities]
        above = {a for label in found for a in self._schema.ancestors(label)}
        return [label for label in found if label not in above]

    def _classes(self, labels: Sequence[str]) -> list[Term]:
        own = [self._event(labels)] if self._event(labels) else self._known(labels)
        own = own or [label for label in labels if label != "Entity"]
        return [self.names.word(name) for name in own] or [kgc("Entity")]

    def _subject(self, end: End) -> Term:
        return self.names.event(end[0]) if self._event(end[1]) else self.names.entity(end[0])

    def _literals(self, class_: str) -> tuple[Literals, ...]:
        table = self._tables.entities.get(class_) or self._tables.events[class_]
        return table.literals

    def _relation(self, type_: str, head: Sequence[str], tail: Sequence[str]) -> Term:
        """The relation that is written so; of several the first whose ends these may be."""
        found = self._relations.get(type_, [])
        named = next((r for r in found if self._may(r.head, head) and self._may(r.tail, tail)), None)
        name = (named or found[0]).name if found else type_
        return self.names.open_fact() if name == OPEN_FACT else self.names.word(name)

    def _may(self, allowed: tuple[str, ...], labels: Sequence[str]) -> bool:
        return not allowed or any(self._schema.is_a(label, allowed) for label in self._known(labels))

    def _property(self, class_: str, name: str) -> tuple[Term, str]:
        """The property of an attribute or a literal role, and its datatype, "" where the schema does not have it."""
        if event := self._schema.event(class_):
            types = next((r.types for r in event.roles if r.name == name), ())
            return self.names.role(class_, name), types[0] if types else ""
        attribute = self._schema.attribute(class_, name)
        return self.names.word(name), attribute.datatype if attribute else ""

    def _values(self, subject: Term, id_: str, class_: str, place: Literals, properties: Properties) -> Iterator[Block]:
        """What a property holds, each of a list, under its attribute's name."""
        found = properties.get(place.column.name)
        property_, datatype = self._property(class_, place.name)
        for number, value in enumerate(found if isinstance(found, list | tuple) else (found,)):
            if value is None:
                continue
            if datatype == "amount" and isinstance(value, int | float) and not isinstance(value, bool):
                unit = properties.get(place.unit)
                amount = Literal(str(value), str(value), "amount", unit if isinstance(unit, str) else "")
                said = value_of(property_, place.name, amount, datatype, self._amount(id_, place.name, number))
                yield Block(subject, [said.pair])
                yield from (said.beside,) if said.beside else ()
            else:
                yield Block(subject, [(property_, term_of(value, datatype))])

    def _others(self, subject: Term, id_: str, labels: Sequence[str], properties: Properties) -> Iterator[Block]:
        """What kgc wrote beside: values after the best, and those that are not of their datatype."""
        others = properties.get("other_values")
        class_ = self._event(labels) or next(iter(self._known(labels)), "")
        for number, one in enumerate(others if isinstance(others, list | tuple) and class_ else ()):
            name, _, text = str(one).partition("=")
            property_, datatype = self._property(class_, name)
            value, _, unit = text.partition(" ") if datatype == "amount" else (text, "", "")
            given = Literal(value, value, datatype or "string", unit)
            said = value_of(property_, name, given, datatype, self._amount(id_, f"{name}.other", number))
            yield Block(subject, [said.pair])
            yield from (said.beside,) if said.beside else ()

    def _amount(self, id_: str, name: str, number: int) -> Term:
        return self.names.fact(id_, f".{name}.{number}.value")

    def _place(self, owner: Term, id_: str, properties: Properties) -> Iterator[Block]:
        """The best quote with its documents."""
        quote, page, listed = properties.get("quote"), properties.get("page"), properties.get("documents")
        documents = [str(d) for d in listed] if isinstance(listed, list | tuple) else []
        if not documents and not quote:
            return
        source = ", ".join(documents)
        document, place = self.names.document(source or "unknown"), self.names.evidence(id_, "", 0, 0, 0)
        numbered: list[Pair] = [(PAGE, integer(page))] if isinstance(page, int) else []
        yield Block(document, [(IDENTIFIER, literal(source or "unknown"))])
        yield Block(owner, [(DERIVED, f"{place}>")])
        told: list[Pair] = [(TYPE, SPECIFIC), (SOURCE, document), (SELECTOR, f"{place}.quote>"), *numbered]
        yield Block(f"{place}>", told)
        yield Block(f"{place}.quote>", [(TYPE, QUOTE), (EXACT, literal(str(quote or "")))])


def term_of(value: object, datatype: str) -> Term:
    """A value as it is there; a text that should be a date, a web address or a text is read as one where it is one."""
    if isinstance(value, bool):
        return literal(str(value).lower(), XSD + "boolean")
    if isinstance(value, int):
        year = typed(Literal(str(value), str(value)), datatype) if datatype == "date" else None
        return year or (decimal(value) if datatype == "number" else integer(value))
    if isinstance(value, float):
        return decimal(value) if math.isfinite(value) else literal(str(value), XSD + "double")
    if isinstance(value, str):
        return (typed(Literal(value, value), datatype) if datatype in _TEXTS else None) or literal(value)
    return literal(json.dumps(value, ensure_ascii=False, default=str, sort_keys=True))


def _judged(properties: Properties) -> list[Pair]:
    """How sure it is said to be."""
    named = (("confidence", "number"), ("status", "string"))
    return [(kgc(k), term_of(properties[k], datatype)) for k, datatype in named if properties.get(k) is not None]
