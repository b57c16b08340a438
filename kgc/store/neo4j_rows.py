"""Rows as the statements to a Neo4j server want them: what tells one from all others, and what it carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kgc.store.neo4j_statements import Statements, keys_of
from kgc.store.properties import Value
from kgc.store.rows import Key
from kgc.store.targets import Identity

LONGEST_NAME: Final = 2_000
"""Code points; an index takes no more than about 8,000 bytes."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The rows of one label, or of one type between two labels.

    `start` begins their identities; `keys` and `columns` are names with the place of their value in a row.
    """

    start: tuple[str, ...]
    keys: tuple[tuple[str, int], ...]
    columns: tuple[tuple[str, int], ...]
    ends: bool
    named: bool

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.columns]

    def identity(self, values: Sequence[Value]) -> Identity:
        told = [values[at] for _, at in self.keys]
        if self.ends:
            told = [*values[:2], *told]
        return (*self.start, *[v if isinstance(v, int) else str(v) for v in told])

    def row(self, values: Sequence[Value], *, bare: bool) -> dict[str, object]:
        """The row as a parameter; `bare` leaves out what has no value."""
        own: dict[str, object] = {}
        for name, at in self.columns:
            value = values[at]
            if value is not None or not bare:
                own[name] = list(value) if isinstance(value, tuple) else value
        if self.named:
            own["name"] = shortened(str(own["name"]))
        ends = {"a": values[0], "b": values[1]} if self.ends else {}
        return {**ends, **{name: values[at] for name, at in self.keys}, "p": own}


def shape_of(key: Key, statements: Statements) -> Shape:
    """How the rows of a label or a type are told."""
    start: tuple[str, ...]
    keys: tuple[str, ...]
    if len(key) == 1:
        columns = statements.tables.nodes()[key[0]].columns
        places = [(c.name, at) for at, c in enumerate(columns)]
        start, keys, ends = (statements.root(key[0]),), ("id",), False
    else:
        type_, head, tail = key
        columns = statements.tables.edges[type_].columns
        places = [(c.name, at) for at, c in enumerate(columns, 2)]
        start, keys, ends = (type_, statements.root(head), statements.root(tail)), keys_of(type_), True
    own = tuple((name, at) for name, at in places if name not in keys)
    named = not ends and key[0] in statements.tables.entities
    return Shape(start, tuple((name, at) for name, at in places if name in keys), own, ends, named)


def shortened(name: str) -> str:
    """A name that an index can hold."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
