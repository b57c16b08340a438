"""Which entry a name means: weights in log-odds against "none of them", which weighs nothing.

Origin of the weights: set by hand on half of the texts of the linking sets (`bench/link.py --dev`), looked over on our
own knowledge base in the examples.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kgc.data.knowledge import KbEntry
from kgc.resolve.compare import Comparison, Level, compare
from kgc.resolve.linking.index import Found
from kgc.resolve.linking.keys import head
from kgc.resolve.linking.kinds import agrees, kind_of
from kgc.resolve.linking.records import Choice, Option, Query
from kgc.resolve.linking.words import words
from kgc.resolve.names import Form, form
from kgc.resolve.records import Feature, Kind
from kgc.resolve.score import LEVELS
from kgc.resolve.statistics import Statistics

MIN_SCORE: Final = 0.5
"""A link needs this share of the probability: no other candidate, nor none, is then as likely."""
_EXACT: Final = frozenset({"same", "legal", "spacing"})
_RIVAL: Final = 0.6
"""A second candidate with more than this of the first one's score leaves it open which is meant."""
NAME: Final[dict[Level, float]] = {
    "same": 4.0, "legal": 3.5, "spacing": 3.0, "alias": 3.5, "spelling": 2.5, "order": 1.5, "abbreviation": 2.0,
    "middle": 1.8, "generic": 1.0, "typo": 1.5, "nickname": 1.0, "initial": 0.5, "acronym": 1.0, "part": 0.0,
    "short": -0.3, "surname": 0.0, "other": -6.0,
}  # fmt: skip
_MORE: Final = 6.0
"""What it costs that the text says a word more than the entry's name has ("Apple Records" is not Apple)."""
_HOPELESS: Final = -5.0
"""Entries whose names are so unlike are no candidates: what stands around a name does not make it another."""
_NAMES: Final = 32
"""So many names of an entry are compared."""
_NUMBERS: Final = -4.0
_SEVERAL: Final = 1.2
"""What it is worth that several words of a longer name are there."""
_HEAD: Final = 0.8
"""What it costs to leave out what stands behind a comma or in brackets."""
_TYPE: Final = (0.8, -3.0, -5.0)
"""A type that fits, one that does not, one that does not where the name is not written the same."""
_PRIOR: Final = (0.7, -3.0)
_CONTEXT: Final = (2.0, 3.0)
_RELATED: Final = (1.5, 3.0)
_TOLD: Final = (1.2, 2.4)
_FULLER: Final = (4.0, -1.0)
_LIKENESS: Final = (4.0, 0.4, 2.0)
_PLAIN: Final = Statistics()
Mine = Callable[[str, Kind], Form]


@dataclass(frozen=True, slots=True)
class World:
    """What is known beside the name: how rare words are, which entries other names were taken to mean.

    `linked` has the entry of each key that was linked before, `names` how the keys are written.
    """

    rarity: Callable[[str], float]
    linked: Mapping[str, KbEntry] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    min_score: float = MIN_SCORE


def rank(query: Query, found: Found, world: World) -> Choice:
    """The candidates with their reasons, and the one that is sure enough. The order of candidates means nothing."""
    if not found.entries:
        return Choice(query.key, query.surface, None, (), "no entry has a name like it")
    forms: dict[tuple[str, Kind], Form] = {}

    def mine(name: str, kind: Kind) -> Form:
        if (found := forms.get((name, kind))) is None:
            found = forms[name, kind] = form(name, kind)
        return found

    most = max(entry.prior for entry in found.entries)
    unseen = math.log(found.crowd / len(found.entries)) if found.crowd > len(found.entries) else 0.0
    around = query.context - {w for key in query.beside if key in world.names for w in words(world.names[key])}
    options = [
        Option(entry, (name, *_features(query, entry, world, around, 0.0 if exact else unseen, most, exact)))
        for entry in found.entries
        for name, exact in [_name(query, mine, entry)]
        if name.weight > _HOPELESS
    ]
    if not options:
        return Choice(query.key, query.surface, None, (), "no entry has a name like it")
    scored = _shared_out(options)
    best = scored[0]
    if best.entry.id in query.refused:
        return Choice(query.key, query.surface, None, scored, "a person said that it is not the likeliest one")
    if best.score < world.min_score or (len(scored) > 1 and scored[1].score > _RIVAL * best.score):
        return Choice(query.key, query.surface, None, scored, _unsure(scored))
    return Choice(query.key, query.surface, best, scored, best.reason)


def _unsure(options: Sequence[Option]) -> str:
    if len(options) > 1 and options[1].score > _RIVAL * options[0].score:
        return f"{options[0].entry.name!r} and {options[1].entry.name!r} are about as likely"
    return f"{options[0].entry.name!r} is too unlike: {options[0].reason}"


def _shared_out(options: Sequence[Option]) -> tuple[Option, ...]:
    """Options with their share of the probability, best first; of equals the one with the greater prior, then by id."""
    weights = [max(-30.0, min(30.0, option.weight)) for option in options]
    whole = 1.0 + math.fsum(map(math.exp, weights))
    scored = [replace(o, score=round(math.exp(w) / whole, 4)) for o, w in zip(options, weights, strict=True)]
    return tuple(sorted(scored, key=lambda o: (-o.score, -o.entry.prior, o.entry.id)))


def _features(
    query: Query, entry: KbEntry, world: World, around: frozenset[str], unseen: float, most: float,
    exact: bool,
) -> Iterator[Feature]:  # fmt: skip
    """What speaks for and against an entry beside its name."""
    if unseen:
        yield Feature("crowd", -unseen, "many more entries share a part of the name")
    if (fits := agrees(entry.types, query.wanted)) is not None:
        told = ", ".join(entry.types[:3])
        weight = _TYPE[0] if fits else _TYPE[1] if exact else _TYPE[2]
        yield Feature("type", weight, f"its type fits ({told})" if fits else f"it is a {told}")
    if most > 0:
        weight = max(_PRIOR[1], _PRIOR[0] * (math.log1p(entry.prior) - math.log1p(most)))
        if weight < -0.05:
            yield Feature("prior", round(weight, 3), "others are meant more often")
    yield from _context(around - words(query.surface), entry, world)
    yield from _coherence(query, entry, world)
    if (likeness := query.likeness.get(entry.id)) is not None:
        weight = max(-1.0, min(_LIKENESS[2], _LIKENESS[0] * (likeness - _LIKENESS[1])))
        yield Feature("meaning", round(weight, 3), f"the text is like its description by {likeness:.2f}")


def _name(query: Query, mine: Mine, entry: KbEntry) -> tuple[Feature, bool]:
    """The best of the entry's names: how it is like the name in the text, and whether it is written the same."""
    kind = query.wanted.kind if query.wanted.kind != "thing" else kind_of(entry.types)
    best: tuple[float, str, Level, bool] | None = None
    for name in dict.fromkeys((entry.name, *entry.aliases[:_NAMES])):
        for asked, given, cost in _pairs(query.surface, name):
            yours = form(given, kind)
            level, weight = _weight(compare(mine(asked, kind), yours, _PLAIN), mine(asked, kind), yours)
            weight -= cost + (0.0 if name == entry.name else 0.5 if level == "same" else 0.2)
            if best is None or weight > best[0]:
                best = (weight, name, level, cost == 0 and level in _EXACT)
    assert best is not None
    weight, name, level, exact = best
    words_ = LEVELS[level][1] if level != "surname" else "a part of the name alone"
    whose = f"{name!r}" if name == entry.name else f"its other name {name!r}"
    return Feature("name", round(weight, 3), f"{whose}: {words_}"), exact


def _pairs(asked: str, given: str) -> Iterator[tuple[str, str, float]]:
    """The two names as they are, and without what stands behind a comma or in brackets: it tells which one is meant."""
    yield asked, given, 0.0
    heads = head(asked), head(given)
    if heads[0] != asked:
        yield heads[0], given, _HEAD
    if heads[1] != given:
        yield asked, heads[1], _HEAD
    if heads[0] != asked and heads[1] != given:
        yield heads[0], heads[1], 2 * _HEAD


def _weight(found: Comparison, mine: Form, yours: Form) -> tuple[Level, float]:
    weight = NAME[found.level]
    if found.left and found.level == "part":
        weight -= _MORE
    elif found.level in ("part", "generic") and len(found.shared) > 1:
        weight += _SEVERAL
    if mine.numbers != yours.numbers and found.level not in ("acronym", "same", "spacing"):
        weight += _NUMBERS
    return found.level, weight - 0.7 * max(found.edits - 1, 0) - 0.6 * found.doubts


def _context(around: frozenset[str], entry: KbEntry, world: World) -> Iterator[Feature]:
    """Words around the name that the entry's description has, the rare ones above all."""
    told = words(entry.description) if entry.description else frozenset()
    shared = around & told
    if shared:
        rarest = sorted(shared, key=lambda w: (-world.rarity(w), w))
        weight = min(_CONTEXT[1], _CONTEXT[0] * math.fsum(map(world.rarity, rarest)) / math.sqrt(len(told)))
        yield Feature("context", round(weight, 3), f"its description also says {', '.join(rarest[:4])}")


def _coherence(query: Query, entry: KbEntry, world: World) -> Iterator[Feature]:
    """Names beside it that mean entries which have to do with this one, or that its description tells of."""
    near = [(key, world.linked[key]) for key in query.beside if key in world.linked]
    related = {e.name for _, e in near if e.id != entry.id and (e.id in entry.related or entry.id in e.related)}
    if related:
        names = ", ".join(sorted(related)[:3])
        yield Feature("related", min(_RELATED[1], _RELATED[0] * len(related)), f"it has to do with {names}")
    if entry.description and query.beside:
        told = words(entry.description)
        beside = {world.names[key] for key in query.beside if key in world.names}
        named = sorted(n for n in beside if (said := words(n)) and said <= told and n != query.surface)
        if named:
            weight = min(_TOLD[1], _TOLD[0] * len(named))
            yield Feature("told", weight, f"its description tells of {', '.join(named[:3])}")
    meant = {world.linked[key].id for key in query.fuller if key in world.linked}
    if meant == {entry.id}:
        yield Feature("fuller", _FULLER[0], "a document has its full name")
    elif meant and entry.id not in meant:
        yield Feature("fuller", _FULLER[1], "the full names in its documents are others'")
