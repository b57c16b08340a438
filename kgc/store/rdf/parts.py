"""A literal taken apart again, for formats that write its text in their own way."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from kgc.store.rdf.terms import Term

_ESCAPE: Final = re.compile(r"\\(u[0-9A-F]{4}|.)")
_LETTERS: Final = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


class Text(NamedTuple):
    """A literal: its text without escapes, its datatype as a term, its language; "" where there is none."""

    text: str
    datatype: Term = ""
    lang: str = ""


def text_of(term: Term) -> Text:
    """The parts of a literal that `kgc.store.rdf.terms` made.

    >>> text_of('"a\\\\n"@en'), text_of('"1"^^<x>')
    (Text(text='a\\n', datatype='', lang='en'), Text(text='1', datatype='<x>', lang=''))
    """
    end = term.rfind('"')
    text, rest = term[1:end], term[end + 1 :]
    if "\\" in text:
        text = _ESCAPE.sub(_unescaped, text)
    return Text(text, rest[2:] if rest.startswith("^^") else "", rest[1:] if rest.startswith("@") else "")


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    return _LETTERS[code] if code[0] != "u" else chr(int(code[1:], 16))
