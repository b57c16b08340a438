"""Names of things: the key a mention goes by, and the form in which two spellings of one name are the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

SURFACE_LIMIT: Final = 500
"""Names are cut here (code points); what is longer is no name, but must not break an index either."""

_SPACE = re.compile(r"\s+")
_SUFFIX_CLASSES: Final = {
    "inc": "inc", "incorporated": "inc",
    "corp": "corp", "corporation": "corp",
    "co": "co", "company": "co",
    "ltd": "ltd", "limited": "ltd",
    "co ltd": "co ltd", "company limited": "co ltd", "co limited": "co ltd",
    "llc": "llc", "llp": "llp", "lp": "lp", "plc": "plc",
    "gmbh": "gmbh", "ag": "ag", "sa": "sa", "s a": "sa", "nv": "nv", "n v": "nv", "bv": "bv", "b v": "bv",
    "ab": "ab", "oy": "oy", "oyj": "oyj", "asa": "asa", "as": "as", "a s": "as", "aps": "aps", "spa": "spa",
    "s p a": "spa", "kg": "kg", "se": "se", "sarl": "sarl", "pty ltd": "pty ltd", "pte ltd": "pte ltd",
    "kk": "kk", "株式会社": "kk",
    "股份有限公司": "股份有限公司", "有限责任公司": "有限公司", "有限公司": "有限公司", "公司": "公司",
}  # fmt: skip
_CJK_SUFFIXES: Final = ("股份有限公司", "有限责任公司", "有限公司", "株式会社", "公司")


@dataclass(frozen=True, slots=True)
class Norm:
    """A name as the first resolution compares it. `suffix` is the class of a corporate suffix that `text` left out."""

    text: str
    suffix: str = ""


@lru_cache(maxsize=4096)
def tidy(surface: str) -> str:
    """A surface as it is kept: canonical composition, single spaces, no controls at its ends, bounded length."""
    text = _SPACE.sub(" ", unicodedata.normalize("NFC", surface)).strip()
    return text[:SURFACE_LIMIT].rstrip()


def mention_key(type_: str, surface: str) -> str:
    """The key that decisions refer to: type and tidied surface. Types are identifiers, so the first colon divides.

    >>> mention_key("Person", "Ada  Lovelace")
    'Person:Ada Lovelace'
    """
    return f"{type_}:{tidy(surface)}"


def normalise(surface: str) -> Norm:
    """A name without what spelling may vary in: width, case, spacing, punctuation, a corporate suffix.

    >>> normalise("Acme Corp.") , normalise("ACME")
    (Norm(text='acme', suffix='corp'), Norm(text='acme', suffix=''))
    """
    folded = unicodedata.normalize("NFKC", surface).casefold()
    plain = folded.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    words = "".join(c if unicodedata.category(c)[0] in "LNMS" else " " for c in plain).split()
    if not words:
        return Norm(folded.strip())
    for length in (3, 2, 1):
        suffix = _SUFFIX_CLASSES.get(" ".join(words[-length:])) if len(words) > length else None
        if suffix:
            return Norm(_joined(words[:-length]), suffix)
    text = _joined(words)
    for ending in _CJK_SUFFIXES:
        if text.endswith(ending) and len(text) > len(ending) + 1:
            return Norm(text.removesuffix(ending), _SUFFIX_CLASSES[ending])
    return Norm(text)


def _joined(words: list[str]) -> str:
    """Words with single spaces, but none beside a CJK character, where a space means nothing."""
    text = " ".join(words)
    return re.sub(r"(?<=[\u2e80-\u9fff]) | (?=[\u2e80-\u9fff])", "", text)
