"""What a person sees of the graph while exploring it: a value, and the steps that lead from one to the next.

Nothing here draws or reads a page. A step takes a view and gives another; `Trail` remembers them, so that every step
can be undone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Protocol

from kgc.ledger.neighbourhood import Around
from kgc.ledger.wanted import ALL, Wanted

STEP: Final = 50
"""Neighbours that one expansion adds."""
FIRST: Final = 24
"""Neighbours that stand around what was just searched for."""
MOST: Final = 800
"""Entities that a drawing holds: beyond, nobody can read it."""
REMEMBERED: Final = 100
"""Steps that can be undone."""


class Reader(Protocol):
    """What the steps ask of the graph; `kgc.ledger.neighbourhood.Neighbourhood` has it."""

    def around(self, id_: str, wanted: Wanted, skip: tuple[str, ...] = (), limit: int = STEP) -> Around: ...
    def prominent(self, limit: int) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class View:
    """What stands in the drawing, in the order in which it came, and how it is looked at.

    `focus` is the entity that the address names. `chosen` is the entity or fact whose details are open. `away` are
    entities that were hidden: an expansion does not bring them back. `path` are those on a way that was asked for.
    """

    entities: tuple[str, ...] = ()
    focus: str = ""
    chosen: str = ""
    pinned: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()
    path: tuple[str, ...] = ()
    wanted: Wanted = ALL


NOTHING: Final = View()


@dataclass(frozen=True, slots=True)
class Trail:
    """The view of now, those before it, and those that were undone."""

    now: View = NOTHING
    past: tuple[View, ...] = ()
    undone: tuple[View, ...] = ()

    def step(self, view: View) -> Trail:
        """Go on to another view. To choose something is no step: undo would seem to do nothing."""
        if replace(view, chosen="") == replace(self.now, chosen=""):
            return replace(self, now=view)
        return Trail(view, (*self.past, self.now)[-REMEMBERED:], ())

    def undo(self) -> Trail:
        if not self.past:
            return self
        return Trail(self.past[-1], self.past[:-1], (self.now, *self.undone))

    def redo(self) -> Trail:
        if not self.undone:
            return self
        return Trail(self.undone[0], (*self.past, self.now), self.undone[1:])


def start(reader: Reader, entities: int = 5, each: int = 7) -> View:
    """A first picture: a few of the best connected entities with some of what is around them."""
    view = View()
    for id_ in reader.prominent(entities):
        found = reader.around(id_, view.wanted, view.entities, each)
        view = replace(view, entities=_added(view.entities, (id_, *found.ids)))
    return view


def focus(reader: Reader, view: View, id_: str, hops: int = 1, limit: int = FIRST) -> View:
    """Look at one entity: it stands with what is around it, `hops` far, and with what is pinned."""
    kept = tuple(e for e in view.entities if e in view.pinned)
    wanted = replace(view.wanted, types=frozenset())
    seen = _added((id_,), kept)
    edge: tuple[str, ...] = (id_,) if hops else ()
    for hop in range(hops):
        fresh: tuple[str, ...] = ()
        for here in edge:
            found = reader.around(here, wanted, seen, limit if not hop else max(2, limit // (2 * hop + 4)))
            seen = _added(seen, found.ids)
            fresh = _added(fresh, found.ids)
        edge = fresh
    return View(seen[:MOST], id_, id_, view.pinned, frozenset(), (), wanted)


def expand(reader: Reader, view: View, id_: str, limit: int = STEP) -> View:
    """Add the next neighbours of an entity that stands there; what stands stays."""
    room = max(0, MOST - len(view.entities))
    found = reader.around(id_, view.wanted, (*view.entities, *sorted(view.away)), min(limit, room))
    return replace(view, entities=_added(view.entities, found.ids), chosen=id_)


def choose(view: View, id_: str) -> View:
    """Open the details of an entity or a fact; "" closes them."""
    return replace(view, chosen=id_)


def attend(view: View, id_: str) -> View:
    """Look at an entity that stands there already: nothing moves, the address names it."""
    return replace(view, focus=id_, chosen=id_)


def hide(view: View, id_: str) -> View:
    return replace(
        view,
        entities=tuple(e for e in view.entities if e != id_),
        away=view.away | {id_},
        pinned=view.pinned - {id_},
        path=() if id_ in view.path else view.path,
        chosen="" if view.chosen == id_ else view.chosen,
    )


def bring_back(view: View) -> View:
    """Show again what was hidden one by one."""
    return replace(view, entities=_added(view.entities, tuple(sorted(view.away))), away=frozenset())


def pin(view: View, id_: str) -> View:
    """Pin what stands, or let it go: a pinned entity stays when another is looked at, and where things are arranged."""
    return replace(view, pinned=view.pinned ^ {id_}, chosen=id_)


def only(view: View, id_: str) -> View:
    """Leave this entity and what is pinned; the rest goes, and may come back by expanding."""
    kept = tuple(e for e in view.entities if e == id_ or e in view.pinned)
    return replace(view, entities=kept, chosen=id_, path=(), away=frozenset())


def follow(view: View, way: tuple[str, ...]) -> View:
    """Put a way between two entities into the picture and mark it."""
    return replace(view, entities=_added(view.entities, way), path=way, away=view.away - set(way))


def filtered(view: View, wanted: Wanted) -> View:
    return replace(view, wanted=wanted)


def toggled(view: View, type_: str) -> View:
    """Show or hide a type, as the legend does."""
    return filtered(view, replace(view.wanted, types=view.wanted.types ^ {type_}))


def alone(view: View, type_: str, types: tuple[str, ...]) -> View:
    """Show this type alone; where it is alone already, all again."""
    others = frozenset(types) - {type_}
    return filtered(view, replace(view.wanted, types=frozenset() if view.wanted.types == others else others))


def _added(there: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*there, *more)))
