"""The embedded database's names: one catalog for labels and types, in which capital and small letters are the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kgc.store.layout import Layout

MARK: Final = "\u2060"
"""Appended to a name that another has taken (`Award` a class, `AWARD` a relationship); unseen, and taken off again."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """Table names by label and by relationship type."""

    nodes: dict[str, str]
    edges: dict[str, str]


def catalog(tables: Layout) -> Catalog:
    """Names for all tables. The labels come first: it is mostly a relationship type that is marked."""
    taken: set[str] = set()
    return Catalog(_named(tables.nodes(), taken), _named(tables.edges, taken))


def quoted(name: str) -> str:
    """A name in backticks, whatever it holds."""
    return "`" + name.replace("`", "``") + "`"


def _named(names: Iterable[str], taken: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        table = name
        while table.casefold() in taken:
            table += MARK
        taken.add(table.casefold())
        found[name] = table
    return found
