"""Lemmas of English verbs: regular endings by rule, the rest from a list that was counted in treebanks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass

DOUBLED = re.compile(r"([bdgklmnprtv])\1$")

SILENT = re.compile(
    r"(?:[aeiou][cgsuvz]|[lnr][gcsv]|[bcdfgkptz]l|[^aeiou]u|[aeiu]t|[aiu]r|[^aeo]in|ven|(?:^|[^aeiou])(?:[aiu]m|[ay]p|[aio]k|ib|[aiou]d|un))$"
)
"""Stems that mostly lost an "e"."""


@dataclass(frozen=True, slots=True)
class Lemmas:
    """`odd` maps a form and its tag to a lemma that the rules miss; `verbs` are known base forms."""

    odd: Mapping[tuple[str, str], str]
    verbs: Set[str]

    @classmethod
    def read(cls, written: str) -> Lemmas:
        """Back from `written`: a line of base forms, then a form, its tag and its lemma a line."""
        first, *rest = written.splitlines()
        rows = (line.split("\t") for line in rest)
        return cls({(form, tag): lemma for form, tag, lemma in rows}, frozenset(first.split(" ")))

    def written(self) -> str:
        rows = [f"{form}\t{tag}\t{lemma}" for (form, tag), lemma in sorted(self.odd.items())]
        return "\n".join([" ".join(sorted(self.verbs)), *rows]) + "\n"

    def of(self, word: str, tag: str) -> str:
        """The lemma of a verb form, in small letters; of anything else the word itself in small letters."""
        low = word.lower()
        return self.odd.get((low, tag)) or regular(low, tag, self.verbs)


def regular(word: str, tag: str, verbs: Set[str]) -> str:
    """What the endings tell: a known base form if one fits, else the likeliest.

    >>> regular("acquired", "VBD", {"acquire"}), regular("stopped", "VBN", {"stop"}), regular("tries", "VBZ", {"try"})
    ('acquire', 'stop', 'try')
    """
    tries = {"VBZ": _third, "VBD": _past, "VBN": _past, "VBG": _present}.get(tag, lambda w: [w])(word)
    return next((t for t in tries if t in verbs), tries[0])


def _third(word: str) -> list[str]:
    if word.endswith("ies") and len(word) > 4:
        return [word[:-3] + "y", word[:-1]]
    if re.search(r"(?:s|x|z|ch|sh|o)es$", word):
        return [word[:-2], word[:-1]]
    return [word.removesuffix("s")]


def _past(word: str) -> list[str]:
    if word.endswith("ied") and len(word) > 4:
        return [word[:-3] + "y", word[:-1]]
    return _stems(word.removesuffix("ed")) if word.endswith("ed") and len(word) > 3 else [word]


def _present(word: str) -> list[str]:
    return _stems(word.removesuffix("ing")) if word.endswith("ing") and len(word) > 4 else [word]


def _stems(stem: str) -> list[str]:
    """Base forms that a stem may come from, likeliest first: "stopp" from stop, "creat" from create."""
    if DOUBLED.search(stem) and not stem.endswith("ll"):
        return [stem[:-1], stem]
    silent = SILENT.search(stem)
    return [stem + "e", stem] if silent else [stem, stem + "e"]
