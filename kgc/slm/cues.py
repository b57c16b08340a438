"""What is told to the entity model beside the letters: known names, common words, first word, headings.

The cue of a token goes into its `lemma_`, that of its line into `tag_` (in Chinese, where a token is one character, the
pair with the next character) and, in Chinese, the characters around it into `dep_`. They are inputs of the model's
embedding, in training and at run time alike. No lemma, part of speech or dependency is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from kgc.slm.lexicon import Lexicon, listed_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

ORGANISATIONS: Final = frozenset(
    listed_words(
        "inc ltd llc plc corp gmbh ag sa nv co company corporation group holdings bank university college "
        "institute school academy ministry department agency committee commission council association society "
        "foundation union party club team league court parliament senate congress assembly bureau office "
        "museum library hospital church orchestra band records airlines airways motors systems technologies "
        "laboratories partners press times news radio network fund trust board authority service services "
        "federation organization organisation army navy force police f.c. fc"
    )
)
TITLES: Final = frozenset(
    listed_words(
        "mr mrs ms miss dr prof professor sir lord lady president minister senator governor general colonel "
        "captain king queen prince princess pope bishop saint st judge justice chairman mayor secretary "
        "director major sergeant lieutenant admiral commander ceo chancellor ambassador count duke emperor "
        "rep sen gov gen"
    )
)
ENDS: Final = frozenset(".!?。！？；\n")
HAN_ORGANISATIONS: Final = frozenset("司团校学院会部局厅行社所党队院站厂店网军")
HAN_PLACES: Final = frozenset("国省市县区州镇乡村岛山河江湖海路街湾洲港")


def mark(doc: Doc, lexicon: Lexicon, *, hide: Sequence[bool] = ()) -> Doc:
    """Write the cues into the tokens and return the same doc; tokens with a true `hide` get no list cues."""
    words = [token.text for token in doc]
    known = known_names(words, lexicon)
    headings = heading_tokens(words)
    first = True
    for i, token in enumerate(doc):
        cue = "" if hide and hide[i] else known[i]
        token.lemma_ = ("^" if first else "") + cue + word_cue(words[i], lexicon) or "_"
        token.tag_ = ("H" if headings[i] else "T") if lexicon.joint else around(words, i, 0)
        if not lexicon.joint:
            token.dep_ = around(words, i, 1)
        first = words[i][-1] in ENDS or (first and not words[i][0].isalnum())
    return doc


def around(words: Sequence[str], at: int, before: int) -> str:
    """The character with its next one and `before` ones ahead of it."""
    return "".join(words[max(0, at - before) : at + 2])


def word_cue(word: str, lexicon: Lexicon) -> str:
    """Letters for what a single word tells: w common, o organisation word, t title, p place character."""
    low = word.lower().rstrip(".")
    if word.islower() and word.isascii():
        return ""
    parts = ("w" if lexicon.common(low) else "", "o" if low in ORGANISATIONS or word in HAN_ORGANISATIONS else "")
    return "".join((*parts, "t" if low in TITLES else "", "p" if word in HAN_PLACES else ""))


def known_names(words: Sequence[str], lexicon: Lexicon) -> list[str]:
    """For each token the kinds of the longest known name it is in; the first token of a longer name in upper case."""
    cues = [""] * len(words)
    at = 0
    while at < len(words):
        size = longest_name(words, at, lexicon)
        if size:
            kinds = lexicon.of(lexicon.joint.join(words[at : at + size]))
            kinds = kinds.replace("w", "") if lexicon.joint else kinds
            for i in range(at, at + size):
                cues[i] = kinds if size == 1 else (kinds.upper() if i == at else kinds + "+")
        at += max(1, size)
    return cues


def longest_name(words: Sequence[str], at: int, lexicon: Lexicon) -> int:
    """How many tokens from `at` on make the longest name of the lexicon, 0 for none."""
    if words[at].islower() and words[at].isascii():
        return 0
    for size in range(min(lexicon.longest, len(words) - at), 0, -1):
        kinds = lexicon.of(lexicon.joint.join(words[at : at + size]))
        if kinds and kinds != "w":
            return size
    return 0


def heading_tokens(words: Sequence[str]) -> list[bool]:
    """Whether each token stands in a stretch (between sentence ends) where nearly every word has a capital."""
    flags: list[bool] = []
    start = 0
    for i, word in enumerate(words):
        if word[-1] in ENDS or i == len(words) - 1:
            letters = [w for w in words[start : i + 1] if w[0].isalpha()]
            capital = sum(w[0].isupper() for w in letters)
            flags += [len(letters) > 1 and capital > 0.7 * len(letters)] * (i + 1 - start)
            start = i + 1
    return flags
