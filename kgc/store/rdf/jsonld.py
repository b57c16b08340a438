"""JSON-LD: an object a line, names shortened by a context of prefixes that stands in the file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO, TypeAlias

from kgc.store.rdf.blocks import Block, PlainBlock, plain
from kgc.store.rdf.parts import Text, text_of
from kgc.store.rdf.terms import TYPE, Term
from kgc.store.rdf.turtle import LOCAL
from kgc.store.rdf.written import written

Json: TypeAlias = "str | dict[str, str] | list[Json]"


def write_jsonld(blocks: Iterable[Block], file: TextIO, prefixes: Mapping[str, str]) -> int:
    """Write all statements of the default graph; returns how many. Nothing has to be fetched to read them."""
    file.write(f'{{"@context": {_dump(dict(prefixes))},\n"@graph": [')
    count = written(_objects(plain(blocks), Compact(prefixes)), file)
    file.write("\n]}\n")
    return count


def _objects(blocks: Iterable[PlainBlock], compact: Compact) -> Iterator[tuple[str, int]]:
    divider = "\n"
    for subject, pairs, _ in blocks:
        values: dict[str, Json] = {"@id": compact.iri(subject)}
        for predicate, value in pairs:
            key = "@type" if predicate == TYPE else compact.iri(predicate)
            shown = compact.iri(value) if predicate == TYPE else compact.value(value)
            before = values.get(key)
            values[key] = shown if before is None else [*(before if isinstance(before, list) else [before]), shown]
        yield divider + _dump(values), len(pairs)
        divider = ",\n"


class Compact:
    """Terms as JSON-LD has them."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = {namespace: f"{prefix}:" for prefix, namespace in prefixes.items()}

    def iri(self, term: Term) -> str:
        if term.startswith("_:"):
            return term
        cut = max(term.rfind("/"), term.rfind("#")) + 1
        prefix, local = self._prefixes.get(term[1:cut]), term[cut:-1]
        return f"{prefix}{local}" if prefix and LOCAL.fullmatch(local) else term[1:-1]

    def value(self, term: Term) -> Json:
        if term[0] != '"':
            return {"@id": self.iri(term)}
        return self._literal(text_of(term))

    def _literal(self, text: Text) -> Json:
        if text.datatype:
            return {"@value": text.text, "@type": self.iri(text.datatype)}
        return {"@value": text.text, "@language": text.lang} if text.lang else text.text


def _dump(value: Json | dict[str, str] | dict[str, Json]) -> str:
    return json.dumps(value, ensure_ascii=False)
