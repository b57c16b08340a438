"""What a proposal does to classes."""

from __future__ import annotations

from dataclasses import replace

from kgc.ontology.draft_desk import Desk, Refused, Unknown, sheet
from kgc.ontology.draft_references import with_classes_called
from kgc.ontology.duplicates import same_name
from kgc.ontology.names import class_name, clean, known_name
from kgc.ontology.records import Proposal
from kgc.schema.model import EntityType, Labels
from kgc.schema.union import join_entities


def add(desk: Desk, proposal: Proposal) -> str:
    """A new class, or more to say of one that is there. Returns its name."""
    known = meant(desk, proposal.name)
    if known:
        return enrich(desk, known, proposal)
    name = named(proposal.name)
    parent = parent_of(desk, proposal.parent, name)
    labels = sheet(desk, proposal, name, "entity")
    desk.put_class(EntityType(name, clean(proposal.definition), parent, (), labels))
    return name


def enrich(desk: Desk, known: EntityType, proposal: Proposal) -> str:
    """Add to a class what it does not say yet; what it says stays."""
    if not same_name(known.name, proposal.name):
        desk.flag(known.name, f"{clean(proposal.name, 80)!r} was proposed as a class of its own; it is an alias here.")
    parent = known.parent
    if not parent and proposal.parent:
        wanted = known_name(desk.schema, "entity", proposal.parent)
        line = (wanted, *desk.schema.ancestors(wanted))
        parent = wanted if wanted not in ("", "Entity") and known.name not in line else ""
    desk.put_class(
        replace(
            known,
            definition=known.definition or clean(proposal.definition),
            parent=parent,
            labels=sheet(desk, proposal, known.name, "entity", known.labels),
        )
    )
    return known.name


def rename(desk: Desk, proposal: Proposal) -> str:
    """Another name for a class, which remembers the old one."""
    old = desk.class_(one_of(proposal))
    name = named(proposal.name)
    if name == old.name:
        raise Refused(f"The class is called {name} already.")
    if taken := next((e.name for e in desk.schema.entities if e.name.casefold() == name.casefold() and e != old), ""):
        raise Refused(f"There is a class {taken} already; merge the two instead.")
    labels = sheet(desk, proposal, name, "entity", _was(old.labels, name, old.name))
    new = replace(old, name=name, definition=clean(proposal.definition) or old.definition, labels=labels)
    _exchange(desk, {old.name: name}, new, old.name)
    return name


def merge(desk: Desk, proposal: Proposal) -> str:
    """Several classes as one, under a name that one of them has or a new one; facts under the old names stay."""
    found = [desk.class_(text) for text in proposal.of]
    target = desk.schema.entity(known_name(desk.schema, "entity", proposal.name))
    every = [target, *found] if target else found
    parts = list(dict.fromkeys(every))
    if len(parts) < 2:
        raise Refused("A merge takes two classes at least.")
    name = target.name if target else named(proposal.name)
    old = [e.name for e in parts]
    joined = parts[0]
    for part in parts[1:]:
        joined = join_entities(joined, part)
    parent = next((p for e in parts for p in (e.parent, *desk.schema.ancestors(e.parent)) if p and p not in old), "")
    labels = joined.labels
    for each in old:
        labels = _was(labels, name, each)
    definition = clean(proposal.definition) or joined.definition
    new = replace(joined, name=name, parent=parent, definition=definition, labels=labels)
    new = replace(new, labels=sheet(desk, proposal, name, "entity", new.labels))
    _exchange(desk, dict.fromkeys(old, name), new, old[0])
    return name


def split(desk: Desk, proposal: Proposal) -> str:
    """Kinds of a class as classes below it; the class stays for what is neither."""
    whole = desk.class_(proposal.name)
    names = [named(text) for text in proposal.of]
    if len(set(names)) < 2:
        raise Refused("A split takes two new classes at least.")
    for text, name in zip(proposal.of, names, strict=True):
        if (known := meant(desk, text)) is None:
            part = Proposal("add", "class", text)
            desk.put_class(EntityType(name, "", whole.name, (), sheet(desk, part, name, "entity")))
        elif not known.parent and known.name not in (whole.name, *desk.schema.ancestors(whole.name)):
            desk.put_class(replace(known, parent=whole.name))
        elif known.parent != whole.name:
            raise Refused(f"{known.name} is a class already, and not below {whole.name}.")
    return whole.name


def move(desk: Desk, proposal: Proposal) -> str:
    """Another parent for a class; "Entity" or none is the top."""
    found = desk.class_(proposal.name)
    parent = parent_of(desk, proposal.parent, found.name)
    if parent == found.parent:
        raise Refused(f"{found.name} stands below {parent or 'Entity'} already.")
    desk.put_class(replace(found, parent=parent))
    return found.name


def retire(desk: Desk, proposal: Proposal) -> str:
    """A class less: what was below it goes to its parent, and so does a head or tail that was it alone."""
    found = desk.class_(proposal.name)
    parent = found.parent
    relations = tuple(
        replace(r, head=_less(r.head, found.name, parent), tail=_less(r.tail, found.name, parent))
        for r in desk.schema.relations
    )
    gone = [r.name for r in relations if not (r.head and r.tail)]
    for name in gone:
        desk.flag(name, f"The relation went with the class {found.name}, which was all that it could go from or to.")
    below = tuple(
        replace(e, parent=parent) if e.parent == found.name else e for e in desk.schema.entities if e != found
    )
    desk.put(entities=below, relations=tuple(r for r in relations if r.name not in gone))
    desk.schema = with_classes_called(desk.schema, {found.name: ""})
    return found.name


def meant(desk: Desk, text: str) -> EntityType | None:
    """The class that a name or alias means, in whatever form; None when there is none like it."""
    found = desk.schema.entity(known_name(desk.schema, "entity", text))
    return found or next((e for e in desk.schema.entities if same_name(e.name, text)), None)


def named(text: str) -> str:
    """A name for a class. Raises `Refused` when no name can be made of it."""
    name = class_name(text)
    if not name:
        raise Refused(f"No name can be made of {clean(text, 80)!r}.")
    return name


def parent_of(desk: Desk, text: str, name: str) -> str:
    """The parent that is meant, "" for the top. Raises `Unknown`, and `Refused` for a circle."""
    if not text.strip():
        return ""
    found = known_name(desk.schema, "entity", text)
    if not found and (known := meant(desk, text)):
        found = known.name
    if found == "Entity":
        return ""
    if not found:
        raise Unknown(f"Its parent {clean(text, 80)!r} is no class of the schema.")
    if name in (found, *desk.schema.ancestors(found)):
        raise Refused(f"{name} would be its own ancestor by way of {found}.")
    return found


def one_of(proposal: Proposal) -> str:
    """The one old name of a rename."""
    if len(proposal.of) != 1:
        raise Refused(f"A rename has one old name, not {len(proposal.of)}.")
    return proposal.of[0]


def _exchange(desk: Desk, names: dict[str, str], new: EntityType, place: str) -> None:
    """Put a class in the place of one, and take out all others that became it."""
    kept = [new if e.name == place else e for e in desk.schema.entities if e.name == place or e.name not in names]
    desk.put(entities=tuple(kept))
    desk.schema = with_classes_called(desk.schema, names)
    desk.put_class(replace(new, parent=names.get(new.parent, new.parent)))


def _was(labels: Labels, name: str, old: str) -> Labels:
    return replace(labels, was=tuple(n for n in dict.fromkeys((*labels.was, old)) if n != name))


def _less(ends: tuple[str, ...], name: str, parent: str) -> tuple[str, ...]:
    """Ends without a class; its parent in its place where it stood alone."""
    rest = tuple(e for e in ends if e != name)
    return rest or ((parent,) if parent else ())
