"""The form of a name: its parts as they are compared, read once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kgc.resolve.folding import HAN, fold, split
from kgc.resolve.lexicon import GENERATIONS, HAN_LEGAL, LEGAL, PARTICLES, ROMAN, STOP, TITLES
from kgc.resolve.records import Kind

_PARENTHESIS = re.compile(r"\s*[(（\[]([^()（）\[\]]{1,80})[)）\]]\s*$")
_CAPITALS = re.compile(r"^[A-Z][A-Z0-9&.]{1,9}$")
_INITIALS = re.compile(r"\b[BCDFGHJKLMNPQRSTVWXZ]{2,3}\b")
_HAN_NUMBER = re.compile("[一二三四五六七八九十百]+|[0-9]+")
_LONGEST_LEGAL: Final = 4
_PLAIN: Final[Mapping[int, int]] = {}


@dataclass(frozen=True, slots=True)
class Person:
    """The parts of a person's name. `surname` keeps its particles; `certain` says that a comma told the order."""

    given: str
    middle: tuple[str, ...]
    surname: str
    generation: str = ""
    gender: str = ""
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A name in parts. `tokens` are folded, without legal form, title, generation; stop words are kept in `text` only.

    `acronym` is made of the first letters; `capitals` is the name itself where it is written as an acronym; `given_by`
    is the acronym that the name gives for itself in brackets. `han` says that the name is written in Han characters.
    """

    text: str
    tokens: tuple[str, ...]
    legal: str = ""
    numbers: tuple[str, ...] = ()
    acronym: str = ""
    capitals: str = ""
    given_by: str = ""
    person: Person | None = None
    han: bool = False

    @property
    def joined(self) -> str:
        return "".join(self.tokens)


def form(surface: str, kind: Kind = "thing", script: Mapping[int, int] = _PLAIN) -> Form:
    """The form of a name. Total: any text has one; a name of punctuation alone has no tokens.

    >>> form("International Business Machines Corp.", "organization").acronym
    'ibm'
    """
    bare, given_by = _bracket(surface)
    folded = fold(bare, script)
    words = split(folded)
    if words and (len(words) == 1 or all(map(HAN.search, words))) and HAN.search(words[0]):
        return _han("".join(words), kind)
    if kind == "person":
        return _person(bare, folded, words)
    text = " ".join(words)
    legal, words = _legal(words) if kind != "place" else ("", words)
    words = [ROMAN.get(w, w) if i else w for i, w in enumerate(words)]
    content = [w for w in _singles(words) if w not in STOP] or list(words)
    if "and" in content and len(content) > 1:
        content = [w for w in content if w != "and"]
    capitals = fold(bare, script).replace(".", "").replace("&", "") if _CAPITALS.match(bare.strip()) else ""
    acronym = "".join(w[0] for w in content) if len(content) > 1 else ""
    return Form(text, tuple(content), legal, _numbers(content), acronym, capitals, given_by)


def _bracket(surface: str) -> tuple[str, str]:
    """The name without an acronym of its own in brackets at its end, and the acronym; brackets that add stay."""
    if not (found := _PARENTHESIS.search(surface[:600])):
        return surface, ""
    before, inside = surface[: found.start()], found[1].strip()
    letters = "".join(w[0] for w in split(before.casefold()) if w not in STOP)
    return (before, inside.casefold()) if len(inside) > 1 and inside.casefold() == letters else (surface, "")


def _legal(words: list[str]) -> tuple[str, list[str]]:
    """The class of the legal form at the end, and the words before it."""
    for length in range(min(_LONGEST_LEGAL, len(words) - 1), 0, -1):
        if legal := LEGAL.get(" ".join(words[-length:])):
            return legal, words[:-length]
    return "", words


def _singles(words: Sequence[str]) -> list[str]:
    """Single letters in a row as one word: `a b volvo` is `ab volvo`."""
    out: list[str] = []
    run = ""
    for word in words:
        if len(word) == 1 and word.isalpha() and not HAN.match(word):
            run += word
            continue
        if run:
            out.append(run)
            run = ""
        out.append(word)
    return [*out, run] if run else out


def _numbers(words: Sequence[str]) -> tuple[str, ...]:
    """The numbers in a name, sorted; Roman ones are written with digits by now."""
    return tuple(sorted(w.lstrip("0") or "0" for w in words if any(map(str.isdecimal, w))))


def _han(text: str, kind: Kind) -> Form:
    """A name in Han characters is one token; its legal form is cut off, and its numbers are looked for."""
    legal = ""
    if kind != "person":
        for ending, class_ in HAN_LEGAL:
            if len(text) > len(ending) + 1 and (text.endswith(ending) or (class_ == "kk" and text.startswith(ending))):
                text, legal = text.removesuffix(ending).removeprefix(ending), class_
                break
    numbers = tuple(_HAN_NUMBER.findall(text)) if kind != "person" else ()
    person = Person("", (), text) if kind == "person" else None
    return Form(text, (text,), legal, numbers, person=person, han=True)


def _person(surface: str, folded: str, words: list[str]) -> Form:
    """Titles and generation apart, surname last, also where it is written first with a comma."""
    text = " ".join(words)
    comma = folded.find(",")
    certain = False
    if comma > 0:
        before, after = split(folded[:comma]), split(folded[comma:])
        if after and before and not all(w in GENERATIONS or w in TITLES for w in after):
            tail = [w for w in after if w in GENERATIONS]
            words, certain = [*(w for w in after if w not in GENERATIONS), *before, *tail], True
    gender, generation = "", ""
    while len(words) > 1 and words[0] in TITLES:
        gender, words = gender or TITLES[words[0]], words[1:]
    while len(words) > 1 and words[-1] in GENERATIONS:
        generation, words = GENERATIONS[words[-1]], words[:-1]
    words = _spelled(surface, words)
    start = max(len(words) - 1, 0)
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    given, middle = (words[0], tuple(words[1:start])) if start else ("", ())
    parts = Person(given, middle, " ".join(words[start:]), generation, gender, certain)
    return Form(text, tuple(words), person=parts)


def _spelled(surface: str, words: list[str]) -> list[str]:
    """Initials written as one word (`JRR Tolkien`) as single letters."""
    runs = {m.casefold() for m in _INITIALS.findall(surface)} if len(words) > 1 and not surface.isupper() else set()
    return [part for w in words for part in (w if w in runs and w != words[-1] else (w,))]
