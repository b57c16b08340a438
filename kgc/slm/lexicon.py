"""Name lists of a model package: what kinds of name a string is known as."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


def listed_words(text: str, separator: str = " ") -> tuple[str, ...]:
    """The words of a long list written as running text."""
    return tuple(text.split(separator))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`kinds` maps a name as written to letters: f first name, l family name, c city, k country, r region, d demonym,
    w common word (in lower case); in Chinese also n person, s place, g body of a word list.

    `places` finds countries and regions. `longest` is the number of tokens of the longest name; `joint` joins tokens.
    """

    kinds: dict[str, str]
    places: re.Pattern[str]
    joint: str = " "
    longest: int = 5

    def of(self, name: str) -> str:
        return self.kinds.get(name, "")

    def common(self, word: str) -> bool:
        return "w" in self.kinds.get(word.lower(), "")


def read_lexicon(path: Path, lang: str) -> Lexicon:
    """Read `lexicon.tsv` (kind, tab, name). Raises OSError when it is not there."""
    kinds: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, _, name = line.partition("\t")
        kinds[name] = kinds.get(name, "") + kind
    places = sorted((n for n, k in kinds.items() if {"k", "r"} & set(k)), key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(n) for n in places))
    return Lexicon(kinds, pattern, "" if lang == "zh" else " ", 8 if lang == "zh" else 5)


def no_names() -> Lexicon:
    """The lists of a language that there are none for."""
    return Lexicon({}, re.compile(r"(?!)"))
