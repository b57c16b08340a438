"""Invented names and sentences in the style of business and office documents, which the open data sets lack."""

from __future__ import annotations

import random
from typing import Final

from kgc.slm.lexicon import listed_words

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
