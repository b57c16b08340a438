"""An ontology (OWL, RDFS, SKOS, SHACL, schema.org's words) as a schema. What has no place in a schema is said."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kgc.data.vocabulary import DCTERMS, KGC, OWL, RDFS
from kgc.errors import SchemaError, StoreError
from kgc.schema import Attribute, EntityType, EventType, RelationType, RoleType, Schema
from kgc.schema.compile import CLASS_LIMIT, DEPTH_LIMIT, compile_text
from kgc.schema.naming import lower_snake
from kgc.schema.render import as_python
from kgc.schema.rules import inverses
from kgc.store.rdf.owl_classes import ClassTree, class_tree, declared_label, definition, ontology_of, sheet
from kgc.store.rdf.owl_names import NamesTaken, identifier, local_name
from kgc.store.rdf.owl_properties import Facet, Property, properties
from kgc.store.rdf.owl_words import DATATYPES, DEFINITIONS, TOP
from kgc.store.rdf.parse import parsed
from kgc.store.rdf.skos import read_concepts
from kgc.store.rdf.statements import Statements

Member = TypeVar("Member", Attribute, RoleType)
MANY_TOPS = 8
"""An attribute without a domain is given to each class at the top, unless there are more than these."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A schema read from an ontology, and what is different in it from what was there."""

    schema: Schema
    notes: tuple[str, ...] = ()


def read_ontology(path: Path, name: str = "") -> Reading:
    """The schema of a file of RDF. Imports are not fetched, and said.

    Raises `StoreError` for a file that cannot be read, `SchemaError` for one without a class or with more than a schema
    holds.
    """
    return schema_of(Statements(parsed(path)), name or identifier(path.name.split(".")[0], capital=False), str(path))


def as_file(reading: Reading) -> str:
    """The schema file that says the same."""
    return as_python(reading.schema)


def schema_of(said: Statements, name: str, source: str = "") -> Reading:
    """The schema of statements; what it renders to compiles, always."""
    concepts = read_concepts(said)
    reader = _Reader(said, class_tree(said), properties(said), list(concepts))
    schema = reader.schema(name, source)
    text = as_python(schema)
    try:
        checked = compile_text(text, name, source)
    except SchemaError as error:
        told = f"{source or name} cannot be made a schema: {error}"
        raise StoreError(told, "Leave out what is named there.") from error
    return Reading(checked, tuple(dict.fromkeys(reader.notes)))


@dataclass(slots=True)
class _Reader:
    """One reading: names given so far, what became of each property, and what there is to say."""

    said: Statements
    tree: ClassTree
    found: dict[str, Property]
    notes: list[str] = field(default_factory=list)
    classes: dict[str, str] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)
    relations: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, list[Attribute]] = field(default_factory=dict)
    roles: dict[str, list[RoleType]] = field(default_factory=dict)

    def schema(self, name: str, source: str) -> Schema:
        whole = ontology_of(self.said)
        own = f"{whole.value}/" if whole and self._is_ours() else ""
        names = NamesTaken(own)
        self._name_classes(names)
        self._check(source)
        for property_ in self.found.values():
            self._place(property_, names)
        self._say_the_rest(whole)
        relations = tuple(self._relation(iri, names) for iri in self.relations)
        entities = tuple(self._entity(iri, names) for iri in self.classes)
        events = tuple(self._event(iri, names) for iri in self.events)
        self.notes += [*self.tree.notes, *names.notes]
        meaning = self.said.text(whole, *DEFINITIONS, DCTERMS + "title") if whole else ""
        made = Schema(name, entities, relations, events, (), meaning, source)
        return self._with_inverses(made)

    def _is_ours(self) -> bool:
        """Whether kgc wrote it: then its names are a schema's already."""
        nodes = [ox.NamedNode(iri) for iri in self.tree.parents]
        return any(KGC + "Entity" in self.said.iris(node, RDFS + "subClassOf") for node in nodes)

    def _name_classes(self, names: NamesTaken) -> None:
        for iri in self.tree.parents:
            self.classes[iri] = names.of_class(iri, declared_label(self.said, iri))
        for iri in self.tree.events:
            self.events[iri] = names.of_class(iri, declared_label(self.said, iri))

    def _check(self, source: str) -> None:
        if not self.classes:
            hint = "An ontology declares classes, as in `ex:Person a owl:Class`."
            raise SchemaError(f"{source}: There is no class in it.", hint)
        total = len(self.classes) + len(self.found)
        if total > CLASS_LIMIT:
            raise SchemaError(
                f"{source}: {len(self.classes):,} classes and {len(self.found):,} properties are more than the "
                f"{CLASS_LIMIT:,} that a schema holds.",
                "Take the part of it that your documents are about (for example by `robot extract`).",
            )
        for iri in self.classes:
            depth, above = 0, self.tree.parents[iri]
            while above:
                depth, above = depth + 1, self.tree.parents[above]
                if depth >= DEPTH_LIMIT:
                    self.notes.append(f"<{iri}> has over {DEPTH_LIMIT} classes above it; it stands at the top here.")
                    self.tree.parents[iri] = ""
                    break

    def _place(self, property_: Property, names: NamesTaken) -> None:
        """Make a property a relation, attributes of classes, or roles of events."""
        datatypes = [DATATYPES[r] for r in property_.reach if r in DATATYPES]
        things = [r for r in property_.reach if r in self.classes or r in TOP or r == OWL + "Thing"]
        is_value = bool(datatypes) and not things if datatypes or things else property_.value
        playing = [o for o in property_.owners if o in self.events]
        if playing:
            self._play(property_, playing, names, things, datatypes)
        owners = [o for o in property_.owners if o in self.classes]
        if playing and not owners:
            return
        if is_value or (property_.value and not things):
            self._give(property_, owners, names)
        elif property_.thing or things or not property_.value:
            if datatypes and things:
                self.notes.append(f"<{property_.iri}> goes to things and to values; as a relation it keeps the things.")
            label = declared_label(self.said, property_.iri)
            self.relations[property_.iri] = names.of_relation(property_.iri, label)

    def _play(self, p: Property, owners: list[str], names: NamesTaken, things: list[str], values: list[str]) -> None:
        for owner in owners:
            facet = p.facets.get(owner, Facet())
            reach = facet.range or p.range
            types = [DATATYPES[r] for r in reach if r in DATATYPES][:1] or self._names_of(reach)
            if not types:
                types = values[:1] if values and not things else list(self.classes.values())[:1]
            told = facet.definition or definition(self.said, p.iri)
            taken = {lower_snake(r.name) for r in self.roles.get(owner, ())}
            name = names.of_attribute(p.iri, declared_label(self.said, p.iri), self.events[owner], taken)
            self.roles.setdefault(owner, []).append(RoleType(name, tuple(types), facet.required, told))

    def _give(self, property_: Property, owners: list[str], names: NamesTaken) -> None:
        """An attribute to each class that has it."""
        if not names.is_own(property_.iri) and lower_snake(local_name(property_.iri)) in {"name", "label"}:
            self.notes.append(f"<{property_.iri}> is left out: everything has a name in kgc.")
            return
        if not owners:
            tops = self.tree.tops
            if len(tops) > MANY_TOPS:
                self.notes.append(f"<{property_.iri}> has no class that it belongs to; it is left out.")
                return
            self.notes.append(f"<{property_.iri}> has no class that it belongs to; each class at the top has it here.")
            owners = tops
        label = declared_label(self.said, property_.iri)
        for owner in owners:
            if not names.is_own(property_.iri) and self._above(owner) & set(owners):
                continue
            facet = property_.facets.get(owner, Facet())
            kinds = list(dict.fromkeys(DATATYPES[r] for r in facet.range or property_.range if r in DATATYPES))
            line = () if names.is_own(property_.iri) else self._line(owner)
            taken = {lower_snake(a.name) for iri in line for a in self.attributes.get(iri, ())}
            name = names.of_attribute(property_.iri, label, self.classes[owner], taken)
            told = facet.definition or definition(self.said, property_.iri)
            kind = kinds[0] if len(kinds) == 1 else "string"
            made = Attribute(name, kind, property_.functional or facet.functional, told)
            self.attributes.setdefault(owner, []).append(made)

    def _line(self, iri: str) -> list[str]:
        """A class, those above it and those below it: in none of them may two attributes have one name."""
        above = [iri]
        while parent := self.tree.parents[above[-1]]:
            above.append(parent)
        below = [c for c in self.classes if iri in self._above(c)]
        return [*above, *below]

    def _above(self, iri: str) -> set[str]:
        found: set[str] = set()
        while (iri := self.tree.parents[iri]) and iri not in found:
            found.add(iri)
        return found

    def _relation(self, iri: str, names: NamesTaken) -> RelationType:
        property_ = self.found[iri]
        name = self.relations[iri]
        owners = [o for o in property_.owners if o in self.classes or o in TOP]
        at_most_one = bool(owners) and all(property_.facets.get(o, Facet()).functional for o in owners)
        told = definition(self.said, iri)
        return RelationType(
            name,
            tuple(self._names_of(owners)) or ("Entity",),
            tuple(self._names_of(property_.reach)) or ("Entity",),
            told or next((f.definition for f in property_.facets.values() if f.definition), ""),
            property_.symmetric,
            property_.functional or at_most_one,
            self._inverse(property_),
            sheet(self.said, iri, name, own=names.is_own(iri)),
        )

    def _inverse(self, property_: Property) -> str:
        if property_.symmetric:
            return ""
        stated = self.said.text(ox.NamedNode(property_.iri), KGC + "inverse")
        return self.relations.get(property_.inverse, stated)

    def _names_of(self, iris: list[str]) -> list[str]:
        if any(iri in TOP or iri == OWL + "Thing" for iri in iris):
            return ["Entity"]
        return list(dict.fromkeys(self.classes[iri] for iri in iris if iri in self.classes))

    def _entity(self, iri: str, names: NamesTaken) -> EntityType:
        name, parent = self.classes[iri], self.tree.parents[iri]
        return EntityType(
            name, definition(self.said, iri), self.classes[parent] if parent else "",
            self._ordered(iri, self.attributes.get(iri, [])), sheet(self.said, iri, name, own=names.is_own(iri)),
        )  # fmt: skip

    def _event(self, iri: str, names: NamesTaken) -> EventType:
        name = self.events[iri]
        labels = sheet(self.said, iri, name, own=names.is_own(iri))
        return EventType(name, definition(self.said, iri), self._ordered(iri, self.roles.get(iri, [])), labels)

    def _ordered(self, iri: str, fields: list[Member]) -> tuple[Member, ...]:
        """Attributes or roles in the order that a schema of ours had them in."""
        order = self.said.text(ox.NamedNode(iri), KGC + "order").split()
        places = {name: place for place, name in enumerate(order)}
        return tuple(sorted(fields, key=lambda f: places.get(f.name, len(places))))

    def _with_inverses(self, schema: Schema) -> Schema:
        """Without the inverses whose ends do not match, which a schema refuses."""
        wrong = {place.partition(".")[0] for place, _ in inverses(schema)}
        self.notes += [f"{name} is no inverse of what it is said to be: their ends differ." for name in sorted(wrong)]
        kept = tuple(replace(r, inverse="") if r.name in wrong else r for r in schema.relations)
        return replace(schema, relations=kept)

    def _say_the_rest(self, whole: ox.NamedNode | ox.BlankNode | None) -> None:
        """What an ontology may hold that a schema has no place for."""
        imports = self.said.iris(whole, OWL + "imports") if whole else ()
        self.notes += [f"<{iri}> is imported by it and was not fetched." for iri in imports]
        below = sum(bool(self.said.values(ox.NamedNode(iri), RDFS + "subPropertyOf")) for iri in self.found)
        if below:
            self.notes.append(f"{below} properties are below others; relations stand side by side here.")
        things = sum(1 for _ in self.said.of_type(*self.classes, OWL + "NamedIndividual"))
        if things:
            self.notes.append(f"{things} individuals are in it; a schema has none.")
