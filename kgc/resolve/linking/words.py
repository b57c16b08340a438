"""The words of a description or of the text around a name that say what it is about."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from kgc.resolve.folding import HAN, fold, split

_SMALL_WORDS: Final = (
    "the a an of and or for in at on to by with from as is are was were be been being it its this that these those he "
    "she they his her their who whom whose which what when where how than then there here also not no but into over "
    "under after before between during about one two first last more most some such other new has have had do does "
    "did can could will would may might s t de la le les des der die das und von"
)
_SMALL: Final = frozenset(_SMALL_WORDS.split())
_MOST: Final = 400
"""So many words of a text are looked at."""


def words(text: str) -> frozenset[str]:
    """Folded words of two letters and more without the commonest; of Han characters each pair of neighbours."""
    found: set[str] = set()
    for word in split(fold(text[:500], {})) if len(text) <= 500 else _long(text):
        if HAN.search(word):
            found.update(word[i : i + 2] for i in range(len(word) - 1))
        elif len(word) > 1 and word not in _SMALL:
            found.add(_stem(word))
    return frozenset(found)


def _long(text: str) -> list[str]:
    """`fold` cuts names at 500 letters; texts are folded a piece at a time."""
    pieces = [text[i : i + 500] for i in range(0, len(text), 500)]
    out: list[str] = []
    for piece in pieces:
        out += split(fold(piece, {}))
        if len(out) > _MOST:
            break
    return out


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """A word without the plural's ending, as far as letters tell.

    >>> _stem("companies"), _stem("cars"), _stem("boss")
    ('company', 'car', 'boss')
    """
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
