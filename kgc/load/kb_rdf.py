"""A knowledge base in RDF: concepts of a SKOS thesaurus, individuals and classes of an ontology: what has a name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

from kgc.data.knowledge import KbEntry
from kgc.data.vocabulary import DCTERMS, FOAF, OWL, RDF, RDFS, SKOS
from kgc.errors import KgcError
from kgc.load.graph_rdf import IRI, TEXT, fill

_SCHEMA: Final = ("https://schema.org/", "http://schema.org/")
NAMES: Final = (f"{SKOS}prefLabel", f"{RDFS}label", *(f"{s}name" for s in _SCHEMA), f"{FOAF}name", f"{DCTERMS}title")
OTHER_NAMES: Final = (
    f"{SKOS}altLabel", f"{SKOS}hiddenLabel", *(f"{s}alternateName" for s in _SCHEMA), f"{FOAF}nick",
    f"{SKOS}notation",
)  # fmt: skip
MEANINGS: Final = (
    f"{SKOS}definition", f"{RDFS}comment", f"{SKOS}scopeNote", f"{DCTERMS}description",
    *(f"{s}description" for s in _SCHEMA), f"{SKOS}note",
)  # fmt: skip
BROADER, NARROWER, TYPE = f"{SKOS}broader", f"{SKOS}narrower", f"{RDF}type"
NO_THINGS: Final = frozenset(
    (f"{OWL}Ontology", f"{OWL}ObjectProperty", f"{OWL}DatatypeProperty", f"{OWL}AnnotationProperty",
     f"{RDF}Property", f"{SKOS}ConceptScheme", f"{SKOS}Collection", f"{SKOS}OrderedCollection")
)  # fmt: skip
_RELATED: Final = 64
"""So many things that an entry points to are kept."""
_SORTED: Final = "SELECT DISTINCT s, p, o, kind, lang FROM quad ORDER BY s, p, lang, o"
_PARENTS: Final = (
    "SELECT s, o FROM quad WHERE p = ? AND kind = ? UNION SELECT o, s FROM quad WHERE p = ? AND kind = ? ORDER BY 1, 2"
)


def read_kb_rdf(path: Path) -> Iterator[KbEntry]:
    """Every named subject with an IRI, but for properties, schemes and the ontology itself, in the order of IRIs.

    A label in English or without a language is the name, before others; all others are aliases. Raises `KgcError` with
    the line where the file cannot be parsed, and for concepts that are broader than themselves, with their names;
    `MissingPackage` without pyoxigraph.
    """
    with closing(sqlite3.connect("", check_same_thread=False)) as quads:  # on disk, and gone when it is closed
        fill(quads, path)
        quads.execute("CREATE INDEX quad_s ON quad (s, p)")
        _refuse_cycles(quads, path.name)
        for subject, group in groupby(quads.execute(_SORTED), key=itemgetter(0)):
            node: dict[str, list[tuple[str, int, str]]] = {}
            for _, property_, value, kind, lang in group:
                node.setdefault(property_, []).append((value, kind, lang))
            if not subject.startswith("_:") and (found := _entry(quads, subject, node, path.name)):
                yield found


def _entry(
    quads: sqlite3.Connection, subject: str, node: dict[str, list[tuple[str, int, str]]], file: str
) -> KbEntry | None:
    types = [value for value, kind, _ in node.get(TYPE, ()) if kind == IRI]
    names = [*_texts(node, NAMES), *_texts(node, OTHER_NAMES)]
    if not names or any(t in NO_THINGS for t in types):
        return None
    said = [word for t in types if not t.startswith((OWL, SKOS)) for word in (t, *_label(quads, t))]
    links = (value for p, values in node.items() if p != TYPE for value, kind, _ in values if kind == IRI)
    related = tuple(dict.fromkeys(v for v in links if v != subject))[:_RELATED]
    meanings = " ".join(dict.fromkeys(_texts(node, MEANINGS)))
    others = tuple(dict.fromkeys(n for n in names[1:] if n != names[0]))
    return KbEntry(
        subject, names[0], others, tuple(dict.fromkeys(said)), meanings, 0.0, related, f"{file}: <{subject}>"
    )


def _texts(node: dict[str, list[tuple[str, int, str]]], properties: Iterable[str]) -> Iterator[str]:
    """Texts by property, those in English or without a language first."""
    for property_ in properties:
        found = [(lang, value) for value, kind, lang in node.get(property_, ()) if kind == TEXT and value.strip()]
        for _, value in sorted(found, key=lambda f: (f[0].split("-")[0] not in ("", "en"), f)):
            yield value.strip()


def _label(quads: sqlite3.Connection, iri: str) -> list[str]:
    rows = quads.execute("SELECT o FROM quad WHERE s = ? AND p = ? ORDER BY o LIMIT 4", (iri, f"{RDFS}label"))
    return [row[0] for row in rows]


def _refuse_cycles(quads: sqlite3.Connection, name: str) -> None:
    """Raise where a concept is, over others, broader than itself."""
    above: dict[str, list[str]] = {}
    for child, parent in quads.execute(_PARENTS, (BROADER, IRI, NARROWER, IRI)):
        above.setdefault(child, []).append(parent)
    done: set[str] = set()
    for start, parents_of_start in above.items():
        path: list[str] = []
        open_: dict[str, int] = {}
        stack = [(start, iter(parents_of_start))] if start not in done else []
        while stack:
            concept, parents = stack[-1]
            if concept not in open_:
                open_[concept] = len(path)
                path.append(concept)
            parent = next((p for p in parents if p not in done), None)
            if parent is None:
                stack.pop()
                done.add(path.pop())
                del open_[concept]
            elif parent in open_:
                _refuse(quads, name, path[open_[parent] :])
            else:
                stack.append((parent, iter(above.get(parent, ()))))


def _refuse(quads: sqlite3.Connection, file: str, ring: list[str]) -> None:
    told = [f"{_called(quads, iri)} <{iri}>" for iri in ring[:5]]
    more = f" and {len(ring) - 5} more" if len(ring) > 5 else ""
    raise KgcError(
        f"{file}: skos:broader goes round in a circle: {' -> '.join(told)}{more} -> {_called(quads, ring[0])}.",
        "Take one of these statements out; nothing was loaded.",
    )


def _called(quads: sqlite3.Connection, iri: str) -> str:
    for property_ in NAMES:
        query = "SELECT o FROM quad WHERE s = ? AND p = ? ORDER BY lang NOT IN ('', 'en'), lang, o LIMIT 1"
        if row := quads.execute(query, (iri, property_)).fetchone():
            return repr(row[0])
    return "a concept without a name"
