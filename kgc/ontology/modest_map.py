"""What the words of the documents are in the schema that is being made: names by class, nouns by what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kgc.ontology.records import Evidence, Term
from kgc.ontology.stems import stems
from kgc.schema import Schema
from kgc.schema.naming import folded

MOSTLY: Final = 0.6
"""Share of the names that a noun is said of which must be of one class, for the noun to be under it."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What a person wants to know, as stems; empty where they did not say."""

    stems: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str) -> Goal:
        return cls(frozenset(stems(text)))

    def meets(self, *texts: str) -> bool:
        return bool(self.stems) and any(self.stems & set(stems(text)) for text in texts)


@dataclass(slots=True)
class Meaning:
    """Where the words lead. `classes` maps what a noun or class of the built-in model is called to a class's name."""

    evidence: Evidence
    general: Schema
    goal: Goal
    han: bool
    classes: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)

    @property
    def general_names(self) -> frozenset[str]:
        return frozenset(e.name for e in self.general.entities)

    def foreign(self, word: str) -> bool:
        """Whether a word is of the other language in a folder that is mostly of one: it would be there twice."""
        counts = dict(self.evidence.languages)
        own, other = ("zh", "en") if self.han else ("en", "zh")
        return word.isascii() == self.han and counts.get(other, 0) < counts.get(own, 0) / 2

    def resolve(self, kind: str) -> str:
        """The class of an end: of a name's class, of a noun, of the noun's head; "" where none is proposed."""
        if kind in self.classes:
            return self.classes[kind]
        if kind.isascii():
            head = kind.rsplit(" ", 1)[-1]
            return self.classes.get(head, "") if head != kind else ""
        return next((self.classes[kind[i:]] for i in range(1, len(kind) - 1) if kind[i:] in self.classes), "")

    def above(self, name: str) -> tuple[str, ...]:
        """The class and its ancestors, nearest first."""
        found = [name]
        while (name := self.parents.get(name, "")) and name not in found:
            found.append(name)
        return tuple(found)

    def common(self, names: Counter[str], least: float = 0.11) -> tuple[str, ...]:
        """The classes that cover what was met at an end: what is rare is left out, siblings become their parent."""
        total = names.total()
        kept = [n for n, c in names.most_common() if c >= least * total]
        tops = [n for n in kept if not any(a in kept for a in self.above(n)[1:])]
        for parent in dict.fromkeys(self.parents.get(n, "") for n in tops):
            under = [n for n in tops if self.parents.get(n, "") == parent]
            if parent and len(under) > 1:
                tops = [n for n in tops if n not in under]
                tops.append(parent)
        return tuple(n for n in dict.fromkeys(tops) if not any(a in tops for a in self.above(n)[1:]))


def instances(evidence: Evidence) -> Mapping[str, list[Term]]:
    """Noun -> the names that the documents call so; a name called "lithium cell" counts for "cell" too."""
    found: dict[str, list[Term]] = {}
    for term in evidence.terms:
        if term.type:
            nouns = {noun for kind in term.kinds for noun in (kind, head_of(kind))}
            for noun in sorted(nouns):
                found.setdefault(noun, []).append(term)
    return found


def head_of(term: str) -> str:
    """The last word of an English term; a Chinese one is its own head here.

    >>> head_of("lead-acid battery")
    'battery'
    """
    return term.rsplit(" ", 1)[-1] if term.isascii() else term


def majority(names: list[Term]) -> str:
    """The built-in class of most of some names, or ""."""
    types = Counter(n.type for n in names)
    if not types:
        return ""
    best, count = max(types.items(), key=lambda item: (item[1], item[0]))
    return best if count >= MOSTLY * len(names) else ""


def general_class(schema: Schema, noun: str) -> str:
    """The general class that a noun names: by its name, label or alias."""
    wanted = folded(noun)
    for entity in schema.entities:
        if wanted in {folded(n) for n in (entity.name, entity.labels.label, *entity.labels.aliases)}:
            return entity.name
    return ""
