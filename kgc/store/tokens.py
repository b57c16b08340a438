"""Cypher as tokens: what stands in strings, names in backticks and comments is told from the words of the query."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from typing import Literal as OneOf

from kgc.errors import StoreError

TokenKind = OneOf["word", "name", "string", "number", "parameter", "sign", "space"]

_TOKEN = re.compile(
    r"""(?P<space>(?:\s|//[^\r\n]*|/\*.*?\*/)+)
      | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
      | (?P<name>`(?:[^`]|``)*`)
      | (?P<parameter>\$(?:\w+|`(?:[^`]|``)*`))
      | (?P<number>(?:\d+\.\d+|\d+)(?:[eE][+-]?\d+)?|\.\d+)
      | (?P<word>[^\W\d]\w*)
      | (?P<sign>\.\.|<>|<=|>=|=~|.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "\\": "\\", "'": "'", '"': '"', "`": "`"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query. `value` is what it means: a string without its quotes, a name without its backticks."""

    kind: TokenKind
    value: str
    raw: str

    def says(self, *words: str) -> bool:
        """Whether it is one of these words of Cypher; a name in backticks never is."""
        return self.kind == "word" and self.value.upper() in words

    def is_sign(self, *signs: str) -> bool:
        return self.kind == "sign" and self.value in signs

    @property
    def names(self) -> bool:
        """Whether it can be a name: a word, or anything in backticks."""
        return self.kind in ("word", "name")


def tokens(text: str) -> list[Token]:
    """The tokens of a query, comments as space. Raises `StoreError` for a string, name or comment that does not end."""
    for bad in ("\0", "\ufeff"):
        text = text.replace(bad, " ")
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        raw, kind = match.group(), match.lastgroup
        if raw in ("'", '"', "`") or (raw == "/" and text.startswith("/*", match.start())):
            line = text.count("\n", 0, match.start()) + 1
            raise StoreError(f"What {text[match.start() : match.start() + 20]!r} begins in line {line} has no end.", "")
        if kind == "space":
            found.append(Token("space", " ", " "))
        elif kind == "string":
            found.append(Token("string", _unescaped(raw[1:-1]), raw))
        elif kind == "name":
            found.append(Token("name", raw[1:-1].replace("``", "`"), raw))
        elif kind == "parameter":
            found.append(Token("parameter", raw[1:].strip("`"), raw))
        elif kind in ("number", "word"):
            found.append(Token("number" if kind == "number" else "word", raw, raw))
        else:
            found.append(Token("sign", raw, raw))
    return found


def written(found: Iterable[Token]) -> str:
    """Tokens as a query again. Strings and names are quoted anew, so that a database reads them as we did."""
    return "".join(_written(t) for t in found).strip()


def _written(token: Token) -> str:
    if token.kind == "string":
        return "'" + token.value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    if token.kind == "name":
        return "`" + token.value.replace("`", "``") + "`"
    return token.raw


def _unescaped(body: str) -> str:
    def one(match: re.Match[str]) -> str:
        what = match.group(1)
        if what[0] in "uU" and len(what) > 1:
            number = int(what[1:], 16)
            if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
                raise StoreError(f"'\\{what}' is no character.", "Write the character itself.")
            return chr(number)
        if what not in _ESCAPES:
            raise StoreError(f"'\\{what}' means nothing in a string.", "Write '\\\\' for a backslash.")
        return _ESCAPES[what]

    return _ESCAPE.sub(one, body)
