"""What the resolver is given and what it gives back: names with their evidence, proposals with their reasons."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["person", "organization", "place", "thing"]
"""How the parts of a name are to be read; the schema's classes are mapped to it by the caller."""
Verdict = Literal["merge", "grey", "apart"]
Pair = tuple[str, str]
"""Two keys, the smaller first."""


@dataclass(frozen=True, slots=True)
class Item:
    """A name that is alive, with the evidence beside it.

    `types` is the class and its ancestors, nearest first, without the root of all. `aliases` are other names that a
    text or a list gives it ("World Health Organization (WHO)"). `neighbours` are what its facts lead to, as texts that
    compare equal (`WORKS_FOR>Organization:Acme`). `attributes` are (attribute, value). `documents` tell where it is.
    `links` are (knowledge base, id) of what it is there.
    """

    key: str
    surface: str
    kind: Kind = "thing"
    types: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    documents: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rulings:
    """What people decided: pairs of keys that are one thing, pairs that are not. Order and repetition mean nothing.

    `told` are pairs that a source says are one thing; unlike `together` they yield to whatever a person took apart.
    """

    together: Collection[Pair] = ()
    apart: Collection[Pair] = ()
    told: Collection[Pair] = ()


@dataclass(frozen=True, slots=True)
class Veto:
    """Why two names are not one thing, whatever else speaks for it: a code and the reason in words.

    `yields` says that an identifier both have (a number of a register, an address) outweighs it.
    """

    code: str
    reason: str
    yields: bool = False


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that speaks for (positive) or against: its weight in log-odds, and in words."""

    name: str
    weight: float
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair that was compared. `score` is a fraction in [0, 1]; `verdict` says what came of it in its group."""

    pair: Pair
    score: float
    verdict: Verdict
    features: tuple[Feature, ...] = ()
    vetoes: tuple[Veto, ...] = ()

    @property
    def reason(self) -> str:
        """What spoke for it and against it, the strongest first; vetoes alone when there are any."""
        if self.vetoes:
            return "; ".join(v.reason for v in self.vetoes)
        return "; ".join(f.reason for f in sorted(self.features, key=lambda f: (-abs(f.weight), f.name)))


@dataclass(frozen=True, slots=True)
class Resolution:
    """Groups of two and more keys (sorted, each sorted), the pairs that were worth a word, refused rulings.

    `by_rule` are the groups as far as the rules alone make them: parts of `groups`, which people may have joined.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    proposals: tuple[Proposal, ...] = ()
    refused: tuple[tuple[Pair, str], ...] = field(default=())
    by_rule: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class LocalLink:
    """What a name means in one document: the mention key `key` stands there for the thing of `target`.

    `target` is a mention key of the same document, or of any other. `score` is a fraction in [0, 1].
    """

    document: str
    key: str
    target: str
    score: float = 1.0
    reason: str = ""


def pair(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)
