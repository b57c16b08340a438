"""He and she: which person of the document is meant, by a small model of where persons were named last.

What it looks at are a few facts of each candidate (`features`); the weights were fitted on the training part of LitBank
(Bamman et al. 2020, CC BY 4.0). The probability that it gives is the chance that the person is the right one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import exp, log
from typing import Final

from kgc.resolve.within_seen import Place, Seen

PRONOUNS: Final = {
    "he": ("m", "subject"), "him": ("m", "object"), "his": ("m", "owner"), "himself": ("m", "self"),
    "she": ("f", "subject"), "her": ("f", "owner"), "hers": ("f", "owner"), "herself": ("f", "self"),
}  # fmt: skip
_PRONOUN = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
WINDOW: Final = 3
"""So many sentences back a person may have been named or meant."""
MOST: Final = 8
"""So many persons, those named last, are looked at."""
_NOUNS: Final = {
    "m": re.compile(
        r"\b(?:man|boy|father|brother|son|husband|king|gentleman|uncle|grandfather|nephew|lad|fellow|sir|prince|master|"
        r"lord|papa|dad|clergyman|priest|soldier|sailor|policeman|officer|captain|doctor|friend|teacher|servant|"
        r"stranger|child|president|minister|leader|author|artist|player|coach|manager|actor|director|nobody|someone|one)\b",
        re.IGNORECASE),
    "f": re.compile(
        r"\b(?:woman|girl|mother|sister|daughter|wife|queen|lady|aunt|grandmother|niece|maid|mamma|mama|mum|mom|princess|"
        r"nurse|widow|mistress|madam|governess|lass|friend|teacher|servant|stranger|child|doctor|actress|author|artist|"
        r"singer|player|leader|nobody|someone|one)\b", re.IGNORECASE),
}  # fmt: skip
_NOUN_REACH: Final = 600
"""So far back (code points) a noun for a person speaks for one who is not named."""
_CLAUSE_LIMIT: Final = 400
"""What lies further apart (code points) is in no one clause."""
_OTHER: Final = {"m": "f", "f": "m"}
_CLAUSE = re.compile(
    r"[,;:.!?\"“”()—–]|--|\b(?:and|but|or|that|when|while|as|if|because|although|though|after|before|since|until|where|"
    r"so|who|which|whom|for|to)\b",
    re.IGNORECASE,
)
_OBJECT_HER = re.compile(
    r"\s*(?:[.,;:!?)\"”]|(?:and|to|in|on|at|with|by|from|for|as|that|but|or|a|an|the|up|out|into|about|if|when|of|was|is"
    r"|had|again|away|so|down|off|over|then|there|too|back|how|what)\b|$)"
)
_WEIGHTS: Final = {
    "bias": -0.08, "same": 0.63, "before1": 0.0, "before2": -0.5, "before3": -0.91, "rank0": 0.3, "rank1": -0.16,
    "rank2": -0.52, "meant": -0.13, "subject": 0.39, "owner": 0.25, "governed": -0.35, "joined": -1.48,
    "spoken": -0.9, "count": 0.12, "gender": 0.55, "parallel": 0.84, "self": 0.59, "bound": -1.18, "ownbound": 0.47,
    "nearby": -0.01, "first": 0.0, "alone": 0.22, "called_so": 0.31, "called_other": -1.54,
}  # fmt: skip
"""What is looked at of a candidate, and its weight in log-odds."""
_NOBODY: Final = {
    "nobias": 0.58, "noun": 0.15, "noun_after": 0.29, "crowd": -0.32, "spoken_p": 0.48, "self_p": 0.31,
}  # fmt: skip
"""The same for nobody of them being meant."""
NAMES: Final = tuple(_WEIGHTS)
WEIGHTS: Final = tuple(_WEIGHTS.values())
NONE_NAMES: Final = tuple(_NOBODY)
NONE_WEIGHTS: Final = tuple(_NOBODY.values())


@dataclass(slots=True)
class Candidate:
    """A person who may be meant: the last place where he was named or meant, all recent ones, and how often so far."""

    thing: int
    last: Place
    recent: list[Place] = field(default_factory=list)
    count: int = 0
    genders: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A pronoun with its candidates, what is known of each, and what speaks for nobody of them."""

    start: int
    end: int
    gender: str
    role: str
    candidates: tuple[Candidate, ...]
    features: tuple[tuple[float, ...], ...]
    nobody: tuple[float, ...]


class Walk:
    """Goes through a document from its beginning; whoever decides tells it what each pronoun was."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._next = 0
        self._recent: dict[int, Candidate] = {}
        self._order: list[int] = []
        self._nouns = {gender: [m.start() for m in words.finditer(seen.text)] for gender, words in _NOUNS.items()}

    def choices(self) -> Iterator[Choice]:
        """Each pronoun in text order; names between them are taken in on the way."""
        for found in _PRONOUN.finditer(self._seen.text):
            if self._inside_name(found.start(), found.end()):
                continue
            gender, role = PRONOUNS[found.group().casefold()]
            if found.group().casefold() == "her" and _OBJECT_HER.match(self._seen.text, found.end(), found.end() + 20):
                role = "object"
            yield self._choice(found.start(), found.end(), gender, role)

    def _inside_name(self, start: int, end: int) -> bool:
        places = self._seen.places
        while self._next < len(places) and places[self._next].start < start:
            self._take(places[self._next])
            self._next += 1
        inside = self._next and places[self._next - 1].end >= end
        return bool(inside) or (self._next < len(places) and places[self._next].start == start)

    def _take(self, place: Place) -> None:
        thing = self._seen.things[place.thing]
        if thing.name.kind != "person":
            return
        self.meant(place)

    def meant(self, place: Place) -> None:
        """A person is named or meant at a place."""
        c = self._recent.get(place.thing)
        if c is None:
            c = self._recent[place.thing] = Candidate(place.thing, place)
        c.last = place
        c.count += 1
        c.genders = (c.genders + place.pronoun)[-6:]
        c.recent = [p for p in c.recent[-5:] if p.sentence >= place.sentence - WINDOW] + [place]
        if place.thing in self._order:
            self._order.remove(place.thing)
        self._order = [*self._order[1 - MOST * 2 :], place.thing]

    def _choice(self, start: int, end: int, gender: str, role: str) -> Choice:
        seen = self._seen
        here = seen.place(-1, start, end)
        fitting: list[Candidate] = []
        for number in reversed(self._order):
            c = self._recent[number]
            if c.last.sentence < here.sentence - WINDOW:
                break
            if seen.things[number].gender in ("", gender):
                fitting.append(c)
        fitting = fitting[:MOST]
        told = tuple(self._features(c, rank, here, role, gender, len(fitting)) for rank, c in enumerate(fitting))
        copies = tuple(Candidate(c.thing, c.last, list(c.recent), c.count, c.genders) for c in fitting)
        return Choice(start, end, gender, role, copies, told, self._nobody(fitting, here, gender, role))

    def _features(self, c: Candidate, rank: int, here: Place, role: str, gender: str, among: int) -> tuple[float, ...]:
        last = c.last
        far = here.sentence - last.sentence
        near = far == 0 and here.start - last.end < _CLAUSE_LIMIT
        between = self._seen.text[last.end : here.start] if near else ""
        bound = near and not _CLAUSE.search(between)
        subject = any(p.subject for p in c.recent if p.sentence == last.sentence)
        on = (
            True, far == 0, far == 1, far == 2, far == 3, rank == 0, rank == 1, rank > 1, bool(last.pronoun), subject,
            last.owner, last.governed, last.joined, last.spoken != here.spoken, False,
            self._seen.things[c.thing].gender == gender, role == "subject" and subject, role == "self" and far == 0,
            bound and role in ("object", "subject"), bound and role in ("owner", "self"),
            near and len(between) < 30, c.thing == 0, among == 1,
            gender in c.genders, _OTHER[gender] in c.genders,
        )  # fmt: skip
        found = [float(x) for x in on]
        found[NAMES.index("count")] = log(1 + min(c.count, 50))
        return tuple(found)

    def _nobody(self, fitting: Sequence[Candidate], here: Place, gender: str, role: str) -> tuple[float, ...]:
        """What speaks for somebody who is not named: nouns for persons of the gender, above all after the last name."""
        nouns = self._nouns[gender]
        end = bisect_left(nouns, here.start)
        begin = self._seen.starts[max(0, here.sentence - 1)]
        after = max((c.last.end for c in fitting), default=begin)
        noun = end - bisect_left(nouns, max(begin, here.start - _NOUN_REACH))
        later = max(0, end - bisect_left(nouns, max(after, here.start - _NOUN_REACH)))
        return 1.0, min(noun, 4.0), min(later, 3.0), float(len(fitting)), float(here.spoken), float(role == "self")


def probabilities(
    choice: Choice, weights: Sequence[float] = WEIGHTS, none: Sequence[float] = NONE_WEIGHTS
) -> list[float]:
    """The chance of each candidate; what is missing to 1 is nobody's."""
    sums = [sum(w * x for w, x in zip(weights, f, strict=True)) for f in choice.features]
    sums.append(sum(w * x for w, x in zip(none, choice.nobody, strict=True)))
    top = max(sums)
    odds = [exp(s - top) for s in sums]
    whole = sum(odds)
    return [o / whole for o in odds[:-1]]
