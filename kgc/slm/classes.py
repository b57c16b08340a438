"""The class of a name beyond person, organisation and place, by its own words: it must not depend on the passage."""

from __future__ import annotations

import re
from typing import Final

from kgc.slm.lexicon import Lexicon

SCHOOL: Final = re.compile(
    r"\b(?:University|College|School|Academy|Polytechnic|Institute|Universität|Hochschule|Université|Universidad)\b"
    r"|(?:大学|学院|中学|小学|学校|研究所|研究院|科学院)$"
)
GOVERNMENT: Final = re.compile(
    r"\b(?:Ministry|Department of|Agency|Commission|Court|Parliament|Senate|Congress"
    r"|House of Representatives|Government"
    r"|Army|Navy|Air Force|Marine Corps|Coast Guard|Police|City Council|Bureau|Council of Ministers|Authority|Treasury"
    r"|Federal Reserve|European Union|Bundestag|Knesset|Duma)\b"
    r"|(?:政府|国务院|委员会|法院|检察院|人大|公安部|外交部|[一-鿿](?:部|厅|局)|警察局|陆军|海军|空军)$"
)
COMPANY: Final = re.compile(
    r"\b(?:Inc|Ltd|LLC|PLC|plc|Corp|Corporation|Company|Co|GmbH|AG|SE|S\.A|N\.V|B\.V|Oy|Oyj|ASA|AB|AS|A/S|SpA|S\.p\.A|KG|Limited|Holdings"
    r"|Airlines|Airways|Motors|Technologies|Pharmaceuticals|Industries|Enterprises|Stores|Bancorp|Bank)\.?$"
    r"|(?:公司|集团|银行|证券|保险|航空|汽车|科技|控股|实业|药业)$"
)
NOT_COMPANY: Final = re.compile(r"\b(?:World|Central|Reserve|Food|Blood) Bank$|(?:中国人民银行|中央银行|世界银行)$")
HAN_CITY: Final = re.compile(r"[一-鿿]{1,6}(?:市|县|镇|乡|村)$")


PLAIN: Final = {
    "P": "Person", "V": "NamedEvent", "A": "Award", "K": "Law", "W": "CreativeWork", "G": "Product", "C": "Concept",
    "X": "",
}  # fmt: skip


def class_of(kind: str, surface: str, lexicon: Lexicon) -> str:
    """The class of a name of this kind, "" for one of a kind that nobody told.

    P person, O organisation, L place, V event, A award, K law, W work, G product, C concept, X any other.
    """
    plain = PLAIN.get(kind)
    if plain is not None:
        return plain
    return organisation(surface) if kind == "O" else place(surface, lexicon)


def organisation(surface: str) -> str:
    """Capitals throughout are read as if written in mixed case too ("ACME HOLDINGS" is a company)."""
    mixed = surface.title() if surface.isupper() and " " in surface else surface
    forms = {surface, mixed}
    if any(COMPANY.search(form) and not NOT_COMPANY.search(form) for form in forms):
        return "Company"
    if any(SCHOOL.search(form) for form in forms):
        return "School"
    return "GovernmentBody" if any(GOVERNMENT.search(form) for form in forms) else "Organization"


def place(surface: str, lexicon: Lexicon) -> str:
    kinds = lexicon.of(surface.removeprefix("the ").removeprefix("The "))
    if "k" in kinds and surface not in {"Georgia", "Jersey"}:
        return "Country"
    if "r" in kinds:
        return "Location"
    return "City" if "c" in kinds or HAN_CITY.fullmatch(surface) else "Location"
