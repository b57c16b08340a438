"""Values of fields as they are compared: words, numbers, dates, telephone numbers, codes of products."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from kgc.resolve.folding import fold, split
from kgc.resolve.lexicon import ABBREVIATIONS, NICKNAME_ROWS, NICKNAMES, ROMAN

Sort = Literal["words", "person", "number", "date", "digits", "short", "identifier", "code", "numerals"]
_NUMBER: Final = re.compile(r"[-+]?[$€£¥]?\s*\d[\d,]*(?:\.\d+)?\s*[$€£¥%]?")
_DATE: Final = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.](\d{2,4})|(\d{4})(\d\d)(\d\d)"
)
_NUMERAL: Final = re.compile(r"(?<![\w.-])(\d+(?:\.\d+)?)(?=\s|$|[a-z]{1,4}(?:\W|$)|[^\w.-]|\.(?:\s|$))")
_CODE: Final = re.compile(r"[a-z0-9][a-z0-9/.-]*[a-z0-9]")
_CODE_LENGTH: Final = (4, 24)
_LONGEST: Final = 4000


@dataclass(frozen=True, slots=True)
class Value:
    """A value: its folded text, its words, what number or date it is, its digits, the codes and numbers in it."""

    text: str
    words: tuple[str, ...] = ()
    number: float | None = None
    date: tuple[int, int, int] | None = None
    digits: str = ""
    codes: frozenset[str] = frozenset()
    numerals: tuple[str, ...] = ()


def value(raw: str) -> Value:
    """All readings of a value; total."""
    text = " ".join(fold_long(raw).split())
    plain = re.sub(r"[,$€£¥%\s]", "", text)
    number = None
    if _NUMBER.fullmatch(text):
        number = float(plain) if re.fullmatch(r"[-+]?\d+(\.\d+)?", plain) else None
    words = tuple(_word(w) for w in split(text))
    codes = frozenset(_codes(text))
    digits = "".join(c for c in text if c.isdecimal())
    return Value(text, words, number, _date(text), digits, codes, _numerals(text))


def _numerals(text: str) -> tuple[str, ...]:
    """The numbers that stand by themselves or before a unit, Roman ones too, sorted."""
    found = {m.lstrip("0") or "0" for m in _NUMERAL.findall(text)}
    found |= {ROMAN[w] for w in split(text)[1:] if w in ROMAN}
    return tuple(sorted(found))


def fold_long(raw: str) -> str:
    """`fold` cuts at 500 letters: a longer text is folded a piece at a time."""
    short = raw[:_LONGEST]
    return (
        fold(short, {})
        if len(short) <= 500
        else "".join(fold(short[i : i + 500], {}) for i in range(0, len(short), 500))
    )


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> str:
    """A word in one spelling: the full word of an abbreviation, the given name of a nickname."""
    rows = NICKNAME_ROWS.get(word)
    return NICKNAMES[min(rows)].split()[0] if rows else min(ABBREVIATIONS.get(word, (word,)))


_MONTH_NAMES: Final = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS: Final = {m: n for n, m in enumerate(_MONTH_NAMES.split(), 1)}
_NAMED: Final = re.compile(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[-/ .]+(?P<m>[a-z]{3})[a-z]*[-/ .,]+(?P<y>\d{2,4})"
    r"|(?P<m2>[a-z]{3})[a-z]*[-/ .]+(?P<d2>\d{1,2})(?:st|nd|rd|th)?[-/ .,]+(?P<y2>\d{2,4})"
)


def _date(text: str) -> tuple[int, int, int] | None:
    """(year, month, day) of a whole date; of two that could be the month the first, as a wrong guess is forgiven."""
    if named := _NAMED.fullmatch(text):
        month = _MONTHS.get(named["m"] or named["m2"], 0)
        return _checked(_century(int(named["y"] or named["y2"])), month, int(named["d"] or named["d2"]))
    found = _DATE.fullmatch(text)
    if not found:
        return None
    parts = [int(g) for g in found.groups() if g]
    if found[4]:
        month, day, year = parts
        year = _century(year)
        if month > 12:
            month, day = day, month
    else:
        year, month, day = parts
    return _checked(year, month, day)


def _century(year: int) -> int:
    return year + ((2000 if year < 30 else 1900) if year < 100 else 0)


def _checked(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    return (year, month, day) if 1000 < year < 2200 and 0 < month < 32 and 0 < day < 32 else None


def _codes(text: str) -> list[str]:
    """Tokens of letters and digits as on products (`dsc-w150`), without their signs; a slash begins a variant."""
    found = []
    for token in _CODE.findall(text):
        code = token.split("/")[0].replace("-", "").replace(".", "")
        mixed = any(map(str.isdecimal, code)) and any(map(str.isalpha, code))
        if mixed and _CODE_LENGTH[0] <= len(code) <= _CODE_LENGTH[1] and not _MEASURE.fullmatch(code):
            found.append(code)
    return found


_MEASURE: Final = re.compile(
    r"\d+(gb|mb|tb|kb|in|inch|mm|cm|mp|mhz|ghz|hz|khz|w|watt|watts|v|x|p|i|lb|lbs|oz|ft|ch|btu|hour|hr|min|st|nd|rd|th|"
    r"megapixel|disc|disk|way|port|piece|pack|bit|yr|year|d|k|rpm|mah|dpi|ppm|cu|qt|kg|g|ml|l)s?(\d+p?)?|\d+x\d+[a-z]?"
)
