"""The classes of an ontology: which there are, what is above each, and what is said of them."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox

from kgc.data.vocabulary import KGC, OWL, RDFS, SHACL, SKOS
from kgc.schema import Labels
from kgc.schema.naming import folded
from kgc.store.rdf.owl_words import ALIASES, BUILT_IN, CLASSES, DATATYPES, DEFINITIONS, LABELS, TOP
from kgc.store.rdf.statements import Node, Statements
from kgc.store.rdf.terms import is_iri

SUBCLASS = RDFS + "subClassOf"
EVENT = KGC + "Event"
FILE = "urn:file:/"
"""How IRIs begin that were relative in the file: they are nobody else's."""


@dataclass(slots=True)
class ClassTree:
    """Classes by IRI in file order, each with the one above it ("" at the top), and those that are events."""

    parents: dict[str, str] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def tops(self) -> list[str]:
        return [iri for iri, parent in self.parents.items() if not parent]


def class_tree(said: Statements) -> ClassTree:
    """The named classes; of several parents the first stays, a circle is cut where it is first met. Both are noted."""
    found = ClassTree()
    above = {iri: _above(said, iri) for iri in _named(said)}
    for iri, parents in above.items():
        if EVENT in parents or any(EVENT in above.get(p, ()) for p in parents):
            found.events.append(iri)
            continue
        known = [p for p in parents if p in above and p != iri]
        found.parents[iri] = known[0] if known else ""
        if len(known) > 1:
            found.notes.append(f"<{iri}> has {len(known)} classes above it; <{known[0]}> stays.")
    for iri in found.parents:
        _cut(found, iri)
    return found


def _named(said: Statements) -> dict[str, None]:
    """IRIs of classes: declared, above or below another, or the target of a shape."""
    found: dict[str, None] = {}
    for subject in said.subjects():
        types = said.types(subject)
        is_class = bool(types & set(CLASSES)) or bool(said.values(subject, SUBCLASS))
        if is_class and isinstance(subject, ox.NamedNode) and OWL + "DeprecatedClass" not in types:
            found[subject.value] = None
        for iri in said.iris(subject, SUBCLASS, SHACL + "targetClass", SHACL + "class"):
            found.setdefault(iri, None)
    return {iri: None for iri in found if not _is_built_in(iri) and not deprecated(said, iri)}


def _is_built_in(iri: str) -> bool:
    return iri.startswith(BUILT_IN) or iri in DATATYPES or iri in TOP


def deprecated(said: Statements, iri: str) -> bool:
    return any(value.value == "true" for value in said.literals(ox.NamedNode(iri), OWL + "deprecated"))


def _above(said: Statements, iri: str) -> tuple[str, ...]:
    """Named classes above one: stated, or a part of an intersection that it is equal to."""
    node = ox.NamedNode(iri)
    parts: list[Node] = [*said.nodes(node, SUBCLASS), *_parts(said, node)]
    for equal in said.nodes(node, OWL + "equivalentClass"):
        if isinstance(equal, ox.BlankNode):
            parts += _parts(said, equal)
    return tuple(dict.fromkeys(p.value for p in parts if isinstance(p, ox.NamedNode)))


def _parts(said: Statements, node: Node) -> list[Node]:
    return [part for head in said.nodes(node, OWL + "intersectionOf") for part in said.series(head)]


def _cut(tree: ClassTree, iri: str) -> None:
    """Let a class stand at the top if going up from it comes back to it."""
    seen, current = {iri}, tree.parents[iri]
    while current and current not in seen:
        seen.add(current)
        current = tree.parents.get(current, "")
    if current == iri:
        tree.notes.append(f"<{iri}> is its own ancestor; it stands at the top here.")
        tree.parents[iri] = ""


def sheet(said: Statements, iri: str, name: str, *, own: bool) -> Labels:
    """The label sheet of a class or property. Its own IRI is `same_as` unless it is a schema's of ours."""
    node = ox.NamedNode(iri)
    labels = said.texts(node, *LABELS)
    label = labels[0] if labels and (own or folded(labels[0]) != folded(name)) else ""
    others = [text for text in (*said.texts(node, *ALIASES), *labels[1:]) if own or text != label]
    equal = said.iris(node, *(OWL + kind for kind in ("equivalentClass", "equivalentProperty")), SKOS + "exactMatch")
    same = [same for same in (*(() if own else (iri,)), *equal) if is_iri(same) and not same.startswith(FILE)]
    return Labels(
        label=label,
        aliases=tuple(dict.fromkeys(others)),
        avoid=said.text(node, KGC + "avoid", SKOS + "scopeNote"),
        examples=_in_order(said, node, SKOS + "example"),
        templates=_in_order(said, node, KGC + "template"),
        same_as=tuple(dict.fromkeys(same)),
        was=_in_order(said, node, KGC + "was"),
    )


def definition(said: Statements, iri: str) -> str:
    return said.text(ox.NamedNode(iri), *DEFINITIONS)


def union(said: Statements, node: Node) -> tuple[Node, ...]:
    """The members of a nameless union, or the node itself."""
    heads = said.nodes(node, OWL + "unionOf")
    if not heads or isinstance(node, ox.NamedNode):
        return (node,)
    return tuple(member for head in heads for member in said.series(head))


def declared_label(said: Statements, iri: str) -> str:
    return next(iter(said.texts(ox.NamedNode(iri), *LABELS)), "")


def ontology_of(said: Statements) -> Node | None:
    """The node that stands for the ontology as a whole."""
    return next(said.of_type(OWL + "Ontology"), None)


def _in_order(said: Statements, node: Node, property_: str) -> tuple[str, ...]:
    """Texts as they stand in the file, whatever their language."""
    found = (" ".join(literal.value.split()) for literal in said.literals(node, property_))
    return tuple(dict.fromkeys(text for text in found if text))
