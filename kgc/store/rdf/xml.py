"""RDF/XML: an `rdf:Description` for each subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TextIO

from kgc.errors import StoreError
from kgc.store.rdf.blocks import Block, PlainBlock, plain
from kgc.store.rdf.parts import text_of
from kgc.store.rdf.terms import Term
from kgc.store.rdf.turtle import LOCAL
from kgc.store.rdf.written import written

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML 1.0 cannot hold, not even escaped."""

_MARKUP: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)


def write_xml(blocks: Iterable[Block], file: TextIO, prefixes: Mapping[str, str]) -> int:
    """Write all statements of the default graph; returns how many. A control character becomes U+FFFD.

    Raises `StoreError` for a property whose IRI cannot be the name of an element.
    """
    spaces = "".join(f'\n  xmlns:{prefix}="{_safe(namespace)}"' for prefix, namespace in prefixes.items())
    file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n')
    count = written(_described(plain(blocks), Elements(prefixes)), file)
    file.write("</rdf:RDF>\n")
    return count


def _described(blocks: Iterable[PlainBlock], elements: Elements) -> Iterator[tuple[str, int]]:
    for subject, pairs, _ in blocks:
        inner = "".join([elements.property(predicate, value) for predicate, value in pairs])
        yield f"<rdf:Description {_node('about', subject)}>\n{inner}</rdf:Description>\n", len(pairs)


class Elements:
    """Properties as elements; their names are few and remembered."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._tags: dict[Term, tuple[str, str]] = {}

    def property(self, predicate: Term, value: Term) -> str:
        name, space = self._tags.get(predicate) or self._named(predicate)
        if value[0] != '"':
            return f"  <{name}{space} {_node('resource', value)}/>\n"
        text, datatype, lang = text_of(value)
        mark = f' rdf:datatype="{_safe(datatype[1:-1])}"' if datatype else f' xml:lang="{lang}"' if lang else ""
        return f"  <{name}{space}{mark}>{_safe(text)}</{name}>\n"

    def _named(self, predicate: Term) -> tuple[str, str]:
        """The name of an element, and the declaration of its namespace where the file has none."""
        cut = max(predicate.rfind("/"), predicate.rfind("#"), predicate.rfind("%") + 2) + 1
        namespace, local = predicate[1:cut], predicate[cut:-1]
        if not LOCAL.fullmatch(local) or local[0].isdigit():
            raise StoreError(f"{predicate[1:-1]!r} cannot be written in RDF/XML.", "Take .ttl, .nt or .jsonld.")
        prefix = self._prefixes.get(namespace)
        found = (f"{prefix}:{local}", "") if prefix else (f"x:{local}", f' xmlns:x="{_safe(namespace)}"')
        self._tags[predicate] = found
        return found


def _node(attribute: str, term: Term) -> str:
    if term.startswith("_:"):
        return f'rdf:nodeID="{term[2:]}"'
    return f'rdf:{attribute}="{_safe(term[1:-1])}"'


def _safe(text: str) -> str:
    return _CONTROL.sub("\ufffd", text).translate(_MARKUP)
