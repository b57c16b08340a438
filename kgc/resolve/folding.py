"""From a written name to the letters that count: width, case, accents, scripts that transcribe letter by letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from kgc.data.names import SURFACE_LIMIT

_APOSTROPHES = re.compile("(?<=\\w)['\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}`](?=\\w)")
_POSSESSIVE = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]s$", re.IGNORECASE)
_TOKENS = re.compile(r"[^\W_]+(?:\+\+|#|\+(?!\w))?|&|\+", re.UNICODE)
_HAN_RANGE = "\u2e80-\u2fdf\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN: Final = re.compile(f"[{_HAN_RANGE}]")
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
_MIXED = re.compile(r"\d+|[^\d]+")
_HAN_RUN = re.compile(f"[{_HAN_RANGE}]+|[^{_HAN_RANGE}]+")
_LONE: Final = (
    ("øłđðþæœıħŋĸŧ", "o l d d th ae oe i h n k t"),
    (
        "абвгґдеёжзийклмнопрстуфхцчшщъыьэюяіїєљњћџјђ",
        "a b v g g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i yi ye lj nj c dz j dj",
    ),
    ("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o"),
)
"""Letters that stand alone, Cyrillic (after BGN/PCGN, simplified) and Greek (after ELOT 743, simplified) in Latin."""
_SINGLE: Final = {
    ord(letter): "" if latin == "-" else latin
    for letters, row in _LONE
    for letter, latin in zip(letters, row.split(), strict=True)
}


def fold(surface: str, script: Mapping[int, int]) -> str:
    """A name in lower case without accents, marks and controls. `script` changes Han characters one for one.

    >>> fold("Łódź  Ångström’s", {})
    'lodz  angstrom'
    """
    text = _POSSESSIVE.sub("", surface[:SURFACE_LIMIT])
    if text.isascii():
        return _APOSTROPHES.sub("", text.lower())
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _APOSTROPHES.sub("", text.translate(script) if script else text)
    parts = unicodedata.normalize("NFKD", text.translate(_SINGLE))
    kept = "".join(c for c in parts if unicodedata.category(c) not in ("Mn", "Cf"))
    return unicodedata.normalize("NFC", kept)


def split(folded: str) -> list[str]:
    """The tokens of a folded name: words, numbers apart from letters, runs of Han characters; `&` and `+` as "and"."""
    found = ["and" if t in "&+" else t for t in _TOKENS.findall(folded)]
    if any(map(str.isdecimal, folded)):
        found = [part for token in found for part in _numbered(token)]
    if folded.isascii() or not HAN.search(folded):
        return found
    return [part for token in found for part in _HAN_RUN.findall(token)]


def _numbered(token: str) -> list[str]:
    """`a380` as `a` and `380`, `2nd` as `2`; digits inside Han characters stay."""
    if ordinal := _ORDINAL.match(token):
        return [ordinal[1]]
    return [token] if token.isdecimal() or HAN.search(token) else _MIXED.findall(token)
