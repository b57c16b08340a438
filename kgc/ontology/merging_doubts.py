"""What a merge leaves to people: what may be the same, and where the schemas say different things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kgc.ontology.duplicates import Likeness
from kgc.ontology.merging_match import Pair
from kgc.ontology.questions_path import implied_ends
from kgc.ontology.records import Proposal
from kgc.ontology.stems import stems
from kgc.schema.model import EntityType, RelationType, Schema

BY = "merge"


def doubts(classes: Iterable[Likeness], relations: Iterable[Likeness], schema: Schema) -> Iterator[Proposal]:
    """Pairs of the merged schema that may be the same, as merges for people to decide."""
    told: set[tuple[str, str]] = set()
    for thing, pairs in (("class", classes), ("relation", relations)):
        for pair in pairs:
            told.add((pair.one, pair.other))
            yield _merge(thing, pair.one, pair.other, 0.6, f"It may be the same as {pair.other}: {pair.why}.")
    for one, other in _within(schema.entities):
        if (one.name, other.name) not in told and (other.name, one.name) not in told:
            why = f"{one.name} says in fewer words what {other.name} says; it may be the same, or the wider of the two."
            yield _merge("class", one.name, other.name, 0.4, why)


def differences(one: Schema, other: Schema, same: Sequence[Pair]) -> Iterator[Proposal]:
    """Where the other schema says something else of the same class: its parent, its datatypes."""
    names = {p.other: p.one for p in same if p.sort == "class"}
    for pair in same:
        if pair.sort == "class":
            a, b = one.entity(pair.one), other.entity(pair.other)
            if a and b:
                yield from _class(a, b, names, other.name)
        else:
            yield from _relation(one.relation(pair.one), other.relation(pair.other), other.name)


def narrower(schema: Schema) -> Iterator[Proposal]:
    """Ends for relations between anything and anything, where the name tells them."""
    for relation in schema.relations:
        head, tail = implied_ends(schema, relation)
        if (head, tail) != (relation.head, relation.tail):
            why = "Its name speaks of that class, and it may join anything with anything."
            yield Proposal(
                "move", "relation", relation.name, head=head, tail=tail, by=BY, score=0.7, objections=(why,)
            )  # fmt: skip


def _class(a: EntityType, b: EntityType, names: dict[str, str], source: str) -> Iterator[Proposal]:
    wanted = names.get(b.parent, b.parent)
    if a.parent and wanted and a.parent != wanted:
        why = f"{source} has it below {wanted}; it stays below {a.parent}."
        yield Proposal("move", "class", a.name, parent=wanted, by=BY, score=0.5, objections=(why,))
    mine = {attribute.name: attribute for attribute in a.attributes}
    for attribute in b.attributes:
        known = mine.get(attribute.name)
        if known and known.datatype != attribute.datatype:
            why = f"It is a {known.datatype} here and a {attribute.datatype} in {source}; it is a string now."
            place = f"{a.name}.{attribute.name}"
            yield Proposal("move", "attribute", place, datatype=known.datatype, by=BY, score=0.5, objections=(why,))


def _relation(a: RelationType | None, b: RelationType | None, source: str) -> Iterator[Proposal]:
    if a and b and "Entity" in b.head and "Entity" in b.tail and not {"Entity"} & {*a.head, *a.tail}:
        why = f"{source} lets it go from anything to anything; here it went between these."
        yield Proposal(
            "move", "relation", a.name, head=a.head, tail=a.tail, by=BY, score=0.7, objections=(why,)
        )  # fmt: skip


def _within(entities: Sequence[EntityType]) -> Iterator[tuple[EntityType, EntityType]]:
    """Classes whose words are among those of one other class that ends alike: ModelType, DeepLearningModelType."""
    spoken = [(e, stems(e.name)) for e in entities]
    for one, few in spoken:
        for other, many in spoken:
            wider = len(few) > 1 and len(many) > len(few) and set(few) < set(many) and few[-1] == many[-1]
            if wider and other.parent != one.name:
                yield one, other


def _merge(thing: str, one: str, other: str, score: float, why: str) -> Proposal:
    if thing == "class":
        return Proposal("merge", "class", one, of=(other,), by=BY, score=score, objections=(why,))
    return Proposal("merge", "relation", one, of=(other,), by=BY, score=score, objections=(why,))
