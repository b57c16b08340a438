"""SPARQL as tokens: what stands in strings, IRIs and comments is told from the words of a query."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from typing import Literal as OneOf

from kgc.errors import StoreError

Kind = OneOf["word", "name", "iri", "string", "variable", "number", "tag", "sign", "space"]

_LOCAL = r"(?:[\w\-.:·‿⁀\u0300-\u036f]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*"
_TOKEN = re.compile(
    rf"""(?P<space>(?:\s|\#[^\r\n]*)+)
      | (?P<iri><[^<>"{{}}|^`\x00-\x20]*>)
      | (?P<string>'''(?:'{{0,2}}(?:[^'\\]|\\.))*'''|\"\"\"(?:"{{0,2}}(?:[^"\\]|\\.))*\"\"\"
          |'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*")
      | (?P<variable>[?$]\w+)
      | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?)
      | (?P<name>(?:_|[^\W\d_][\w\-.·]*)?:{_LOCAL})
      | (?P<number>(?:\d+\.\d+|\d+|\.\d+)(?:[eE][+-]?\d+)?)
      | (?P<word>[^\W\d_]\w*)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_CODE: Final = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_LETTERS: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "\\": "\\", "'": "'", '"': '"'}
_BACK: Final = str.maketrans(
    {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f", "\\": "\\\\", '"': '\\"'}
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query. `value` is what it means: a string without quotes, an IRI without brackets."""

    kind: Kind
    value: str
    raw: str

    def says(self, *words: str) -> bool:
        return self.kind == "word" and self.value.upper() in words


def tokens(text: str) -> list[Token]:
    """The tokens of a query, comments as space.

    Letters written as codes are put in as letters where they stand in a string or an IRI, and are refused elsewhere:
    some servers read them before all else, some after, and what one of them sees a string end in, the other does not.
    Raises `StoreError` also for what has no end.
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(text.replace("\ufeff", " ")):
        raw, kind = match.group(), match.lastgroup
        if kind == "space":
            found.append(Token("space", " ", "\n" if "\n" in raw else " "))
        elif kind == "string":
            width = 3 if raw[:3] in ("'''", '"""') else 1
            value = _meant(raw[width:-width], text, match.start())
            found.append(Token("string", value, '"' + value.translate(_BACK) + '"'))
        elif kind == "iri":
            value = _iri(raw[1:-1], text, match.start())
            found.append(Token("iri", value, f"<{value}>"))
        elif kind == "sign":
            if raw in "\\'\"":
                raise StoreError(f"{_place(text, match.start())} cannot be read.", "Is a string left open?")
            found.append(Token("sign", raw, raw))
        else:
            found.append(Token(_kind(kind), raw, raw))
    return found


def written(found: Iterable[Token]) -> str:
    """Tokens as a query again, strings quoted anew, without comments: a server reads them as we did."""
    return "".join(token.raw for token in found).strip()


def _kind(name: str | None) -> Kind:
    match name:
        case "word" | "name" | "variable" | "number" | "tag":
            return name
        case _:
            return "sign"


def _meant(body: str, text: str, at: int) -> str:
    """A string's letters. A code may stand for any of them."""

    def one(match: re.Match[str]) -> str:
        what = match.group(1)
        if len(what) > 1:
            return _letter(what, text, at)
        if what not in _LETTERS:
            raise StoreError(f"'\\{what}' means nothing in a string.", "Write '\\\\' for a backslash.")
        return _LETTERS[what]

    return _CODE.sub(one, body)


def _iri(body: str, text: str, at: int) -> str:
    value = _CODE.sub(lambda m: _letter(m.group(1), text, at), body)
    if re.search(r'[<>"{}|^`\\\x00-\x20]', value):
        raise StoreError(f"{_place(text, at)} is no IRI.", "Write what no IRI may hold as %XX.")
    return value


def _letter(code: str, text: str, at: int) -> str:
    number = int(code[1:], 16) if len(code) > 1 else -1
    if not 0 <= number <= 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        raise StoreError(f"'\\{code}' in {_place(text, at)} is no letter.", "Write the letter itself.")
    return chr(number)


def _place(text: str, at: int) -> str:
    return f"{text[at : at + 20]!r} in line {text.count(chr(10), 0, at) + 1}"
