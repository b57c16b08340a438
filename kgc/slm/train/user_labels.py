"""A user's labels in our words: spaCy's, those of common data sets, classes and relations of schemas."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from kgc.slm.inventory import plain, table, words
from kgc.slm.train.examples import COARSE, RELATIONS, TYPES
from kgc.slm.train.sources import KINDS

SPACY: Final = {
    "PERSON": ("PER", "Person"), "NORP": ("NORP", ""), "FAC": ("LOC", "Location"), "GPE": ("LOC", ""),
    "PRODUCT": ("MISC", "Product"), "EVENT": ("MISC", "NamedEvent"), "WORK_OF_ART": ("MISC", "CreativeWork"),
    "LAW": ("MISC", "Law"), "DATE": ("date", ""), "MONEY": ("amount", ""), "QUANTITY": ("quantity", ""),
    "CARDINAL": ("number", ""), "LANGUAGE": ("", ""), "TIME": ("", ""), "PERCENT": ("", ""), "ORDINAL": ("", ""),
}  # fmt: skip
"""Labels of spaCy's pipelines (OntoNotes): our kind and class. Languages, times of day, percents, ranks are nothing."""
NO_RELATION: Final = frozenset(("", "na", "no", "none", "norelation", "unrelated", "other"))


def kind_of(label: str) -> tuple[str, str]:
    """Our kind of name or value and, where the label says that much, our class; ("", "") for what is no name.

    A label that nobody knows is a name of another kind.
    """
    if label in SPACY:
        return SPACY[label]
    if label in COARSE:
        return COARSE[label], label
    if label in TYPES:
        return label, ""
    if label in KINDS:
        return KINDS[label], ""
    cls = classes().get(plain(label), "")
    return (COARSE[cls], cls) if cls else ("MISC", "")


def relation_of(label: str, *, valued: bool) -> tuple[str, bool] | None:
    """Our relation, or our attribute where the tail is `valued`, and whether head and tail change places.

    ("", False) for "no relation", None for one that we do not know. "founded" is either, by its tail.
    """
    if plain(label) in NO_RELATION:
        return "", False
    return (attributes() if valued else relations()).get(plain(label))


@cache
def classes() -> Mapping[str, str]:
    """What our classes are called in schemas, case and separators apart."""
    rows = table()["class"]
    return MappingProxyType({plain(word): ours for ours in reversed(list(rows)) for word in words(rows[ours])})


@cache
def relations() -> Mapping[str, tuple[str, bool]]:
    """What our relations are called in schemas; our own names come first."""
    found = {plain(name): (name, False) for name in RELATIONS if name[0].isupper()}
    for ours, row in table()["relation"].items():
        if ours in RELATIONS and isinstance(row, dict):
            for word in words(row["names"]):
                found.setdefault(plain(word), (ours, False))
            for word in words(row.get("reversed", ())):
                found.setdefault(plain(word), (ours, True))
    return MappingProxyType(found)


@cache
def attributes() -> Mapping[str, tuple[str, bool]]:
    """What our attributes are called in schemas."""
    found = {plain(name): (name, False) for name in RELATIONS if name[0].islower()}
    for ours, names in table()["attribute"].items():
        for word in words(names) if ours in RELATIONS else ():
            found.setdefault(plain(word), (ours, False))
    return MappingProxyType(found)
