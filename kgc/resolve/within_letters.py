"""Whether a few letters are short for a name: the first letters of its words, in order."""

from __future__ import annotations

from kgc.resolve.folding import fold, split
from kgc.resolve.lexicon import STOP
from kgc.resolve.names import Form


def letters_of(name: Form) -> frozenset[str]:
    """The first letters that a name of several words may go by: with and without small words and legal form."""
    words = name.text.split()
    if len(words) < 2 or len(words) > 12:
        return frozenset()
    content = [w for w in words if w not in STOP and w != "and"]
    plain = ["".join(w[0] for w in chosen) for chosen in (words, content, [w for w in words if w != "and"])]
    if len(content) == len(words) and name.legal:
        plain.append("".join(w[0] for w in (*content, name.legal)))
    return frozenset((*plain, name.acronym)) - {""}


def abbreviates(short: str, full: str) -> bool:
    """Whether the letters of `short` stand in `full` in order, each at the head of a word or in one that is begun.

    The first letter must begin the first word or one of the first small words' next; every capital of `short` must
    begin a word or a part of one. After Schwartz and Hearst 2003, stricter.

    >>> abbreviates("WHO", "World Health Organization"), abbreviates("GDP", "gross national product")
    (True, False)
    """
    letters = [c for c in fold(short, {}) if c.isalnum()]
    words = [w for w in split(fold(full, {})) if w]
    while words and words[0] in STOP:
        words = words[1:]
    if not 2 <= len(letters) <= 10 or not words or len(words) > 14 or letters[0] != words[0][0]:
        return False
    if len("".join(words)) <= len(letters):
        return False
    return _spelled("".join(letters), tuple(words))


def _spelled(letters: str, words: tuple[str, ...]) -> bool:
    """Whether the letters can be spent on the words in order: from each a beginning or nothing, small words freely.

    At least half of the content words must give a letter. States are (letters spent, words used): few, so quick.
    """
    content = sum(w not in STOP and w != "and" for w in words)
    states = {(0, 0)}
    for word in words:
        small = word in STOP or word == "and"
        after = set(states) if small or len(letters) < content else {s for s in states if s[0] == 0}
        for spent, used in states:
            for taken in _ways(letters, spent, word):
                after.add((taken, used + (not small)))
        states = after or states
    return any(spent == len(letters) and used * 2 >= content for spent, used in states)


def _ways(letters: str, spent: int, word: str) -> set[int]:
    """How far the letters may be spent on one word: its first letter must be, then others of it in order."""
    found: set[int] = set()
    if spent >= len(letters) or word[0] != letters[spent]:
        return found
    at, spent = 1, spent + 1
    found.add(spent)
    while spent < len(letters) and (at := word.find(letters[spent], at) + 1):
        spent += 1
        found.add(spent)
    return found
