"""Dates, amounts, numbers and addresses in text, with normalised values (ISO 8601 dates, plain decimals)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kgc.data import Span
from kgc.slm.lexicon import listed_words


@dataclass(frozen=True, slots=True)
class Value:
    """A value where it stands. `kind`: D date, Y bare year, M money, N number, U web address."""

    kind: str
    span: Span
    raw: str
    value: str
    unit: str = ""


MONTHS: Final = {
    name: i % 12 + 1
    for i, name in enumerate(
        listed_words(
            "january february march april may june july august september october november december jan feb mar "
            "apr may jun jul aug sep oct nov dec"
        )
    )
} | {"sept": 9}
MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
YEAR: Final = r"(?:1[0-9]{3}|20[0-9]{2})"
SCALE: Final = {
    "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "m": 6, "bn": 9, "k": 3, "mn": 6, "tn": 12, "": 0,
    "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
}  # fmt: skip
CURRENCIES: Final = {
    "$": "USD", "us$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP", "¥": "JPY", "￥": "CNY",
    "rmb": "CNY", "cny": "CNY", "c$": "CAD", "a$": "AUD", "hk$": "HKD", "chf": "CHF", "₹": "INR", "jpy": "JPY",
    "dollars": "USD", "us dollars": "USD", "u.s. dollars": "USD", "euros": "EUR", "pounds": "GBP", "yuan": "CNY",
    "yen": "JPY", "元": "CNY", "人民币": "CNY", "元人民币": "CNY", "美元": "USD", "欧元": "EUR", "英镑": "GBP",
    "日元": "JPY", "港元": "HKD", "港币": "HKD", "新台币": "TWD",
}  # fmt: skip
NUMBER: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?:\.[0-9]{1,4})?"
LATIN: Final = re.compile(
    rf"(?P<U>\bhttps?://[^\s<>()\"'，。）]+[^\s<>()\"'，。）.,;:!?]|\bwww\.[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
    rf"|(?P<iso>\b{YEAR}-[01][0-9]-[0-3][0-9]\b)"
    rf"|(?P<mdy>\b{MONTH}\s+[0-3]?[0-9](?:st|nd|rd|th)?\s?,\s?{YEAR}\b)"
    rf"|(?P<dmy>\b[0-3]?[0-9](?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH},?\s+{YEAR}\b)"
    rf"|(?P<my>\b{MONTH},?\s+{YEAR}\b)"
    rf"|(?P<M>(?<![A-Za-z])(?:US\$|HK\$|C\$|A\$|[$€£¥￥₹]|(?:USD|EUR|GBP|RMB|CNY|CHF|JPY)\s)\s?{NUMBER}"
    rf"(?:\s?(?:thousand|million|billion|trillion|bn|mn|m|k)\b)?"
    rf"|\b{NUMBER}(?:\s(?:thousand|million|billion|trillion))?\s(?:(?:US|U\.S\.)\s)?(?:dollars|euros|pounds|yuan|yen)\b)"
    rf"|(?P<Y>(?<![\w$€£.,/-]){YEAR}(?![\w%$]|[.,/]\d|-\d|–\d))"
    rf"|(?P<N>(?<![\w.,$€£-]){NUMBER}(?:\s(?:thousand|million|billion|trillion))?(?![\w%]|[.,]\d))"
)
HAN: Final = re.compile(
    rf"(?P<U>https?://[^\s<>()\"'，。）]+[^\s<>()\"'，。）.,;:!?])"
    rf"|(?P<ymd>(?P<y>{YEAR})\s?年(?:\s?(?P<m>[01]?[0-9])\s?月(?:\s?(?P<d>[0-3]?[0-9])\s?[日号])?)?(?![代度前内])(?:间|初|底|末)?)"
    rf"|(?P<iso>(?<!\d){YEAR}-[01][0-9]-[0-3][0-9](?!\d))"
    rf"|(?P<M>(?:人民币|US\$|[$€£¥￥])?\s?{NUMBER}(?:\s?多)?\s?(?:万亿|千亿|百亿|十亿|千万|百万|亿|万|千)?\s?"
    rf"(?:元人民币|美元|欧元|英镑|日元|港元|港币|新台币|元))"
    rf"|(?P<N>(?<![A-Za-z0-9.,]){NUMBER}(?:\s?多)?\s?(?:万亿|千亿|百亿|十亿|千万|百万|亿|万|千)?)"
)


def values(text: str, lang: str) -> Iterator[Value]:
    """The values of a text in order. What cannot be (February 31) is left out. Linear in the text."""
    for found in (HAN if lang == "zh" else LATIN).finditer(text):
        kind = str(found.lastgroup) if lang != "zh" else next(k for k in ("U", "ymd", "iso", "M", "N") if found[k])
        read = read_value(kind, found)
        if read is not None:
            yield read


def read_value(kind: str, found: re.Match[str]) -> Value | None:
    raw = found.group().strip()
    start = found.start() + len(found.group()) - len(found.group().lstrip())
    span = Span(start, start + len(raw))
    if kind in ("iso", "mdy", "dmy", "my", "ymd"):
        date = date_of(kind, raw, found)
        return Value("D", span, raw, date) if date else None
    if kind == "M":
        return money(raw, span)
    if kind == "N":
        return Value("N", span, raw, number(raw))
    return Value(kind, span, raw, raw)


def date_of(kind: str, raw: str, found: re.Match[str]) -> str:
    if kind == "iso":
        year, month, day = (int(p) for p in raw.split("-"))
        return iso(year, month, day)
    if kind == "ymd":
        return iso(int(found["y"]), int(found["m"] or 0), int(found["d"] or 0))
    words = re.findall(r"[A-Za-z]+|[0-9]+", re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", raw))
    month = next((MONTHS[w.lower()] for w in words if w.lower() in MONTHS), 0)
    numbers = [int(w) for w in words if w.isdigit()]
    return iso(numbers[-1], month, numbers[0] if len(numbers) > 1 else 0)


def iso(year: int, month: int = 0, day: int = 0) -> str:
    """An ISO date as exact as the text is, or "" where no such day is.

    >>> iso(1998), iso(1998, 3), iso(1998, 2, 30)
    ('1998', '1998-03', '')
    """
    if month > 12 or day > (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month if month <= 12 else 0]:
        return ""
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def number(raw: str) -> str:
    """A plain decimal.

    >>> number("2.1 million"), number("1,500"), number("15亿")
    ('2100000', '1500', '1500000000')
    """
    found = re.match(NUMBER, raw)
    if not found:
        return raw
    scale = SCALE.get(raw[found.end() :].replace("多", "").strip().lower(), 0)
    return f"{(Decimal(found.group().replace(',', '')) * 10**scale).normalize():f}"


def money(raw: str, span: Span) -> Value | None:
    found = re.search(NUMBER, raw)
    if not found:
        return None
    before, after = raw[: found.start()].strip().lower(), raw[found.end() :].replace("多", "").strip()
    scale, unit = "", CURRENCIES.get(before, "")
    for name in sorted(SCALE, key=len, reverse=True):
        if name and after.lower().startswith(name) and (not name.isascii() or not after[len(name) :][:1].isalpha()):
            scale, after = after[: len(name)], after[len(name) :].strip()
            break
    unit = CURRENCIES.get(after.lower(), unit)
    return Value("M", span, raw, number(found.group() + " " + scale), unit) if unit else None
