"""A document as the reader of pronouns walks it: its things, their gender, and where each is named, in order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kgc.data.sentences import sentences
from kgc.resolve.within import grouped
from kgc.resolve.within_names import Name, Named, gather
from kgc.resolve.within_persons import parse

_BEFORE: Final = 24
_AFTER: Final = 40
"""So much (code points) before and after a name is looked at."""
_STARTS = re.compile(
    r"(?:^|[.!?;:,\"“”‘(—–\n]|--|\b(?:and|but|or|that|when|while|as|if|because|although|though|after|before|since|until"
    r"|where|so|then|for|yet|than|which|who|whom|once|unless|whereas|whether))\s*(?:[\"“‘]\s*)?$",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\b(?:of|in|on|at|by|with|from|to|for|about|against|between|into|through|under|over|upon|toward|towards|near|like"
    r"|beside|behind|around|without|than|after|before)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_JOINED_AFTER = re.compile(r"\s*(?:,\s*)?(?:and|&)\s+[A-Z]")
_JOINED_BEFORE = re.compile(r"[A-Z]\w*\s+(?:and|&)\s+$")
_POSSESSIVE = re.compile(r"\s?['’]s?\b(?!\w)")
_VERB = re.compile(r"\s+[a-z]|\s*,\s+(?:who|whose|[a-z]+ing|a|an|the)\b")
_ACTS = re.compile(
    r"\s+(?:(?:also|then|later|soon|still|never|first|now|had|has|have|would|could|will|did|does|was|is|were)\s|[a-z]+ed\b)"
)
_SMALL = re.compile(r"\s+(?:of|in|on|at|by|with|from|to|and|or|for|about|as|than|but|that)\b")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing is named or meant. `thing` is an index; `subject` whether it looks like who does something."""

    thing: int
    start: int
    end: int
    sentence: int
    subject: bool
    owner: bool
    governed: bool
    joined: bool
    spoken: bool
    pronoun: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the document: the name that it goes by, its kind, and its gender ("m", "f", "" unknown)."""

    name: Name
    gender: str
    number: int


@dataclass(frozen=True, slots=True)
class Seen:
    """The document: its sentences' starts, the things, and the places of their names in text order."""

    text: str
    starts: Sequence[int]
    spoken: Sequence[int]
    things: Sequence[Thing]
    places: Sequence[Place]

    def sentence(self, at: int) -> int:
        return bisect_right(self.starts, at) - 1

    def place(self, thing: int, start: int, end: int, pronoun: str = "") -> Place:
        """How a place looks by the words right around it."""
        before = self.text[max(0, start - _BEFORE) : start]
        sentence = self.sentence(start)
        first = self.starts[sentence] == start or bool(_STARTS.search(before))
        owner = bool(_POSSESSIVE.match(self.text, end, end + _AFTER))
        governed = bool(_PREPOSITION.search(before))
        verb = bool(_VERB.match(self.text, end, end + _AFTER)) and not _SMALL.match(self.text, end, end + _AFTER)
        acts = (verb and (first or not governed)) or bool(_ACTS.match(self.text, end, end + _AFTER))
        return Place(
            thing, start, end, sentence, acts and not owner, owner, governed,
            bool(_JOINED_AFTER.match(self.text, end, end + _AFTER)) or bool(_JOINED_BEFORE.search(before)),
            bool(bisect_right(self.spoken, start) % 2), pronoun,
        )  # fmt: skip


_QUOTES = re.compile(r"[\"“”]|\n\s*\n")


def _quotes(text: str) -> list[int]:
    """Where quoted speech begins and ends, alternately; a blank line ends it."""
    found: list[int] = []
    for mark in _QUOTES.finditer(text):
        inside = len(found) % 2 == 1
        opens = mark.group() in ("“", '"') if not inside else mark.group() != "“"
        if opens and (inside or mark.group()[0] in '"“'):
            found.append(mark.start())
    return found


def see(text: str, mentions: Iterable[Named], lang: str = "en") -> Seen:
    """Read the document once: names that stand for one thing are one."""
    mentions = tuple(mentions)
    names = gather(mentions)
    groups = grouped(text, names)
    heads = sorted(set(groups))
    at = {head: i for i, head in enumerate(heads)}
    genders = _genders(names, groups)
    things = tuple(Thing(names[h], genders.get(h, ""), i) for i, h in enumerate(heads))
    seen = Seen(text, [s.start for s in sentences(text, lang)] or [0], _quotes(text), things, ())
    number = {n.key: at[groups[n.number]] for n in names}
    found = {
        (m.start, m.end): seen.place(number[m.key], m.start, m.end)
        for m in mentions
        if m.key in number and m.start >= 0
    }
    return Seen(text, seen.starts, seen.spoken, things, tuple(found[k] for k in sorted(found)))


def _genders(names: Sequence[Name], groups: Sequence[int]) -> dict[int, str]:
    """The gender of each person by titles, else by given names; none where they disagree."""
    told: dict[int, list[set[str]]] = {}
    for name in names:
        if name.kind == "person" and (p := parse(name)) and p.gender:
            of = told.setdefault(groups[name.number], [set(), set()])
            of[0 if p.titles else 1].add(p.gender)
    return {
        head: next(iter(strong or weak)) for head, (strong, weak) in told.items() if len(strong or weak) == 1
    }  # fmt: skip
