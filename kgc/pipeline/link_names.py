"""Names of the graph as the linker is asked about them: with their class, the words around them, and who is near."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from kgc.ledger.linking import LinkableName, Linking
from kgc.resolve.linking.keys import shape
from kgc.resolve.linking.kinds import KINDS, Wanted, type_words
from kgc.resolve.linking.records import Query
from kgc.resolve.linking.words import words
from kgc.schema import EntityType, Schema

_WINDOW: Final = 240
"""So many letters on either side of a name are looked at."""
_PLACES: Final = 6
"""So many places of a name are looked at, the first by the ids of their chunks."""
_BESIDE: Final = 24
_DOCUMENTS: Final = 16
_FULLER: Final = 8


class _Around:
    """What is around one name, as far as it is looked at."""

    __slots__ = ("beside", "documents", "places", "words")

    def __init__(self) -> None:
        self.places = 0
        self.words: set[str] = set()
        self.beside: dict[int, None] = {}
        self.documents: dict[int, None] = {}


def queries(
    linking: Linking, schema: Schema, known: Callable[[str], bool], refused: frozenset[tuple[str, str]]
) -> Iterator[Query]:
    """A query for every name that is alive, by key. `known` tells whether a name has any candidate."""
    names = {name.row: name for name in linking.names()}
    around = {row: _Around() for row, name in names.items() if known(name.surface)}
    in_document = _look_around(linking, around)
    wanted = {type_: wanted_of(schema, type_) for type_ in {n.type for n in names.values()}}
    no: dict[str, set[str]] = {}
    for key, id_ in refused:
        no.setdefault(key, set()).add(id_)
    for row, name in names.items():
        here = around.get(row, _Around())
        beside = sorted(names[r].key for r in here.beside if r in names)
        yield Query(
            name.key, name.surface, wanted[name.type], frozenset(here.words), tuple(beside),
            tuple(_fuller(name, here, in_document, names)), frozenset(no.get(name.key, ())),
        )  # fmt: skip


def _look_around(linking: Linking, around: Mapping[int, _Around]) -> Mapping[int, Mapping[str, list[int]]]:
    """Fill what is around the names; returns for each document its names by their words."""
    for one, two in linking.joined():
        for row, other in ((one, two), (two, one)):
            if row in around and row != other and len(around[row].beside) < _BESIDE:
                around[row].beside[other] = None
    by_word: dict[int, dict[str, list[int]]] = {}
    seen: set[tuple[int, int]] = set()
    for told in linking.told():
        rows = list(dict.fromkeys(row for row, _, _ in told.names))
        for row, start, stop in told.names:
            if (here := around.get(row)) is None:
                continue
            if (told.document, row) not in seen and len(here.documents) < _DOCUMENTS:
                seen.add((told.document, row))
                here.documents[told.document] = None
            if here.places < _PLACES:
                here.places += 1
                here.words |= words(told.text[max(0, start - _WINDOW) : stop + _WINDOW])
                here.beside |= dict.fromkeys([r for r in rows if r != row][: max(0, _BESIDE - len(here.beside))])
        _file(told.document, told.names, told.text, by_word)
    return by_word


def _file(
    document: int, names: Sequence[tuple[int, int, int]], text: str, by_word: dict[int, dict[str, list[int]]]
) -> None:
    """Put the names of a chunk under each of their words."""
    mine = by_word.setdefault(document, {})
    for row, start, stop in names:
        for word in shape(text[start:stop]).telling:
            rows = mine.setdefault(word, [])
            if row not in rows[-_BESIDE:]:
                rows.append(row)


def _fuller(
    name: LinkableName,
    here: _Around,
    in_document: Mapping[int, Mapping[str, list[int]]],
    names: Mapping[int, LinkableName],
) -> Iterator[str]:
    """Keys of longer names of the same class in its documents that hold all its words."""
    mine = shape(name.surface)
    if not mine.telling or mine.han:
        return
    found: set[str] = set()
    for document in here.documents:
        for row in in_document.get(document, {}).get(mine.telling[-1], ())[: 8 * _FULLER]:
            other = names.get(row)
            if other and other.type == name.type and other.key != name.key:
                theirs = shape(other.surface).telling
                if len(theirs) > len(mine.telling) and set(mine.telling) <= set(theirs):
                    found.add(other.key)
    yield from sorted(found)[:_FULLER]


def wanted_of(schema: Schema, type_: str) -> Wanted:
    """What a class asks of types: its words and those of the classes above and below, against all others'."""
    line = {type_, *schema.ancestors(type_), *schema.descendants(type_)}
    own = frozenset(w for e in schema.entities if e.name in line for w in _words(e)) | type_words(type_)
    others = frozenset(w for e in schema.entities if e.name not in line for w in _words(e)) - own
    above = [e for e in schema.entities if e.name in (type_, *schema.ancestors(type_))]
    told = (*(w for e in above for w in sorted(_words(e))), *sorted(type_words(type_)))
    known = next((w for w in told if w in KINDS), "")
    return Wanted(KINDS[known] if known else "thing", own, others)


def _words(type_: EntityType) -> frozenset[str]:
    sheet = type_.labels
    return frozenset(w for text in (type_.name, sheet.label, *sheet.aliases, *sheet.same_as) for w in type_words(text))
