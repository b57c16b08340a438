"""RDF terms as N-Triples writes them: `<iri>`, `"text"@en`, `"1998"^^<datatype>`. Text in them is always escaped."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from kgc.data import Literal
from kgc.data.vocabulary import RDF, XSD
from kgc.schema.rules import IRI
from kgc.store.properties import clean

Term: TypeAlias = str
"""An IRI, a literal or a triple term, encoded; safe to be written as it is."""

_HOSTILE: Final = re.compile(r'[\x00-\x1f\x7f"\\]')
_ESCAPES: Final = {
    **{chr(c): f"\\u{c:04X}" for c in (*range(0x20), 0x7F)},
    "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\",
}  # fmt: skip
_TABLE: Final = str.maketrans(_ESCAPES)
_NO_CHARACTERS: Final = "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xF0000, 0x10000)
)
_UNSAFE: Final = re.compile(
    r'[\x00-\x20<>"{}|^`\[\]\\\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U000e0fff'
    rf"\U000f0000-\U0010ffff{_NO_CHARACTERS}]|%(?![0-9A-Fa-f]{{2}})"
)
"""What RFC 3987 has no place for."""

_LANG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?")
"""Language, script, region of BCP 47; other subtags do not occur."""
_DATES: Final = (
    ("gYear", re.compile(r"-?\d{4}")),
    ("gYearMonth", re.compile(r"-?\d{4}-(0[1-9]|1[0-2])")),
    ("date", re.compile(r"-?\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")),
)
_INTEGER: Final = re.compile(r"[+-]?\d+", re.ASCII)
_DECIMAL: Final = re.compile(r"[+-]?(\d+(\.\d+)?|\.\d+)", re.ASCII)
_DOUBLE: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)[eE][+-]?\d{1,3}", re.ASCII)


def iri(text: str) -> Term:
    """An IRI; whatever no IRI may hold is percent-encoded, so that nothing can end it early.

    >>> iri("https://a.org/b c>"), iri("https://a.org/公司")
    ('<https://a.org/b%20c%3E>', '<https://a.org/公司>')
    """
    if text.count("#") > 1:
        front, _, fragment = text.partition("#")
        text = f"{front}#{fragment.replace('#', '%23')}"
    return f"<{_UNSAFE.sub(_percent, text)}>" if _UNSAFE.search(text) else f"<{text}>"


def segment(text: str) -> str:
    """Any text as one piece of a path: letters and digits of all scripts stay, all else is percent-encoded.

    >>> segment("a/b #1"), segment("公司"), segment("100%")
    ('a%2Fb%20%231', '公司', '100%25')
    """
    if text.isascii() and text.isalnum():
        return text
    return "".join(c if c in "-._~" or (c.isalnum() and not _UNSAFE.match(c)) else _encoded(c) for c in text)


def literal(text: str, datatype: str = "", lang: str = "") -> Term:
    """A literal; `datatype` is an IRI, `lang` is left out where it is no language tag. Lone surrogates become U+FFFD.

    >>> literal('say "a"', lang="en"), literal("1998", XSD + "gYear"), literal("a", lang="not a tag")
    ('"say \\\\"a\\\\""@en', '"1998"^^<http://www.w3.org/2001/XMLSchema#gYear>', '"a"')
    """
    text = clean(text)
    if _HOSTILE.search(text):
        text = text.translate(_TABLE)
    if datatype:
        return f'"{text}"^^<{datatype}>'
    return f'"{text}"@{lang.lower()}' if lang and _LANG.fullmatch(lang) else f'"{text}"'


def decimal(value: float) -> Term:
    """A fraction as `xsd:decimal`, which has no exponent."""
    text = repr(float(value))
    return literal(format(Decimal(text), "f") if "e" in text else text, XSD + "decimal")


def integer(value: int) -> Term:
    return f'"{value}"^^<{XSD}integer>'


TYPE: Final = f"<{RDF}type>"
TRUE: Final = f'"true"^^<{XSD}boolean>'


def typed(value: Literal, datatype: str) -> Term | None:
    """A value as a literal of the schema's `datatype`, or None where it is not of that kind. An amount's is its number.

    >>> typed(Literal("1998", "1998-03", "date"), "date")
    '"1998-03"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    """
    text = value.value
    if datatype == "date":
        return moment(text)
    if datatype == "integer":
        return literal(text, XSD + "integer") if _INTEGER.fullmatch(text) else None
    if datatype in {"number", "amount"}:
        return number(text)
    if datatype == "boolean":
        folded = text.casefold()
        return literal(folded, XSD + "boolean") if folded in {"true", "false"} else None
    if datatype == "url":
        return literal(text, XSD + "anyURI") if IRI.fullmatch(text) else None
    return literal(text, lang=value.lang if datatype == "string" else "")


def number(text: str) -> Term | None:
    """A number as `xsd:decimal`, written out where it had an exponent of at most three digits."""
    if _DOUBLE.fullmatch(text):
        text = format(Decimal(text), "f")
    return literal(text, XSD + "decimal") if _DECIMAL.fullmatch(text) else None


def moment(text: str) -> Term | None:
    """A date as exact as it is known: a year, a month or a day; None for what is no date."""
    for name, pattern in _DATES:
        if pattern.fullmatch(text):
            return literal(text, XSD + name) if name != "date" or _is_day(text) else None
    return None


def is_iri(text: str) -> bool:
    """Whether a text is an IRI as it stands."""
    return IRI.fullmatch(text) is not None and not _UNSAFE.search(text) and text.count("#") < 2


def _is_day(text: str) -> bool:
    year, month, day = text.removeprefix("-").split("-")
    try:
        date(int(year) if not text.startswith("-") and int(year) else 4, int(month), int(day))
    except ValueError:
        return False
    return True


def _percent(found: re.Match[str]) -> str:
    return _encoded(found[0])


def _encoded(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "replace"))
