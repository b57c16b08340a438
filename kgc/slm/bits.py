"""What the English encoder is told about a word beside its pieces, which have no case: 35 bits, NumPy only.

Training and run time call `bits` alike. Columns: how the word is written (0-10), where it stands (11-15), which name
lists know it (16-27), how the same word is written elsewhere in the text (28, 29), its neighbours (30-34).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from kgc.data import Span
from kgc.slm.cues import ENDS, ORGANISATIONS, TITLES
from kgc.slm.lexicon import Lexicon, listed_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEATURES: Final = 35
LISTS: Final = slice(16, 25)
"""The columns that say what the name lists know; training hides them now and then."""
KINDS: Final = {"f": 16, "l": 17, "c": 18, "k": 19, "r": 20, "d": 21}
COMMON, STARTS, INSIDE, BODY, TITLE, CALENDAR = 22, 23, 24, 25, 26, 27
LONGEST: Final = 9
"""Most words of a known name ("U.S.A." has six)."""
DAYS: Final = frozenset(
    listed_words(
        "january february march april may june july august september october november december jan feb mar apr jun jul "
        "aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"
    )
)


def bits(text: str, spans: Sequence[Span], lexicon: Lexicon) -> NDArray[np.uint8]:
    """One row of FEATURES zeros and ones for each word of `text`. `spans` are those of `kgc.slm.words`, in order.

    The whole passage should be given at once: what is written elsewhere in it counts. Linear in the text.
    """
    found = [text[s.start : s.end] for s in spans]
    rows = np.frombuffer(bytearray().join(map(written, found)), np.uint8).reshape(-1, FEATURES)
    if not spans:
        return rows
    place(rows, text, spans, found)
    list_names(rows, text, spans, found, lexicon)
    elsewhere(rows, found)
    neighbours(rows, found)
    return rows


@lru_cache(maxsize=1 << 15)
def written(word: str) -> bytes:
    """A row with what depends on the letters of the word alone."""
    low = word.lower()
    columns = [shape(word)] if word[0].isalpha() else []
    if not word[0].isalnum():
        columns.append(7)
    if any(c.isdigit() for c in word):
        columns += [5, 6] if word.isdigit() else [5]
    if not word.isascii() and word[0].isalpha():
        columns.append(8)
    listed = ((BODY, ORGANISATIONS), (TITLE, TITLES), (CALENDAR, DAYS))
    columns += (column for column, words in listed if low in words and (word != low or column == TITLE))
    return bytes(column in columns for column in range(FEATURES))


def shape(word: str) -> int:
    if word.islower():
        return 0
    if word.isupper():
        return 2 if len(word) > 1 else 3
    return 1 if word[0].isupper() and not any(c.isupper() for c in word[1:]) else 4


def place(rows: NDArray[np.uint8], text: str, spans: Sequence[Span], found: Sequence[str]) -> None:
    """Columns 9-15 and 33: glued to neighbours, first of sentence or line, in a heading, after a quote, in a tag."""
    end, first, start = 0, True, 0
    for i, span in enumerate(spans):
        gap = text[end : span.start]
        line = i == 0 or "\n" in gap
        if i and not gap:
            rows[i, 9] = rows[i - 1, 10] = 1
            rows[i, 33] = found[i - 1] in "@#/_" or (found[i - 1] == "." and rows[i - 1, 9] and found[i].islower())
        if line and i:
            stretch(rows, found, start, i)
            start = i
        rows[i, 11], rows[i, 12] = first or line, line
        rows[i, 15] = i > 0 and found[i - 1] in "\"“‘«'`" and not (rows[i - 1, 9] and found[i - 1] in "'\"")
        if ends(text, span, found[i - 1] if i else ""):
            stretch(rows, found, start, i + 1)
            start, first = i + 1, True
        elif found[i][0].isalnum():
            first = False
        end = span.end
    stretch(rows, found, start, len(spans))


def ends(text: str, span: Span, before: str) -> bool:
    """Whether the word is a mark that ends a sentence: not inside a number or address, not after an initial."""
    mark, after = text[span.start : span.end], text[span.end : span.end + 1]
    return mark in ENDS and not after.isalnum() and not (mark == "." and len(before) == 1)


def stretch(rows: NDArray[np.uint8], found: Sequence[str], start: int, end: int) -> None:
    """Whether nearly every word of a stretch without a sentence end has a capital, or is all in capitals."""
    letters = [w for w in found[start:end] if w[0].isalpha()]
    if len(letters) > 1:
        rows[start:end, 13] = sum(w[0].isupper() for w in letters) > 0.7 * len(letters)
        rows[start:end, 14] = sum(w.isupper() for w in letters) > 0.8 * len(letters)


def list_names(
    rows: NDArray[np.uint8], text: str, spans: Sequence[Span], found: Sequence[str], lexicon: Lexicon
) -> None:
    """Columns 16-24: the kinds of the longest known name that starts at a word, for all words of the name."""
    starts = {i for i, word in enumerate(found) if not (word.islower() and word.isascii()) and word[0].isalpha()}
    done = 0
    for i in sorted(starts):
        rows[i, COMMON] = lexicon.common(found[i])
        if i < done:
            continue
        size, kinds = longest(text, spans, i, lexicon)
        columns = [KINDS[kind] for kind in kinds if kind in KINDS]
        rows[i : i + size, columns] = 1
        if size > 1:
            rows[i, STARTS], rows[i + 1 : i + size, INSIDE] = 1, 1
        done = i + size


def longest(text: str, spans: Sequence[Span], at: int, lexicon: Lexicon) -> tuple[int, str]:
    """How many words from `at` on make the longest name of the lists, and its kinds; (0, "") for none."""
    for last in range(min(len(spans), at + LONGEST) - 1, at - 1, -1):
        name = text[spans[at].start : spans[last].end]
        dotted = text[spans[last].end : spans[last].end + 1] == "."
        kinds = lexicon.of(name) or (lexicon.of(name + ".") if dotted else "")
        if kinds and kinds != "w":
            return last + 1 - at, kinds
    return 0, ""


def elsewhere(rows: NDArray[np.uint8], found: Sequence[str]) -> None:
    """Columns 28, 29: the word stands in lower case too; it stands with a capital inside a sentence too."""
    small = {w for w in found if w.islower()}
    inner = {w for i, w in enumerate(found) if w[0].isupper() and not rows[i, 11] and not rows[i, 13]}
    for i, word in enumerate(found):
        if word[0].isupper():
            rows[i, 28], rows[i, 29] = word.lower() in small, word in inner


def neighbours(rows: NDArray[np.uint8], found: Sequence[str]) -> None:
    """Columns 30-32 and 34: after a title, after a first name, before the word of an organisation, before a capital."""
    count = len(found)
    capital = [w[0].isupper() for w in found]
    for i in range(count):
        back = i - 2 if i > 1 and found[i - 1] == "." else i - 1
        if capital[i] and back >= 0:
            rows[i, 30] = rows[back, TITLE]
            rows[i, 31] = rows[back, KINDS["f"]] and capital[back]
        if i + 1 < count and capital[i + 1]:
            rows[i, 32], rows[i, 34] = rows[i + 1, BODY], 1
