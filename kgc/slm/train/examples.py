"""What the English encoder learns from: a text with its names and values, the facts between them, and its doubts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NAMES: Final = ("PER", "ORG", "LOC", "MISC", "NORP")
"""Kinds of name. NORP is a nationality or people ("Danish"): no entity, but worth telling from one."""
VALUES: Final = ("date", "amount", "number", "quantity", "string", "url", "identifier", "position")
TYPES: Final = ("", *NAMES, *VALUES)
LABELS: Final = ("O", *(f"{mark}-{kind}" for kind in NAMES for mark in "BI"))
COARSE: Final = {
    "Person": "PER", "Organization": "ORG", "Company": "ORG", "GovernmentBody": "ORG", "School": "ORG",
    "Location": "LOC", "Country": "LOC", "City": "LOC", "Product": "MISC", "CreativeWork": "MISC", "Law": "MISC",
    "NamedEvent": "MISC", "Award": "MISC", "Concept": "MISC", "Misc": "MISC",
}  # fmt: skip
"""The kind of name of each class of `schemas/general.py`."""
CLASSES: Final = tuple(COARSE)
RELATIONS: Final = (
    "WorksFor", "LeaderOf", "FounderOf", "MemberOf", "EducatedAt", "BornIn", "DiedIn", "LivesIn", "CitizenOf",
    "SpouseOf", "ChildOf", "SiblingOf", "BasedIn", "LocatedIn", "PartOf", "Acquired", "InvestedIn", "PartnerOf",
    "Produces", "CreatorOf", "PerformedIn", "ParticipatedIn", "HappenedIn", "Received", "IssuedBy", "WorksOn", "Killed",
    "birth_date", "death_date", "position", "founded", "dissolved", "employees", "revenue", "website", "profit",
    "ticker", "population", "area", "released", "price", "published", "enacted", "number", "start_date", "end_date",
)  # fmt: skip
"""Relations and attributes of `schemas/general.py`, and Killed, which other schemas have."""
SYMMETRIC: Final = frozenset({"SpouseOf", "SiblingOf", "PartnerOf"})
DIRECTED: Final = (
    "none", *(f"{name}{way}" for name in RELATIONS for way in "><" if way == ">" or name not in SYMMETRIC)
)  # fmt: skip
"""The classes of a pair in text order: `>` when the head comes first, `<` when the tail does."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A name or value, by character offsets.

    `kind` is one of TYPES; `cls` a class of the general schema or "" where nobody said; names of one `key` are the
    same thing. A name that is not `tagged` is known to the relations only (a concept in lower case).
    """

    start: int
    end: int
    kind: str
    cls: str = ""
    key: str = ""
    tagged: bool = True


@dataclass(frozen=True, slots=True)
class Example:
    """`facts` are (head, relation, tail, weight) by index into `arguments`; `unsure` pairs are not learned from.

    `negative` is the weight of a pair without a fact, 0 where nobody looked for facts. Without `misc` a word without a
    label may be part of a MISC name.
    """

    text: str
    arguments: tuple[Argument, ...]
    facts: tuple[tuple[int, str, int, float], ...] = ()
    unsure: frozenset[tuple[int, int]] = frozenset()
    negative: float = 0.0
    misc: bool = False
    source: str = ""
    whole: bool = False
    """The text counts as one sentence: any two of its names are a pair."""


def directed(relation: str, *, forward: bool) -> str:
    """The class of a pair whose head comes first (`forward`) or second in the text."""
    return relation + (">" if forward or relation in SYMMETRIC else "<")
