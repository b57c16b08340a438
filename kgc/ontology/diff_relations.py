"""What changed in relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kgc.ontology.diff_change import Change, arrow, naming, wording
from kgc.schema.model import RelationType
from kgc.schema.renames import Renames, before


def relation_changes(renames: Renames) -> Iterator[Change]:
    """Changes of each relation of the new schema, in its order."""
    for new in renames.new.relations:
        olds = renames.old_relations(new)
        if not olds:
            yield Change("relation", "added", new.name, arrow(new.head, new.tail), asks=True)
            continue
        yield from naming("relation", olds, new)
        yield from wording("relation", olds[0], new)
        yield from _ends(renames, olds, new)
        yield from _nature(renames, olds[0], new)


def _ends(renames: Renames, olds: tuple[RelationType, ...], new: RelationType) -> Iterator[Change]:
    """Other classes at head or tail; another name of the same class is no change, and one new below it neither."""
    pairs = [(renames.wide(old.head), renames.wide(old.tail)) for old in olds]
    heads, tails = renames.wide_new(new.head), renames.wide_new(new.tail)
    asks = not any(heads <= head and tails <= tail for head, tail in pairs)
    for end, was, now in (("head", olds[0].head, new.head), ("tail", olds[0].tail, new.tail)):
        if new_names(renames, was) != set(now):
            wide, before_wide = renames.wide_new(now), renames.wide(was)
            told = f"{end} {arrow(was, now)}"
            if wide <= before_wide:
                yield Change("relation", "narrowed", new.name, told)
            else:
                yield Change("relation", "widened", new.name, told, asks=asks)


def _nature(renames: Renames, old: RelationType, new: RelationType) -> Iterator[Change]:
    if old.symmetric != new.symmetric:
        yield Change("relation", "symmetric", new.name, "yes" if new.symmetric else "no")
    if old.functional != new.functional:
        yield Change("relation", "functional", new.name, "yes" if new.functional else "no")
    other = renames.new.relation(new.inverse)
    called = {r.name for r in before(other, renames.old.relations)} if other else set()
    if old.inverse != new.inverse and old.inverse not in called:
        yield Change("relation", "inverse", new.name, f"{old.inverse or 'none'} → {new.inverse or 'none'}")


def new_names(renames: Renames, names: Iterable[str]) -> frozenset[str]:
    """What classes of the old schema are called now; one that is gone by its old name."""
    now = {old.name: new.name for new in renames.new.entities for old in before(new, renames.old.entities)}
    return frozenset(now.get(name, name) for name in names)
