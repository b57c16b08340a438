"""Which classes, relations and attributes of a schema the words of a question mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from typing import Literal as OneOf

from kgc.ontology.questions_words import Word
from kgc.ontology.stems import stems
from kgc.schema.model import DATATYPES, Labels, Schema

Sort = OneOf["class", "relation", "attribute"]
ENOUGH: Final = 3 / 4
"""The share of a long name's words that must be in the question, its last one among them."""
RARE: Final = 3
"""A word in the definitions of more items than this tells nothing."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something of the schema that a question can name: `name` is that of the schema, `Class.name` of an attribute."""

    sort: Sort
    name: str
    names: tuple[frozenset[str], ...]
    last: tuple[str, ...]
    definition: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """An item that a question names, the share of its name that was met, and the words it was met by."""

    item: Item
    share: float
    words: frozenset[int]


@dataclass(frozen=True, slots=True)
class Matches:
    """What a question names, in its order, and the places of the words that name nothing."""

    found: tuple[Match, ...]
    homeless: tuple[int, ...]

    def of(self, sort: Sort) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.item.name for m in self.found if m.item.sort == sort))


def lexicon(schema: Schema) -> tuple[Item, ...]:
    """All that can be named: classes and events, relations and roles, attributes and roles that are values."""
    return tuple(_items(schema))


def match(items: Sequence[Item], words: Sequence[Word]) -> Matches:
    """The items that a question names: those that account for most of its words first."""
    tried = [m for item in items if (m := _met(item, words))]
    order = {"class": 0, "attribute": 1, "relation": 2}
    tried.sort(key=lambda m: (-len(m.words), -m.share, order[m.item.sort], min(m.words), m.item.name))
    taken: set[int] = set()
    found: list[Match] = []
    for candidate in tried:
        if candidate.words - taken or (candidate.item.sort != "class" and candidate.share == 1.0):
            found.append(candidate)
            taken |= candidate.words
    found += _by_definition(items, words, taken, found)
    homeless = tuple(n for n, word in enumerate(words) if n not in taken and not word.light)
    return Matches(tuple(sorted(found, key=lambda m: (min(m.words), order[m.item.sort]))), homeless)


def _items(schema: Schema) -> Iterator[Item]:
    for entity in schema.entities:
        yield _item("class", entity.name, _called(entity.name, entity.labels), entity.definition)
        for a in entity.attributes:
            yield _item("attribute", f"{entity.name}.{a.name}", (a.name,), a.definition)
    for relation in schema.relations:
        yield _item("relation", relation.name, _called(relation.name, relation.labels), relation.definition)
    for event in schema.events:
        yield _item("class", event.name, _called(event.name, event.labels), event.definition)
        for role in event.roles:
            sort: Sort = "attribute" if role.types[0] in DATATYPES else "relation"
            yield _item(sort, f"{event.name}.{role.name}", (role.name,), role.definition)


def _called(name: str, labels: Labels) -> tuple[str, ...]:
    return (name, labels.label, *labels.aliases, *labels.was)


def _item(sort: Sort, name: str, called: Iterable[str], definition: str) -> Item:
    spoken = [s for text in called if (s := stems(text) or stems(text, stop=False))]
    return Item(sort, name, tuple(map(frozenset, spoken)), tuple(s[-1] for s in spoken), frozenset(stems(definition)))


def _met(item: Item, words: Sequence[Word]) -> Match | None:
    """The best of an item's names that the question holds."""
    best: Match | None = None
    for name, last in zip(item.names, item.last, strict=True):
        met = {stem for word in words for stem in word.stems} & name
        share = len(met) / len(name)
        whole = share == 1.0
        if not met or not (whole or (len(name) > 2 and share >= ENOUGH and last in met)):
            continue
        places = frozenset(n for n, word in enumerate(words) if met & set(word.stems))
        light = all(words[n].light for n in places)
        if len(name) == 1 and light and not (item.sort == "class" and any(words[n].hint for n in places)):
            continue
        if best is None or (len(places), share) > (len(best.words), best.share):
            best = Match(item, share, places)
    return best


def _by_definition(items: Sequence[Item], words: Sequence[Word], taken: set[int], found: list[Match]) -> list[Match]:
    """Homes for words that no name accounts for: what is named and defined by them, else the first of few that are."""
    named = {m.item.name for m in found}
    more: list[Match] = []
    for place, word in enumerate(words):
        if place in taken or word.light:
            continue
        defined = [item for item in items if set(word.stems) <= item.definition]
        told = [i for i in defined if i.name in named]
        defined = [i for i in defined if i.sort == "relation" or not named] if len(defined) <= RARE else []
        if told or defined:
            more.append(Match((told or defined)[0], 0.0, frozenset({place})))
            taken.add(place)
    return more
