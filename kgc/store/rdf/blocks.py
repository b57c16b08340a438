"""What is written: blocks of one subject each, with values that may be nested; and the same as plain triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from kgc.data.vocabulary import RDF
from kgc.store.rdf.terms import Term

FIRST, REST, NIL = f"<{RDF}first>", f"<{RDF}rest>", f"<{RDF}nil>"


@dataclass(frozen=True, slots=True)
class Blank:
    """A node without a name, as in `[ a owl:Restriction ; … ]`."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """An RDF list, as in `( kg:Person kg:Company )`."""

    items: tuple[Object, ...]


Object: TypeAlias = "Term | Blank | Series"
Pair: TypeAlias = tuple[Term, "Object"]


class Block(NamedTuple):
    """The statements of one subject. `graph` is an IRI or "" for the default graph."""

    subject: Term
    pairs: Sequence[Pair]
    graph: Term = ""


class Quad(NamedTuple):
    """One statement; `graph` is an IRI or "" for the default graph. All are encoded as N-Triples has them."""

    subject: Term
    predicate: Term
    object: Term
    graph: Term = ""


def quads(blocks: Iterable[Block]) -> Iterator[Quad]:
    """All statements in the order of the blocks; nameless nodes are numbered in the order that they come in."""
    for subject, pairs, graph in plain(blocks):
        for predicate, value in pairs:
            yield Quad(subject, predicate, value, graph)


class PlainBlock(NamedTuple):
    """A block whose values are terms alone."""

    subject: Term
    pairs: Sequence[tuple[Term, Term]]
    graph: Term = ""


def plain(blocks: Iterable[Block]) -> Iterator[PlainBlock]:
    """The blocks with what is nested in them taken out, under `_:b1`, `_:b2` …"""
    count = 0
    for block in blocks:
        if all(isinstance(value, str) for _, value in block.pairs):
            yield PlainBlock(block.subject, [(p, v) for p, v in block.pairs if isinstance(v, str)], block.graph)
            continue
        flat, count = _flatten(block, count)
        yield from flat


def _flatten(block: Block, count: int) -> tuple[list[PlainBlock], int]:
    made: list[PlainBlock] = []

    def name() -> Term:
        nonlocal count
        count += 1
        return f"_:b{count}"

    def term(value: Object) -> Term:
        if isinstance(value, str):
            return value
        if isinstance(value, Blank):
            return node(name(), value.pairs)
        following = NIL
        for item in reversed(value.items):
            following = node(name(), ((FIRST, item), (REST, following)))
        return following

    def node(subject: Term, pairs: Sequence[Pair]) -> Term:
        place = len(made)
        found = [(predicate, term(value)) for predicate, value in pairs]
        made.insert(place, PlainBlock(subject, found, block.graph))
        return subject

    node(block.subject, block.pairs)
    return made, count
