"""Turtle: a block for each subject, names shortened by prefixes, nested nodes in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TextIO

from kgc.data.vocabulary import XSD
from kgc.store.rdf.blocks import Blank, Block, Object, Pair, Series
from kgc.store.rdf.terms import TYPE, Term
from kgc.store.rdf.written import written

_LETTER: Final = (
    "A-Za-z_\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
LOCAL: Final = re.compile(
    rf"[{_LETTER}0-9](?:[{_LETTER}0-9.\-\xb7\u0300-\u036f\u203f-\u2040]*[{_LETTER}0-9\-\xb7\u0300-\u036f\u203f-\u2040])?"
)
"""What may stand behind a prefix without an escape."""

_PLAIN: Final = (
    (f'^^<{XSD}integer>', re.compile(r"[+-]?\d+", re.ASCII)),
    (f'^^<{XSD}decimal>', re.compile(r"[+-]?\d*\.\d+", re.ASCII)),
    (f'^^<{XSD}boolean>', re.compile(r"true|false")),
)  # fmt: skip
MEMORY: Final = 10_000


def write_turtle(blocks: Iterable[Block], file: TextIO, prefixes: Mapping[str, str]) -> int:
    """Write blocks of the default graph; returns how many statements."""
    file.writelines(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items())
    return written(_told(blocks, Shortener(prefixes)), file)


def _told(blocks: Iterable[Block], shortener: Shortener) -> Iterator[tuple[str, int]]:
    for subject, pairs, _ in blocks:
        text, count = shortener.pairs(pairs, 1)
        yield f"\n{shortener.short(subject)} {text} .\n", count


class Shortener:
    """Terms as Turtle has them; remembers a bounded number of classes, properties and the like."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = {namespace: f"{prefix}:" for prefix, namespace in prefixes.items()}
        self._known: dict[Term, str] = {}

    def pairs(self, pairs: Iterable[Pair], depth: int) -> tuple[str, int]:
        """`property value , value ; …` and how many statements that is."""
        told: list[str] = []
        count, last = 0, ""
        indent = "    " * depth
        for predicate, value in pairs:
            shown, inner = self.value(value, depth)
            count += 1 + inner
            if predicate == last:
                told[-1] += f" ,{f'{chr(10)}{indent}  ' if inner else ' '}{shown}"
                continue
            last = predicate
            told.append(f"{'a' if predicate == TYPE else self.known(predicate)} {shown}")
        return f" ;\n{indent}".join(told), count

    def value(self, value: Object, depth: int) -> tuple[str, int]:
        """A value and how many statements are nested in it."""
        if isinstance(value, str):
            return self.short(value), 0
        if isinstance(value, Blank):
            inner, count = self.pairs(value.pairs, depth + 1)
            return f"[ {inner} ]", count
        return self._series(value, depth)

    def _series(self, series: Series, depth: int) -> tuple[str, int]:
        shown = [self.value(item, depth) for item in series.items]
        return f"( {' '.join(text for text, _ in shown)} )", sum(n + 2 for _, n in shown)

    def known(self, term: Term) -> str:
        """As `short`, for what comes again and again."""
        found = self._known.get(term)
        if found is None:
            found = self.short(term)
            if len(self._known) < MEMORY:
                self._known[term] = found
        return found

    def short(self, term: Term) -> str:
        first = term[0]
        if first == '"':
            return self._literal(term) if term[-1] == ">" else term
        if first != "<" or term.startswith("<<"):
            return self._triple(term) if first == "<" else term
        cut = max(term.rfind("/"), term.rfind("#")) + 1
        prefix = self._prefixes.get(term[1:cut])
        local = term[cut:-1]
        return f"{prefix}{local}" if prefix and LOCAL.fullmatch(local) else term

    def _literal(self, term: Term) -> str:
        for suffix, pattern in _PLAIN:
            if term.endswith(suffix):
                text = term[1 : -len(suffix) - 1]
                return text if pattern.fullmatch(text) else self._datatype(term)
        return self._datatype(term)

    def _datatype(self, term: Term) -> str:
        text, _, datatype = term.rpartition("^^")
        return f"{text}^^{self.known(datatype)}"

    def _triple(self, term: Term) -> str:
        """A triple term: its subject and property hold no space, its value may."""
        subject, predicate, value = term.removeprefix("<<( ").removesuffix(" )>>").split(" ", 2)
        return f"<<( {self.short(subject)} {self.known(predicate)} {self.short(value)} )>>"
