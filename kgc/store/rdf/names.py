"""The IRIs of a graph: things by their ids, classes and properties by their names in the schema, all below one base."""

from __future__ import annotations

from typing import Final

from kgc.data.vocabulary import DCTERMS, KGC, OA, OWL, PROV, RDF, RDFS, SHACL, SKOS, XSD
from kgc.errors import StoreError
from kgc.schema import Schema
from kgc.schema.opened import OPEN_FACT
from kgc.schema.rules import is_value
from kgc.store.layout import QUALIFIERS
from kgc.store.rdf.terms import Term, is_iri, segment

BASE: Final = "https://kgc.example/"
"""The base where none is given. `.example` is reserved (RFC 2606): nobody can ever own or answer to it."""


def checked_base(base: str) -> str:
    """A base with a `/`, `#` or `:` at its end. Raises `StoreError` for what is no absolute IRI."""
    if not is_iri(base) or "?" in base:
        raise StoreError(f"{base!r} is no base for IRIs.", "Give an absolute one, as in https://data.my.org/kg/")
    return base if base[-1] in "/#:" else base + "/"


class Names:
    """The IRIs below a base, as terms. A role whose name is taken by something else is written `Event.role`."""

    def __init__(self, schema: Schema, base: str = BASE) -> None:
        self.base = checked_base(base)
        self.schema = schema
        self._scoped = _taken(schema)
        self.entities = f"<{self.base}entity/"
        self.facts = f"<{self.base}fact/"
        self._words: dict[str, Term] = {}

    def entity(self, id_: str) -> Term:
        return f"{self.entities}{id_}>" if id_.isalnum() else f"{self.entities}{segment(id_)}>"

    def fact(self, id_: str, part: str = "") -> Term:
        return f"{self.facts}{segment(id_ + part)}>"

    def event(self, id_: str, part: str = "") -> Term:
        return f"<{self.base}event/{segment(id_ + part)}>"

    def document(self, id_: str) -> Term:
        return f"<{self.base}document/{segment(id_)}>"

    def evidence(self, owner: str, document: str, start: int, end: int, again: int) -> str:
        """The start of the IRI of a place that a fact or event stands on, without its `>`, for its selectors."""
        which = f".{again}" if again else ""
        return f"<{self.base}evidence/{segment(owner)}.{segment(document)}.{start}-{end}{which}"

    def activity(self, strategy: str, model: str) -> Term:
        return f"<{self.base}activity/{segment(strategy or 'none')}.{segment(model or 'none')}>"

    def agent(self, model: str) -> Term:
        return f"<{self.base}model/{segment(model)}>"

    def word(self, name: str) -> Term:
        """A class, relation or attribute of the schema."""
        found = self._words.get(name)
        if found is None:
            found = self._words[name] = f"<{self.base}schema/{segment(name)}>"
        return found

    def role(self, event: str, role: str) -> Term:
        return self.word(f"{event}.{role}" if role in self._scoped else role)

    def open_fact(self) -> Term:
        """The property of all open facts; what each says is beside it."""
        return self.word(OPEN_FACT)

    def qualifier(self, name: str) -> Term:
        return kgc(name) if name in QUALIFIERS else f"<{self.base}qualifier/{segment(name)}>"

    def prefixes(self) -> dict[str, str]:
        """Short names for namespaces, the base's own first."""
        own = {
            "kg": "schema", "e": "entity", "fact": "fact", "event": "event", "doc": "document", "ev": "evidence",
            "activity": "activity", "model": "model",
        }  # fmt: skip
        standard = {
            "kgc": KGC, "rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD, "skos": SKOS, "prov": PROV, "oa": OA,
            "dcterms": DCTERMS, "sh": SHACL,
        }  # fmt: skip
        return {**{prefix: f"{self.base}{folder}/" for prefix, folder in own.items()}, **standard}


def kgc(name: str) -> Term:
    return f"<{KGC}{name}>"


def _taken(schema: Schema) -> frozenset[str]:
    """Names of roles that an attribute or a relation has as well, or that hold a thing here and a value there."""
    others = {*(r.name for r in schema.relations), *(a.name for e in schema.entities for a in e.attributes)}
    kinds: dict[str, set[str]] = {}
    for event in schema.events:
        for role in event.roles:
            kinds.setdefault(role.name, set()).add(role.types[0] if is_value(role) else "")
    return frozenset(name for name, found in kinds.items() if name in others or len(found) > 1)
