"""The statements of an ontology in memory, by subject and property, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

import pyoxigraph as ox

from kgc.data.vocabulary import RDF

Node: TypeAlias = "ox.NamedNode | ox.BlankNode"
Value: TypeAlias = "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple"
_LIST_LIMIT: Final = 10_000


class Statements:
    """What is said of each node. IRIs of properties are given as plain text."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._said: dict[Node, dict[str, dict[Value, None]]] = {}
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode | ox.BlankNode):
                values = self._said.setdefault(quad.subject, {}).setdefault(quad.predicate.value, {})
                values[quad.object] = None

    def add(self, subject: Node, property_: str, value: Value) -> None:
        """State one thing more."""
        self._said.setdefault(subject, {}).setdefault(property_, {})[value] = None

    def subjects(self) -> Iterator[Node]:
        return iter(self._said)

    def values(self, subject: Node, *properties: str) -> tuple[Value, ...]:
        """All values of any of the properties."""
        said = self._said.get(subject, {})
        return tuple(value for p in properties for value in said.get(p, ()))

    def nodes(self, subject: Node, *properties: str) -> tuple[Node, ...]:
        found = self.values(subject, *properties)
        return tuple(v for v in found if isinstance(v, ox.NamedNode | ox.BlankNode))

    def iris(self, subject: Node, *properties: str) -> tuple[str, ...]:
        return tuple(v.value for v in self.values(subject, *properties) if isinstance(v, ox.NamedNode))

    def types(self, subject: Node) -> frozenset[str]:
        return frozenset(self.iris(subject, RDF + "type"))

    def of_type(self, *types: str) -> Iterator[Node]:
        """Nodes of any of the types, in file order."""
        wanted = frozenset(types)
        return (subject for subject in self._said if self.types(subject) & wanted)

    def literals(self, subject: Node, *properties: str) -> tuple[ox.Literal, ...]:
        return tuple(v for v in self.values(subject, *properties) if isinstance(v, ox.Literal))

    def texts(self, subject: Node, *properties: str) -> tuple[str, ...]:
        """Texts with single spaces: English first, then those without a language, then others, each once."""
        found = sorted(self.literals(subject, *properties), key=_language_rank)
        told = (" ".join(literal.value.split()) for literal in found)
        return tuple(dict.fromkeys(text for text in told if text))

    def text(self, subject: Node, *properties: str) -> str:
        """The first text of the first property that has one."""
        return next((texts[0] for p in properties if (texts := self.texts(subject, p))), "")

    def number(self, subject: Node, *properties: str) -> int | None:
        """A small count, as of a cardinality."""
        found = next((literal.value for literal in self.literals(subject, *properties)), "")
        return int(found) if found.isascii() and found.isdigit() and len(found) < 9 else None

    def series(self, head: Node) -> tuple[Node, ...]:
        """The nodes of an RDF list; one that runs in a circle ends where it would begin again."""
        found: list[Node] = []
        seen: set[Node] = set()
        while head.value != RDF + "nil" and head not in seen and len(seen) < _LIST_LIMIT:
            seen.add(head)
            found += self.nodes(head, RDF + "first")
            head = next(iter(self.nodes(head, RDF + "rest")), ox.NamedNode(RDF + "nil"))
        return tuple(found)


def _language_rank(literal: ox.Literal) -> int:
    language = literal.language or ""
    return 0 if language.startswith("en") else 1 if not language else 2
