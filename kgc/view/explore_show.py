"""A view of the graph as it is drawn and listed: its places, its links, its legend, its table."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log1p
from typing import Final, Protocol

from kgc.data.facts import OPEN
from kgc.ledger.neighbourhood import Link, Place
from kgc.ledger.suggest import Suggestion
from kgc.ledger.wanted import ALL, Wanted
from kgc.view.explore import View
from kgc.view.html import counted, plain
from kgc.view.picture import Dot, Line, Picture, kinds, short

KEYS: Final = ("expand", "hide", "pin", "only", "kind", "kind_only")
_LARGEST: Final = log1p(2_000)


class Reader(Protocol):
    """What a view is looked up with; `kgc.ledger.neighbourhood.Neighbourhood` has it."""

    def places(self, ids: Sequence[str]) -> tuple[Place, ...]: ...
    def between(self, ids: Sequence[str], wanted: Wanted) -> tuple[Link, ...]: ...
    def types(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Seen:
    """What of a view is visible: under its filter, and of what is still in the graph. `lost` counts what is not."""

    places: tuple[Place, ...]
    links: tuple[Link, ...]
    types: tuple[str, ...]
    lost: int

    def place(self, id_: str) -> Place | None:
        return next((p for p in self.places if p.id == id_), None)

    def link(self, id_: str) -> Link | None:
        return next((e for e in self.links if e.id == id_), None)

    def beside(self, id_: str) -> int:
        """How many visible entities a visible fact joins with this one."""
        ends = {e.tail if e.head == id_ else e.head for e in self.links if id_ in (e.head, e.tail)}
        return len(ends - {id_})

    @property
    def relations(self) -> tuple[str, ...]:
        return tuple(sorted({e.relation for e in self.links}))


def look(reader: Reader, view: View) -> Seen:
    """Look a view up in the graph as it is now.

    Where the filter is about facts, an entity that no visible fact touches is left out, unless it is what is looked
    at, chosen or pinned.
    """
    there = reader.places(view.entities)
    kept = tuple(p for p in there if p.type not in view.wanted.types)
    links = reader.between([p.id for p in kept], view.wanted)
    if view.wanted != replace(ALL, types=view.wanted.types):
        touched = {end for link in links for end in (link.head, link.tail)} | view.pinned | {view.focus, view.chosen}
        kept = tuple(p for p in kept if p.id in touched)
    return Seen(kept, links, reader.types(), len(view.entities) - len(there))


def picture(seen: Seen, view: View) -> Picture:
    """The drawing of what is visible."""
    drawn = Counter(end for link in seen.links for end in (link.head, link.tail))
    way = frozenset(view.path)
    steps = frozenset(frozenset(pair) for pair in zip(view.path, view.path[1:], strict=False))
    dots = tuple(
        Dot(
            p.id, p.name, p.type, counted(p.facts, "fact", "facts"), max(0, p.facts - drawn[p.id]),
            min(1.0, log1p(p.facts) / _LARGEST), p.id in view.pinned, p.id in way,
        )
        for p in seen.places
    )  # fmt: skip
    lines = tuple(
        Line(
            e.id, e.head, e.tail, e.relation.removeprefix(OPEN), state(e), e.confidence,
            frozenset((e.head, e.tail)) in steps, note(e),
        )
        for e in seen.links
    )  # fmt: skip
    legend = kinds((p.type for p in seen.places), seen.types, view.wanted.types)
    return Picture(dots, lines, legend, view.chosen, "Graph", KEYS)


def state(link: Link) -> str:
    """How a fact is drawn: what a person decided first, then what speaks against it."""
    if link.status != "proposed":
        return link.status
    if link.negated:
        return "denied"
    return "conflict" if link.conflict else "proposed"


def note(link: Link) -> str:
    """What is said of a line where one points at it."""
    words = [f"confidence {link.confidence:.2f}", counted(link.support, "place", "places")]
    words += [
        w for w, holds in (("hedged", link.hedged), ("denied", link.negated), ("conflict", link.conflict)) if holds
    ]
    if link.status != "proposed":
        words.append(link.status)
    return " · ".join((*words, when(link))) if link.time else " · ".join(words)


def when(link: Link) -> str:
    """Its time qualifiers in words: `start 1998, end 2003`."""
    return ", ".join(f"{name} {value}" for name, value in json.loads(link.time)) if link.time else ""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A visible fact as a row of a table."""

    id: str
    head: str
    relation: str
    tail: str
    confidence: float
    status: str
    places: int
    time: str


def rows(seen: Seen) -> tuple[LinkRow, ...]:
    """The visible facts by name: the drawing's twin for whoever reads tables."""
    names = {p.id: p.name for p in seen.places}
    found = (
        LinkRow(
            e.id, plain(names[e.head]), e.relation.removeprefix(OPEN), plain(names[e.tail]), round(e.confidence, 2),
            state(e), e.support, when(e),
        )
        for e in seen.links
        if e.head in names and e.tail in names
    )  # fmt: skip
    return tuple(sorted(found, key=lambda r: (r.head, r.relation, r.tail, r.id)))


Suggested = tuple[str, str, str, str, int, int]
"""A suggestion for the search field: id, name, type, note, colour and shape of the legend."""


def suggested(found: Sequence[Suggestion], types: Sequence[str]) -> list[Suggested]:
    """Suggestions as the search field lists them, in the colours and shapes of the drawing."""
    legend = {k.name: k for k in kinds(types, types)}
    return [
        (
            s.id, short(s.name, 60), plain(s.type), _told(s),
            legend[s.type].color if s.type in legend else 0, legend[s.type].shape if s.type in legend else 0,
        )
        for s in found
    ]  # fmt: skip


def _told(found: Suggestion) -> str:
    facts = counted(found.facts, "fact", "facts")
    return f"also {short(found.alias, 30)} · {facts}" if found.alias else facts
