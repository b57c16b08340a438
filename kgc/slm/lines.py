"""What kind of line a stretch of text is: prose, a heading, capitals, a table row or code; names are rare in some."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from typing import Literal as OneOf

from kgc.data import Span
from kgc.slm.lexicon import listed_words

LineKind = OneOf["prose", "heading", "capitals", "row", "code"]
FENCE: Final = re.compile(r"^\s*(?:```|~~~)")
CODE: Final = re.compile(
    r"^\s*(?:[$>]\s|(?:import|from|def|class|return|if|for|while|var|let|const|function|public|private|SELECT|INSERT|CREATE|sudo|pip|npm|git|cd|"
    r"kubectl|docker|curl)\b[^.!?。]*[\w(){};=:\"'/-]$|[{}\[\]();,]+\s*$|[\w.-]+\s*[:=]\s*[\"'{\[\d]|<[/!?a-zA-Z])"
)
MARKS: Final = re.compile(r"[{}=<>\\|;_$^~\[\]]|\(\)|->|::")
WORD: Final = re.compile(r"[^\W\d_]+")
SMALL: Final = frozenset(listed_words("a an and as at by for from in into of on or the to with vs via"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a chunk without its line break. The cells of a table row are lines of their own."""

    span: Span
    kind: LineKind


def lines(text: str) -> tuple[Line, ...]:
    """The lines of a text; a row's cells each count as one. Linear in the text."""
    found: list[Line] = []
    at, fenced = 0, False
    for raw in text.splitlines(keepends=True):
        body = raw.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        fence = FENCE.match(body) is not None
        kind: LineKind = "code" if fenced or fence else line_kind(body)
        fenced ^= fence
        found += cells(body, at) if kind == "row" else [Line(Span(at, at + len(body)), kind)]
        at += len(raw)
    return tuple(found)


def cells(body: str, at: int) -> Iterator[Line]:
    for cell in re.finditer(r"[^|\t]+", body):
        yield Line(Span(at + cell.start(), at + cell.end()), "row")


def line_kind(body: str) -> LineKind:
    """How a line reads. Short lines of capitalised words without a full stop are headings."""
    words = WORD.findall(body)
    if not words:
        return "prose"
    if CODE.search(body) or (len(MARKS.findall(body)) > max(2, len(words) // 3) and body.count("|") < 2):
        return "code"
    if body.count("|") > 1 or body.count("\t") > 1:
        return "row"
    if body.lstrip().startswith("#"):
        return "heading"
    latin = [w for w in words if w.isascii()]
    if len(latin) > 2 and sum(w.isupper() for w in latin if len(w) > 1) > 0.6 * len(latin):
        return "capitals"
    counted = [w for w in latin if w.lower() not in SMALL]
    ends = body.rstrip()[-1:] in ".!?。！？:：,;"
    capital = sum(w[0].isupper() for w in counted)
    return "heading" if counted and not ends and len(words) < 14 and capital > 0.75 * len(counted) else "prose"
