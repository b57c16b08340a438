"""What a proposal does to relations."""

from __future__ import annotations

from dataclasses import replace

from kgc.ontology.draft_classes import one_of
from kgc.ontology.draft_desk import Desk, Refused, sheet
from kgc.ontology.draft_references import opposite_ends, with_relations_called
from kgc.ontology.duplicates import same_name
from kgc.ontology.names import clean, known_name, relation_name
from kgc.ontology.records import Proposal
from kgc.schema.model import RelationType
from kgc.schema.union import both, join_relations


def add(desk: Desk, proposal: Proposal) -> str:
    """A new relation, or more to say of one that is there. Returns its name."""
    known = meant(desk, proposal.name)
    if known:
        return enrich(desk, known, proposal)
    name = named(proposal.name)
    head, tail = desk.ends(proposal.head, name, "head"), desk.ends(proposal.tail, name, "tail")
    for end, given in (("head", proposal.head), ("tail", proposal.tail)):
        if not any(text.strip() for text in given):
            desk.flag(name, f"It has no {end}; anything can be one.")
    made = RelationType(name, head, tail, clean(proposal.definition), proposal.symmetric, proposal.functional)
    if opposite_ends(made):
        desk.flag(name, "It is symmetric, but its head and tail differ; it is not symmetric here.")
        made = replace(made, symmetric=False)
    desk.put_relation(replace(made, labels=sheet(desk, proposal, name, "relation")))
    return name


def enrich(desk: Desk, known: RelationType, proposal: Proposal) -> str:
    """Add to a relation what it does not say yet; head and tail become wider where the proposal has other ends."""
    if not same_name(known.name, proposal.name, relation=True):
        desk.flag(known.name, f"{clean(proposal.name, 80)!r} was proposed beside it; it is an alias here.")
    head = _wider(desk, known.head, desk.ends(proposal.head, known.name, "head") if any(proposal.head) else known.head)
    tail = _wider(desk, known.tail, desk.ends(proposal.tail, known.name, "tail") if any(proposal.tail) else known.tail)
    labels = sheet(desk, proposal, known.name, "relation", known.labels)
    made = replace(known, head=head, tail=tail, labels=labels)
    if opposite_ends(made):
        made = replace(made, symmetric=False)
    desk.put_relation(replace(made, definition=known.definition or clean(proposal.definition)))
    return known.name


def rename(desk: Desk, proposal: Proposal) -> str:
    old = desk.relation(one_of(proposal))
    name = named(proposal.name)
    if name == old.name:
        raise Refused(f"The relation is called {name} already.")
    _free(desk, name, old.name)
    new = replace(old, name=name, definition=clean(proposal.definition) or old.definition)
    new = _was(new, old.name)
    new = replace(new, labels=sheet(desk, proposal, name, "relation", new.labels))
    _exchange(desk, [old.name], new)
    return name


def merge(desk: Desk, proposal: Proposal) -> str:
    """Several relations as one; facts under the old names stay."""
    target = desk.schema.relation(known_name(desk.schema, "relation", proposal.name))
    found = [desk.relation(text) for text in proposal.of]
    every = [target, *found] if target else found
    parts = list(dict.fromkeys(every))
    if len(parts) < 2:
        raise Refused("A merge takes two relations at least.")
    name = target.name if target else named(proposal.name)
    joined = parts[0]
    for part in parts[1:]:
        joined = join_relations(joined, part)
    joined = replace(joined, name=name, definition=clean(proposal.definition) or joined.definition)
    for part in parts:
        joined = _was(joined, part.name)
    joined = replace(joined, labels=sheet(desk, proposal, name, "relation", joined.labels))
    _exchange(desk, [p.name for p in parts], replace(joined, symmetric=joined.symmetric and not opposite_ends(joined)))
    return name


def split(desk: Desk, proposal: Proposal) -> str:
    """A relation as several of the same ends; the old one goes, since no fact tells which of them it is."""
    old = desk.relation(proposal.name)
    names = [named(text) for text in proposal.of]
    if len(set(names)) < 2 or old.name in names:
        raise Refused("A split takes two new relations at least.")
    for name in names:
        _free(desk, name, "")
    parts = [
        RelationType(n, old.head, old.tail, "", old.symmetric, old.functional, labels=sheet(desk, part, n, "relation"))
        for n, part in zip(names, (Proposal("add", "relation", text) for text in proposal.of), strict=True)
    ]
    kept = [r for r in desk.schema.relations if r != old]
    place = desk.schema.relations.index(old)
    desk.put(relations=(*kept[:place], *parts, *kept[place:]))
    desk.schema = with_relations_called(desk.schema, {old.name: ""})
    desk.flag(old.name, "Its facts are asked for again under the new names; under the old one they go.")
    return names[0]


def move(desk: Desk, proposal: Proposal) -> str:
    """Other ends for a relation; an end that is not given stays."""
    found = desk.relation(proposal.name)
    head = desk.ends(proposal.head, found.name, "head") if any(proposal.head) else found.head
    tail = desk.ends(proposal.tail, found.name, "tail") if any(proposal.tail) else found.tail
    made = replace(found, head=head, tail=tail)
    if made == found:
        raise Refused(f"{found.name} goes from {' | '.join(head)} to {' | '.join(tail)} already.")
    if opposite_ends(made):
        raise Refused(f"{found.name} is symmetric; its head and tail must be the same classes.")
    desk.put_relation(made)
    return found.name


def retire(desk: Desk, proposal: Proposal) -> str:
    found = desk.relation(proposal.name)
    desk.put(relations=tuple(r for r in desk.schema.relations if r != found))
    desk.schema = with_relations_called(desk.schema, {found.name: ""})
    return found.name


def meant(desk: Desk, text: str) -> RelationType | None:
    """The relation that a name or alias means, in whatever form; None when there is none like it."""
    found = desk.schema.relation(known_name(desk.schema, "relation", text))
    return found or next((r for r in desk.schema.relations if same_name(r.name, text, relation=True)), None)


def named(text: str) -> str:
    """A name for a relation. Raises `Refused` when no name can be made of it."""
    name = relation_name(text)
    if not name:
        raise Refused(f"No name can be made of {clean(text, 80)!r}.")
    return name


def _free(desk: Desk, name: str, but: str) -> None:
    taken = next((r.name for r in desk.schema.relations if r.name.casefold() == name.casefold() and r.name != but), "")
    if taken:
        raise Refused(f"There is a relation {taken} already; merge the two instead.")


def _wider(desk: Desk, known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """Ends with those of `more` that they do not allow yet; what is below a new one is left to it."""
    if "Entity" in (*known, *more):
        return ("Entity",) if "Entity" in known else known
    fresh = tuple(name for name in more if not desk.schema.is_a(name, known))
    kept = tuple(name for name in known if not desk.schema.is_a(name, fresh))
    return both(kept, fresh)


def _was(relation: RelationType, old: str) -> RelationType:
    names = (n for n in dict.fromkeys((*relation.labels.was, old)) if n != relation.name)
    return replace(relation, labels=replace(relation.labels, was=tuple(names)))


def _exchange(desk: Desk, old: list[str], new: RelationType) -> None:
    """Put a relation in the place of the first of several, and take out the others."""
    kept = [new if r.name == old[0] else r for r in desk.schema.relations if r.name == old[0] or r.name not in old]
    desk.put(relations=tuple(kept))
    desk.schema = with_relations_called(desk.schema, dict.fromkeys(old, new.name))
