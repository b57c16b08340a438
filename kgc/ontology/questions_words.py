"""What a question is about: its words, and which of them only make it a question."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from kgc.ontology.stems import stem, stems

_EXAMPLES: Final = re.compile(
    r"\((?:e\.?\s?g\.?|i\.?\s?e\.?|for example|such as|例如|比如)[^)]*\)?|（(?:例如|比如|如)[^）]*）", re.IGNORECASE
)
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_ASKING: Final = (
    "use apply involve employ utilize perform implement follow include contain exist give get happen occur available"
    " type kind sort list name number many much way thing tell show find know there specific certain various different"
    " given another else based related relate corresponding currently about during after before between within through"
    " you your me i we our us he she him her please would could should will shall if when whether only both all more"
    " most least less up out over under so just like take make going go become"
)
ASKING: Final = frozenset(stem(word) for word in _ASKING.split())
_ASKING_HAN: Final = re.compile(
    "有哪些|是哪些|哪些|哪个|哪家|哪位|哪里|哪|什么|谁|多少|几个|如何|怎么|怎样|为什么|请|列出|所有|是否|吗|呢|的|了|和|或|使用|通过|进行"
    "|之间|以及|这个|该"
)
"""What only makes a question; particles that may be part of a name ("于" in "位于") are not among them."""


_PERSON, _PLACE = (*stems("person"), "人物", "人员"), (*stems("location place"), "地点", "位置")
_DATE = (*stems("date time"), "日期", "时间")
_HINTS: Final = {"when": _DATE, "who": _PERSON, "whom": _PERSON, "whose": _PERSON, "where": _PLACE}
_HINTS_HAN: Final = {"谁": _PERSON, "哪里": _PLACE, "哪儿": _PLACE, "何处": _PLACE, "何时": _DATE, "什么时候": _DATE}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: as written, and its stems (several for a run of Chinese).

    A `light` one may be part of a name, but needs no home: most questions have one like it. A `hint` ("who", "where")
    stands for what it asks for; it needs none either.
    """

    text: str
    stems: tuple[str, ...]
    light: bool = False
    hint: bool = False


def content(question: str) -> tuple[Word, ...]:
    """The words of a question that say something; examples in brackets are left out.

    >>> [w.text for w in content("Which suppliers are used by Acme (e.g., Foo)?") if not w.light]
    ['suppliers', 'Acme']
    """
    text = _EXAMPLES.sub(" ", unicodedata.normalize("NFKC", question))
    found: list[Word] = []
    for match in _WORD.finditer(text):
        word = match.group()
        if hinted := _HINTS.get(word.casefold()):
            found.append(Word(word, hinted, light=True, hint=True))
        elif _HAN.search(word):
            found += _han(word)
        elif known := stems(word):
            found.append(Word(word, known, set(known) <= ASKING))
    return tuple(found)


def _han(word: str) -> list[Word]:
    """A run of Chinese in parts, cut where only a question is asked."""
    asked = [_HINTS_HAN[hint] for hint in _HINTS_HAN if hint in word]
    parts = [Word(word, hinted, light=True, hint=True) for hinted in asked]
    at = 0
    for match in [*_ASKING_HAN.finditer(word), None]:
        end = match.start() if match else len(word)
        part = word[at:end]
        if part:
            parts.append(Word(part, stems(part)))
        at = match.end() if match else end
    return parts
