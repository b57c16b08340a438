"""How near a schema comes to a reference: classes, is-a, relations and attributes, by name, nearly by name, by place.

Names are compared without case, separators and number; each thing is matched with at most one of the reference.
Taxonomic overlap is the taxonomic F of Dellschaft and Staab 2006 (common semantic cotopy): of the classes that both
have, how much of what stands above and below them both say.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from rapidfuzz.fuzz import ratio

from kgc.ontology.duplicates import name_key
from kgc.ontology.stems import stems
from kgc.schema.model import Attribute, EntityType, Labels, RelationType, Schema
from kgc.schema.naming import spaced

NEAR: Final = 85.0
"""Likeness of two names (0 to 100) from which they match nearly."""
SHARED: Final = 0.5
"""Share of stems that two names of several words must have in common to match nearly."""

Pairs = Mapping[str, str]
"""Name in the schema -> name in the reference."""
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts, and fractions of them. Nothing found and nothing to find scores 1.0; one of them 0.0."""

    right: float
    found: int
    gold: int

    @property
    def p(self) -> float:
        return self.right / self.found if self.found else float(not self.gold)

    @property
    def r(self) -> float:
        return self.right / self.gold if self.gold else float(not self.found)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.p + self.r
        return 2 * self.p * self.r / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Every measure by its name, in the order of the table."""

    measures: Mapping[str, Score]


def score(schema: Schema, gold: Schema) -> Scores:
    """Compare a schema with a reference. Raises nothing."""
    string = match(schema.entities, gold.entities, same)
    fuzzy = match(schema.entities, gold.entities, near)
    structural = by_place(schema, gold, fuzzy)
    relations = match(schema.relations, gold.relations, same, relation=True)
    near_relations = match(schema.relations, gold.relations, near, relation=True)
    count = len(schema.entities), len(gold.entities)
    told = len(schema.relations), len(gold.relations)
    return Scores(
        {
            "classes": Score(len(string), *count),
            "classes, nearly": Score(len(fuzzy), *count),
            "classes, by place": Score(len(structural), *count),
            "is-a": edges(schema, gold, fuzzy, direct),
            "is-a, transitive": edges(schema, gold, fuzzy, transitive),
            "taxonomic overlap": overlap(schema, gold, fuzzy),
            "relations": Score(len(relations), *told),
            "relations, nearly": Score(len(near_relations), *told),
            "relations, with ends": Score(with_ends(schema, gold, near_relations, fuzzy), *told),
            "relations, by ends": ends_alone(schema, gold, fuzzy),
            "attributes": attributes(schema, gold, fuzzy),
        }
    )


Item = EntityType | RelationType


def match(
    items: Collection[Item],
    others: Collection[Item],
    alike: Callable[[Item, Item, bool], float],
    *,
    relation: bool = False,
) -> Pairs:
    """The best pairs first, each thing once; equals by name."""
    scored = [
        (likeness, one.name, other.name)
        for one in items
        for other in others
        if (likeness := alike(one, other, relation)) > 0
    ]
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, one, other in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return found


def keys(item: Item, *, relation: bool) -> frozenset[str]:
    labels: Labels = item.labels
    names = (item.name, labels.label, *labels.aliases)
    return frozenset(name_key(n, relation=relation) for n in names if n) - {""}


def same(one: Item, other: Item, relation: bool) -> float:
    """1 for the same name, a little less for an alias of the other, 0 for none."""
    if name_key(one.name, relation=relation) == name_key(other.name, relation=relation):
        return 1.0
    return 0.9 if keys(one, relation=relation) & keys(other, relation=relation) else 0.0


def near(one: Item, other: Item, relation: bool) -> float:
    """As `same`; else how much alike the names are letter by letter, or in their stems."""
    exact = same(one, other, relation)
    if exact:
        return exact
    first, last = spaced(one.name), spaced(other.name)
    letters = ratio(first, last)
    if letters >= NEAR:
        return 0.8 * letters / 100
    mine, theirs = set(stems(first)), set(stems(last))
    both = len(mine & theirs)
    share = both / len(mine | theirs) if both else 0.0
    return 0.7 * share if share > SHARED or (both and mine == theirs) else 0.0


def by_place(schema: Schema, gold: Schema, known: Pairs) -> Pairs:
    """The pairs that are known, and classes whose neighbours (above, below, at relations) are mostly matched pairs."""
    found = dict(known)
    taken = set(found.values())
    mine, theirs = neighbours(schema), neighbours(gold)
    scored = []
    for one in sorted(set(mine) - set(found)):
        around = {(kind, known[n]) for kind, n in mine[one] if n in known}
        for other in sorted(set(theirs) - taken):
            shared = len(around & theirs[other])
            if shared >= 2 and 2 * shared >= max(len(mine[one]), len(theirs[other])):
                scored.append((shared, one, other))
    for _, one, other in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return found


def neighbours(schema: Schema) -> dict[str, set[tuple[str, str]]]:
    """What stands around each class: its parent, its children, what relations lead to it and from it."""
    found: dict[str, set[tuple[str, str]]] = {e.name: set() for e in schema.entities}
    for entity in schema.entities:
        if entity.parent in found:
            found[entity.name].add(("above", entity.parent))
            found[entity.parent].add(("below", entity.name))
    for r in schema.relations:
        for head in r.head:
            for tail in r.tail:
                if head in found and tail in found:
                    found[head].add(("to", tail))
                    found[tail].add(("from", head))
    return found


def direct(schema: Schema) -> set[tuple[str, str]]:
    return {(e.name, e.parent) for e in schema.entities if e.parent}


def transitive(schema: Schema) -> set[tuple[str, str]]:
    return {(e.name, above) for e in schema.entities for above in schema.ancestors(e.name)}


def edges(schema: Schema, gold: Schema, known: Pairs, told: Callable[[Schema], set[tuple[str, str]]]) -> Score:
    """Is-a pairs, by the classes that were matched nearly."""
    mine, theirs = told(schema), told(gold)
    right = sum((known.get(child), known.get(parent)) in theirs for child, parent in mine)
    return Score(right, len(mine), len(theirs))


def overlap(schema: Schema, gold: Schema, known: Pairs) -> Score:
    """Taxonomic overlap: for each common class the share of what stands above and below it that both say.

    `right` is the sum of the smaller of both shares; a class that the other has not counts nothing.
    """
    back = {other: one for one, other in known.items()}
    shares: list[float] = []
    for one, other in known.items():
        mine = {known[n] for n in cotopy(schema, one) if n in known}
        theirs = {n for n in cotopy(gold, other) if n in back}
        both = len(mine & theirs)
        shares.append(min(both / len(mine) if mine else 1.0, both / len(theirs) if theirs else 1.0))
    return Score(round(sum(shares), 4), len(schema.entities), len(gold.entities))


def cotopy(schema: Schema, name: str) -> set[str]:
    """All that stands above and below a class, without itself."""
    return {*schema.ancestors(name), *schema.descendants(name)}


def with_ends(schema: Schema, gold: Schema, relations: Pairs, classes: Pairs) -> int:
    """Relations matched nearly whose domain and range are of the same line too."""
    count = 0
    for one, other in relations.items():
        mine, theirs = schema.relation(one), gold.relation(other)
        if mine and theirs:
            count += meets(mine.head, theirs.head, gold, classes) and meets(mine.tail, theirs.tail, gold, classes)
    return count


def meets(mine: Iterable[str], theirs: Iterable[str], gold: Schema, classes: Pairs) -> bool:
    """Whether one of mine is, in the reference, one of theirs, above it or below it; `Entity` meets all."""
    wanted = tuple(theirs)
    told = [classes.get(n, n) for n in mine]
    if "Entity" in wanted or "Entity" in told:
        return True
    return any(n == w or n in cotopy(gold, w) for n in told for w in wanted)


def ends_alone(schema: Schema, gold: Schema, classes: Pairs) -> Score:
    """Pairs of classes that some relation connects, whatever it is called and whichever way it goes."""
    mine = {frozenset((classes.get(h, f"-{h}"), classes.get(t, f"-{t}"))) for h, t in connected(schema)}
    theirs = {frozenset(pair) for pair in connected(gold)}
    return counted(mine, theirs)


def connected(schema: Schema) -> set[tuple[str, str]]:
    return {(head, tail) for r in schema.relations for head in r.head for tail in r.tail}


def attributes(schema: Schema, gold: Schema, classes: Pairs) -> Score:
    """Attributes by name, of classes that were matched nearly or stand above or below them."""
    mine, theirs = owned(schema), owned(gold)
    left = set(theirs)
    right = 0
    for owner, attribute in sorted(mine, key=lambda a: (a[0], a[1].name)):
        there = classes.get(owner, "")
        line = {there, *cotopy(gold, there)} if there else set()
        hit = next(
            (o for o in sorted(left, key=lambda o: o[0] != there) if o[0] in line and key(o[1]) == key(attribute)), None
        )
        if hit:
            left.discard(hit)
            right += 1
    return Score(right, len(mine), len(theirs))


def owned(schema: Schema) -> set[tuple[str, Attribute]]:
    return {(e.name, a) for e in schema.entities for a in e.attributes}


def key(attribute: Attribute) -> str:
    return name_key(attribute.name)


def counted(mine: set[K], theirs: set[K]) -> Score:
    """Two sets compared."""
    return Score(len(mine & theirs), len(mine), len(theirs))
