"""The graph as blocks of RDF, streamed: documents, entities, facts with their evidence, events, and who read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple, TypeAlias
from typing import Literal as OneOf

from kgc.data import DocumentRow, Entity, Event, Fact
from kgc.data.vocabulary import DCTERMS, RDFS, SKOS
from kgc.store.contract import Graph
from kgc.store.rdf.blocks import Block, Pair
from kgc.store.rdf.evidence import Places
from kgc.store.rdf.facts import Facts, Provenance
from kgc.store.rdf.names import BASE, Names, kgc
from kgc.store.rdf.terms import TYPE, iri, is_iri, literal

Record: TypeAlias = "DocumentRow | Entity | Fact | Event"
Graphs = OneOf["one", "document"]
GRAPHS: Final[tuple[Graphs, ...]] = ("one", "document")

LABEL: Final = f"<{RDFS}label>"
ALT: Final = f"<{SKOS}altLabel>"
EXACT: Final = f"<{SKOS}exactMatch>"
REPLACES: Final = f"<{DCTERMS}replaces>"
IDENTIFIER: Final = f"<{DCTERMS}identifier>"
LANGUAGE: Final = f"<{DCTERMS}language>"


@dataclass(frozen=True, slots=True)
class Form:
    """How a graph is told in RDF.

    `provenance`: "full" has a node for each fact (`rdf:Statement`) with its confidence and evidence; "star" the same,
    tied to its statement by RDF 1.2's `rdf:reifies`; "none" the bare statements. `graphs` "document" puts what a
    document says into a named graph of that document, and what is said of the whole into the default graph.
    """

    base: str = BASE
    provenance: Provenance = "full"
    graphs: Graphs = "one"


def blocks(graph: Graph, form: Form, hidden: bool = False) -> Iterator[Block]:
    """The whole graph, a block for each subject, the same for the same graph. `hidden` adds what is not believed.

    What is not believed has a node that tells of it, but is never stated; so without provenance it is left out.
    """
    return chain.from_iterable(group.blocks for group in groups(graph, form, hidden))


class Group(NamedTuple):
    """What is told of one record, made when it is asked for, once. Values are terms, never nested.

    The same record gives the same blocks under the same schema and form; None is no record of the graph's.
    """

    record: Record | None
    blocks: Iterator[Block]


def groups(graph: Graph, form: Form, hidden: bool = False) -> Iterator[Group]:
    """The blocks of each document, entity, fact and event apart, and of those who read at the end."""
    names = Names(graph.schema, form.base)
    told = form.provenance != "none"
    if told:
        yield from (Group(row, _document(row, names)) for row in graph.documents())
    yield from (Group(entity, _entity(entity, names)) for entity in graph.entities(hidden and told))
    places = Places(names, form.graphs == "document")
    facts = Facts(names, form.provenance, places)
    for fact in graph.facts(hidden and told):
        places.note(fact.evidence)
        yield Group(fact, facts.fact(fact))
    for event in graph.events(hidden and told):
        places.note(event.evidence)
        yield Group(event, facts.event(event))
    if told:
        yield Group(None, places.activities())


def _document(row: DocumentRow, names: Names) -> Iterator[Block]:
    source = literal(row.source)
    pairs = [(TYPE, kgc("Document")), (LABEL, literal(row.title) if row.title else source), (IDENTIFIER, source)]
    if row.lang:
        pairs.append((LANGUAGE, literal(row.lang)))
    yield Block(names.document(row.id), pairs)


def _entity(entity: Entity, names: Names) -> Iterator[Block]:
    """Class, name, other names, links, and the ids that it had before a merge."""
    lang = next((a.lang for a in entity.aliases if a.name == entity.name), "")
    label = literal(entity.name, lang=lang)
    pairs: list[Pair] = [(TYPE, names.word(entity.type)), (LABEL, label)]
    others = dict.fromkeys(literal(a.name, lang=a.lang) for a in entity.aliases if a.name and a.name != entity.name)
    pairs += [(ALT, other) for other in others]
    pairs += [(EXACT, iri(link)) if is_iri(link) else (IDENTIFIER, literal(link)) for link in entity.links]
    pairs += [(REPLACES, names.entity(id_)) for id_ in entity.retired]
    yield Block(names.entity(entity.id), pairs)
