"""A schema as SHACL shapes: what must hold of a graph that says it follows the schema.

Classes list those below them, so that nothing has to be inferred. What documents disagree on is kept on purpose:
several values where one can be true are therefore a warning. All else is a violation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kgc.data.vocabulary import OA, RDF, RDFS, SHACL, XSD
from kgc.schema import EntityType, EventType, RelationType
from kgc.schema.naming import spaced
from kgc.schema.rules import is_value
from kgc.store.rdf.blocks import Blank, Block, Object, Pair, Series
from kgc.store.rdf.names import Names, kgc
from kgc.store.rdf.terms import TYPE, Term, integer, literal, segment

NODE_SHAPE, TARGET = f"<{SHACL}NodeShape>", f"<{SHACL}targetClass>"
SUBJECTS_OF, OBJECTS_OF = f"<{SHACL}targetSubjectsOf>", f"<{SHACL}targetObjectsOf>"
PROPERTY, PATH, CLASS, DATATYPE = (f"<{SHACL}{name}>" for name in ("property", "path", "class", "datatype"))
OR, IN, MESSAGE, SEVERITY = (f"<{SHACL}{name}>" for name in ("or", "in", "message", "severity"))
AT_LEAST, AT_MOST, WARNING = (f"<{SHACL}{name}>" for name in ("minCount", "maxCount", "Warning"))
FROM, TO, NOT_AFTER = (f"<{SHACL}{name}>" for name in ("minInclusive", "maxInclusive", "lessThanOrEquals"))
KIND, IRI = f"<{SHACL}nodeKind>", f"<{SHACL}IRI>"
LABEL: Final = f"<{RDFS}label>"
ONE: Final[tuple[Pair, Pair]] = ((AT_LEAST, integer(1)), (AT_MOST, integer(1)))
VALUES: Final[dict[str, tuple[str, tuple[Term, ...]]]] = {
    "string": ("a text", (f"<{XSD}string>", f"<{RDF}langString>")),
    "integer": ("a whole number", (f"<{XSD}integer>",)),
    "number": ("a number", (f"<{XSD}decimal>",)),
    "boolean": ("true or false", (f"<{XSD}boolean>",)),
    "date": ("a year, a month or a day", tuple(f"<{XSD}{name}>" for name in ("gYear", "gYearMonth", "date"))),
    "identifier": ("a text", (f"<{XSD}string>",)),
    "url": ("a web address", (f"<{XSD}anyURI>",)),
}
"""What a value of a datatype must be, in words and in datatypes of RDF."""


def shapes(names: Names) -> Iterator[Block]:
    """The shapes of a schema as blocks, then those of facts and their evidence, which are always the same."""
    schema = names.schema
    yield from (_entity(names, entity) for entity in schema.entities)
    for relation in schema.relations:
        yield from _relation(names, relation)
    for event in schema.events:
        yield from _event(names, event)
    yield from fixed(names)


def shape(names: Names, name: str) -> Term:
    return f"<{names.base}shape/{segment(name)}>"


def _entity(names: Names, entity: EntityType) -> Block:
    pairs: list[Pair] = [(TYPE, NODE_SHAPE), (TARGET, names.word(entity.name))]
    pairs.append(must((PATH, LABEL), (AT_LEAST, integer(1)), message=f"{a(entity.name)} needs a name."))
    for attribute in names.schema.attributes(entity.name):
        path = names.word(attribute.name)
        what = f"{attribute.name} of {a(entity.name, small=True)}"
        pairs.append(must((PATH, path), *_rule(names, what, (attribute.datatype,))))
        if attribute.functional:
            pairs.append(at_most_once(path, what))
    return Block(shape(names, entity.name), pairs)


def _relation(names: Names, relation: RelationType) -> Iterator[Block]:
    path = names.word(relation.name)
    head, tail = relation.head, relation.tail
    if relation.symmetric:
        head = tail = tuple(dict.fromkeys((*head, *tail)))
    for part, target, types in (("head", SUBJECTS_OF, head), ("tail", OBJECTS_OF, tail)):
        pairs: list[Pair] = [(TYPE, NODE_SHAPE), (target, path)]
        pairs += _rule(names, f"The {part} of {relation.name}", types)
        if part == "head" and relation.functional:
            pairs.append(at_most_once(path, f"The head of {relation.name}"))
        yield Block(shape(names, f"{relation.name}.{part}"), pairs)


def _event(names: Names, event: EventType) -> Iterator[Block]:
    pairs: list[Pair] = [(TYPE, NODE_SHAPE), (TARGET, names.word(event.name))]
    for role in event.roles:
        path, what = names.role(event.name, role.name), f"{role.name} of {a(event.name, small=True)}"
        pairs.append(must((PATH, path), *_rule(names, what, role.types)))
        needs = f"{a(event.name)} needs its {role.name}."
        if role.required and is_value(role):
            yield _told(names, event, role.name, path, needs)
        elif role.required:
            pairs.append(must((PATH, path), (AT_LEAST, integer(1)), message=needs))
    yield Block(shape(names, event.name), pairs)


def _told(names: Names, event: EventType, role: str, path: Term, needs: str) -> Block:
    """A value that is required: under its role, or as it is written where it is not of the role's datatype."""
    ways = Series(tuple(Blank((must((PATH, p), (AT_LEAST, integer(1))),)) for p in (path, kgc("otherValue"))))
    pairs: list[Pair] = [(TYPE, NODE_SHAPE), (TARGET, names.word(event.name)), (OR, ways), (MESSAGE, literal(needs))]
    return Block(shape(names, f"{event.name}.{role}"), pairs)


def fixed(names: Names) -> Iterator[Block]:
    """What must hold of facts, of the places they stand on, and of amounts, whatever the schema."""
    yield from _judged(names)
    source = must((PATH, f"<{OA}hasSource>"), *ONE, (KIND, IRI), message="Evidence stands in one document.")
    place = "Evidence needs a place in its document."
    selector = must((PATH, f"<{OA}hasSelector>"), (AT_LEAST, integer(1)), message=place)
    yield Block(shape(names, "Evidence"), [(TYPE, NODE_SHAPE), (TARGET, f"<{OA}SpecificResource>"), source, selector])
    order = "A place starts before it ends."
    start = must((PATH, f"<{OA}start>"), *ONE, (FROM, integer(0)), (NOT_AFTER, f"<{OA}end>"), message=order)
    end = must((PATH, f"<{OA}end>"), *ONE, message="A place has an end.")
    yield Block(shape(names, "Place"), [(TYPE, NODE_SHAPE), (TARGET, f"<{OA}TextPositionSelector>"), start, end])
    number = must((PATH, f"<{RDF}value>"), *ONE, (DATATYPE, f"<{XSD}decimal>"), message="An amount has one number.")
    unit = must((PATH, kgc("unit")), (AT_MOST, integer(1)), message="An amount has one unit at most.")
    yield Block(shape(names, "Amount"), [(TYPE, NODE_SHAPE), (TARGET, kgc("Amount")), number, unit])


def _judged(names: Names) -> Iterator[Block]:
    """Facts as statements, and how sure each is."""
    parts = [
        must((PATH, f"<{RDF}{part}>"), *ONE, message=f"A fact needs one {part}.")
        for part in ("subject", "predicate", "object")
    ]
    yield Block(shape(names, "Fact"), [(TYPE, NODE_SHAPE), (TARGET, f"<{RDF}Statement>"), *parts])
    states = Series(tuple(literal(s) for s in ("proposed", "accepted", "rejected")))
    status = must((PATH, kgc("status")), (IN, states), message="A status is proposed, accepted or rejected.")
    bounds = [(DATATYPE, f"<{XSD}decimal>"), (FROM, integer(0)), (TO, integer(1)), (AT_MOST, integer(1))]
    sure = must((PATH, kgc("confidence")), *bounds, message="A confidence is one number from 0 to 1.")
    yield Block(shape(names, "Judged"), [(TYPE, NODE_SHAPE), (SUBJECTS_OF, kgc("confidence")), status, sure])


def must(*pairs: Pair, message: str = "") -> Pair:
    """A rule for a property."""
    return PROPERTY, Blank((*pairs, *(((MESSAGE, literal(message)),) if message else ())))


def at_most_once(path: Term, what: str) -> Pair:
    """Several values where one can be true: documents disagree, which is kept and told."""
    return must(
        (PATH, path), (AT_MOST, integer(1)), (SEVERITY, WARNING), message=f"{what} can have one value only."
    )  # fmt: skip


def _rule(names: Names, what: str, types: tuple[str, ...]) -> list[Pair]:
    """What a value must be, and the words for it: a literal, an amount, or a thing of some class."""
    message = literal(_is(what, types))
    if types and types[0] in VALUES:
        return [*_either((DATATYPE, datatype) for datatype in VALUES[types[0]][1]), (MESSAGE, message)]
    if types == ("amount",):
        return [(CLASS, kgc("Amount")), (MESSAGE, message)]
    if not types or "Entity" in types:
        return [(PROPERTY, Blank(((PATH, TYPE), (AT_LEAST, integer(1)), (MESSAGE, message))))]
    allowed = [e.name for e in names.schema.entities if names.schema.is_a(e.name, types)]
    return [*_either((CLASS, names.word(name)) for name in allowed), (MESSAGE, message)]


def _either(options: Iterable[tuple[Term, Object]]) -> list[Pair]:
    found = list(options)
    if len(found) == 1:
        return [found[0]]
    return [(OR, Series(tuple(Blank((option,)) for option in found)))]


def _is(what: str, types: tuple[str, ...]) -> str:
    if types and types[0] in VALUES:
        return f"{what} must be {VALUES[types[0]][0]}."
    if types == ("amount",):
        return f"{what} must be an amount."
    if not types or "Entity" in types:
        return f"{what} must be an entity."
    return f"{what} must be {' or '.join(a(t, small=True) for t in types)}."


def a(name: str, small: bool = False) -> str:
    """A class's name with its article.

    >>> a("Organization"), a("Person", small=True)
    ('An Organization', 'a Person')
    """
    article = "an" if spaced(name)[:1] in "aeiou" else "a"
    return f"{article if small else article.capitalize()} {name}"
