"""Values as written made into values that compare: ISO 8601 dates, plain decimal numbers, amounts with a unit."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from math import prod

from kgc.data import Literal, Span

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = f"(?a:{'|'.join(sorted(MONTHS, key=len, reverse=True))})"  # ASCII: else ı is an i, and no month by name
DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?(?:[T ]\d{2}:\d{2}.*)?",
        r"(?P<y>\d{4})[./](?P<m>\d{1,2})(?:[./](?P<d>\d{1,2}))?",
        r"(?P<y>\d{3,4})\s*年(?:\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*[日号])?)?",
        rf"(?:\w+day,?\s+)?(?:the\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH})\.?,?\s+(?P<y>\d{{3,4}})",
        rf"(?:\w+day,?\s+)?(?P<month>{MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{3,4}})",
        rf"(?:early |late |mid-?)?(?P<month>{MONTH})\.?,?\s+(?:of\s+)?(?P<y>\d{{3,4}})",
        r"(?:in |the year )?(?P<y>\d{3,4})",
        r"(?P<y>\d{1,4})\s*(?P<bc>b\.?c\.?(?:e\.?)?)",
    )
)
CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
CHINESE_DATE = re.compile(
    r"([〇零一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})[日号])?)?"
)
SCALES = {
    "hundred": 10**2, "thousand": 10**3, "k": 10**3, "million": 10**6, "mn": 10**6, "m": 10**6, "billion": 10**9,
    "bn": 10**9, "b": 10**9, "trillion": 10**12, "tn": 10**12,
}  # fmt: skip
CHINESE_SCALES = {"十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
"""They multiply: 百万, 千亿, 万亿; 多 and 余 between them say that it is somewhat more."""
NUMBER_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
WORDS = {w: str(n) for n, w in enumerate(NUMBER_WORDS)}
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉"
SQUARES = str.maketrans({"㎡": "m²", "㎢": "km²", "㎥": "m³"})
MINUS = re.compile(r"−|(?<![A-Za-z\d])–(?=\S)")
"""A minus sign, or a dash in its place; between numbers ("5–10") a dash is none."""
SCALE = rf"(?a:(?:hundred|thousand|million|billion|trillion)s?(?![a-z])|(?:mn|bn|tn)(?![a-z])|[kmb](?![a-z{RAISED}]))"
AMOUNT = re.compile(
    r"(?P<about>about|around|some|nearly|almost|over|more than|approximately|roughly|约|近|超过)?\s*"
    rf"(?P<sign>-(?=[^\d\s.+\-]{{1,4}}\s*\d)|minus\s|负|零下)?\s*"
    rf"(?P<before>[^\d\s.+\-–{RAISED}]{{1,4}}?|[A-Z]{{3}})?\s*"
    rf"(?P<number>[-+]?\d{{1,3}}(?:[,\s]\d{{3}})+(?:\.\d+)?|[-+]?\d+(?:\.\d+)?|[-+]?\.\d+)(?!\s*[{RAISED}])\s*"
    rf"(?P<scale>{SCALE})?"
    r"(?P<scales>(?:[多余]?[十百千])?(?:[多余]?[万萬])?(?:[多余]?[亿億])?)[多余]?\s*-?"
    r"(?P<unit>[^\d]{0,40})",
    re.IGNORECASE,
)
CURRENCIES = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "us dollars": "USD", "美元": "USD",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "欧元": "EUR", "£": "GBP", "gbp": "GBP",
    "pounds": "GBP", "英镑": "GBP", "rmb": "CNY", "cny": "CNY", "yuan": "CNY", "元": "CNY", "人民币": "CNY",
    "元人民币": "CNY", "jpy": "JPY", "yen": "JPY", "日元": "JPY", "hk$": "HKD", "港元": "HKD", "percent": "%",
    "per cent": "%", "%": "%", "百分之": "%",
}  # fmt: skip
TRUE, FALSE = {"true", "yes", "是", "1"}, {"false", "no", "否", "0"}


def literal(raw: str, datatype: str, span: Span | None = None, lang: str = "") -> Literal:
    """A value in its datatype. What cannot be normalised keeps its text and becomes a "string".

    Dates are ISO 8601 as far as they are known ("1998", "1998-03", "1998-03-05"); numbers are plain decimals; an amount
    has its number as value and the rest as unit (currencies by ISO 4217 code, "%").

    >>> literal("28 December 1856", "date").value, literal("$2 bn", "amount").unit
    ('1856-12-28', 'USD')
    """
    text = _composed(raw).strip()
    found: tuple[str, str] | None = None
    if len(text) > 200:
        found = None
    elif datatype == "date":
        found = _plain(iso_date(text))
    elif datatype in {"number", "integer", "amount"}:
        found = _number(text, datatype)
    elif datatype == "boolean":
        folded = text.casefold()
        found = ("true", "") if folded in TRUE else ("false", "") if folded in FALSE else None
    elif datatype in {"identifier", "url"}:
        found = (text, "")
    if found is None:
        return Literal(raw, raw, "string", "", lang, span)
    return Literal(raw, found[0], datatype, found[1], "", span)


def _plain(value: str | None) -> tuple[str, str] | None:
    return None if value is None else (value, "")


def _composed(raw: str) -> str:
    """NFKC, but for raised and lowered digits, which it would join to those before them: 10⁶ is not 106."""
    return re.sub(f"[^{RAISED}]+", lambda run: unicodedata.normalize("NFKC", run[0]), raw.translate(SQUARES))


def iso_date(text: str) -> str | None:
    """A date as ISO 8601, as exact as the text is; None where it is none or does not exist (30 February)."""
    text = _arabic(text.strip().rstrip(".,"))
    for pattern in DATES:
        found = pattern.fullmatch(text)
        if found:
            parts = found.groupdict()
            month = MONTHS[parts["month"].casefold()] if parts.get("month") else int(parts.get("m") or 0)
            return _iso(int(parts["y"]), month, int(parts.get("d") or 0), bool(parts.get("bc")))
    return None


def _iso(year: int, month: int, day: int, before_christ: bool) -> str | None:
    if before_christ:
        return f"-{year - 1:04d}" if year > 0 else None
    try:
        date(year or 1, month or 1, day or 1)
    except ValueError:
        return None
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")


def _arabic(text: str) -> str:
    """一九九八年三月十二日 as 1998年3月12日."""
    found = CHINESE_DATE.fullmatch(text)
    if found is None:
        return text
    year, month, day = found.groups()
    return (
        f"{year.translate(CHINESE_DIGITS)}年"
        + (f"{_tens(month)}月" if month else "")
        + (f"{_tens(day)}日" if day else "")
    )


def _tens(written: str) -> int:
    """Up to 99 in Chinese numerals: 三, 十二, 三十一."""
    tens, ten, ones = written.partition("十")
    last = int(ones.translate(CHINESE_DIGITS)) if ones and "十" not in ones else 0
    if not ten:
        return int(written.translate(CHINESE_DIGITS))
    return (int(tens.translate(CHINESE_DIGITS)) if tens else 1) * 10 + last


def _number(text: str, datatype: str) -> tuple[str, str] | None:
    """A number and what it counts; a "number" or "integer" may have no more beside it than a unit."""
    text = WORDS.get(text.casefold(), MINUS.sub("-", text))
    found = AMOUNT.fullmatch(text)
    if found is None:
        return None
    try:
        value = Decimal(re.sub(r"[,\s]", "", found["number"]))
    except InvalidOperation:
        return None
    scale, before, after = ((found[name] or "").strip() for name in ("scale", "before", "unit"))
    kelvin = scale == "K" and text[found.start("scale") - 1].isspace() and not after[:1].isalpha()
    if (scale in {"m", "b"} or kelvin) and not before:
        scale, after = "", text[found.start("scale") :].strip()
    value *= SCALES[scale.casefold().removesuffix("s")] if scale else 1
    value *= prod(CHINESE_SCALES.get(letter, 1) for letter in found["scales"])
    value = -abs(value) if found["sign"] else value
    if datatype == "integer" and value != value.to_integral_value():
        return None
    return _decimal(value), " ".join(filter(None, (_unit(before), _unit(after))))


def _decimal(value: Decimal) -> str:
    """Plain digits without an exponent or needless zeros."""
    text = f"{value or abs(value):f}"  # 0, never -0
    return text.rstrip("0").rstrip(".") if "." in text else text


def _unit(text: str) -> str:
    plain = text.strip().rstrip(".,;")
    return CURRENCIES.get(plain.casefold(), plain)
