"""Two forms beside each other: which parts are shared, which are left over, and how alike the names are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from kgc.resolve.folding import HAN
from kgc.resolve.lexicon import GENERIC, GIVEN, HAN_ADMINISTRATIVE, HAN_GENERIC, STOP
from kgc.resolve.likeness import How, edits, given_likeness, likeness
from kgc.resolve.names import Form, Person
from kgc.resolve.statistics import Statistics, parts

Level = Literal[
    "same", "legal", "spacing", "order", "spelling", "abbreviation", "middle", "typo", "nickname", "initial", "generic",
    "part", "surname", "acronym", "short", "alias", "other",
]  # fmt: skip
WEAKEST: Final[tuple[How, ...]] = ("same", "spelling", "abbreviation", "typo", "nickname", "initial")


@dataclass(frozen=True, slots=True)
class Comparison:
    """`shared` are the tokens that answer each other; `left` and `right` what is over. `clashes` are (code, words)."""

    level: Level
    shared: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    edits: int = 0
    doubts: int = 0
    clashes: tuple[tuple[str, str], ...] = ()


def compare(a: Form, b: Form, statistics: Statistics) -> Comparison:
    """Compare two names by their parts. Symmetric but for which side is left."""
    if not a.tokens or not b.tokens:
        return Comparison("same" if a.text == b.text and a.text else "other")
    if a.han or b.han:
        return _han(a, b) if a.han and b.han else Comparison("other", clashes=_scripts(a, b))
    if a.person and b.person:
        return _persons(a.person, b.person, statistics)
    return _words(a, b, statistics)


def _scripts(a: Form, b: Form) -> tuple[tuple[str, str], ...]:
    return (("script", f"{a.text!r} and {b.text!r} are in two scripts, and nothing says that they are one"),)


def _words(a: Form, b: Form, statistics: Statistics) -> Comparison:
    if a.tokens == b.tokens:
        return Comparison("same" if a.legal == b.legal else "legal", tuple((t, t) for t in a.tokens))
    if is_acronym(a, b) or is_acronym(b, a):
        return Comparison("acronym")
    if a.joined == b.joined:
        return Comparison("spacing", ((a.joined, b.joined),))
    shared, left, right = _common(a.tokens, b.tokens)
    hows: list[How] = []
    changed = 0
    for word in tuple(left):
        found: list[tuple[int, str, How]] = [
            (WEAKEST.index(how), other, how) for other in right if (how := likeness(word, other, statistics))
        ]
        if found:
            _, other, how = min(found, key=lambda f: f[:2])
            left.remove(word)
            right.remove(other)
            shared.append((word, other))
            hows.append(how)
            changed += edits(word, other) if how == "typo" else 0
    level = _level(hows, tuple(left), tuple(right))
    return Comparison(level, tuple(shared), tuple(left), tuple(right), changed, max(len(hows) - 1, 0))


def _common(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Words that both have, as often as both have them, and what each has over, sorted."""
    left: list[str] = []
    right = sorted(b)
    shared: list[tuple[str, str]] = []
    for word in sorted(a):
        if word in right:
            right.remove(word)
            shared.append((word, word))
        else:
            left.append(word)
    return shared, left, right


def _level(hows: list[How], left: tuple[str, ...], right: tuple[str, ...]) -> Level:
    over = left + right
    if over:
        return "other" if left and right else "generic" if all(w in GENERIC for w in over) else "part"
    weakest: How = max(hows, key=WEAKEST.index) if hows else "same"
    return "order" if weakest == "same" else _as_level(weakest)


def is_acronym(short: Form, full: Form) -> bool:
    """Whether one is written as the first letters of the other, with or without its small words."""
    letters = short.tokens[0] if len(short.tokens) == 1 else short.capitals
    if len(letters) < 2 or len(full.tokens) < 2:
        return False
    words = full.text.split()
    return letters in (full.acronym, "".join(w[0] for w in words), "".join(w[0] for w in words if w not in STOP))


def _persons(a: Person, b: Person, statistics: Statistics) -> Comparison:
    if not a.given or not b.given:
        return _surname_alone(a, b, statistics)
    straight = _ordered(a, b, statistics)
    if not straight.clashes or (a.certain and b.certain):
        return straight
    turned = Person(b.surname, b.middle, b.given, b.generation, b.gender)
    swapped = _ordered(a, turned, statistics)
    if swapped.clashes or swapped.level != "same":
        return straight
    clash = ("order", f"{a.given!r} and {a.surname!r} are both given names, and stand in another order")
    return Comparison("order", swapped.shared, clashes=(clash,) if {a.given, a.surname} <= GIVEN else ())


def _surname_alone(a: Person, b: Person, statistics: Statistics) -> Comparison:
    if not a.given and not b.given:
        how = likeness(a.surname, b.surname, statistics, person=True)
        clash = () if how else (("surname", f"{a.surname!r} is not {b.surname!r}"),)
        changed = edits(a.surname, b.surname) if how == "typo" else 0
        return Comparison(_as_level(how), ((a.surname, b.surname),) if how else (), edits=changed, clashes=clash)
    one, full = (a, b) if not a.given else (b, a)
    if one.surname in (full.surname, full.given):
        return Comparison("surname", ((one.surname, one.surname),))
    return Comparison("other", clashes=(("surname", f"{one.surname!r} is no part of {full.given} {full.surname}"),))


def _ordered(a: Person, b: Person, statistics: Statistics) -> Comparison:
    clashes: list[tuple[str, str]] = []
    family = likeness(a.surname, b.surname, statistics, person=True)
    if not family:
        clashes.append(("surname", f"the surnames {a.surname!r} and {b.surname!r} differ"))
    given = given_likeness(a.given, b.given, statistics)
    if not given:
        code = "initial" if min(len(a.given), len(b.given)) == 1 else "given"
        clashes.append((code, f"the given names {a.given!r} and {b.given!r} differ"))
    hows: list[How] = [family, given]
    for one, two in zip(a.middle, b.middle, strict=False):
        how = given_likeness(one, two, statistics)
        hows.append(how)
        if not how:
            clashes.append(("middle", f"the middle names {one!r} and {two!r} differ"))
    if clashes:
        return Comparison("other", clashes=tuple(clashes))
    shared = ((a.surname, b.surname), (a.given, b.given), *zip(a.middle, b.middle, strict=False))
    weakest: How = max(hows, key=WEAKEST.index)
    over = abs(len(a.middle) - len(b.middle))
    level = "middle" if over and WEAKEST.index(weakest) <= WEAKEST.index("spelling") else _as_level(weakest)
    changed = sum(edits(x, y) for (x, y), how in zip(shared, hows, strict=True) if how == "typo")
    doubts = sum(how not in ("same", "initial") for how in hows) + (over > 0) - 1
    return Comparison(level, shared, edits=changed, doubts=max(doubts, 0))


def _as_level(how: How) -> Level:
    return how or "other"


def _han(a: Form, b: Form) -> Comparison:
    one, two = a.tokens[0], b.tokens[0]
    if one == two:
        shared = tuple((p, p) for p in parts(a))
        return Comparison("same" if a.legal == b.legal else "legal", shared)
    if a.person and b.person:
        return Comparison("other", clashes=(("han", f"{one} and {two} are written differently"),))
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    end = 0
    while end < min(len(one), len(two)) - start and one[-1 - end] == two[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], two[start : len(two) - end]
    same = one[:start] + one[len(one) - end :]
    over = left + right
    if left and right:
        level: Level = "short" if _within(one, two) or _within(two, one) else "other"
    elif over in HAN_GENERIC or over in HAN_ADMINISTRATIVE:
        level = "generic"
    else:
        level = "short"
    shared = ((same, same),) if same and level != "short" else ()
    return Comparison(level, shared, (left,) if left else (), (right,) if right else ())


def _within(short: str, full: str) -> bool:
    """Whether the characters of one come in the other in order, the first near its beginning (国航, 中国国际航空)."""
    if len(short) < 2 or len(short) >= len(full) or short[0] not in full[:3] or not HAN.match(short):
        return False
    rest = iter(full)
    return all(c in rest for c in short)
