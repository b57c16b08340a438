"""What changed in classes and their attributes."""

from __future__ import annotations

from collections.abc import Iterator

from kgc.ontology.diff_change import Change, naming, wording
from kgc.schema.model import Attribute, EntityType
from kgc.schema.renames import Renames, before


def class_changes(renames: Renames) -> Iterator[Change]:
    """Changes of each class of the new schema, in its order."""
    for new in renames.new.entities:
        olds = before(new, renames.old.entities)
        if not olds:
            below = f"below {new.parent}" if new.parent else ""
            yield Change("class", "added", new.name, below, asks=True)
            continue
        yield from naming("class", olds, new)
        yield from wording("class", olds[0], new)
        yield from _parents(renames, olds, new)
        yield from _attributes(renames, olds, new)


def _parents(renames: Renames, olds: tuple[EntityType, ...], new: EntityType) -> Iterator[Change]:
    """Another parent; what it is called now is no change."""
    was = olds[0].parent
    now = {e.name for e in before(parent, renames.old.entities)} if (parent := _entity(renames, new.parent)) else set()
    own = {e.name for e in olds}
    if was in now | own or (not was and not new.parent):
        return
    yield Change("class", "moved", new.name, f"from below {was or 'Entity'} to below {new.parent or 'Entity'}")


def _entity(renames: Renames, name: str) -> EntityType | None:
    return next((e for e in renames.new.entities if e.name == name), None)


def _attributes(renames: Renames, olds: tuple[EntityType, ...], new: EntityType) -> Iterator[Change]:
    """Its own attributes that are new, different or gone; inherited ones that it did not have."""
    known = {a.name: a for a in renames.old_attributes(new.name)}
    for attribute in new.attributes:
        yield from _attribute(f"{new.name}.{attribute.name}", known.get(attribute.name), attribute)
    own = {a.name for a in new.attributes}
    above = renames.new.attributes(new.name)
    for attribute in above:
        if attribute.name not in own and _asked(known.get(attribute.name)) != _asked(attribute):
            holder = _holder(renames, new, attribute)
            yield Change("class", "inherits", new.name, f"{holder}.{attribute.name}", asks=True)
    kept = {a.name for a in above}
    for attribute in dict.fromkeys(a for old in olds for a in old.attributes):
        if attribute.name not in kept:
            yield Change("attribute", "removed", f"{new.name}.{attribute.name}")


def _attribute(place: str, old: Attribute | None, new: Attribute) -> Iterator[Change]:
    if old is None:
        yield Change("attribute", "added", place, new.datatype, asks=True)
        return
    if old.datatype != new.datatype:
        yield Change("attribute", "datatype", place, f"{old.datatype} → {new.datatype}", asks=True)
    if old.definition != new.definition:
        yield Change("attribute", "reworded", place, "definition", asks=True)
    if old.functional != new.functional:
        yield Change("attribute", "functional", place, "yes" if new.functional else "no")


def _asked(attribute: Attribute | None) -> tuple[str, str] | None:
    return (attribute.datatype, attribute.definition) if attribute else None


def _holder(renames: Renames, new: EntityType, attribute: Attribute) -> str:
    """The class above that an inherited attribute is written in."""
    for name in renames.new.ancestors(new.name):
        found = _entity(renames, name)
        if found and attribute in found.attributes:
            return name
    return new.parent
