"""English nouns: their singular, and words that make no term of a noun phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from kgc.slm.lexicon import listed_words


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """Words and what they stand for, written `word:other`."""
    for pair in listed_words(text):
        word, _, other = pair.partition(":")
        yield word, other


ODD: Final[Mapping[str, str]] = MappingProxyType(
    dict(
        pairs(
            "people:person men:man women:woman children:child feet:foot teeth:tooth mice:mouse geese:goose "
            "oxen:ox lives:life wives:wife knives:knife leaves:leaf halves:half shelves:shelf thieves:thief "
            "wolves:wolf loaves:loaf selves:self analyses:analysis bases:basis crises:crisis "
            "hypotheses:hypothesis theses:thesis axes:axis criteria:criterion phenomena:phenomenon indices:index "
            "matrices:matrix vertices:vertex bacteria:bacterium media:medium data:data strata:stratum "
            "spectra:spectrum curricula:curriculum fungi:fungus larvae:larva algae:alga nuclei:nucleus "
            "radii:radius movies:movie cookies:cookie ties:tie dies:die pies:pie zombies:zombie buses:bus "
            "gases:gas lenses:lens shoes:shoe toes:toe caches:cache headaches:headache aches:ache"
        )
    )
)
ALIKE: Final = frozenset(
    listed_words(
        "series species news physics politics economics mathematics ethics logistics electronics means "
        "headquarters analysis basis status process business access address success progress glass gas bus lens "
        "campus virus corps chassis always perhaps this bias canvas atlas alias mass class loss boss cross "
        "press census crisis diabetes sheep fish aircraft spacecraft works premises proceeds goods genus "
        "apparatus nexus consensus focus bonus lotus"
    )
)
"""Nouns in -s that are singular, or the same in both."""
PLAIN: Final = frozenset(
    listed_words(
        "new old other many several large small big first second third last next main major minor important "
        "various different certain own same such few more most good best better great greater high higher "
        "highest low lower long short early earlier late later latest recent current former previous whole "
        "entire total full young little available possible similar common general specific particular special "
        "single individual additional further significant key necessary relevant appropriate proper real true "
        "only very existing following above below present due likely able unable overall broad broader distinct "
        "diverse vast wide wider extensive unique essential crucial vital critical respective corresponding "
        "another both all any some each every no half annual daily monthly weekly everyday modern traditional "
        "typical usual normal local double once popular famous well-known notable leading top average free open "
        "closed ready sure clear dear poor"
    )
)
"""Adjectives that tell nothing of what kind a thing is: "new supplier" is "supplier"."""
KIND_WORDS: Final = frozenset(
    listed_words(
        "type kind sort form class category subclass subtype subset subcategory example instance variety "
        "variant group species family range list number set member part term concept subgroup division "
        "classification"
    )
)
"""Heads that only lead to the noun behind their "of": they are words of patterns, and no terms."""


def singular(word: str) -> str:
    """The singular of a noun in small letters; a word that looks singular stays.

    >>> [singular(w) for w in ("batteries", "cells", "classes", "boxes", "series", "people", "analyses", "gas")]
    ['battery', 'cell', 'class', 'box', 'series', 'person', 'analysis', 'gas']
    """
    if word in ODD:
        return ODD[word]
    if word in ALIKE or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(?:ss|x|z|ch|sh|o)es$", word):
        return word[:-2]
    return word[:-1]


def term(words: tuple[str, ...]) -> str:
    """Words as a term: small letters, the last one in the singular.

    >>> term(("Lead-acid", "Batteries"))
    'lead-acid battery'
    """
    low = [w.lower() for w in words]
    return " ".join([*low[:-1], singular(low[-1])]) if low else ""
