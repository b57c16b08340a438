"""Subjects of RDF as things and statements; what kgc writes beside them is put where it belongs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple, cast
from urllib.parse import unquote

from kgc.data import Aligned, Literal, Problem, Qualifier, Status
from kgc.data.facts import OPEN
from kgc.data.vocabulary import KGC, OA, RDF
from kgc.load.graph_rdf import IRI, TEXT, TRIPLE, Row
from kgc.load.graph_rdf_words import (
    ANYTHING,
    BELOW,
    DERIVED,
    FRAME,
    IMPORTS,
    KINDS,
    LINKS,
    NAMES,
    OBJECT,
    OTHER_NAMES,
    OWN_FRAME,
    PREDICATE,
    REIFIES,
    SILENT,
    SUBJECT,
    TYPE,
    VALUE,
)
from kgc.load.graph_records import Below, Called, Quote, Record, Statement, Thing

_KNOWN: Final = (RDF, KGC, *(space for space in FRAME if space != RDF))
_UNSAID: Final = frozenset((*NAMES, *OTHER_NAMES, *LINKS, *SILENT))
_QUALIFIERS: Final = ("start", "end", "time", "place", "amount")
_ALIGNED: Final = ("exact", "fuzzy", "none")


class Value(NamedTuple):
    """A value of a property, encoded as `kgc.load.graph_rdf.Row` has it."""

    text: str
    kind: int
    datatype: str = ""
    lang: str = ""
    graph: str = ""


Node = dict[str, list[Value]]
"""The values of a subject by property."""


class Subjects:
    """Makes records of the quads of a file; looks up what a subject points to."""

    def __init__(self, quads: sqlite3.Connection) -> None:
        self._sql = quads
        self._amounts = bool(self._count("SELECT count(*) FROM amount"))
        self._told = bool(self._count("SELECT count(*) FROM told"))

    def records(self, rows: Iterable[Row]) -> Iterator[Record]:
        """The records of all subjects; `rows` come by subject and property."""
        for subject, group in groupby(rows, key=itemgetter(0)):
            node: Node = {}
            for row in group:
                node.setdefault(row[1], []).append(Value(*row[2:]))
            yield from self._subject(subject, node)

    def _subject(self, subject: str, node: Node) -> Iterator[Record]:
        for value in node.get(IMPORTS, ()):
            message = f"owl:imports {value.text} is not fetched"
            yield Problem("unsupported", message, hint="Import that file as well, if it is wanted.", severity="warning")
        yield from (Below(subject, value.text) for value in node.get(BELOW, ()) if value.kind == IRI)
        if SUBJECT in node or REIFIES in node:
            yield from self._reified(node)
            return
        types = [v.text for v in node.get(TYPE, ()) if v.kind == IRI and v.text not in ANYTHING]
        if f"{KGC}class" in node:  # an event that is told of, and not stated
            types = [first(node, f"{KGC}class")]
        if any(t.startswith(FRAME) or t in OWN_FRAME for t in types):
            return
        yield self._thing(subject, types, node)
        yield from self._statements(subject, node)

    # Things

    def _thing(self, subject: str, types: Iterable[str], node: Node) -> Thing:
        links = dict.fromkeys(v.text for p in LINKS for v in node.get(p, ()) if v.kind == IRI and v.text != subject)
        names = [*_called(node, NAMES), *_called(node, OTHER_NAMES)]
        if not names and not subject.startswith("_:"):
            names = [Called(local_name(subject))]
        return Thing(
            subject, tuple(dict.fromkeys(types)), tuple(dict.fromkeys(names)), tuple(links), _confidence(node),
            _status(node), self._quotes(node), f"{KGC}status" in node,
        )  # fmt: skip

    def _statements(self, subject: str, node: Node) -> Iterator[Record]:
        for property_, values in node.items():
            if property_ == f"{KGC}otherValue" and not self._told:
                yield from (_other(subject, value) for value in values)
            if property_ in _UNSAID or property_.startswith(_KNOWN):
                continue
            for _, group in groupby(values, key=itemgetter(0, 1, 2, 3)):
                places = list(group)
                if not (self._told and self._is_told(subject, property_, places[0].text)):
                    quotes = tuple(Quote("", place.graph) for place in places if place.graph)
                    yield Statement(subject, property_, self._end(places[0]), quotes=quotes)

    def _is_told(self, subject: str, property_: str, value: str) -> bool:
        """Whether a statement has a node of its own, which says more."""
        query = "SELECT count(*) FROM told WHERE s = ? AND p = ? AND o = ?"
        return bool(self._count(query, subject, property_, value))

    def _end(self, value: Value) -> str | Literal:
        if value.kind == TEXT:
            return _literal(value)
        if self._amounts and self._count("SELECT count(*) FROM amount WHERE s = ?", value.text):
            node = self._node(value.text)
            number, unit = first(node, VALUE), first(node, f"{KGC}unit")
            return Literal(f"{number} {unit}".strip(), number, "amount", unit)
        return value.text

    # Statements with a node of their own

    def _reified(self, node: Node) -> Iterator[Record]:
        for subject, property_, value in _inner(node):
            own = f"{KGC}status" in node
            if not own and not self._stated(subject, property_, value):
                told = f"<{subject}> <{property_}> {value.text}"
                yield Problem("unsupported", "a statement is reified and not stated", raw=told, severity="warning")
                continue
            relation = OPEN + first(node, f"{KGC}words") if f"{KGC}words" in node else property_
            yield Statement(
                subject, relation, self._end(value), _confidence(node), _raised(node, "negated"),
                _raised(node, "hedged"), _status(node), tuple(_qualifiers(node)), self._quotes(node),
            )  # fmt: skip

    def _stated(self, subject: str, property_: str, value: Value) -> bool:
        query = "SELECT count(*) FROM quad WHERE s = ? AND p = ? AND o = ?"
        return bool(self._count(query, subject, property_, value.text))

    def _quotes(self, node: Node) -> tuple[Quote, ...]:
        return tuple(self._quote(value.text) for value in node.get(DERIVED, ()))

    def _quote(self, place: str) -> Quote:
        """A place as our own export tells it: its document, its quote; of any other, what it is called."""
        evidence = self._node(place)
        source = first(evidence, f"{OA}hasSource")
        document = self._node(source) if source else {}
        exact = (first(self._node(v.text), f"{OA}exact") for v in evidence.get(f"{OA}hasSelector", ()))
        page, aligned = first(evidence, f"{KGC}page"), first(evidence, f"{KGC}aligned")
        return Quote(
            next(filter(None, exact), ""),
            first(document, "http://purl.org/dc/terms/identifier") or source or place,
            int(page) if page.isdecimal() else 0,
            cast("Aligned", aligned) if aligned in _ALIGNED else "exact",
            first(evidence, f"{KGC}rationale"),
        )

    def _node(self, subject: str) -> Node:
        node: Node = {}
        for property_, *value in self._sql.execute(_NODE, (subject,)):
            node.setdefault(property_, []).append(Value(*value))
        return node

    def _count(self, query: str, *values: str) -> int:
        return int(self._sql.execute(query, values).fetchone()[0])


_NODE: Final = "SELECT p, o, kind, datatype, lang, g FROM quad WHERE s = ? ORDER BY p, kind, o"


def first(node: Node, property_: str) -> str:
    """The first value of a property, "" where there is none."""
    values = node.get(property_)
    return values[0].text if values else ""


def local_name(iri: str) -> str:
    """What an IRI says after its last `/`, `#` or `:`, as people write it.

    >>> local_name("https://a.org/Ada_Lovelace"), local_name("urn:x:1%202"), local_name("https://a.org/")
    ('Ada Lovelace', '1 2', 'https://a.org/')
    """
    cut = max(iri.rstrip("/#").rfind(mark) for mark in "/#:") + 1
    return unquote(iri[cut:].rstrip("/#")).replace("_", " ").strip() or iri if "//" not in iri[cut:] else iri


def _called(node: Node, properties: Iterable[str]) -> Iterator[Called]:
    """Names by property, English and those without a language first."""
    for property_ in properties:
        found = [v for v in node.get(property_, ()) if v.kind == TEXT and v.text.strip()]
        for v in sorted(found, key=lambda v: (v.lang.split("-")[0] not in ("", "en"), v.lang, v.text)):
            yield Called(v.text, v.lang)


def _inner(node: Node) -> Iterator[tuple[str, str, Value]]:
    """The triples that a node stands for."""
    for value in node.get(REIFIES, ()):
        if value.kind == TRIPLE:
            subject, property_, *rest = json.loads(value.text)
            yield subject, property_, Value(*rest)
    subject, property_ = first(node, SUBJECT), first(node, PREDICATE)
    if subject and property_ and OBJECT in node:
        yield subject, property_, node[OBJECT][0]


def _qualifiers(node: Node) -> Iterator[Qualifier]:
    """What narrows a statement: kgc's own, and any other value that its node has."""
    for property_, values in node.items():
        name = property_.removeprefix(KGC)
        if name in _QUALIFIERS or (not property_.startswith(_KNOWN) and values[0].kind == TEXT):
            yield Qualifier(name if name in _QUALIFIERS else local_name(property_), values[0].text)


def _literal(value: Value) -> Literal:
    kind = KINDS.get(value.datatype.rpartition("#")[2], "string") if value.datatype else "string"
    return Literal(value.text, value.text, kind, lang=value.lang)


def _other(subject: str, value: Value) -> Statement:
    """`name=value`, as our export without provenance writes what is not of its property's datatype."""
    name, _, text = value.text.partition("=")
    return Statement(subject, name, Literal(text, text))


def _raised(node: Node, flag: str) -> bool:
    return first(node, KGC + flag) == "true"


def _status(node: Node) -> Status:
    status = first(node, f"{KGC}status")
    return cast("Status", status) if status in ("proposed", "accepted", "rejected") else "proposed"


def _confidence(node: Node) -> float:
    try:
        found = float(first(node, f"{KGC}confidence") or 1.0)
    except ValueError:
        return 1.0
    return found if 0 <= found <= 1 else 1.0
