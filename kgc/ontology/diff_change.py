"""One difference between two schemas, and those that all kinds of classes share: names and label sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf

from kgc.schema.fingerprint import seen
from kgc.schema.model import EntityType, EventType, RelationType

Kind = OneOf[
    "added", "removed", "renamed", "merged", "moved", "widened", "narrowed", "reworded", "inherits", "datatype",
    "functional", "symmetric", "inverse", "optional", "required", "names", "demonstrations",
]  # fmt: skip
Sort = OneOf["class", "relation", "event", "attribute", "role", "schema"]
Item = EntityType | RelationType | EventType


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `name` is that of the new schema (of the old one where it is gone), `was` what it was called.

    An attribute or role is named `Class.name`. `detail` says the change in words; `asks` tells whether answers to the
    old schema may lack what the new one wants.
    """

    sort: Sort
    kind: Kind
    name: str
    detail: str = ""
    was: str = ""
    asks: bool = False


def naming(sort: Sort, olds: Sequence[Item], new: Item) -> Iterator[Change]:
    """A new name, or several classes that became one."""
    names = [old.name for old in olds]
    if len(names) > 1:
        yield Change(sort, "merged", new.name, f"of {', '.join(names)}", names[0])
    elif names[0] != new.name:
        yield Change(sort, "renamed", new.name, was=names[0])


def wording(sort: Sort, old: Item, new: Item) -> Iterator[Change]:
    """What a model reads of a class (asks), and what only helps to read its answer (does not)."""
    one, other = seen(old.labels), seen(new.labels)
    parts = [
        *(["definition"] if old.definition != new.definition else []),
        *(p for p in ("label", "avoid", "examples", "templates") if getattr(one, p) != getattr(other, p)),
    ]
    if parts:
        yield Change(sort, "reworded", new.name, ", ".join(parts), asks=True)
    names = [p for p in ("aliases", "same_as") if getattr(old.labels, p) != getattr(new.labels, p)]
    if names:
        yield Change(sort, "names", new.name, ", ".join(names))


def arrow(before: Sequence[str], now: Sequence[str]) -> str:
    """Classes before and after.

    >>> arrow(("Person",), ("Person", "Company"))
    'Person → Person | Company'
    """
    return f"{' | '.join(before)} → {' | '.join(now)}"
