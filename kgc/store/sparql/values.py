"""RDF terms as JSON can hold them, in answers of the same form as those to Cypher."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice
from typing import Final

import pyoxigraph as rdf

from kgc.store.sparql.guard import variables
from kgc.store.values import Plain

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
WHOLE: Final = frozenset(
    XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
FRACTION: Final = frozenset(XSD + name for name in ("decimal", "double", "float"))
Result = rdf.QueryBoolean | rdf.QuerySolutions | rdf.QueryTriples | Iterator[rdf.Triple]
Line = tuple[Plain, ...]


def plain(term: object) -> Plain:
    """A term: an IRI and a text as text, numbers as numbers, `xsd:boolean` as a truth value, all else as written."""
    match term:
        case None:
            return None
        case rdf.NamedNode():
            return term.value
        case rdf.Literal():
            return _literal(term.value, term.datatype.value)
        case _:
            return str(term)


def table(result: Result, query: str) -> tuple[tuple[str, ...], Iterator[Line]]:
    """The columns and rows of an answer; `*` has its columns in the order in which the query names them."""
    if isinstance(result, rdf.QueryBoolean):
        return ("answer",), iter([(bool(result),)])
    if isinstance(result, rdf.QuerySolutions):
        return _solutions(result, query)
    return ("subject", "predicate", "object"), ((plain(t.subject), plain(t.predicate), plain(t.object)) for t in result)


def first(rows: Iterator[Line], limit: int) -> tuple[tuple[Line, ...], bool]:
    """So many rows, and whether there were more."""
    found = tuple(islice(rows, limit + 1))
    return found[:limit], len(found) > limit


def _solutions(result: rdf.QuerySolutions, query: str) -> tuple[tuple[str, ...], Iterator[Line]]:
    names = [variable.value for variable in result.variables]
    if _all(query):
        order = {name: at for at, name in enumerate(variables(query))}
        names.sort(key=lambda name: order.get(name, len(order)))
    return tuple(names), (tuple(plain(row[name]) for name in names) for row in result)


def _all(query: str) -> bool:
    head = query.upper().partition("{")[0].split("WHERE")[0].rstrip()
    return head.endswith("*")


def _literal(text: str, datatype: str) -> Plain:
    try:
        if datatype in WHOLE:
            return int(text)
        if datatype in FRACTION:
            number = float(text)
            return number if math.isfinite(number) else text
    except ValueError:
        return text  # a literal may say anything of itself
    if datatype == XSD + "boolean" and text in ("true", "false", "1", "0"):
        return text in ("true", "1")
    return text
