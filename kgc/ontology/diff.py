"""What is different between two schemas, change by change, and which changes make a model be asked again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kgc.ontology.diff_change import Change, Item, Sort
from kgc.ontology.diff_classes import class_changes
from kgc.ontology.diff_events import event_changes
from kgc.ontology.diff_relations import relation_changes
from kgc.schema.fingerprint import needs_asking
from kgc.schema.model import Schema
from kgc.schema.renames import Renames


@dataclass(frozen=True, slots=True)
class Diff:
    """All differences, in the order of the new schema; what is gone comes last."""

    old: str
    new: str
    changes: tuple[Change, ...]

    @property
    def asks(self) -> bool:
        """Whether any change makes documents be asked again for all to be found."""
        return any(change.asks for change in self.changes)


def diff(old: Schema, new: Schema) -> Diff:
    """Every change from one schema to the other; renames are seen by `was`.

    It asks exactly where `kgc.schema.fingerprint.needs_asking` says so (the table in docs/reference/schema.md).
    """
    renames = Renames(old, new)
    changes = [
        *_whole(renames),
        *class_changes(renames),
        *relation_changes(renames),
        *event_changes(renames),
        *_gone("class", new.entities, old.entities),
        *_gone("relation", new.relations, old.relations),
        *_gone("event", new.events, old.events),
    ]
    if needs_asking(old, new) and not any(change.asks for change in changes):
        changes = [*_asking_moves(changes)]
    return Diff(old.name, new.name, tuple(changes))


def _whole(renames: Renames) -> Iterator[Change]:
    old, new = renames.old, renames.new
    if old.definition != new.definition:
        yield Change("schema", "reworded", new.name, "definition", asks=True)
    if renames.demonstrations() != old.demonstrations:
        told = f"{len(old.demonstrations)} → {len(new.demonstrations)}"
        yield Change("schema", "demonstrations", new.name, told, asks=True)


def _gone(sort: Sort, news: tuple[Item, ...], olds: tuple[Item, ...]) -> Iterator[Change]:
    """What nothing of the new schema is or was."""
    kept = {name for item in news for name in (item.name, *item.labels.was)}
    yield from (Change(sort, "removed", item.name) for item in olds if item.name not in kept)


def _asking_moves(changes: list[Change]) -> Iterator[Change]:
    """Where only moves and merges of classes are left to make some relation or role wider, they ask."""
    for change in changes:
        wider = change.sort == "class" and change.kind in ("moved", "merged")
        yield replace(change, asks=wider)
