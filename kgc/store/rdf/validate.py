"""What pySHACL finds wrong with a graph, in words: which rule, which fact, which document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from typing import Literal as OneOf
from urllib.parse import unquote

import pyoxigraph as ox
import pyshacl
import rdflib
from pyshacl.errors import ReportableRuntimeError
from rdflib.term import Node

from kgc.data.vocabulary import DCTERMS, OA, PROV, RDF, RDFS, SHACL
from kgc.data.vocabulary import KGC as OURS
from kgc.errors import StoreError
from kgc.store.rdf.blocks import Block, quads
from kgc.store.rdf.parts import text_of
from kgc.store.rdf.terms import Term

SH, OAS, KGC = rdflib.Namespace(SHACL), rdflib.Namespace(OA), rdflib.Namespace(OURS)
DERIVED, LABEL = rdflib.URIRef(PROV + "wasDerivedFrom"), rdflib.URIRef(RDFS + "label")
SUBJECT, PREDICATE, OBJECT = (rdflib.URIRef(RDF + part) for part in ("subject", "predicate", "object"))
IDENTIFIER: Final = rdflib.URIRef(DCTERMS + "identifier")
SEVERITIES: Final[dict[Node, OneOf["violation", "warning"]]] = {SH.Warning: "warning", SH.Info: "warning"}
Statement = tuple[Node, Node, Node]
More = Callable[[Node], Iterable[Statement | None]]
PLACES: Final = 3
"""How many places of a finding are told."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document says what is wrong; `page` is 0 where a format has none."""

    document: str
    page: int
    quote: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that does not hold: of which thing, through which property, with which value, and where it is said."""

    severity: OneOf["violation", "warning"]
    message: str
    thing: str
    id: str
    property: str = ""
    value: str = ""
    facts: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


def findings(data: rdflib.Graph, shapes: rdflib.Graph, more: More | None = None) -> tuple[Finding, ...]:
    """All that does not hold, violations first. `more` gives the facts of a thing, where `data` is a part of a graph.

    Raises `StoreError` for shapes that are none.
    """
    try:
        _, report, text = pyshacl.validate(data, shacl_graph=shapes)
    except ReportableRuntimeError as error:
        raise StoreError(f"These shapes cannot be used: {error}", "Correct them.") from error
    if not isinstance(report, rdflib.Graph):
        raise StoreError(f"These shapes cannot be used: {text}", "Correct them.")
    if more:
        for focus in set(report.objects(None, SH.focusNode)):
            for statement in more(focus):
                if statement:
                    data.add(statement)
    told = {_told(data, report, shapes, r) for r in report.subjects(rdflib.RDF.type, SH.ValidationResult)}
    return tuple(sorted(told, key=lambda f: (f.severity, f.message, f.thing, f.id, f.value, f.facts)))


def graph_of(statements: Iterable[Statement | None]) -> rdflib.Graph:
    """Statements in memory, about one kilobyte each."""
    graph = rdflib.Graph()
    for statement in statements:
        if statement:
            graph.add(statement)
    return graph


def of_blocks(blocks: Iterable[Block]) -> Iterator[Statement]:
    """What kgc would write, as rdflib has it."""
    for quad in quads(blocks):
        yield _node(quad.subject), _node(quad.predicate), _node(quad.object)


def of_file(found: Iterable[ox.Quad]) -> Iterator[Statement | None]:
    """What stands in a file, as rdflib has it; None for a statement about a statement, which it has not."""
    for quad in found:
        subject, value = quad.subject, quad.object
        if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
            yield None
        else:
            yield _node(str(subject)), _node(str(quad.predicate)), _literal(value) or _node(str(value))


def _literal(value: object) -> Node | None:
    if not isinstance(value, ox.Literal):
        return None
    if value.language:
        return rdflib.Literal(value.value, lang=value.language)
    plain = value.datatype.value == str(rdflib.XSD.string)
    return rdflib.Literal(value.value, datatype=None if plain else rdflib.URIRef(value.datatype.value))


def _node(term: Term) -> Node:
    if term.startswith("_:"):
        return rdflib.BNode(term[2:])
    if term[0] == "<":
        return rdflib.URIRef(term[1:-1])
    text = text_of(term)
    datatype = rdflib.URIRef(text.datatype[1:-1]) if text.datatype else None
    return rdflib.Literal(text.text, datatype=datatype, lang=text.lang or None)


def _told(data: rdflib.Graph, report: rdflib.Graph, shapes: rdflib.Graph, result: Node) -> Finding:
    focus = report.value(result, SH.focusNode) or result
    path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
    shape = report.value(result, SH.sourceShape)
    about = list(_facts(data, shapes, focus, path, value, shape))
    severity = report.value(result, SH.resultSeverity) or SH.Violation
    where = dict.fromkeys(place for fact in about for place in _places(data, fact))
    relation = path or _target(shapes, shape)
    return Finding(
        SEVERITIES.get(severity, "violation"),
        str(report.value(result, SH.resultMessage) or ""),
        _name(data, about[0] if about and (None, DERIVED, focus) in data else focus),
        _local(focus),
        _local(relation) if relation else "",
        "" if value is None or value == focus else _name(data, value),
        tuple(sorted({_local(fact) for fact in about})),
        tuple(where)[:PLACES],
    )


def _target(shapes: rdflib.Graph, shape: Node | None) -> Node | None:
    """The relation whose heads or tails a shape is about."""
    return shape and (shapes.value(shape, SH.targetSubjectsOf) or shapes.value(shape, SH.targetObjectsOf))


def _facts(
    data: rdflib.Graph, shapes: rdflib.Graph, focus: Node, path: Node | None, value: Node | None, shape: Node | None
) -> Iterator[Node]:
    """The facts that a finding is about: the one that it names, or those that say what it is about."""
    if (focus, SUBJECT, None) in data or (focus, DERIVED, None) in data:
        yield focus
        return
    owners = list(data.subjects(DERIVED, focus)) or [
        fact for place in data.subjects(OAS.hasSelector, focus) for fact in data.subjects(DERIVED, place)
    ]
    if owners:
        yield from owners
        return
    relation = _target(shapes, shape)
    end = OBJECT if shape and relation and shapes.value(shape, SH.targetObjectsOf) else SUBJECT
    for fact in data.subjects(end, focus):
        said = data.value(fact, PREDICATE)
        if said == (path or relation or said) and (not path or value is None or data.value(fact, OBJECT) == value):
            yield fact


def _places(data: rdflib.Graph, fact: Node) -> Iterator[Place]:
    for place in sorted(data.objects(fact, DERIVED), key=str):
        source = data.value(place, OAS.hasSource)
        name = (data.value(source, IDENTIFIER) or source) if source else ""
        quotes = [q for s in data.objects(place, OAS.hasSelector) for q in data.objects(s, OAS.exact)]
        page = data.value(place, KGC.page)
        yield Place(str(name), int(page) if isinstance(page, rdflib.Literal) else 0, str(quotes[0]) if quotes else "")


def _name(data: rdflib.Graph, node: Node) -> str:
    """What people call it: its label, for a fact what it says, for a literal its text, else the end of its IRI."""
    if isinstance(node, rdflib.Literal):
        return str(node)
    if said := data.value(node, PREDICATE):
        ends = [data.value(node, part) for part in (SUBJECT, OBJECT)]
        head, tail = (_name(data, end) if end is not None else "?" for end in ends)
        return f"{head} - {_local(said)} - {tail}"
    return str(data.value(node, LABEL) or _local(node))


def _local(node: Node) -> str:
    text = str(node)
    return unquote(text[max(text.rfind("/"), text.rfind("#")) + 1 :]) or text
