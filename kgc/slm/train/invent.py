"""Invented names and sentences in the style of business and office documents, which the open data sets lack."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from importlib import resources
from typing import Final

from kgc.slm.lexicon import Lexicon, listed_words
from kgc.slm.train.records import Record

SLOT: Final = re.compile(r"\{([A-Z]+)\}")
WORDS: Final = listed_words(
    "Robotics Systems Foods Motors Energy Solar Analytics Software Pharma Biotech Logistics Textiles Bank "
    "Capital Partners Holdings Industries Instruments Labs Laboratories Media Press Publishing Airlines "
    "Shipping Steel Chemicals Materials Networks Semiconductors Optics Marine Water Paper Brewery Dairy "
    "Toys Games Design Studios Consulting Insurance Group"
)
STEMS: Final = listed_words(
    "Nor Vel Tan Bright Blue Red North South East West Silver Green Lumen Astra Terra Aero Hydro Cyber "
    "Quant Opti Medi Agri Trans Inter Omni Nova Vita Core Alta Orion Delta Sigma Zen Kin Mar Pol Gran "
    "Fjord Alp Rhein Clear Deep Bio Gen Sol Val"
)
ENDINGS: Final = listed_words(
    "ix ara tek soft wave line stone field works net lab via ium onics cell gate mark point forge ance eo a"
)
LEGAL: Final = (
    "Inc.",
    "Inc",
    "Ltd",
    "Ltd.",
    "LLC",
    "GmbH",
    "AG",
    "plc",
    "Corp.",
    "Corporation",
    "S.A.",
    "SE",
    "Co.",
    "Limited",
)
BODIES: Final = (
    "Ministry of {}", "Department of {}", "{} Agency", "National {} Council", "{} Commission", "Federal {} Office",
    "Institute of {}", "International {} Association", "{} Foundation", "Royal Society of {}",
)  # fmt: skip
FIELDS: Final = listed_words(
    "Health Transport Education Energy Agriculture Defence Finance Science Labour Justice Culture "
    "Environment Trade Statistics Food"
)
NOUNS: Final = [
    "batteries", "sensors", "vaccines", "wind turbines", "bicycles", "chips", "medical devices", "maps", "paints",
    "data tools", "solar panels", "pumps",
]  # fmt: skip
ADJECTIVES: Final = [
    "German",
    "Norwegian",
    "small",
    "family-owned",
    "French",
    "software",
    "listed",
    "Japanese",
    "Canadian",
    "young",
    "private",
    "Dutch",
]  # fmt: skip


def organisation(lexicon_names: tuple[tuple[str, ...], tuple[str, ...]], dice: random.Random) -> str:
    """A made-up company name; `lexicon_names` are family names and places."""
    family, places = lexicon_names
    stem = dice.choice(STEMS) + dice.choice(ENDINGS) if dice.random() < 0.5 else dice.choice(family)
    form = dice.randrange(6)
    if form == 0:
        return stem
    if form == 1:
        return f"{stem} {dice.choice(LEGAL)}"
    if form == 2:
        return f"{dice.choice(family)} & {dice.choice(family)}"
    if form == 3:
        return f"{dice.choice(places)} {dice.choice(WORDS)}"
    name = f"{stem} {dice.choice(WORDS)}"
    return f"{name} {dice.choice(LEGAL)}" if form == 4 else name


def body(dice: random.Random) -> str:
    return dice.choice(BODIES).format(dice.choice(FIELDS))


def school(places: tuple[str, ...], dice: random.Random) -> str:
    form = dice.choice(
        ("University of {}", "{} University", "{} Institute of Technology", "{} College", "Technical University of {}")
    )
    return form.format(dice.choice(places))


def passages(lexicon: Lexicon, dice: random.Random, count: int) -> Iterator[Record]:
    """`count` passages of one to four sentences each."""

    def of(kinds: str) -> tuple[str, ...]:
        return tuple(sorted(n for n, k in lexicon.kinds.items() if set(k) & set(kinds) and "w" not in k))

    first, family, places = of("f"), of("l"), of("ckr")
    raw = (resources.files("kgc.slm.train") / "sentences_en.txt").read_text(encoding="utf-8").splitlines()
    for _ in range(count):
        text, spans = "", []
        for line in dice.sample(raw, dice.choice((1, 2, 3, 4))):
            text += dice.choice((" ", " ", "\n")) if text else ""
            at = 0
            for slot in SLOT.finditer(line):
                name, label = fill(slot[1], first, family, places, dice)
                text += line[at : slot.start()]
                if label:
                    spans.append((len(text), len(text) + len(name), label))
                text += name
                at = slot.end()
            text += line[at:]
        yield Record(text, tuple(spans))


def fill(
    kind: str, first: tuple[str, ...], family: tuple[str, ...], places: tuple[str, ...], dice: random.Random
) -> tuple[str, str]:
    """A filling of a slot and its label ("" for what is no name)."""
    makers: dict[str, Callable[[], tuple[str, str]]] = {
        "PER": lambda: (f"{dice.choice(first)} {dice.choice(family)}", "PER"),
        "LAST": lambda: (dice.choice(family), "PER"),
        "LOC": lambda: (dice.choice(places), "LOC"),
        "ORG": lambda: (organisation((family, places), dice), "ORG"),
        "SCHOOL": lambda: (school(places, dice), "ORG"),
        "GOV": lambda: (body(dice), "ORG"),
        "YEAR": lambda: (str(dice.randrange(1890, 2025)), ""),
        "NOUN": lambda: (dice.choice(NOUNS), ""),
        "ADJ": lambda: (dice.choice(ADJECTIVES), ""),
    }
    return makers[kind]()
