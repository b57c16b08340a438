"""Names of persons in one document: a surname, a given name, initials or a title for the full name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kgc.resolve.folding import HAN, fold
from kgc.resolve.lexicon import GENERATIONS, NICKNAME_ROWS
from kgc.resolve.within_kin import relatives
from kgc.resolve.within_names import Claim, Name, compatible, core
from kgc.resolve.within_words import COURTESY, FEMALE, MALE, POSTNOMINALS, TITLES, WITH_GIVEN, words_of

_CROWD: Final = 16
"""A name that more persons of a document could bear tells nothing; they are not even compared."""
_FAMILY = re.compile(
    r"\b[Tt]he ([A-Z][\w'’-]{2,40})(?:s|es)\b(?! \w+ (?:Company|Corporation|Group))|\b([A-Z][\w'’-]{2,40}) (?:family"
    r"|brothers|sisters|siblings|twins|couple|household)\b|\bMr\.? and Mrs\.? ([A-Z][\w'’-]{2,40})"
)
_GROUP = re.compile(r"\s(?:and|&|or|und|et|of)\s", re.IGNORECASE)
"""Several persons in one name stand for none of them; an office ("Duke of Kent") has no surname."""
_OWNED = re.compile(r"^.*\w\s?['’]s\s+(?=[A-Z])")
_FATHERS: Final = frozenset(("ibn", "bint"))
"""Behind these stands a father's name, which the father bears as well."""
_RANKS: Final = (
    words_of("mr mister messrs m monsieur herr"), words_of("sir lord baron earl count"),
    words_of("mrs mme madam madame frau"), words_of("miss mlle mademoiselle"),
    words_of("lady dame countess baroness"),
)  # fmt: skip
"""Titles of different rows are of different persons of one surname, "Ms" and offices aside."""
_NO_ROW: Final[frozenset[int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name in parts (folded). `words` are given names, then surname; titles and generation stand apart."""

    name: Name
    words: tuple[str, ...]
    titles: tuple[str, ...] = ()
    gender: str = ""
    generation: str = ""

    @property
    def full(self) -> bool:
        return len(self.words) > 1

    @property
    def richness(self) -> tuple[int, int, int, int]:
        """How much the name tells: spelled words, words, titles; then the earlier is the richer."""
        return sum(len(w) > 1 for w in self.words), len(self.words), len(self.titles), -self.name.number


def parse(name: Name) -> Person | None:
    """The parts of a Latin person's name, None where none are left."""
    text = core(name.surface)
    if HAN.search(text):
        return None
    if _GROUP.search(text):
        return None
    text = _OWNED.sub("", text)
    raw = [w for w in re.split(r"[\s.]+", _turned(text)) if w.strip("'’-,&")]
    while len(raw) > 1 and raw[0].islower() and fold(raw[0], {}) not in TITLES:
        raw = raw[1:]  # "the late Lady Belmont": what is said of a person is no part of the name
    words = [w.strip("',’-") for w in fold(" ".join(raw), {}).split()]
    titles: list[str] = []
    while words and words[0] in TITLES and (len(words) > 1 or words[0] not in FEMALE | MALE):
        titles.append(words.pop(0))
    generation = ""
    while len(words) > 1 and (words[-1] in GENERATIONS or words[-1] in POSTNOMINALS):
        generation = GENERATIONS.get(words.pop(), generation)
    words = [w for w in words if w]
    if not words:
        return None
    gender = next((TITLES[t] for t in titles if TITLES[t]), "")
    given = words[0] if len(words) > 1 or not set(titles) - WITH_GIVEN else ""
    if not gender:
        gender = "m" if given in MALE else "f" if given in FEMALE else ""
    return Person(name, tuple(words), tuple(titles), gender, generation)


def _turned(text: str) -> str:
    """ "Smith, John" as "John Smith"; "John Smith, Jr." stays."""
    before, comma, after = text.partition(",")
    words = after.replace(".", " ").casefold().split()
    if not comma or not words or " " in before.strip() or "," in after:
        return text.replace(",", " ")
    if all(w in GENERATIONS or w in POSTNOMINALS for w in words) or len(words) > 3:
        return text.replace(",", " ")
    return f"{after.strip()} {before.strip()}"


def person_claims(text: str, names: Sequence[Name]) -> Iterator[Claim]:
    """What each person's name stands for. Two persons whom a name fits leave it alone, and so does a relative."""
    for claim in _claims(text, names):
        if not relatives(text, names[claim.name], names[claim.target]):
            yield claim


def _claims(text: str, names: Sequence[Name]) -> Iterator[Claim]:
    persons = [p for n in names if n.kind == "person" and (p := parse(n))]
    richer = dict(_fuller(persons))
    yield from richer.values()
    heads = [p for p in persons if p.full and p.name.number not in richer]
    families = {fold(next(g for g in f.groups() if g), {}) for f in _FAMILY.finditer(text)}
    known = _by_part(heads)
    short = [p for p in persons if p.name.number not in richer and (not p.full or p.words in known)]
    left: list[Person] = []
    for p in short:
        fitting, crowded = _fitting(p, known)
        if fitting or crowded:
            if claim := _short(p, fitting, families):
                yield claim
        else:
            left.append(p)
    yield from _titled(left)


def _fuller(persons: Sequence[Person]) -> Iterator[tuple[int, Claim]]:
    """Full names that are less of another: initials, no middle name, a nickname."""
    bearers: dict[str, list[Person]] = {}
    for p in persons:
        if p.full:
            bearers.setdefault(p.words[-1], []).append(p)
    for group in bearers.values():
        if len(group) > _CROWD:
            continue
        for p in group:
            fitting = [q for q in group if q is not p and q.richness > p.richness and _less(p, q)]
            if fitting and all(_one(a, b) for i, a in enumerate(fitting) for b in fitting[:i]):
                best = max(fitting, key=lambda q: q.richness)
                score, why = _likeness(p, best)
                yield p.name.number, Claim(p.name.number, best.name.number, score, why)


def _less(p: Person, q: Person) -> bool:
    """Whether `p` may be a shorter or equal way of writing `q`: no part of one clashes with the other's."""
    if not _one(p, q):
        return False
    return p.words[0] == q.words[0] or len(p.words[0]) == 1 or len(q.words[0]) == 1 or _nick(p, q)


def _one(p: Person, q: Person) -> bool:
    """Whether two full names of one surname may be of one person."""
    if not compatible(p.name, q.name) or p.generation != q.generation or {p.gender, q.gender} == {"m", "f"}:
        return False
    a, b = p.words[0], q.words[0]
    if a != b and not ((len(a) == 1 or len(b) == 1) and a[0] == b[0]) and not _nick(p, q):
        return False
    middles = list(zip(p.words[1:-1], q.words[1:-1], strict=False))
    if len(p.words) != len(q.words) and (len(p.words) == 2 or len(q.words) == 2):
        return True
    return len(p.words) == len(q.words) and all(
        x == y or ((len(x) == 1 or len(y) == 1) and x[0] == y[0]) for x, y in middles
    )


def _nick(p: Person, q: Person) -> bool:
    return not NICKNAME_ROWS.get(p.words[0], _NO_ROW).isdisjoint(NICKNAME_ROWS.get(q.words[0], _NO_ROW))


def _likeness(p: Person, q: Person) -> tuple[float, str]:
    full = q.name.surface
    if p.words == q.words:
        return 0.98, f"{p.name.surface!r} is {full!r} with other titles or letters"
    if p.words[0] == q.words[0]:
        return 0.94, f"{p.name.surface!r} is {full!r}, the only one of this name, with fewer middle names"
    if len(p.words[0]) == 1 or len(q.words[0]) == 1:
        return 0.88, f"{p.name.surface!r} has the initials of {full!r}, the only {q.words[-1].title()} they fit"
    return 0.85, f"{p.words[0].title()} is short for {q.words[0].title()}: {full!r}"


Parts = Mapping[tuple[str, ...], Sequence[tuple[Person, str]]]


def _by_part(heads: Sequence[Person]) -> Parts:
    """Full names by what they begin with (given) and end with (surname), one word to three."""
    found: dict[tuple[str, ...], list[tuple[Person, str]]] = {}
    for p in heads:
        for length in range(1, min(len(p.words), 4)):
            for part, how in ((p.words[-length:], "surname"), (p.words[:length], "given name")):
                if how == "surname" and not _FATHERS.isdisjoint(p.words[:-length]):
                    continue
                at = found.setdefault(part, [])
                if len(at) <= _CROWD:
                    at.append((p, how))
    return found


def _fitting(p: Person, known: Parts) -> tuple[list[tuple[Person, str]], bool]:
    """The full names that have this one as a part; whether there are others that are ruled out by gender alone."""
    bearers = known.get(p.words, ())
    if len(bearers) > _CROWD:
        return [], True
    surname_only = bool(set(p.titles) - WITH_GIVEN)
    found = [
        (q, how)
        for q, how in bearers
        if compatible(p.name, q.name)
        and not (how == "given name" and (surname_only or _of_husband(q)))
        and p.generation in ("", q.generation)
        and not _ranks_clash(p, q)
    ]
    fit = [(q, how) for q, how in found if {_told_gender(p), q.gender} != {"m", "f"}]
    return fit, bool(found)


def _told_gender(p: Person) -> str:
    """The gender that a short name tells: by its title; a single word may be a surname and tells none."""
    return p.gender if p.titles else ""


def _ranks_clash(p: Person, q: Person) -> bool:
    rows = [{i for i, row in enumerate(_RANKS) if row & set(x.titles)} for x in (p, q)]
    return bool(rows[0]) and bool(rows[1]) and rows[0].isdisjoint(rows[1])


def _of_husband(p: Person) -> bool:
    """ "Mrs Charles Musgrove" is no Charles."""
    return p.gender == "f" and p.words[0] in MALE


def _short(p: Person, fitting: Sequence[tuple[Person, str]], families: set[str]) -> Claim | None:
    if not fitting:
        return None
    told = [f for f in fitting if f[0].gender and f[0].gender == p.gender and p.titles]
    chosen = told if len(fitting) > 1 and len(told) == 1 else list(fitting)
    if len({q.name.number for q, _ in chosen}) > 1:
        return None
    q, how = chosen[0]
    if all(len(w) == 1 for w in q.words[1:]):  # "Borsch T"
        how = "surname"
    score = 0.92 if how == "surname" else 0.9
    if q.name.first > p.name.first:  # a title before any full name is as often of another of the family
        score -= 0.2 if p.titles else 0.1
    score -= 0.1 if _RANKS[2] & set(p.titles) and not q.titles else 0.0  # as often the mother or the wife
    score -= 0.1 if len(fitting) > 1 else 0.0
    if how == "surname" and p.words[-1] in families and not p.titles:
        score -= 0.2
    why = f"{p.name.surface!r} is the {how} of {q.name.surface!r}, the only one in this document whom it fits"
    return Claim(p.name.number, q.name.number, round(score, 2), why)


def _titled(left: Sequence[Person]) -> Iterator[Claim]:
    """Names without any full one: "Darcy" and "Mr Darcy", where no "Mrs Darcy" is about."""
    groups: dict[tuple[str, ...], list[Person]] = {}
    for p in left:
        groups.setdefault(p.words, []).append(p)
    for group in groups.values():
        titled = [p for p in group if p.titles]
        if len(group) > _CROWD or not titled or len({p.gender for p in titled if p.gender}) > 1:
            continue
        if len({p.generation for p in group if p.generation}) > 1:
            continue
        best = max(titled, key=lambda q: (bool(set(q.titles) & COURTESY), q.name.count, q.richness))
        for p in group:
            if p is not best and compatible(p.name, best.name) and not _ranks_clash(p, best):
                score = _titled_score(p, best)
                why = f"{p.name.surface!r} is {best.name.surface!r}: nobody else of this name is in the document"
                yield Claim(p.name.number, best.name.number, score, why)


def _titled_score(p: Person, best: Person) -> float:
    if set(p.titles) and not set(p.titles) <= set(best.titles):
        return 0.78 if best.gender in {"m", p.gender} else 0.6
    return 0.92 if best.gender != "f" or p.titles else 0.78
