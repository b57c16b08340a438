"""What a proposal does to attributes. They are named `Class.attribute`."""

from __future__ import annotations

from dataclasses import replace

from kgc.ontology.draft_classes import meant as meant_class
from kgc.ontology.draft_classes import one_of
from kgc.ontology.draft_desk import Desk, Refused, Unknown
from kgc.ontology.duplicates import same_name
from kgc.ontology.names import attribute_name, clean, datatype
from kgc.ontology.records import Proposal
from kgc.schema.model import Attribute, EntityType


def add(desk: Desk, proposal: Proposal) -> str:
    """A new attribute of a class, or more to say of one that it (or a class above it) has."""
    owner, said = _parts(desk, proposal.name, proposal.head)
    known = meant(desk, owner, said)
    if known:
        return enrich(desk, owner, known, proposal)
    name = attribute_name(said, owner.name)
    if not name:
        raise Refused(f"{clean(said, 80)!r} is no attribute: everything has a name.")
    kind = datatype(proposal.datatype)
    if proposal.datatype and not kind:
        desk.flag(f"{owner.name}.{name}", f"{clean(proposal.datatype, 40)!r} is no datatype; it is a string here.")
    made = Attribute(name, kind or "string", proposal.functional, clean(proposal.definition))
    desk.put_class(replace(owner, attributes=(*owner.attributes, made)))
    return f"{owner.name}.{name}"


def enrich(desk: Desk, owner: EntityType, known: Attribute, proposal: Proposal) -> str:
    """A definition for an attribute that has none; another datatype than it has is flagged."""
    holder = next(e for e in _line(desk, owner) if known in e.attributes)
    place, kind = f"{holder.name}.{known.name}", datatype(proposal.datatype)
    if kind and kind != known.datatype:
        desk.flag(place, f"It is a {known.datatype}; {kind} was proposed as well.")
    _change(desk, holder, known, replace(known, definition=known.definition or clean(proposal.definition)))
    return place


def rename(desk: Desk, proposal: Proposal) -> str:
    """Another name; attributes remember no old one, so that documents are asked again."""
    owner, old = _existing(desk, one_of(proposal), proposal.head)
    said = proposal.name.rpartition(".")[2]
    name = attribute_name(said, owner.name)
    if not name or name == old.name:
        raise Refused(f"{clean(said, 80)!r} is no new name for {owner.name}.{old.name}.")
    if (taken := meant(desk, owner, name)) and taken != old:
        raise Refused(f"{owner.name} has an attribute {taken.name} already.")
    _change(desk, owner, old, replace(old, name=name, definition=clean(proposal.definition) or old.definition))
    return f"{owner.name}.{name}"


def merge(desk: Desk, proposal: Proposal) -> str:
    """Several attributes of one class as one; the others go."""
    parts = [_existing(desk, text, proposal.head) for text in dict.fromkeys((proposal.name, *proposal.of))]
    owner = parts[0][0]
    if len(parts) < 2 or any(other != owner for other, _ in parts):
        raise Refused("A merge takes two attributes of one class at least.")
    gone = {attribute.name for _, attribute in parts[1:]} - {parts[0][1].name}
    desk.put_class(replace(owner, attributes=tuple(a for a in owner.attributes if a.name not in gone)))
    return f"{owner.name}.{parts[0][1].name}"


def split(desk: Desk, proposal: Proposal) -> str:  # noqa: ARG001  # as all acts
    """Nothing tells which of the new ones a value would be of."""
    raise Refused(f"An attribute is not split: retire {clean(proposal.name, 80)!r} and add the new ones.")


def move(desk: Desk, proposal: Proposal) -> str:
    """To another class (`parent`, or the head), or to another datatype."""
    owner, found = _existing(desk, proposal.name, ())
    kind = datatype(proposal.datatype)
    to = proposal.parent or next(iter(proposal.head), "")
    new_owner = desk.class_(to) if to else owner
    made = replace(found, datatype=kind or found.datatype)
    if new_owner == owner and made == found:
        raise Refused(f"{owner.name}.{found.name} is there already.")
    if new_owner != owner and any(same_name(a.name, found.name) for a in new_owner.attributes):
        raise Refused(f"{new_owner.name} has an attribute {found.name} already; retire one of the two instead.")
    if new_owner == owner:
        _change(desk, owner, found, made)
    else:
        desk.put_class(replace(owner, attributes=tuple(a for a in owner.attributes if a != found)))
        desk.put_class(replace(new_owner, attributes=(*new_owner.attributes, made)))
    return f"{new_owner.name}.{found.name}"


def retire(desk: Desk, proposal: Proposal) -> str:
    owner, found = _existing(desk, proposal.name, proposal.head)
    desk.put_class(replace(owner, attributes=tuple(a for a in owner.attributes if a != found)))
    return f"{owner.name}.{found.name}"


def meant(desk: Desk, owner: EntityType, text: str) -> Attribute | None:
    """The attribute of a class, or of one above it, that a name means."""
    name = attribute_name(text, owner.name)
    return next(
        (a for a in desk.schema.attributes(owner.name) if a.name in (text, name) or same_name(a.name, text)), None
    )


def _parts(desk: Desk, text: str, head: tuple[str, ...]) -> tuple[EntityType, str]:
    """The class and the attribute's own name. Raises `Unknown` for a class that is not there."""
    class_, dot, said = text.rpartition(".")
    owner = class_ if dot else next(iter(head), "")
    found = meant_class(desk, owner) if owner.strip() else None
    if found is None:
        raise Unknown(f"The attribute {clean(text, 80)!r} names no class of the schema, as in Person.born.")
    return found, said


def _existing(desk: Desk, text: str, head: tuple[str, ...]) -> tuple[EntityType, Attribute]:
    owner, said = _parts(desk, text, head)
    known = meant(desk, owner, said)
    if known is None:
        raise Unknown(f"{owner.name} has no attribute {clean(said, 80)!r}.")
    return next(e for e in _line(desk, owner) if known in e.attributes), known


def _line(desk: Desk, owner: EntityType) -> list[EntityType]:
    above = (desk.schema.entity(name) for name in desk.schema.ancestors(owner.name))
    return [owner, *(e for e in above if e)]


def _change(desk: Desk, owner: EntityType, old: Attribute, new: Attribute) -> None:
    desk.put_class(replace(owner, attributes=tuple(new if a == old else a for a in owner.attributes)))
