"""SKOS, the words of thesauri, as an ontology: concepts are classes, and what is broader is above."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from kgc.data.vocabulary import OWL, RDF, RDFS, SKOS
from kgc.store.rdf.owl_words import CLASSES
from kgc.store.rdf.statements import Statements

_UP: Final = (SKOS + "broader", SKOS + "broaderTransitive", SKOS + "broaderGeneric")
_DOWN: Final = (SKOS + "narrower", SKOS + "narrowerTransitive", SKOS + "narrowerGeneric")


def read_concepts(said: Statements) -> tuple[str, ...]:
    """State of each concept that it is a class below the broader ones; returns what there is to say of it.

    A file that declares classes is left as it is: its concepts are individuals.
    """
    concepts = [node for node in said.of_type(SKOS + "Concept") if isinstance(node, ox.NamedNode)]
    if not concepts or any(True for _ in said.of_type(*CLASSES)):
        return ()
    known = set(concepts)
    for concept in concepts:
        said.add(concept, RDF + "type", ox.NamedNode(OWL + "Class"))
        for broader in said.iris(concept, *_UP):
            if ox.NamedNode(broader) in known:
                said.add(concept, RDFS + "subClassOf", ox.NamedNode(broader))
    for concept in concepts:
        for narrower in said.iris(concept, *_DOWN):
            if ox.NamedNode(narrower) in known:
                said.add(ox.NamedNode(narrower), RDFS + "subClassOf", concept)
    for scheme in list(said.of_type(SKOS + "ConceptScheme"))[:1]:
        said.add(scheme, RDF + "type", ox.NamedNode(OWL + "Ontology"))
    return tuple(_notes(said, concepts))


def _notes(said: Statements, concepts: list[ox.NamedNode]) -> list[str]:
    notes = [f"It is a thesaurus: {len(concepts)} concepts are classes here, those that are broader above them."]
    related = sum(len(said.values(concept, SKOS + "related")) for concept in concepts)
    if related:
        notes.append(f"{related} times a concept is related to another; that is no relation between things.")
    groups = sum(1 for _ in said.of_type(SKOS + "Collection", SKOS + "OrderedCollection"))
    if groups:
        notes.append(f"{groups} collections of concepts are left out.")
    return notes
