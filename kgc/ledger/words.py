"""Text for the full-text index: Chinese, Japanese and Korean characters stand as words of their own.

SQLite's tokenizers know words between spaces or three-character windows; neither finds 央行. So each CJK character is
set apart before indexing, and a query's run of characters becomes a phrase.
"""

from __future__ import annotations

import re
import unicodedata

_CJK = "\u2e80-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff"
_CHARACTER = re.compile(f"([{_CJK}])")
_TERM = re.compile(f'"[^"]*"|[{_CJK}]+|[^\\s"{_CJK}]+')


def segment(text: str) -> str:
    """The text with spaces around each CJK character, in compatibility form (full width becomes half width)."""
    return _CHARACTER.sub(r" \1 ", unicodedata.normalize("NFKC", text))


def match_expression(query: str) -> str:
    """An FTS5 expression that finds all terms of what a person typed; the last word may be unfinished.

    Everything is quoted, so that no character of the query is an operator. Empty when the query has no letter or digit.

    >>> match_expression('analytical engi')
    '"analytical" "engi" *'
    """
    text = unicodedata.normalize("NFKC", query)
    terms = [segment(t.strip('"')).replace('"', " ").split() for t in _TERM.findall(text)]
    phrases = ['"' + " ".join(t) + '"' for t in terms if any(c.isalnum() for w in t for c in w)]
    if phrases and text[-1:].isalnum() and not _CHARACTER.match(text[-1]):
        phrases[-1] += " *"
    return " ".join(phrases)
