"""What changed in events and their roles."""

from __future__ import annotations

from collections.abc import Iterator

from kgc.ontology.diff_change import Change, arrow, naming, wording
from kgc.ontology.diff_relations import new_names
from kgc.schema.model import RoleType
from kgc.schema.renames import Renames, before


def event_changes(renames: Renames) -> Iterator[Change]:
    """Changes of each event of the new schema, in its order."""
    for new in renames.new.events:
        olds = before(new, renames.old.events)
        if not olds:
            yield Change("event", "added", new.name, ", ".join(r.name for r in new.roles), asks=True)
            continue
        yield from naming("event", olds, new)
        yield from wording("event", olds[0], new)
        known = {r.name: r for r in olds[0].roles}
        for role in new.roles:
            yield from _role(renames, f"{new.name}.{role.name}", known.get(role.name), role)
        kept = {r.name for r in new.roles}
        for role in olds[0].roles:
            if role.name not in kept:
                told = "was required" if role.required else ""
                yield Change("role", "removed", f"{new.name}.{role.name}", told, asks=role.required)


def _role(renames: Renames, place: str, old: RoleType | None, new: RoleType) -> Iterator[Change]:
    if old is None:
        yield Change("role", "added", place, " | ".join(new.types), asks=True)
        return
    if old.definition != new.definition:
        yield Change("role", "reworded", place, "definition", asks=True)
    if old.required != new.required:
        yield Change("role", "required" if new.required else "optional", place, asks=not new.required)
    if new_names(renames, old.types) != set(new.types):
        wider = not renames.wide_new(new.types) <= renames.wide(old.types)
        yield Change("role", "widened" if wider else "narrowed", place, arrow(old.types, new.types), asks=wider)
