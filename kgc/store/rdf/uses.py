"""Which classes have which attributes and roles: a property of RDF stands for all of one name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kgc.data.vocabulary import OWL, RDFS, XSD
from kgc.store.rdf.blocks import Blank, Object, Pair
from kgc.store.rdf.names import Names
from kgc.store.rdf.terms import TYPE, Term, literal

RESTRICTION, ON = f"<{OWL}Restriction>", f"<{OWL}onProperty>"
ALL: Final = f"<{OWL}allValuesFrom>"
AT_MOST, AT_LEAST = f"<{OWL}maxCardinality>", f"<{OWL}minCardinality>"
COMMENT: Final = f"<{RDFS}comment>"
ONE: Final = f'"1"^^<{XSD}nonNegativeInteger>'


@dataclass(frozen=True, slots=True)
class Use:
    """A property as one class has it. `types` are classes of the schema or one datatype.

    `differs`: other classes have it with other types. `once_here`: at most once, though not so in every class.
    `shared_definition` is the first that any class gives.
    """

    property: Term
    owner: Term
    types: tuple[str, ...]
    functional: bool = False
    required: bool = False
    definition: str = ""
    shared_definition: str = ""
    differs: bool = False
    once_here: bool = False


class Uses:
    """All uses, by class and by property, in file order."""

    def __init__(self, uses: list[Use]) -> None:
        self._by_property: dict[Term, list[Use]] = {}
        for use in uses:
            self._by_property.setdefault(use.property, []).append(use)
        self._by_property = {name: _compared(found) for name, found in self._by_property.items()}

    def __getitem__(self, owner: Term) -> tuple[Use, ...]:
        return tuple(use for found in self._by_property.values() for use in found if use.owner == owner)

    def by_property(self) -> Iterator[tuple[Use, ...]]:
        yield from map(tuple, self._by_property.values())


def properties(names: Names) -> Uses:
    """The attributes and roles of a schema."""
    schema = names.schema
    attributes = [
        Use(names.word(a.name), names.word(e.name), (a.datatype,), a.functional, False, a.definition)
        for e in schema.entities
        for a in e.attributes
    ]
    roles = [
        Use(names.role(e.name, r.name), names.word(e.name), r.types, False, r.required, r.definition)
        for e in schema.events
        for r in e.roles
    ]
    return Uses([*attributes, *roles])


def restrictions_of(use: Use, range_: Object) -> Iterator[Blank]:
    """What a class says of a property that the property itself does not say."""
    said = use.definition not in {"", use.shared_definition}
    if use.differs or said:
        note: list[Pair] = [(COMMENT, literal(use.definition))] if said else []
        yield Blank(((TYPE, RESTRICTION), (ON, use.property), (ALL, range_), *note))
    if use.once_here:
        yield Blank(((TYPE, RESTRICTION), (ON, use.property), (AT_MOST, ONE)))
    if use.required:
        yield Blank(((TYPE, RESTRICTION), (ON, use.property), (AT_LEAST, ONE)))


def _compared(uses: list[Use]) -> list[Use]:
    differs = len({use.types for use in uses}) > 1
    always = all(use.functional for use in uses)
    definition = next((use.definition for use in uses if use.definition), "")
    return [
        replace(
            use, differs=differs, once_here=use.functional and not always, shared_definition=definition
        )
        for use in uses
    ]  # fmt: skip
