"""Names for what has an IRI: identifiers that a schema can hold, and that stores keep apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain
from keyword import iskeyword
from typing import Final
from urllib.parse import unquote

from kgc.schema.naming import LABELS, NAME_LIMIT, PROPERTIES, TYPES, is_identifier, lower_snake, upper_snake, words
from kgc.schema.read import WORDS

_OPAQUE: Final = re.compile(r"[A-Za-z]{0,8}[_:-]?\d+")
"""Names that say nothing, as `GO_0008150` and `Q42`: there the label is the better name."""


class NamesTaken:
    """Gives each IRI a name of its own. `own` is the start of IRIs whose local names are a schema's already."""

    def __init__(self, own: str) -> None:
        self.own = own
        self.notes: list[str] = []
        self._taken = {name.casefold() for name in (*LABELS, *TYPES, *WORDS)}

    def of_class(self, iri: str, label: str) -> str:
        return self._free(self._wanted(iri, label, capital=True), iri)

    def of_relation(self, iri: str, label: str) -> str:
        return self._free(self._wanted(iri, label, capital=True), iri, relation=True)

    def of_attribute(self, iri: str, label: str, owner: str, taken: set[str]) -> str:
        """A name that is free in the class `owner`, whose properties so far are `taken` (in lower_snake)."""
        name = self._wanted(iri, label, capital=False)
        tried = [name, f"{lower_snake(owner)}_{name}", *(f"{name}_{n}" for n in range(2, 100))]
        for candidate in tried:
            stored = lower_snake(candidate)
            if stored not in taken and stored not in PROPERTIES:
                taken.add(stored)
                return candidate[:NAME_LIMIT]
        return f"{name[:80]}_{len(taken)}"

    def _wanted(self, iri: str, label: str, *, capital: bool) -> str:
        local = local_name(iri)
        if self.is_own(iri) and is_identifier(local.rpartition(".")[2]):
            return local.rpartition(".")[2]
        told = label if label and _OPAQUE.fullmatch(local) else local
        name = identifier(told or label, capital=capital)
        return f"{name}{'Item' if capital else '_value'}" if iskeyword(name) else name

    def is_own(self, iri: str) -> bool:
        return bool(self.own) and iri.startswith(self.own)

    def _free(self, name: str, iri: str, *, relation: bool = False) -> str:
        """The name, or one like it, that no class or relation has, neither in a file nor in a store."""
        short = name[: NAME_LIMIT - 5]
        others = (f"{short}{number}" for number in range(2, 10_000))
        candidates: Iterator[str] = chain((name,), (f"Has{short}",) if relation else (), others)
        for candidate in candidates:
            stored = (upper_snake(candidate) if relation else candidate).casefold()
            if stored not in self._taken and candidate.casefold() not in self._taken:
                self._taken |= {stored, candidate.casefold()}
                if candidate != name:
                    self.notes.append(f"<{iri}> is called {candidate} here, since {name} is taken.")
                return candidate
        raise AssertionError("thousands of classes have one name")


def local_name(iri: str) -> str:
    """What follows the last `#`, `/` or `:`, with percent-encoding undone.

    >>> local_name("https://a.org/x#Person"), local_name("https://a.org/x/")
    ('Person', 'x')
    """
    plain = iri.rstrip("/#:")
    cut = max(plain.rfind("/"), plain.rfind("#"), plain.rfind(":") if "/" not in plain and "#" not in plain else -1)
    return unquote(plain[cut + 1 :])


def identifier(text: str, *, capital: bool) -> str:
    """Any text as an identifier: `PascalCase` for classes and relations, as it is or with underscores for attributes.

    >>> identifier("biological process", capital=True), identifier("birthDate", capital=False)
    ('BiologicalProcess', 'birthDate')
    >>> identifier("has-part", capital=True), identifier("3d", capital=True), identifier("", capital=False)
    ('HasPart', 'N3d', 'nameless')
    """
    text = unicodedata.normalize("NFKC", text)
    if not capital and is_identifier(text):
        return text
    parts = [p for word in re.split(r"[\W_]+", text) for p in ([word] if is_identifier(word) else words(word)) if p]
    joined = "".join(p[:1].upper() + p[1:] for p in parts) if capital else "_".join(parts)
    joined = "".join(c for c in joined if c == "_" or f"a{c}".isidentifier())
    if not joined:
        return "Nameless" if capital else "nameless"
    if not joined[0].isidentifier() or joined[0] == "_":
        joined = ("N" if capital else "n_") + joined.lstrip("_")
    return joined[:NAME_LIMIT]
