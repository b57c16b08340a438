"""The graph as rows that a difference is made of: what can be told apart on a server and taken away by its name.

A row is a subject in a graph (a fact's node, an event, a document; a place with its two selectors), what an entity has
of its own, or a single statement about an entity: a statement is said by facts, which come and go without the entity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from kgc.data.vocabulary import KGC
from kgc.store.contract import Graph
from kgc.store.rdf.blocks import Block, Pair
from kgc.store.rdf.graph import Form, groups
from kgc.store.rdf.names import Names
from kgc.store.rdf.terms import Term
from kgc.store.targets import Identity

ENTITY: Final = "e"
SUBJECT: Final = "s"
PLACE: Final = "p"
STATEMENT: Final = "t"
PARTS: Final = (".position>", ".quote>")
"""What the names of a place's selectors end in."""


class Row(NamedTuple):
    """`identity` is (kind, graph, subject) and for a statement its property and value; `text` is N-Triples."""

    identity: Identity
    text: str
    statements: int


class Target(NamedTuple):
    """The graphs of a workspace on a server: one with everything, one for each document, one for the marker."""

    main: Term

    @property
    def marker(self) -> Term:
        return f"{self.main[:-1]}/marker>"

    @property
    def documents(self) -> str:
        """What the names of the graphs of documents begin with, without `<`."""
        return f"{self.main[1:-1]}/document/"


class Space(NamedTuple):
    """What tells statements from what an entity has of its own: the namespaces of their properties."""

    base: str

    @property
    def said(self) -> tuple[str, str]:
        return f"{self.base}schema/", KGC


def rows(graph: Graph, form: Form, target: Target) -> Iterator[Row]:
    """All rows of a graph, the same for the same graph. The main graph holds everything, whatever `form.graphs`."""
    sorter = Sorter(Names(graph.schema, form.base), target)
    for group in groups(graph, form):
        yield from sorter.sort(group.blocks)


class Sorter:
    """The blocks of a fact, an event, an entity as rows; a subject may come in several blocks."""

    def __init__(self, names: Names, target: Target) -> None:
        self._entities = names.entities
        self._events = f"<{names.base}event/"
        self._places = f"<{names.base}evidence/"
        self._documents = len(f"<{names.base}document/")
        self._said = tuple(f"<{namespace}" for namespace in Space(names.base).said)
        self._target = target

    def sort(self, group: Iterable[Block]) -> Iterator[Row]:
        main, held = self._target.main, dict[Identity, list[str]]()
        for subject, pairs, graph in group:
            if subject.startswith(self._entities):
                yield from self._entity(subject, pairs, graph)
                continue
            told = [f"{subject} {predicate} {value} .\n" for predicate, value in pairs]
            self._hold(held, self._identity(main, subject), told)
            if graph and subject.startswith(self._events):
                self._hold(held, self._identity(self._document(graph), subject), told)
        for identity, told in held.items():
            lines = dict.fromkeys(told)
            yield Row(identity, "".join(lines), len(lines))

    def _entity(self, subject: Term, pairs: Sequence[Pair], graph: Term) -> Iterator[Row]:
        """What an entity has of its own; each statement about it, also in the graph of the document that says it."""
        own = []
        for predicate, value in pairs:
            line = f"{subject} {predicate} {value} .\n"
            if not predicate.startswith(self._said):
                own.append(line)
                continue
            yield Row((STATEMENT, self._target.main, subject, predicate, str(value)), line, 1)
            if graph:
                yield Row((STATEMENT, self._document(graph), subject, predicate, str(value)), line, 1)
        if own:
            yield Row((ENTITY, self._target.main, subject), "".join(own), len(own))

    def _hold(self, held: dict[Identity, list[str]], identity: Identity, told: list[str]) -> None:
        before = held.get(identity)
        held[identity] = before + told if before else told

    def _identity(self, graph: Term, subject: Term) -> Identity:
        if not subject.startswith(self._places):
            return SUBJECT, graph, subject
        for part in PARTS:
            if subject.endswith(part):
                return PLACE, graph, f"{subject[: -len(part)]}>"
        return PLACE, graph, subject

    def _document(self, graph: Term) -> Term:
        return f"<{self._target.documents}{graph[self._documents :]}"
