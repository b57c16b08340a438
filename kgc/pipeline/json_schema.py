"""A JSON Schema as a schema: objects are classes, references between them relations, other properties attributes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from kgc.data.encodable import encodable
from kgc.errors import SchemaError
from kgc.schema import Attribute, EntityType, Labels, RelationType, Schema
from kgc.schema.compile import CLASS_LIMIT
from kgc.schema.naming import folded, lower_snake
from kgc.schema.union import acyclic, both
from kgc.store.rdf.owl_names import NamesTaken, identifier

Json: TypeAlias = "dict[str, object]"
SIZE_LIMIT: Final = 20_000_000
"""The largest file, in bytes."""
DEPTH: Final = 40
"""How deep objects within objects are followed."""
_FORMATS: Final = {
    "date": "date", "date-time": "date", "uri": "url", "iri": "url", "uri-reference": "url", "uuid": "identifier",
}  # fmt: skip
_TYPES: Final = {"string": "string", "integer": "integer", "number": "number", "boolean": "boolean"}
_UNSAID: Final = ("not", "if", "patternProperties", "dependentSchemas", "propertyNames")
"""What a schema of ours has no place for."""


def is_json_schema(path: Path) -> bool:
    """Whether a `.json` file holds a JSON Schema and no linked data. Raises `SchemaError` for what is no JSON."""
    if path.suffix.lower() != ".json":
        return False
    held = _load(path)
    return not any(key in held for key in ("@context", "@graph", "@id"))


def read_json_schema(path: Path, name: str = "") -> tuple[Schema, tuple[str, ...]]:
    """The schema, and what is different in it from the file. References to other files are not followed, and said.

    Raises `SchemaError` for a file that cannot be read, or that describes no object.
    """
    root = _load(path)
    wanted = name or identifier(path.name.split(".")[0], capital=False)
    reader = _Reader(root, path.name.split(".")[0])
    reader.read()
    if not reader.classes:
        raise SchemaError(f"{path}: It describes no object.", 'An object has "properties", in the root or in "$defs".')
    if len(reader.classes) + len(reader.relations) > CLASS_LIMIT:
        raise SchemaError(f"{path}: It has more than {CLASS_LIMIT:,} objects and references.", "Take a part of it.")
    return reader.schema(wanted, str(path)), tuple(dict.fromkeys(reader.notes))


def _load(path: Path) -> Json:
    try:
        with path.open("rb") as file:
            raw = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise SchemaError(f"{str(path)!r} cannot be read: {error.strerror}.", "Check the path.") from error
    if len(raw) > SIZE_LIMIT:
        raise SchemaError(f"{str(path)!r} is larger than {SIZE_LIMIT:,} bytes.", "Take the part of it that you need.")
    try:
        held = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"{path}: This is no JSON: {error}.", "Correct it there.") from error
    if not isinstance(held, dict):
        raise SchemaError(f"{path}: A JSON Schema is an object, not a {type(held).__name__}.", "Check the file.")
    if {"entities", "triples"} <= _keys(held, "properties") and "entity" in _keys(held, "$defs"):
        hint = "`kgc schema show NAME --as owl` writes one that can be read back."
        raise SchemaError(f"{path}: It describes what kgc extracts, not a schema.", hint)
    return held


def _keys(held: Json, key: str) -> set[str]:
    return set(_object(held.get(key)))


@dataclass(slots=True)
class _Class:
    """An object of the file on its way to a class."""

    name: str
    label: str = ""
    definition: str = ""
    parent: str = ""
    attributes: dict[str, Attribute] = field(default_factory=dict)


@dataclass(slots=True)
class _Reader:
    """One reading. Classes by where they stand in the file (a JSON pointer), relations by the property's name."""

    root: Json
    stem: str
    notes: list[str] = field(default_factory=list)
    names: NamesTaken = field(default_factory=lambda: NamesTaken(""))
    classes: dict[str, _Class] = field(default_factory=dict)
    relations: dict[str, RelationType] = field(default_factory=dict)

    def read(self) -> None:
        """Classes of the root and of definitions are named before any property is looked at."""
        todo: list[tuple[str, Json, str]] = []
        if _is_thing(self.root):
            todo.append(("#", self.root, _text(self.root, "title") or self.stem))
        for key in ("$defs", "definitions"):
            for name, held in _object(self.root.get(key)).items():
                if isinstance(held, dict) and _is_thing(held):
                    todo.append((f"#/{key}/{name}", held, name))
        for place, held, name in todo:
            self._begin(place, held, name)
        for place, held, _ in todo:
            self._fill(place, held, 0)

    def schema(self, name: str, source: str) -> Schema:
        order = {c.name: c for c in self.classes.values()}
        entities = tuple(
            EntityType(c.name, c.definition, c.parent, tuple(c.attributes.values()), Labels(label=c.label))
            for c in order.values()
        )
        told = _text(self.root, "description")
        return Schema(name, acyclic(entities), tuple(self.relations.values()), (), (), told, source)

    def _begin(self, place: str, held: Json, called: str) -> str:
        title = _text(held, "title")
        name = self.names.of_class(identifier(called, capital=True), title)
        label = title if title and folded(title) != folded(name) else ""
        self.classes[place] = _Class(name, label, _text(held, "description"))
        return name

    def _fill(self, place: str, held: Json, depth: int) -> None:
        """Parents, attributes and relations of one class."""
        found = self.classes[place]
        parts = [held, *(p for p in _list(held.get("allOf")) if isinstance(p, dict))]
        for part in parts:
            above = self._class_of(part) if "$ref" in part else ""
            if above and above != found.name and not found.parent:
                found.parent = above
            elif above and above != found.name:
                self.notes.append(f"{found.name} has several objects above it; {found.parent} stays.")
            if any(key in part for key in _UNSAID):
                said = ", ".join(key for key in _UNSAID if key in part)
                self.notes.append(f"{found.name}: {said} has no place in a schema.")
            for name, told in _object(part.get("properties")).items():
                if isinstance(told, dict):
                    self._property(place, name, told, depth)

    def _property(self, place: str, name: str, told: Json, depth: int) -> None:
        many, held = _items(told)
        options = [o for o in _options(self._deref(held), held) if _text(o, "type") != "null"]
        targets = [t for n, option in enumerate(options) if (t := self._target(place, name, n, option, depth))]
        if targets:
            self._relate(self.classes[place].name, name, told, tuple(dict.fromkeys(targets)), functional=not many)
        else:
            self._describe(self.classes[place], name, told, options, functional=not many)

    def _target(self, place: str, name: str, number: int, option: Json, depth: int) -> str:
        """The class of an object that a property holds, which may stand right there; "" for a plain value."""
        if known := self._class_of(option):
            return known
        if "$ref" in option or not _is_thing(option) or depth >= DEPTH:
            return ""
        inner = f"{place}/properties/{name}" + (f"/{number}" if number else "")
        made = self._begin(inner, option, _text(option, "title") or name)
        self._fill(inner, option, depth + 1)
        return made

    def _class_of(self, held: Json) -> str:
        """The class that a reference leads to, "" for none; through definitions that only lead on."""
        reference = held.get("$ref")
        for _ in range(DEPTH):
            if not isinstance(reference, str):
                return ""
            if reference in self.classes:
                return self.classes[reference].name
            if not reference.startswith("#"):
                self.notes.append(f"{reference!r} stands in another file and was not fetched.")
                return ""
            reference = self._at(reference).get("$ref")
        return ""

    def _deref(self, held: Json) -> Json:
        """A property's schema, or the definition that it refers to where that is no class."""
        reference = held.get("$ref")
        if isinstance(reference, str) and reference.startswith("#") and not self._class_of(held):
            return self._at(reference)
        return held

    def _at(self, pointer: str) -> Json:
        found: object = self.root
        for part in pointer.removeprefix("#").split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~")
            found = found.get(key) if isinstance(found, dict) else None
        return found if isinstance(found, dict) else {}

    def _relate(self, owner: str, name: str, told: Json, targets: tuple[str, ...], *, functional: bool) -> None:
        known = self.relations.get(name)
        if known is None:
            made = self.names.of_relation(identifier(name, capital=True), _text(told, "title"))
            said = _text(told, "description")
            self.relations[name] = RelationType(made, (owner,), targets, said, functional=functional)
            return
        self.relations[name] = RelationType(
            known.name, both(known.head, (owner,)), both(known.tail, targets),
            known.definition or _text(told, "description"), functional=known.functional and functional,
        )  # fmt: skip

    def _describe(self, owner: _Class, name: str, told: Json, options: list[Json], *, functional: bool) -> None:
        if lower_snake(name) in {"name", "label"} or name.startswith(("$", "@")):
            self.notes.append(f"{owner.name}.{name} is left out: everything has a name in kgc.")
            return
        kinds = list(dict.fromkeys(_datatype(option) for option in options)) or ["string"]
        kind = kinds[0] if len(kinds) == 1 else "string"
        taken = {lower_snake(a) for a in owner.attributes}
        made = self.names.of_attribute(identifier(name, capital=False), "", owner.name, taken)
        owner.attributes[made] = Attribute(made, kind, functional, _text(told, "description"))


def _is_thing(held: Json) -> bool:
    """Whether it describes an object with properties of its own, or one made of others."""
    parts = _list(held.get("allOf"))
    return bool(_object(held.get("properties"))) or any(isinstance(p, dict) and _is_thing(p) for p in parts)


def _items(told: Json) -> tuple[bool, Json]:
    """Whether a property has many values, and what each of them is."""
    held = told.get("items")
    if isinstance(held, dict) and (told.get("type") in (None, "array") or "array" in _list(told.get("type"))):
        return True, held
    return "array" in (told.get("type"), *_list(told.get("type"))), told


def _options(held: Json, given: Json) -> Iterator[Json]:
    """The alternatives of a value."""
    parts = [p for key in ("anyOf", "oneOf", "allOf") for p in _list(held.get(key)) if isinstance(p, dict)]
    yield from parts or [held or given]


def _datatype(held: Json) -> str:
    kinds = [k for k in (held.get("type"), *_list(held.get("type"))) if isinstance(k, str) and k != "null"]
    plain = _TYPES.get(kinds[0], "string") if len(kinds) == 1 else "string"
    format_ = held.get("format")
    return _FORMATS.get(format_, plain) if isinstance(format_, str) and plain == "string" else plain


def _text(held: Json, key: str) -> str:
    value = held.get(key)
    return " ".join(encodable(value).split()) if isinstance(value, str) else ""


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
