"""What an act on a draft works with: the schema so far, and what a person should look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kgc.ontology.names import clean, known_name
from kgc.ontology.records import Proposal
from kgc.schema.check import LabelKind
from kgc.schema.model import EntityType, Labels, RelationType, Schema
from kgc.schema.naming import folded, spaced
from kgc.schema.rules import IRI

EXAMPLES = 8
"""The most examples of a class that are kept."""
ALIASES = 16
ALIAS_LIMIT = 120
"""The longest alias or example, in code points."""


class Refused(Exception):
    """Why a proposal cannot become part of a schema, in one sentence."""


class Unknown(Refused):
    """It speaks of a class or relation that is not there, or not yet."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something about a class, relation or attribute that a person (or a critic) should look at."""

    name: str
    message: str


@dataclass(slots=True)
class Desk:
    """The draft while it changes. `flags` are of the act in hand until it succeeds."""

    schema: Schema
    flags: list[Flag] = field(default_factory=list)

    def flag(self, name: str, message: str) -> None:
        found = Flag(name, message)
        if found not in self.flags:
            self.flags.append(found)

    def class_(self, text: str) -> EntityType:
        """The class that a proposal means. Raises `Unknown`."""
        found = self.schema.entity(known_name(self.schema, "entity", text))
        if found is None:
            raise Unknown(f"There is no class named {clean(text, 80)!r}.")
        return found

    def relation(self, text: str) -> RelationType:
        found = self.schema.relation(known_name(self.schema, "relation", text))
        if found is None:
            raise Unknown(f"There is no relation named {clean(text, 80)!r}.")
        return found

    def ends(self, texts: Iterable[str], name: str, end: str) -> tuple[str, ...]:
        """Classes for head or tail; what is unknown among several is left out and flagged. Raises `Unknown`."""
        given = [text for text in texts if text.strip()]
        known: list[str] = []
        unknown: list[str] = []
        for text in given:
            found = known_name(self.schema, "entity", text)
            (known if found else unknown).append(found or clean(text, 80))
        if unknown and not known:
            raise Unknown(f"Its {end} {' or '.join(map(repr, unknown))} is no class of the schema.")
        if unknown:
            self.flag(name, f"Its {end} {' and '.join(map(repr, unknown))} is no class and was left out.")
        return ("Entity",) if "Entity" in known or not known else tuple(dict.fromkeys(known))

    def put(self, *, entities: tuple[EntityType, ...] | None = None, relations: tuple[RelationType, ...] | None = None
            ) -> None:  # fmt: skip
        schema = self.schema
        self.schema = replace(
            schema,
            entities=schema.entities if entities is None else entities,
            relations=schema.relations if relations is None else relations,
        )

    def put_class(self, new: EntityType) -> None:
        """In place of the class of that name, or behind all others."""
        olds = self.schema.entities
        here = any(e.name == new.name for e in olds)
        self.put(entities=tuple(new if e.name == new.name else e for e in olds) if here else (*olds, new))

    def put_relation(self, new: RelationType) -> None:
        olds = self.schema.relations
        here = any(r.name == new.name for r in olds)
        self.put(relations=tuple(new if r.name == new.name else r for r in olds) if here else (*olds, new))


def sheet(desk: Desk, proposal: Proposal, name: str, kind: LabelKind, before: Labels | None = None) -> Labels:
    """The label sheet that a proposal asks for, added to the one that is there; what is somebody else's is left out."""
    labels = before or Labels()
    said = clean(proposal.name, ALIAS_LIMIT)
    label = labels.label or ("" if spaced(said) == spaced(name) else said)
    own = {folded(text) for text in (name, label, *labels.aliases)}
    aliases = list(labels.aliases)
    for text in (*(() if label == said else (said,)), *proposal.aliases):
        alias = clean(text, ALIAS_LIMIT)
        if not folded(alias) or folded(alias) in own or len(aliases) >= ALIASES:
            continue
        owner = known_name(desk.schema, kind, alias)
        if owner and owner not in (name, "Entity"):
            desk.flag(name, f"{alias!r} means {owner} already and is no alias of it.")
            continue
        own.add(folded(alias))
        aliases.append(alias)
    examples = dict.fromkeys(e for text in proposal.examples if (e := clean(text, ALIAS_LIMIT)))
    same = dict.fromkeys(iri for iri in proposal.same_as if IRI.fullmatch(iri) and len(iri) < 1000)
    return replace(
        labels,
        label=label,
        aliases=tuple(aliases),
        examples=tuple(dict.fromkeys((*labels.examples, *examples)))[: max(EXAMPLES, len(labels.examples))],
        same_as=tuple(dict.fromkeys((*labels.same_as, *same))),
    )
