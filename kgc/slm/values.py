"""Dates, amounts, numbers and addresses in text, with normalised values (ISO 8601 dates, plain decimals)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
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
    "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "lakh": 5, "crore": 7, "lakh crore": 12,
    "k": 3, "m": 6, "mn": 6, "b": 9, "bn": 9, "t": 12, "tn": 12, "": 0,
    "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
}  # fmt: skip
CURRENCIES: Final = {
    "$": "USD", "us$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP", "¥": "JPY", "￥": "CNY",
    "rmb": "CNY", "cny": "CNY", "c$": "CAD", "a$": "AUD", "hk$": "HKD", "chf": "CHF", "₹": "INR", "jpy": "JPY",
    "dollars": "USD", "us dollars": "USD", "u.s. dollars": "USD", "euros": "EUR", "pounds": "GBP", "yuan": "CNY",
    "yen": "JPY", "元": "CNY", "人民币": "CNY", "元人民币": "CNY", "美元": "USD", "欧元": "EUR", "英镑": "GBP",
    "日元": "JPY", "港元": "HKD", "港币": "HKD", "新台币": "TWD",
}  # fmt: skip
RUN: Final = r"[0-9]++(?:[.,'’][0-9]++|[ \u00a0\u2009\u202f][0-9]{3}(?![0-9]))*+"
"""All that may be one number with its groups; what of it is none (`plain`) is left out whole, never cut."""
GROUPED: Final = re.compile(
    r"(?:0|[1-9][0-9]{0,11}"
    r"|[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){1,5}|(?:['’][0-9]{3}){1,5}|(?:[\u00a0\u2009\u202f][0-9]{3}){1,5})"
    r"|[1-9][0-9]{0,2}(?: [1-9][0-9]{2}){0,3}(?: 0[0-9]{2}){1,4}"  # else it may be two numbers: "412 398"
    r"|[1-9][0-9]?(?:,[0-9]{2}){1,5},[0-9]{3})(?:\.[0-9]{1,4})?"  # lakh and crore: 12,50,000
)
CONTINENTAL: Final = re.compile(
    r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,5}|(?:0|[1-9][0-9]{0,11}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,5}),[0-9]{1,2}"
)
"""Points between groups, a comma before decimals, where that can be nothing else: money, as 1.2.345 is a version."""
NUMBER: Final = re.compile(
    rf"(?P<run>{RUN})[\s多余-]*(?:(?P<scale>{'|'.join(sorted(SCALE, key=len, reverse=True)[:-1])})s?(?![a-z]))?\s*",
    re.IGNORECASE,
)
WORDS: Final = r"(?:thousand|million|billion|trillion|lakh\scrore|lakh|crore)s?"
SCALED: Final = rf"(?i:[\s-]?(?:{WORDS}|bn|mn|tn)\b|[kmbt]\b|\s[kmbt]\b(?![&'’-]\w))"
"""A scale behind a currency's number; a letter apart is none in "$20 T-shirt"."""
MONEY: Final = r"(?:US\$|HK\$|C\$|A\$|[$€£¥￥₹]|(?:USD|EUR|GBP|RMB|CNY|CHF|JPY)\s)"
LATIN: Final = re.compile(
    rf"(?P<U>\bhttps?://[^\s<>()\"'，。）]+[^\s<>()\"'，。）.,;:!?]|\bwww\.[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
    rf"|(?P<iso>\b{YEAR}-[01][0-9]-[0-3][0-9]\b)"
    rf"|(?P<mdy>\b{MONTH}\s+[0-3]?[0-9](?:st|nd|rd|th)?(?:\s?,\s?|\s){YEAR}\b)"
    rf"|(?P<dmy>\b[0-3]?[0-9](?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH},?\s+{YEAR}\b)"
    rf"|(?P<my>\b{MONTH},?\s+{YEAR}\b)"
    rf"|(?P<M>(?<![A-Za-z]){MONEY}\s?{RUN}(?:{SCALED})?"
    rf"|(?<![\w.,$€£¥￥₹-]){RUN}(?i:[\s-]{WORDS})?\s(?:(?:US|U\.S\.)\s)?(?:dollars|euros|pounds|yuan|yen)\b)"
    rf"|(?P<Y>(?<![\w$€£.,/-]){YEAR}(?![\w%$]|[.,/]\d|-\d|–\d|(?i:[\s-]{WORDS})\b))"
    rf"|(?P<N>(?<![\w.,$€£¥￥₹-]){RUN}(?i:[\s-]{WORDS}\b)?)"
)
HAN: Final = re.compile(
    rf"(?P<U>https?://[^\s<>()\"'，。）]+[^\s<>()\"'，。）.,;:!?])"
    rf"|(?P<ymd>(?P<y>{YEAR})\s?年(?:\s?(?P<m>[01]?[0-9])\s?月(?:\s?(?P<d>[0-3]?[0-9])\s?[日号])?)?(?![代度前内])(?:间|初|底|末)?)"
    rf"|(?P<iso>(?<!\d){YEAR}-[01][0-9]-[0-3][0-9](?!\d))"
    rf"|(?P<M>(?<![0-9.,])(?:人民币|US\$|[$€£¥￥])?\s?{RUN}(?:\s?[多余])?\s?(?:万亿|千亿|百亿|十亿|千万|百万|亿|万|千)?\s?"
    rf"(?:元人民币|美元|欧元|英镑|日元|港元|港币|新台币|元))"
    rf"|(?P<N>(?<![A-Za-z0-9.,]){RUN}(?:\s?[多余])?\s?(?:万亿|千亿|百亿|十亿|千万|百万|亿|万|千)?)"
)
BEFORE: Final = {
    "en": re.compile(r"(?:[-–−~/]|[0-9][:—])\Z"),
    "zh": re.compile(r"(?:[-−十百千万亿]|[0-9十百千万亿元]\s?[-–—~～至到]\s?|[0-9][/:])\Z"),
}
"""What before a number makes it the end of a range, a sign, or the rest of a longer number."""
BEHIND: Final = {
    "en": re.compile(
        rf"[\w%]|[.,/:'’][0-9]|[-–—−~]{MONEY}?[0-9]|(?i:[\s+-]{{0,3}}(?:plus[\s-])?(?:hundred|{WORDS})\b)"
        rf"|\s[1-9]/[1-9]|\sand\sa\s(?:half|quarter)\b"
    ),
    "zh": re.compile(r"(?<![元币镑])[A-Za-z0-9]|[.,/:'’][0-9]|\s?[-–—~～至到]\s?[0-9]|\s?[多余几来]?\s?[十百千万亿]"),
}
SHARED: Final = re.compile(rf"(?:\s?[-–—~]\s?|\s(?:to|and|or)\s){MONEY}?\s?{RUN}(?:{SCALED})")
"""A second number whose scale is the first one's too: "$5 to $10 million"."""


def values(text: str, lang: str) -> Iterator[Value]:
    """The values of a text in order. What cannot be (February 31) or is not understood (5-10) is left out, never cut.

    Linear in the text.
    """
    for found in (HAN if lang == "zh" else LATIN).finditer(text):
        kind = str(found.lastgroup) if lang != "zh" else next(k for k in ("U", "ymd", "iso", "M", "N") if found[k])
        read = read_value(kind, found, lang)
        if read is not None:
            yield read


def read_value(kind: str, found: re.Match[str], lang: str) -> Value | None:
    raw = found.group().strip()
    start = found.start() + len(found.group()) - len(found.group().lstrip())
    span = Span(start, start + len(raw))
    if kind in ("iso", "mdy", "dmy", "my", "ymd"):
        day = date_of(kind, raw, found)
        return Value("D", span, raw, day) if day else None
    if kind in ("M", "N"):
        return None if partial(span, found.string, lang) else money(raw, span) if kind == "M" else counted(raw, span)
    return Value(kind, span, raw, raw)


def partial(span: Span, text: str, lang: str) -> bool:
    """Whether what stands around says that this is but a part of an amount: a range, a scale or sign we do not know."""
    if BEFORE[lang].search(text[max(0, span.start - 4) : span.start]) or BEHIND[lang].match(text, span.end):
        return True
    return lang == "en" and text[span.end - 1].isdigit() and SHARED.match(text, span.end) is not None


def date_of(kind: str, raw: str, found: re.Match[str]) -> str:
    if kind == "iso":
        return iso(*(int(p) for p in raw.split("-")))
    if kind == "ymd":
        return iso(*(int(p) for p in found.group("y", "m", "d") if p))
    words = re.findall(r"[A-Za-z]+|[0-9]+", re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", raw))
    month = next((MONTHS[w.lower()] for w in words if w.lower() in MONTHS), 0)
    numbers = [int(w) for w in words if w.isdigit()]
    return iso(numbers[-1], month, *numbers[:-1])


def iso(year: int, *rest: int) -> str:
    """An ISO date as exact as the text is (`rest`: month, day), or "" where no such day is.

    >>> iso(1998), iso(1998, 3), iso(1998, 2, 29), iso(2000, 2, 29)
    ('1998', '1998-03', '', '2000-02-29')
    """
    try:
        day = date(year, *rest, *(1,) * (2 - len(rest))).isoformat()
    except ValueError:
        return ""
    return day[: (4, 7, 10)[len(rest)]]


def plain(run: str, *, money: bool = False) -> str:
    """The digits of a number without its groups, or "" where they can be grouped in more than one way, or in none.

    >>> plain("12,50,000"), plain("10 000.5"), plain("412 398"), plain("5,5"), plain("5,5", money=True)
    ('1250000', '10000.5', '', '', '5.5')
    """
    if GROUPED.fullmatch(run):
        return re.sub("[^0-9.]", "", run)
    return run.replace(".", "").replace(",", ".") if money and CONTINENTAL.fullmatch(run) else ""


def number(raw: str, *, money: bool = False) -> str:
    """A plain decimal, or "" where there is none (see `plain`).

    >>> number("2.1 million"), number("1,500"), number("15亿"), number("1,50")
    ('2100000', '1500', '1500000000', '')
    """
    found = NUMBER.match(raw)
    digits = plain(found["run"], money=money) if found else ""
    if not found or not digits:
        return ""
    power = SCALE[" ".join((found["scale"] or "").lower().split())]
    return f"{(Decimal(digits) * 10**power).normalize():f}"


def counted(raw: str, span: Span) -> Value | None:
    value = number(raw)
    return Value("N", span, raw, value) if value else None


def money(raw: str, span: Span) -> Value | None:
    found = NUMBER.search(raw)
    if not found:
        return None
    before, after = raw[: found.start()].strip().lower(), raw[found.end() :].lower()
    unit = CURRENCIES.get(after, CURRENCIES.get(before, ""))
    value = number(raw[found.start() :], money=True)
    return Value("M", span, raw, value, unit) if unit and value else None
