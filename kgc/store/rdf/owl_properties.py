"""The properties of an ontology: what each goes from and to, in OWL, RDFS, SHACL and schema.org's words alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from kgc.data.vocabulary import OWL, RDFS, SHACL
from kgc.store.rdf.owl_classes import deprecated, union
from kgc.store.rdf.owl_words import (
    BUILT_IN,
    CLASSES,
    DATA_KINDS,
    DATATYPES,
    DOMAINS,
    OBJECT_KINDS,
    PROPERTIES,
    RANGES,
    TOP,
)
from kgc.store.rdf.statements import Node, Statements

CARDINALITY: Final = (OWL + "cardinality", OWL + "qualifiedCardinality")
AT_MOST: Final = (OWL + "maxCardinality", OWL + "maxQualifiedCardinality", *CARDINALITY, SHACL + "maxCount")
AT_LEAST: Final = (OWL + "minCardinality", OWL + "minQualifiedCardinality", *CARDINALITY, SHACL + "minCount")
FILLERS: Final = (OWL + "allValuesFrom", OWL + "someValuesFrom", OWL + "onClass", OWL + "onDataRange")


@dataclass(slots=True)
class Facet:
    """What one class says of a property."""

    range: list[str] = field(default_factory=list)
    functional: bool = False
    required: bool = False
    definition: str = ""


@dataclass(slots=True)
class Property:
    """A property by IRI: classes it goes from, classes and datatypes it goes to (IRIs), and what classes say of it."""

    iri: str
    domain: list[str] = field(default_factory=list)
    range: list[str] = field(default_factory=list)
    thing: bool = False
    value: bool = False
    functional: bool = False
    symmetric: bool = False
    inverse: str = ""
    facets: dict[str, Facet] = field(default_factory=dict)

    def facet(self, owner: str) -> Facet:
        return self.facets.setdefault(owner, Facet())

    @property
    def owners(self) -> list[str]:
        """Classes that have it: its domain, and all that say something of it where it has none."""
        return list(dict.fromkeys(self.domain or self.facets))

    @property
    def reach(self) -> list[str]:
        """All that it goes to, as far as anything says so."""
        return list(dict.fromkeys([*self.range, *(r for f in self.facets.values() for r in f.range)]))


def properties(said: Statements) -> dict[str, Property]:
    """All properties in file order."""
    found: dict[str, Property] = {}
    for node in said.of_type(*PROPERTIES):
        if isinstance(node, ox.NamedNode) and not node.value.startswith(BUILT_IN) and not deprecated(said, node.value):
            found[node.value] = _declared(said, node)
    for owner, rule in (*_restrictions(said), *_shapes(said)):
        for path in said.iris(rule, OWL + "onProperty", SHACL + "path"):
            if not path.startswith(BUILT_IN):
                _ruled(said, found.setdefault(path, Property(path)), owner, rule)
    _targets(said, found)
    _turn(found)
    return found


def _declared(said: Statements, node: ox.NamedNode) -> Property:
    types = said.types(node)
    inverse = [i for i in said.iris(node, OWL + "inverseOf") if i != node.value]
    return Property(
        node.value,
        domain=_members(said, node, DOMAINS),
        range=_members(said, node, RANGES),
        thing=bool(types & set(OBJECT_KINDS)),
        value=bool(types & set(DATA_KINDS)),
        functional=OWL + "FunctionalProperty" in types,
        symmetric=OWL + "SymmetricProperty" in types or node.value in said.iris(node, OWL + "inverseOf"),
        inverse=inverse[0] if inverse else "",
    )


def _members(said: Statements, node: Node, predicates: tuple[str, ...]) -> list[str]:
    """Named classes and datatypes; a union is its members, any thing is `owl:Thing`."""
    found: dict[str, None] = {}
    for target in said.nodes(node, *predicates):
        for member in union(said, target):
            for name in _plain(said, member):
                found[OWL + "Thing" if name in TOP else name] = None
    return list(found)


def _plain(said: Statements, node: Node) -> tuple[str, ...]:
    """A class or datatype by its IRI; of a datatype of the file's own what it is made from."""
    based = said.iris(node, OWL + "onDatatype", OWL + "onDataRange")
    if isinstance(node, ox.NamedNode) and node.value not in DATATYPES and RDFS + "Datatype" in said.types(node):
        equal = [i for e in said.nodes(node, OWL + "equivalentClass") for i in (_plain(said, e) if e != node else ())]
        return tuple(i for i in (*based, *equal) if i in DATATYPES) or (RDFS + "Literal",)
    if isinstance(node, ox.NamedNode):
        return (node.value,)
    if said.values(node, OWL + "oneOf") and RDFS + "Datatype" in said.types(node):
        return (RDFS + "Literal",)
    return based


def _restrictions(said: Statements) -> Iterator[tuple[str, Node]]:
    """Restrictions with the class that they are of."""
    for subject in list(said.subjects()):
        if isinstance(subject, ox.NamedNode):
            nodes = said.nodes(subject, RDFS + "subClassOf", OWL + "equivalentClass")
            parts = [p for n in nodes for head in said.nodes(n, OWL + "intersectionOf") for p in said.series(head)]
            yield from ((subject.value, n) for n in (*nodes, *parts) if said.values(n, OWL + "onProperty"))


def _shapes(said: Statements) -> Iterator[tuple[str, Node]]:
    """Property shapes with the class that they are for."""
    for shape in list(said.subjects()):
        classes = said.iris(shape, SHACL + "targetClass")
        if not classes and isinstance(shape, ox.NamedNode) and said.types(shape) & set(CLASSES):
            classes = (shape.value,)
        yield from ((owner, rule) for owner in classes for rule in said.nodes(shape, SHACL + "property"))


def _ruled(said: Statements, property_: Property, owner: str, rule: Node) -> None:
    facet = property_.facet(owner)
    facet.range += [m for m in _fillers(said, rule) if m not in facet.range]
    facet.functional |= any(said.number(rule, p) == 1 for p in AT_MOST)
    facet.required |= any((said.number(rule, p) or 0) > 0 for p in AT_LEAST)
    facet.required |= bool(said.values(rule, OWL + "someValuesFrom"))
    facet.definition = facet.definition or said.text(rule, RDFS + "comment", SHACL + "description")


def _fillers(said: Statements, rule: Node) -> list[str]:
    found = _members(said, rule, FILLERS)
    for node in (rule, *(o for head in said.nodes(rule, SHACL + "or") for o in said.series(head))):
        found += said.iris(node, SHACL + "datatype", SHACL + "class")
        for shape in said.iris(node, SHACL + "node"):
            found += said.iris(ox.NamedNode(shape), SHACL + "targetClass") or (shape,)
    return list(dict.fromkeys(found))


def _targets(said: Statements, found: dict[str, Property]) -> None:
    """Shapes for whatever has a property, or is its value."""
    for shape in list(said.subjects()):
        for path in said.iris(shape, SHACL + "targetSubjectsOf"):
            if not path.startswith(BUILT_IN):
                property_ = found.setdefault(path, Property(path))
                property_.domain += [c for c in _fillers(said, shape) if c not in property_.domain]
        for path in said.iris(shape, SHACL + "targetObjectsOf"):
            if not path.startswith(BUILT_IN):
                property_ = found.setdefault(path, Property(path))
                property_.range += [c for c in _fillers(said, shape) if c not in property_.range]


def _turn(found: dict[str, Property]) -> None:
    """What is known of a property only through its inverse; and inverses known from both sides."""
    for property_ in list(found.values()):
        other = found.get(property_.inverse)
        if other is None:
            continue
        other.inverse = other.inverse or property_.iri
        other.domain = other.owners or property_.reach
        other.range = other.reach or property_.owners
        property_.domain = property_.owners or other.reach
        property_.range = property_.reach or other.owners
        other.thing = other.thing or property_.thing
