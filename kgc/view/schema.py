"""The Schema page: classes and relations with how they are used, drawn as a graph, and beside another schema."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from kgc.ledger.usage import ClassUse, RelationUse, Usage
from kgc.schema import Schema
from kgc.schema.naming import spaced
from kgc.view.html import plain
from kgc.view.picture import Dot, Line, Picture, kinds

SHARE: Final = 0.5
"""A class or relation that takes more than this share of everything is overloaded."""
ENOUGH: Final = 20
KIND_OF: Final = "is a"


class Changed(Protocol):
    """A change from one schema to another."""

    @property
    def sort(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def asks(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Fitting:
    """What a person should look at: names that nothing is of, and names that take most of everything."""

    unused: tuple[str, ...]
    overloaded: tuple[tuple[str, int], ...]


def class_rows(schema: Schema, usage: Usage) -> list[dict[str, object]]:
    """Classes as rows of a table, those below a class after it; those below are also counted with it."""
    own = {use.name: use for use in usage.classes}
    rows: list[dict[str, object]] = []

    def below(parent: str, depth: int) -> None:
        for entity in schema.entities:
            if entity.parent != parent:
                continue
            use = own.get(entity.name, ClassUse(entity.name, 0))
            every = use.entities + sum(own[d].entities for d in schema.descendants(entity.name) if d in own)
            rows.append({
                "Class": "\u2003" * depth + plain(entity.name), "Entities": use.entities,
                "With those below": every,
                "For example": plain(", ".join(use.examples)),
                "Attributes": plain(", ".join(f"{a.name}: {a.datatype}" for a in entity.attributes)),
                "Definition": plain(" ".join(entity.definition.split())),
            })  # fmt: skip
            below(entity.name, depth + 1)

    below("", 0)
    return rows


def relation_rows(schema: Schema, usage: Usage) -> list[dict[str, object]]:
    """Relations as rows of a table, with the classes that were met at their ends."""
    own = {use.name: use for use in usage.relations}
    return [
        {
            "Relation": plain(r.name), "From": plain(" | ".join(r.head)), "To": plain(" | ".join(r.tail)),
            "Facts": own.get(r.name, RelationUse(r.name, 0)).facts,
            "Conflicts": own.get(r.name, RelationUse(r.name, 0)).conflicts,
            "Rejected": own.get(r.name, RelationUse(r.name, 0)).rejected,
            "Mostly": plain("; ".join(f"{h} → {t} {n}" for h, t, n in _pairs(own.get(r.name))[:3])),
            "Definition": plain(" ".join(r.definition.split())),
        }
        for r in schema.relations
    ]  # fmt: skip


def _pairs(use: RelationUse | None) -> Sequence[tuple[str, str, int]]:
    return use.pairs if use else ()


def fitting(schema: Schema, usage: Usage) -> Fitting:
    """Unused and overloaded names. A class is used when one below it is."""
    used = {use.name for use in usage.classes if use.entities} | {u.name for u in usage.relations if u.facts}
    used |= {a for name in tuple(used) for a in schema.ancestors(name)}
    unused = tuple(
        n for n in (*(e.name for e in schema.entities), *(r.name for r in schema.relations)) if n not in used
    )
    classes = [(u.name, u.entities) for u in usage.classes]
    relations = [(u.name, u.facts) for u in usage.relations if schema.relation(u.name)]
    parents = {e.parent for e in schema.entities}
    overloaded = [
        (name, round(100 * count / total))
        for counts in (classes, relations)
        if (total := sum(c for _, c in counts)) >= ENOUGH and len(counts) > 2
        for name, count in counts
        if count > SHARE * total and name not in parents
    ]
    return Fitting(unused, tuple(overloaded))


def picture(schema: Schema, usage: Usage, chosen: str = "", only: Iterable[str] = ()) -> Picture:
    """The schema as a drawing: classes as dots, relations and "is a" as lines. `only` keeps these classes alone."""
    wanted = set(only)
    counts = {use.name: use.entities for use in usage.classes}
    facts = {use.name: use.facts for use in usage.relations}
    shown = [e for e in schema.entities if not wanted or e.name in wanted]
    names = {e.name for e in shown}
    most, strongest = max(counts.values(), default=1) or 1, max(facts.values(), default=1) or 1
    tops = {e.name: (schema.ancestors(e.name) or (e.name,))[-1] for e in shown}
    dots = tuple(
        Dot(e.name, f"{e.name} {counts.get(e.name, 0):,}", tops[e.name], " ".join(e.definition.split()),
            weight=counts.get(e.name, 0) / most, marked=e.name == chosen)
        for e in shown
    )  # fmt: skip
    kind_of = [
        Line(f"{e.name}<{e.parent}", e.name, e.parent, KIND_OF, "denied", 0.2) for e in shown if e.parent in names
    ]
    related = [
        Line(f"{r.name}:{h}:{t}", h, t, spaced(r.name), "accepted" if facts.get(r.name) else "proposed",
             facts.get(r.name, 0) / strongest, r.name == chosen, " ".join(r.definition.split()))
        for r in schema.relations
        for h in r.head
        for t in r.tail
        if h in names and t in names
    ]  # fmt: skip
    known = tuple(e.name for e in schema.entities if not e.parent)
    return Picture(dots, (*kind_of, *related), kinds(tops.values(), known), chosen, f"The schema {schema.name}")


def diff_rows(changes: Iterable[Changed]) -> list[dict[str, object]]:
    """The differences from another schema as rows of a table."""
    return [
        {
            "What": plain(f"{c.sort} {c.name}"), "Change": plain(c.kind), "How": plain(c.detail),
            "Documents are asked again": "yes" if c.asks else "no",
        }
        for c in changes
    ]  # fmt: skip
