"""Names for classes, relations and attributes, made of whatever somebody called them."""

from __future__ import annotations

import unicodedata
from keyword import iskeyword
from typing import Final

from kgc.data.encodable import encodable
from kgc.schema.check import LabelKind, resolve_label
from kgc.schema.model import DATATYPES, Schema
from kgc.schema.naming import LABELS, NAME_LIMIT, PROPERTIES, is_identifier, lower_snake
from kgc.schema.read import WORDS
from kgc.store.rdf.owl_names import identifier

TEXT_LIMIT: Final = 600
"""The longest definition, in code points; what is longer is cut."""
ANYTHING: Final = frozenset({"entity", "thing", "anything", "any", "object", "实体", "事物"})
"""What people and models call the class of everything."""
_TAKEN: Final = frozenset(name.casefold() for name in (*LABELS, *WORDS))
_NAMES: Final = frozenset({"name", "label", "id", "type", "aliases"})
"""What everything has already, so that it is no attribute."""
_DATATYPES: Final = {
    "str": "string", "text": "string", "int": "integer", "float": "number", "decimal": "number", "double": "number",
    "bool": "boolean", "datetime": "date", "year": "date", "time": "date", "money": "amount", "quantity": "amount",
    "price": "amount", "id": "identifier", "code": "identifier", "uri": "url", "iri": "url", "link": "url",
}  # fmt: skip


def clean(text: str, limit: int = TEXT_LIMIT) -> str:
    """A text on one line, without halves of characters, cut at the last word within the limit."""
    line = " ".join(encodable(text).split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[limit // 2 :] else cut) + "…"


def class_name(text: str) -> str:
    """PascalCase; "" when the text holds no letter. What kgc or the schema file calls its own gets `Item` behind it.

    >>> class_name("battery plant"), class_name("电池工厂"), class_name("Date"), class_name("!?")
    ('BatteryPlant', '电池工厂', 'DateItem', '')
    """
    return _capital(text)


def relation_name(text: str) -> str:
    """PascalCase, as classes.

    >>> relation_name("is responsible for"), relation_name("None")
    ('IsResponsibleFor', 'NoneItem')
    """
    return _capital(text)


def attribute_name(text: str, owner: str = "") -> str:
    """lower_snake; one that kgc writes itself gets its class before it. "" for what everything has, as a name.

    >>> attribute_name("birth Date"), attribute_name("status", "WorkOrder"), attribute_name("from")
    ('birth_date', 'work_order_status', 'from_value')
    """
    if not _speaks(text):
        return ""
    name = lower_snake(identifier(_plain(text), capital=False))[:NAME_LIMIT].rstrip("_")
    if name in _NAMES or not is_identifier(name):
        return ""
    if name in PROPERTIES:
        name = f"{lower_snake(owner)}_{name}" if owner else f"{name}_value"
    return f"{name}_value" if iskeyword(name) else name


def datatype(text: str) -> str:
    """One of the datatypes for whatever a value is said to be; "" when nothing tells.

    >>> datatype("Date"), datatype("xsd:float"), datatype("List[str]")
    ('date', 'number', '')
    """
    word = text.rpartition(":")[2].strip().casefold()
    return word if word in DATATYPES else _DATATYPES.get(word, "")


def known_name(schema: Schema, kind: LabelKind, text: str) -> str:
    """The schema's name for what a proposal calls a class or relation, "" when it has none; "Entity" for anything."""
    found = resolve_label(schema, kind, text) or resolve_label(schema, kind, _capital(text))
    if found:
        return found
    return "Entity" if kind == "entity" and " ".join(text.split()).casefold() in ANYTHING else ""


def _capital(text: str) -> str:
    if not _speaks(text):
        return ""
    name = identifier(_plain(text), capital=True)
    taken = name.casefold() in _TAKEN or iskeyword(name)
    return f"{name[: NAME_LIMIT - 4]}Item" if taken else name


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:1000])


def _speaks(text: str) -> bool:
    """Whether there is anything in it to make a name of."""
    return any(f"a{c}".isidentifier() and c != "_" for c in _plain(text))
