"""A schema as an OWL 2 ontology: classes, domains, ranges, inverses, what is functional, symmetric or required.

Label sheets go along as annotations, so that `kgc.store.rdf.owl_read` gives the schema back, but for demonstrations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kgc.data.vocabulary import OWL, RDF, RDFS, SKOS, XSD
from kgc.schema import EntityType, EventType, Labels, RelationType
from kgc.store.rdf.blocks import Blank, Block, Object, Pair, Series
from kgc.store.rdf.names import Names, kgc
from kgc.store.rdf.terms import TYPE, Term, iri, literal
from kgc.store.rdf.uses import Use, properties, restrictions_of

CLASS, ONTOLOGY, DATATYPE = f"<{OWL}Class>", f"<{OWL}Ontology>", f"<{RDFS}Datatype>"
OBJECT_PROPERTY, ANNOTATION = f"<{OWL}ObjectProperty>", f"<{OWL}AnnotationProperty>"
SYMMETRIC, FUNCTIONAL = f"<{OWL}SymmetricProperty>", f"<{OWL}FunctionalProperty>"
SUBCLASS, DOMAIN, RANGE = f"<{RDFS}subClassOf>", f"<{RDFS}domain>", f"<{RDFS}range>"
LABEL, COMMENT, ALT, EXAMPLE = f"<{RDFS}label>", f"<{RDFS}comment>", f"<{SKOS}altLabel>", f"<{SKOS}example>"
UNION, INVERSE = f"<{OWL}unionOf>", f"<{OWL}inverseOf>"
SAME: Final = {"class": f"<{OWL}equivalentClass>", "property": f"<{OWL}equivalentProperty>"}
ENTITY, EVENT, AMOUNT = kgc("Entity"), kgc("Event"), kgc("Amount")
RANGES: Final = {
    "string": f"<{RDF}PlainLiteral>", "integer": f"<{XSD}integer>", "number": f"<{XSD}decimal>",
    "boolean": f"<{XSD}boolean>", "date": kgc("date"), "amount": AMOUNT, "identifier": kgc("identifier"),
    "url": f"<{XSD}anyURI>",
}  # fmt: skip
"""What an attribute of a datatype ranges over."""


def ontology(names: Names) -> Iterator[Block]:
    """The ontology of a schema as blocks; its IRI is `<base>schema`."""
    schema = names.schema
    own = f"<{names.base}schema>"
    yield Block(own, [(TYPE, ONTOLOGY), (LABEL, literal(schema.name)), *_said(COMMENT, schema.definition)])
    yield from _words()
    uses = properties(names)
    yield from (_entity(names, e, uses[names.word(e.name)]) for e in schema.entities)
    yield from (_relation(names, r) for r in schema.relations)
    yield from (_event(names, e, uses[names.word(e.name)]) for e in schema.events)
    yield from (_property(names, found) for found in uses.by_property())


def union(terms: Iterable[Term], kind: Term = CLASS) -> Object:
    """One class, or what is in any of several."""
    found = tuple(dict.fromkeys(terms))
    return found[0] if len(found) == 1 else Blank(((TYPE, kind), (UNION, Series(found))))


def range_of(names: Names, types: Iterable[str]) -> Object:
    """The classes or the datatype that a value may be of."""
    return union(RANGES.get(t) or class_of(names, t) for t in types)


def class_of(names: Names, name: str) -> Term:
    return ENTITY if name == "Entity" else names.word(name)


def sheet(labels: Labels, definition: str, kind: str) -> Iterator[Pair]:
    """A definition and a label sheet as annotations."""
    yield from _said(LABEL, labels.label)
    yield from _said(COMMENT, definition)
    yield from ((ALT, literal(text)) for text in labels.aliases)
    yield from _said(kgc("avoid"), labels.avoid)
    yield from ((EXAMPLE, literal(text)) for text in labels.examples)
    yield from ((kgc("template"), literal(text)) for text in labels.templates)
    yield from ((SAME[kind], iri(text)) for text in labels.same_as)
    yield from ((kgc("was"), literal(text)) for text in labels.was)


def _entity(names: Names, entity: EntityType, uses: Iterable[Use]) -> Block:
    parent = names.word(entity.parent) if entity.parent else ENTITY
    pairs: list[Pair] = [(TYPE, CLASS), (SUBCLASS, parent), *sheet(entity.labels, entity.definition, "class")]
    pairs += _ordered(a.name for a in entity.attributes)
    pairs += [(SUBCLASS, found) for use in uses for found in restrictions_of(use, range_of(names, use.types))]
    return Block(names.word(entity.name), pairs)


def _event(names: Names, event: EventType, uses: Iterable[Use]) -> Block:
    pairs: list[Pair] = [(TYPE, CLASS), (SUBCLASS, EVENT), *sheet(event.labels, event.definition, "class")]
    pairs += _ordered(r.name for r in event.roles)
    pairs += [(SUBCLASS, found) for use in uses for found in restrictions_of(use, range_of(names, use.types))]
    return Block(names.word(event.name), pairs)


def _relation(names: Names, relation: RelationType) -> Block:
    pairs: list[Pair] = [(TYPE, OBJECT_PROPERTY)]
    pairs += [(TYPE, SYMMETRIC)] if relation.symmetric else []
    pairs += [(TYPE, FUNCTIONAL)] if relation.functional else []
    pairs += sheet(relation.labels, relation.definition, "property")
    pairs.append((DOMAIN, range_of(names, relation.head)))
    pairs.append((RANGE, range_of(names, relation.tail)))
    if relation.inverse:
        known = names.schema.relation(relation.inverse)
        pairs.append((INVERSE, names.word(known.name)) if known else (kgc("inverse"), literal(relation.inverse)))
    return Block(names.word(relation.name), pairs)


def _property(names: Names, uses: tuple[Use, ...]) -> Block:
    """An attribute or a role, of all classes that have it."""
    first = uses[0]
    things = {t not in RANGES or t == "amount" for use in uses for t in use.types}
    kind = f"<{RDF}Property>" if len(things) > 1 else f"<{OWL}{'Object' if True in things else 'Datatype'}Property>"
    pairs: list[Pair] = [(TYPE, kind)]
    pairs += [(TYPE, FUNCTIONAL)] if all(use.functional for use in uses) else []
    pairs += _said(COMMENT, first.shared_definition)
    pairs.append((DOMAIN, union(use.owner for use in uses)))
    if not first.differs:
        pairs.append((RANGE, range_of(names, first.types)))
    return Block(first.property, pairs)


def _words() -> Iterator[Block]:
    """What of our own vocabulary an ontology stands on."""
    yield Block(ENTITY, ((TYPE, CLASS), (LABEL, literal("entity"))))
    yield Block(EVENT, ((TYPE, CLASS), (LABEL, literal("event"))))
    yield Block(AMOUNT, ((TYPE, CLASS), (LABEL, literal("amount: a number, rdf:value, with a unit, kgc:unit"))))
    apart: list[Pair] = [(TYPE, f"<{OWL}AllDisjointClasses>"), (f"<{OWL}members>", Series((ENTITY, EVENT, AMOUNT)))]
    yield Block("_:apart", apart)
    moments = Series(tuple(f"<{XSD}{name}>" for name in ("gYear", "gYearMonth", "date")))
    either = Blank(((TYPE, DATATYPE), (UNION, moments)))
    yield Block(kgc("date"), ((TYPE, DATATYPE), (SAME["class"], either)))
    yield Block(kgc("identifier"), ((TYPE, DATATYPE), (SAME["class"], f"<{XSD}string>")))
    for name in ("avoid", "template", "was", "inverse", "order"):
        yield Block(kgc(name), ((TYPE, ANNOTATION),))


def _ordered(fields: Iterable[str]) -> list[Pair]:
    """The order of attributes or roles, which statements have none of."""
    names = list(fields)
    return [(kgc("order"), literal(" ".join(names)))] if len(names) > 1 else []


def _said(predicate: Term, text: str) -> list[Pair]:
    return [(predicate, literal(text))] if text else []
