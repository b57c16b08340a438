"""The second pass: the classes of a file to the types of a schema, with every name looked up."""

from __future__ import annotations

from typing import Final

from kgc.schema.annotations import same_letters
from kgc.schema.literals import read_flag, read_text, read_texts
from kgc.schema.mistakes import Mistakes
from kgc.schema.model import DATATYPES, Attribute, EntityType, EventType, Labels, RelationType, RoleType
from kgc.schema.read import Class, Field

KINDS: Final = ("Entity", "Relation", "Event")
DATATYPE_WORDS: Final = {name.capitalize(): name for name in DATATYPES}
SHEET: Final = ("label", "aliases", "avoid", "examples", "templates", "same_as", "was")
RELATION_SHEET: Final = (*SHEET, "symmetric", "functional", "inverse")


class Builder:
    """Builds the types of one file; `mistakes` gathers what is wrong on the way."""

    def __init__(self, classes: dict[str, Class], mistakes: Mistakes) -> None:
        self.classes = classes
        self.mistakes = mistakes
        self.entities = tuple(name for name in classes if self.kind(name) == "Entity")

    def kind(self, name: str) -> str:
        """Entity, Relation or Event: what the class comes down to; a class of unknown base counts as an entity."""
        seen: set[str] = set()
        while name in self.classes and name not in seen:
            seen.add(name)
            name = self.classes[name].base
        return name if name in KINDS else "Entity"

    def entity(self, found: Class) -> EntityType:
        if found.base != "Entity" and found.base not in self.classes:
            what = "A class is a subclass of Entity, Relation, Event or an entity class of this file."
            self.mistakes.unknown(found.line, "class", found.base, (*KINDS, *self.entities), what)
        attributes = tuple(a for f in found.fields.values() if (a := self.attribute(found, f)))
        parent = found.base if found.base in self.classes else ""
        return EntityType(found.name, found.definition, parent, attributes, self.labels(found, SHEET))

    def attribute(self, owner: Class, found: Field) -> Attribute | None:
        """An attribute, or None and a mistake when it is not annotated with one datatype."""
        what, names = f"{owner.name}.{found.name}", found.annotation.names
        if found.annotation.optional:
            self.mistakes.add(found.line, f"{what} is always optional. Leave out `| None`.")
        if len(names) == 1 and names[0] in DATATYPE_WORDS:
            return Attribute(found.name, DATATYPE_WORDS[names[0]], found.annotation.functional, found.definition)
        classes = [n for n in names if n in self.entities or n == "Entity"]
        if classes:
            hint = f"Write a Relation with head: {owner.name} and tail: {' | '.join(names)}."
            self.mistakes.add(found.line, f"{what} is a {classes[0]}, which is a class. {hint}")
        elif len(names) > 1:
            self.mistakes.add(found.line, f"{what} has {len(names)} datatypes ({', '.join(names)}). Choose one.")
        elif names:
            what_to_do = f"The datatypes are: {', '.join(DATATYPE_WORDS)}."
            self.mistakes.unknown(found.line, "datatype", names[0], DATATYPE_WORDS, what_to_do)
        return None

    def relation(self, found: Class) -> RelationType:
        self.only_base(found, "Relation")
        for name, extra in found.fields.items():
            if name not in ("head", "tail"):
                hint = "A relation has head and tail; what has more roles is an Event."
                self.mistakes.unknown(extra.line, f"field of {found.name}", name, ("head", "tail"), hint)
        head, tail = (self.end(found, name) for name in ("head", "tail"))
        labels = self.labels(found, RELATION_SHEET)
        symmetric, functional = (self.flag(found, name) for name in ("symmetric", "functional"))
        inverse = same_letters(self.text(found, "inverse"))
        return RelationType(found.name, head, tail, found.definition, symmetric, functional, inverse, labels)

    def end(self, owner: Class, name: str) -> tuple[str, ...]:
        """The types that head or tail may be."""
        found = owner.fields.get(name)
        if found is None:
            hint = f"Add `{name}: {self.entities[0] if self.entities else 'Thing'}` or whatever class it is."
            self.mistakes.add(owner.line, f"{owner.name} has no {name}. {hint}")
            return ()
        what = f"{owner.name}.{name}"
        if found.annotation.optional or found.annotation.functional:
            hint = "Leave out `| None` and `Functional`; a relation says `functional = True`."
            self.mistakes.add(found.line, f"{what} is always one thing. {hint}")
        for datatype in found.annotation.names:
            if datatype in DATATYPE_WORDS:
                hint = "Write an attribute on the class of the head instead."
                self.mistakes.add(found.line, f"{what} is a {datatype}, which is a value and no class. {hint}")
        return self.known_entities(found, what)

    def known_entities(self, found: Field, what: str) -> tuple[str, ...]:
        known: list[str] = []
        for name in found.annotation.names:
            if name in self.entities or name == "Entity":
                known.append(name)
            elif name not in DATATYPE_WORDS:
                hint = f"{what} must be entity classes of this file."
                self.mistakes.unknown(found.line, "entity class", name, self.entities, hint)
        return tuple(known)

    def event(self, found: Class) -> EventType:
        self.only_base(found, "Event")
        if not found.fields:
            self.mistakes.add(found.line, f"{found.name} has no roles. Annotate at least one, as in `buyer: Company`.")
        roles = tuple(self.role(found, f) for f in found.fields.values())
        return EventType(found.name, found.definition, roles, self.labels(found, SHEET))

    def role(self, owner: Class, found: Field) -> RoleType:
        what, names = f"{owner.name}.{found.name}", found.annotation.names
        if found.annotation.functional:
            self.mistakes.add(found.line, f"{what} is a role. Leave out `Functional`.")
        datatypes = [DATATYPE_WORDS[n] for n in names if n in DATATYPE_WORDS]
        if datatypes and len(names) > 1:
            hint = "Choose entity classes, or one datatype."
            self.mistakes.add(found.line, f"{what} is {' | '.join(names)}. {hint}")
        types = tuple(datatypes) if len(names) == len(datatypes) else self.known_entities(found, what)
        return RoleType(found.name, types, not found.annotation.optional, found.definition)

    def only_base(self, found: Class, base: str) -> None:
        if found.base != base:
            hint = f"Write `class {found.name}({base})`; only entities inherit."
            self.mistakes.add(found.line, f"{found.name} is a subclass of {found.base}. {hint}")

    def labels(self, found: Class, known: tuple[str, ...]) -> Labels:
        """The label sheet; a key that is not known is a mistake."""
        for name, value in found.sheet.items():
            if name not in known:
                hint = f"It can be: {', '.join(known)}; an attribute is annotated, as in `founded: Date`."
                self.mistakes.unknown(value.lineno, f"setting of {found.name}", name, known, hint)
        many = {key: self.texts(found, key) for key in ("aliases", "examples", "templates", "same_as")}
        was = tuple(same_letters(name) for name in self.texts(found, "was"))
        return Labels(label=self.text(found, "label"), avoid=self.text(found, "avoid"), was=was, **many)

    def text(self, found: Class, key: str) -> str:
        node = found.sheet.get(key)
        return read_text(node, f"{found.name}.{key}", self.mistakes) if node else ""

    def texts(self, found: Class, key: str) -> tuple[str, ...]:
        node = found.sheet.get(key)
        return read_texts(node, f"{found.name}.{key}", self.mistakes) if node else ()

    def flag(self, found: Class, key: str) -> bool:
        node = found.sheet.get(key)
        return read_flag(node, f"{found.name}.{key}", self.mistakes) if node else False
