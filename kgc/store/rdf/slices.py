"""A graph on disk, taken into memory some nodes at a time: each with all that is said of it and of what it names.

The shapes of a schema look no farther, so that a graph of any size is held against them in bounded memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

from kgc.data.vocabulary import OA, PROV, RDF
from kgc.errors import StoreError
from kgc.store.rdf.validate import Finding, findings, graph_of, of_file

WHOLE: Final = 200_000
"""Statements that are held against shapes at once, about 1.5 KB each."""
LARGEST: Final = 5_000_000
"""The most statements that are held against shapes of others, which may look anywhere and so need all at once."""
NODES: Final = 2_000
TYPE: Final = ox.NamedNode(RDF + "type")
OWNED: Final = (ox.NamedNode(PROV + "wasDerivedFrom"), ox.NamedNode(OA + "hasSelector"))
ENDS: Final = (ox.NamedNode(RDF + "subject"), ox.NamedNode(RDF + "object"))
Fill = Callable[[ox.Store], None]


@contextmanager
def stored(fill: Fill) -> Iterator[ox.Store]:
    """A database in a folder of its own, filled, and gone afterwards."""
    with TemporaryDirectory(prefix="kgc-rdf-") as folder:
        store = ox.Store(str(Path(folder) / "store"))
        fill(store)
        yield store


def found_in(
    store: ox.Store, shapes: rdflib.Graph, words: str, *, local: bool, whole: int = WHOLE
) -> tuple[Finding, ...]:
    """What is wrong with a graph. `words` begins the schema's properties; `local` shapes are those made of a schema.
    Up to `whole` statements are held against them at once.

    Raises `StoreError` for a graph that is too large for shapes of others.
    """
    if len(store) <= whole or not local:
        if len(store) > LARGEST:
            told = f"{len(store):,} statements are more than the {LARGEST:,} that shapes of your own are held against."
            raise StoreError(told, "Validate a part of it, or by the schema.")
        return findings(graph_of(of_file(store)), shapes)
    found: set[Finding] = set()
    for part in _parts(store, words):
        found |= set(findings(graph_of(of_file(part)), shapes, lambda node: of_file(_facts_about(store, node))))
    return tuple(sorted(found, key=lambda f: (f.severity, f.message, f.thing, f.id)))


def _parts(store: ox.Store, words: str) -> Iterator[list[ox.Quad]]:
    """All statements, those of some nodes at a time, each with what is said of the nodes that they name."""
    nodes = (quad.subject for quad in store.quads_for_pattern(None, TYPE, None) if not _is_owned(store, quad.subject))
    while some := list(islice(nodes, NODES)):
        seen = set(some)
        part = [quad for node in some for quad in store.quads_for_pattern(node, None, None)]
        for _ in range(2):  # evidence, and its selectors
            named = {q.object for q in part if isinstance(q.object, ox.NamedNode | ox.BlankNode)} - seen
            seen |= named
            part += [q for node in named for q in _beside(store, node, words)]
        yield part


def _is_owned(store: ox.Store, node: object) -> bool:
    """Whether it comes along with a fact, as evidence does."""
    if not isinstance(node, ox.NamedNode | ox.BlankNode):
        return False
    return any(next(store.quads_for_pattern(None, owner, node), None) for owner in OWNED)


def _beside(store: ox.Store, node: ox.NamedNode | ox.BlankNode, words: str) -> Iterator[ox.Quad]:
    """What is said of a node that is named, but for its own facts, whose ends are not at hand."""
    for quad in store.quads_for_pattern(node, None, None):
        if not quad.predicate.value.startswith(words):
            yield quad


def _facts_about(store: ox.Store, node: Node) -> Iterable[ox.Quad]:
    """The facts of a thing, with their evidence: what a finding is told by."""
    if not isinstance(node, rdflib.URIRef):
        return
    about = ox.NamedNode(str(node))
    heads = {q.subject for end in ENDS for q in store.quads_for_pattern(None, end, about)}
    for head in islice(sorted(heads, key=str), NODES):
        said = list(store.quads_for_pattern(head, None, None))
        yield from said
        for place in (q.object for q in said if q.predicate == OWNED[0] and isinstance(q.object, ox.NamedNode)):
            evidence = list(store.quads_for_pattern(place, None, None))
            yield from evidence
            for node_ in (q.object for q in evidence if isinstance(q.object, ox.NamedNode)):
                yield from store.quads_for_pattern(node_, None, None)
