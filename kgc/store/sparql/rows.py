"""The graph as rows that a difference is made of: what can be told apart on a server and taken away by its name.

A row is a subject in a graph (a fact's node, an event, a document; a place with its two selectors), what an entity has
of its own, or a single statement about an entity: a statement is said by facts, which come and go without the entity.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from kgc.data.vocabulary import KGC
from kgc.store.contract import Graph
from kgc.store.rdf.blocks import PlainBlock, plain
from kgc.store.rdf.graph import Form, blocks
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

    def is_statement(self, predicate: Term) -> bool:
        return predicate[1:].startswith(self.said)


def rows(graph: Graph, form: Form, target: Target) -> Iterator[Row]:
    """All rows of a graph, the same for the same graph. The main graph holds everything, whatever `form.graphs`."""
    names = Names(graph.schema, form.base)
    sorter = Sorter(names, target)
    for block in plain(blocks(graph, form)):
        yield from sorter.add(block)
    yield from sorter.rest()


class Sorter:
    """Blocks into rows; holds those of one fact or event, whose subjects may come in several blocks."""

    def __init__(self, names: Names, target: Target) -> None:
        self._entities = names.entities
        self._events = f"<{names.base}event/"
        self._places = f"<{names.base}evidence/"
        self._documents = len(f"<{names.base}document/")
        self._space = Space(names.base)
        self._target = target
        self._item = ""
        self._held: dict[Identity, dict[str, None]] = {}

    def add(self, block: PlainBlock) -> Iterator[Row]:
        subject = block.subject
        if subject.startswith(self._entities):
            yield from self._entity(block)
            return
        item = _item(subject)
        if item != self._item:
            yield from self.rest()
            self._item = item
        told = [f"{subject} {predicate} {value} .\n" for predicate, value in block.pairs]
        self._hold(self._identity(self._target.main, subject), told)
        if block.graph and subject.startswith(self._events):
            self._hold(self._identity(self._document(block.graph), subject), told)

    def rest(self) -> Iterator[Row]:
        held, self._held = self._held, {}
        for identity, told in held.items():
            yield Row(identity, "".join(told), len(told))

    def _entity(self, block: PlainBlock) -> Iterator[Row]:
        """What an entity has of its own; each statement about it, also in the graph of the document that says it."""
        subject, own = block.subject, []
        for predicate, value in block.pairs:
            line = f"{subject} {predicate} {value} .\n"
            if not self._space.is_statement(predicate):
                own.append(line)
                continue
            yield Row((STATEMENT, self._target.main, subject, predicate, value), line, 1)
            if block.graph:
                yield Row((STATEMENT, self._document(block.graph), subject, predicate, value), line, 1)
        if own:
            yield Row((ENTITY, self._target.main, subject), "".join(own), len(own))

    def _hold(self, identity: Identity, lines: list[str]) -> None:
        self._held.setdefault(identity, {}).update(dict.fromkeys(lines))

    def _identity(self, graph: Term, subject: Term) -> Identity:
        if not subject.startswith(self._places):
            return SUBJECT, graph, subject
        for part in PARTS:
            if subject.endswith(part):
                return PLACE, graph, f"{subject[: -len(part)]}>"
        return PLACE, graph, subject

    def _document(self, graph: Term) -> Term:
        return f"<{self._target.documents}{graph[self._documents :]}"


def _item(subject: Term) -> str:
    """The id of the fact or event that a subject belongs to: its name's last part, up to the first dot."""
    return subject[subject.rfind("/") + 1 : -1].partition(".")[0]
