"""Words by their stems, so that "suppliers" meets "supplier" and "is used by" meets "uses"; no model is loaded."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from kgc.schema.naming import words

_SMALL: Final = (
    "a an the of in on at to for from by with and or as is are was were be been being has have had do does did that"
    " this these those its their it they which who whom whose what where when why how one any some each every other"
    " such into than then also can may must not no e g i s"
)
_STOP: Final = frozenset(_SMALL.split())
_IDEOGRAPH: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_IRREGULAR: Final = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "criteria": "criterion", "data": "data",
    "analyses": "analysis", "indices": "index", "matrices": "matrix", "made": "make", "held": "hold", "led": "lead",
    "built": "build", "sold": "sell", "bought": "buy", "species": "species", "buses": "bus", "viruses": "virus",
    "statuses": "status", "campuses": "campus", "quizzes": "quiz", "series": "series", "news": "news",
    "has": "have", "had": "have", "does": "do", "gave": "give", "given": "give", "taken": "take", "took": "take",
    "written": "write", "wrote": "write", "known": "know", "shown": "show", "found": "find",
}  # fmt: skip


def stems(text: str, *, stop: bool = True) -> tuple[str, ...]:
    """The stems of a text or a name, in its order; without small words unless `stop` is False.

    >>> stems("The suppliers of batteries"), stems("UsedBy"), stems("is produced by")
    (('suppli', 'batteri'), ('us',), ('produc',))
    >>> stems("电池工厂")
    ('电池', '池工', '工厂')
    """
    found: list[str] = []
    for word in words(unicodedata.normalize("NFKC", text)):
        plain = word.casefold()
        if _IDEOGRAPH.fullmatch(plain):
            found += [plain[i : i + 2] for i in range(len(plain) - 1)] or [plain]
        elif not stop or plain not in _STOP:
            found.append(stem(plain))
    return tuple(found)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The part of an English word that its forms share; a word of another script as it is.

    >>> [stem(w) for w in ("companies", "company", "classes", "class", "used", "using", "trained", "training")]
    ['compani', 'compani', 'class', 'class', 'us', 'us', 'train', 'train']
    >>> [stem(w) for w in ("annotation", "annotated", "optimization", "optimizes", "deployment", "deploys")]
    ['annotat', 'annotat', 'optimiz', 'optimiz', 'deploi', 'deploi']
    """
    word = _IRREGULAR.get(word, word)
    if len(word) < 4 or not word.isascii():
        return _last(word)
    word = singular(word)
    for ending in ("ingly", "edly", "ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 2 and re.search("[aeiouy]", rest):
            return _last(rest[:-1] if _doubled(rest) else rest)
    return _last(word)


def singular(word: str) -> str:
    """An English noun in the singular (or a verb without its "s"); another word as it is.

    >>> [singular(w) for w in ("companies", "boxes", "buses", "analysis", "species", "people", "gas")]
    ['company', 'box', 'bus', 'analysis', 'species', 'person', 'gas']
    """
    if word in _IRREGULAR or len(word) < 4 or not word.isascii():
        return _IRREGULAR.get(word, word)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _doubled(word: str) -> bool:
    """Whether the last consonant was doubled before an ending, as in "planning"."""
    return len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeioulsz"


def _last(word: str) -> str:
    """Without a silent "e", with one way to write "y", and without what makes a noun of a verb."""
    if len(word) > 6 and word.endswith("ization"):
        return _last(word[:-5])
    if len(word) > 5 and word.endswith(("tion", "sion")):
        return word[:-3]
    if len(word) > 6 and word.endswith("ment"):
        return _last(word[:-4])
    if len(word) > 2 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 2 and word.endswith("y"):
        return word[:-1] + "i"
    if len(word) > 5 and word.endswith(("er", "or")):
        return word[:-2]
    return word
