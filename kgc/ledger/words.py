"""Text for the full-text index: Chinese, Japanese and Korean characters stand as words of their own.

SQLite's tokenizers know words between spaces or three-character windows; neither finds 央行. So each CJK character is
set apart before indexing, and a query's run of characters becomes a phrase.
"""

from __future__ import annotations

import re
import unicodedata

_CJK = "\u2e80-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff"
_CHARACTER = re.compile(f"([{_CJK}])")
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "a about all an and any are as at be been but by can could did do does for from had has have how i if in into"
        " is it its many me much my of on or our she should so than that the their them there they this to was we were"
        " what when where which who whom whose why will with would you your",
    )
)
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


def terms(question: str) -> tuple[str, ...]:
    """What a question is about, each once: its words without the most common English ones, and in a run of CJK
    characters every two that stand beside each other. All words, where only common ones are left.

    >>> terms("Who founded the 分析机 company?")
    ('founded', '分析', '析机', 'company')
    """
    found: list[str] = []
    for term in _TERM.findall(unicodedata.normalize("NFKC", question)):
        if _CHARACTER.match(term):
            found += [term[n : n + 2] for n in range(max(1, len(term) - 1))]
        else:
            found += re.findall(r"\w+", term.casefold())
    kept = [t for t in found if t not in _COMMON] or found
    return tuple(dict.fromkeys(kept))


def any_expression(question: str) -> str:
    """An FTS5 expression that finds what holds any of the question's terms; "" where it has none.

    >>> any_expression("Who founded it?")
    '"founded"'
    """
    return " OR ".join(f'"{" ".join(segment(term).split())}"' for term in terms(question))
