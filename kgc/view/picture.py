"""What a drawing shows: dots, lines between them, and the kinds they are of. Where they stand the browser decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypedDict

from kgc.view.html import plain

LABEL: Final = 36
"""Code points of a name that a drawing shows; the whole name is told where one points."""
SHAPES: Final = 6
COLORS: Final = 8


@dataclass(frozen=True, slots=True)
class Dot:
    """Something that is drawn as a shape with its name.

    `note` is said of it by a screen reader and where one points, `more` counts neighbours that are not drawn, `weight`
    in [0, 1] makes it larger.
    """

    id: str
    name: str
    kind: str
    note: str = ""
    more: int = 0
    weight: float = 0.0
    pinned: bool = False
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line from one dot to another. `state` gives colour and dashes: proposed, accepted, rejected, conflict, denied.

    `strength` in [0, 1] is its width; `marked` lines stand out (a path).
    """

    id: str
    source: str
    target: str
    name: str
    state: str = "proposed"
    strength: float = 1.0
    marked: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the legend. `color` and `shape` are numbers of our palette; what is not `shown` is filtered out."""

    name: str
    color: int
    shape: int
    count: int = 0
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is visible. `chosen` is the id of the dot or line whose details are open, "" for none.

    `title` names the drawing to a screen reader. `keys` lists the events that the page acts upon, besides choosing.
    """

    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    kinds: tuple[Kind, ...]
    chosen: str = ""
    title: str = "Graph"
    keys: tuple[str, ...] = ()


class Drawn(TypedDict):
    """A picture as the browser gets it."""

    dots: list[list[object]]
    lines: list[list[object]]
    kinds: list[list[object]]
    chosen: str
    title: str
    keys: list[str]


def kinds(names: Iterable[str], known: Iterable[str], off: Iterable[str] = ()) -> tuple[Kind, ...]:
    """The legend of the given names, each with its count. Colour and shape go by the place in `known`, then by name.

    >>> kinds(["B", "A", "B"], ["A", "B"])
    (Kind(name='A', color=0, shape=0, count=1, shown=True), Kind(name='B', color=1, shape=1, count=2, shown=True))
    """
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    hidden = set(off)
    order = list(dict.fromkeys((*known, *sorted({*counts, *hidden}))))
    places: Mapping[str, int] = {name: place for place, name in enumerate(order)}
    seen = sorted({*counts, *hidden}, key=places.__getitem__)
    return tuple(Kind(n, places[n] % COLORS, places[n] % SHAPES, counts.get(n, 0), n not in hidden) for n in seen)


def drawn(picture: Picture) -> Drawn:
    """The picture as lists, without what would be sent over and over: a picture goes to the browser at every click."""
    numbers = {kind.name: number for number, kind in enumerate(picture.kinds)}
    return {
        "dots": [
            [d.id, short(d.name), numbers.get(d.kind, 0), plain(d.note), d.more, round(d.weight, 2), int(d.pinned),
             int(d.marked), plain(d.name) if len(d.name) > LABEL else ""]
            for d in picture.dots
        ],
        "lines": [
            [e.id, e.source, e.target, short(e.name), e.state, round(e.strength, 2), int(e.marked), plain(e.note)]
            for e in picture.lines
        ],
        "kinds": [[plain(k.name), k.color, k.shape, k.count, int(k.shown), k.name] for k in picture.kinds],
        "chosen": picture.chosen,
        "title": plain(picture.title),
        "keys": list(picture.keys),
    }  # fmt: skip


def short(name: str, limit: int = LABEL) -> str:
    """The name in one line, cut in code points; what is invisible or turns the direction of text is made visible.

    >>> short("a" * 50)[-3:]
    'aa…'
    """
    line = plain(" ".join(name.split()))
    return line if len(line) <= limit else line[: limit - 1] + "…"
