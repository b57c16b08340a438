"""Names of bodies and places in one document: short forms, letters, and "the Committee" for the one committee."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kgc.resolve.folding import HAN
from kgc.resolve.lexicon import GENERIC, OPPOSITE_ROW, PLACES, SECTORS, STOP
from kgc.resolve.names import Form, form
from kgc.resolve.within_letters import letters_of
from kgc.resolve.within_names import Claim, Name, compatible, core, plain
from kgc.resolve.within_words import ALIKE, HEADS, words_of

_CROWD: Final = 16
_DROPPED: Final = words_of(
    "university college hospital bank airlines airways motors motor pharmaceuticals electronics systems technologies "
    "technology software stores school club team party airport association industries labs laboratories networks "
    "airline brewery breweries museum hotel league newspaper"
)
"""Nouns at the end of a name that are left out when the body is well introduced, and make no other body of it."""
_OF = re.compile(
    r"^(?:(?:city|town|village|state|county|province|republic|kingdom|commonwealth|district|municipality"
    r"|people's republic|federal republic) of|mount|mt) ",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Body:
    name: Name
    form: Form
    plain: str


def body_claims(names: Sequence[Name]) -> Iterator[Claim]:
    """What the short names of bodies and places stand for; nothing where two fit."""
    bodies = [
        Body(n, form(core(n.surface), n.kind), plain(n.surface))
        for n in names
        if n.kind != "person" and not HAN.search(n.surface)
    ]
    yield from _alike(bodies)
    yield from _short(bodies)
    yield from _letters(bodies)
    yield from _headed(bodies)
    yield from _places(bodies)


def _claim(a: Body, b: Body, score: float, why: str) -> Claim:
    return Claim(a.name.number, b.name.number, score, why)


def _alike(bodies: Sequence[Body]) -> Iterator[Claim]:
    """ "US" and "United States", by a list."""
    for row in ALIKE:
        found = [b for b in bodies if b.plain.replace(" ", "-").replace("'", "") in row]
        if len(found) < 2:
            continue
        best = max(found, key=lambda b: (len(b.plain), -b.name.number))
        for b in found:
            if b is not best and compatible(b.name, best.name):
                yield _claim(b, best, 0.95, f"{b.name.surface!r} is short for {best.name.surface!r}")


def _short(bodies: Sequence[Body]) -> Iterator[Claim]:
    """A body's name that begins its full one: "Halvorsen" for "Halvorsen Battery Corporation"."""
    organizations = [b for b in bodies if b.name.kind == "organization" and b.form.tokens]
    starting: dict[str, list[Body]] = {}
    for b in organizations:
        starting.setdefault(b.form.tokens[0], []).append(b)
    for group in starting.values():
        if not 1 < len(group) <= _CROWD:
            continue
        for a in group:
            longer = [b for b in group if b is not a and _begins(a, b)]
            if longer and not _nested(longer):
                continue
            best = max(longer, key=lambda b: (len(b.form.tokens), bool(b.form.legal), -b.name.number), default=None)
            if best and (told := _shortened(a, best)):
                yield _claim(a, best, *told)


def _begins(a: Body, b: Body) -> bool:
    """Whether `a` is `b` without its last words, or without its legal form."""
    x, y = a.form.tokens, b.form.tokens
    if not compatible(a.name, b.name) or a.form.numbers != b.form.numbers:
        return False
    if x == y:
        return not a.form.legal and bool(b.form.legal)
    return len(x) < len(y) and y[: len(x)] == x and not a.form.legal


def _nested(longer: Sequence[Body]) -> bool:
    """Whether the longer names are one another's beginnings, of one legal form: they may be one body."""
    if len({b.form.legal for b in longer} - {""}) > 1:
        return False
    ordered = sorted((b.form.tokens for b in longer), key=len)
    return all(long[: len(short)] == short for short, long in pairwise(ordered))


def _shortened(a: Body, b: Body) -> tuple[float, str] | None:
    """How sure it is that `a` is `b` without its last words, and why; less where `b` is named later."""
    rest = b.form.tokens[len(a.form.tokens) :]
    if not any(_tells(w) for w in a.form.tokens) or any(w in OPPOSITE_ROW or w in PLACES for w in rest):
        return None
    late = b.name.first > a.name.first
    score, why = _left_out(a, b, rest)
    if not score or (late and score <= _BARE):
        return None
    return round(score - 0.1 * late, 2), f"{a.name.surface!r} {why} {b.name.surface!r}"


_BARE: Final = 0.8


def _left_out(a: Body, b: Body, rest: Sequence[str]) -> tuple[float, str]:
    if all(w in GENERIC for w in rest):
        return 0.95, "leaves out the legal form of"
    if {"of", "for"} & set(b.form.text.split()):
        return 0.0, ""
    if b.form.legal:
        return 0.9, "is short for the only one that begins so,"
    if all(w in _DROPPED or w in GENERIC for w in rest):
        return 0.86, "leaves out the noun at the end of"
    if any(w in SECTORS for w in rest) or core(a.name.surface).isupper():
        return 0.0, ""
    return _BARE, "begins the only one that begins so,"


def _tells(word: str) -> bool:
    """Whether a word is one body's own: no place, no noun for bodies, no number."""
    return len(word) > 2 and word not in GENERIC | SECTORS | PLACES | STOP and word not in HEADS and word.isalpha()


def _letters(bodies: Sequence[Body]) -> Iterator[Claim]:
    """Capital letters and the one name of which they are the first letters, though no bracket says so."""
    full: dict[str, list[Body]] = {}
    for b in bodies:
        for letters in letters_of(b.form):
            full.setdefault(letters, []).append(b)
    for a in bodies:
        letters = plain(a.name.surface).replace("&", "").replace(" ", "")
        written = core(a.name.surface).replace(".", "").replace("&", "")
        if not 2 < len(letters) < 9 or not written.isupper() or not written.isalpha():
            continue
        fitting = [b for b in full.get(letters, ()) if b is not a and compatible(a.name, b.name)]
        if len({b.form.joined for b in fitting}) == 1:
            best = max(fitting, key=lambda b: (len(b.form.text), -b.name.number))
            score = 0.9 if best.name.first < a.name.first else 0.85
            yield _claim(a, best, score, f"{a.name.surface!r} are the first letters of {best.name.surface!r}")


def _headed(bodies: Sequence[Body]) -> Iterator[Claim]:
    """ "the University" for the one university of the document, named before."""
    by_head: dict[str, list[Body]] = {}
    for b in bodies:
        if (word := _head(b)) in HEADS:
            by_head.setdefault(word, []).append(b)
    for a in bodies:
        if a.plain not in HEADS or a.plain in _NAMES or a.name.surface.islower():
            continue
        fitting = [b for b in by_head.get(a.plain, ()) if compatible(a.name, b.name)]
        before = [b for b in fitting if b.name.first < a.name.first]
        if before and len({b.form.joined for b in fitting}) == 1:
            yield _claim(a, before[0], 0.85, f"{before[0].name.surface!r} is the only {a.plain} in the document")


_NAMES: Final = words_of("senate congress parliament army navy government state city county church union")
"""Nouns that are names as they stand: "the Senate" is no other body's short form."""


def _head(body: Body) -> str:
    """The noun that says what a body of several words is: the last one, or the one before "of" or "for"."""
    words = body.form.text.split()
    if len(words) < 2 or "and" in words:
        return ""
    return next((w for w, after in pairwise(words) if after in {"of", "for"}), words[-1])


def _places(bodies: Sequence[Body]) -> Iterator[Claim]:
    """ "the City of Oslo", "Oslo"; "Mount Everest", "Everest"; what follows a comma is cut off before."""
    places: dict[str, list[Body]] = {}
    for b in bodies:
        if b.name.kind == "place":
            places.setdefault(b.plain, []).append(b)
    for group in list(places.values()):
        bare = _OF.sub("", group[0].plain)
        if bare != group[0].plain and len(bare) > 2 and bare in places:
            for a in group:
                best = places[bare][0]
                if compatible(a.name, best.name):
                    yield _claim(a, best, 0.85, f"{a.name.surface!r} is {best.name.surface!r} with the kind of place")
