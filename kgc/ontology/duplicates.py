"""Whether two classes or relations mean the same: by their names, and by what their definitions say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from rapidfuzz.distance import DamerauLevenshtein

from kgc.ontology.stems import singular, stems
from kgc.schema.model import EntityType, RelationType
from kgc.schema.naming import folded, words

Item: TypeAlias = EntityType | RelationType
LEAST_OVERLAP: Final = 0.75
"""Share of stems that two definitions must have in common (of all in either) to be flagged."""
FEW: Final = 3
"""A definition with fewer stems than this tells too little to be compared."""
_PREFIXES: Final = frozenset({"has", "is", "was", "are", "be"})


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two names of one kind that may mean the same, and why it seems so."""

    one: str
    other: str
    why: str


def same_name(one: str, other: str, *, relation: bool = False) -> bool:
    """Whether two names differ in case, spaces, number or (of relations) "has" and "is" alone.

    >>> same_name("Battery Plant", "BatteryPlants"), same_name("Training", "Trainer")
    (True, False)
    >>> same_name("HasSupplier", "supplier", relation=True), same_name("SupplierOf", "Supplier", relation=True)
    (True, False)
    """
    return name_key(one, relation=relation) == name_key(other, relation=relation)


def name_key(name: str, *, relation: bool = False) -> str:
    """What names that mean the same have in common."""
    parts = [word.casefold() for word in words(name)]
    if relation and len(parts) > 1 and parts[0] in _PREFIXES:
        parts = parts[1:]
    return "".join([*parts[:-1], singular(parts[-1])]) if parts else ""


def likenesses(items: Iterable[Item]) -> Iterator[Likeness]:
    """Pairs of the same kind that may mean the same, in their order; what is above or below the other is none."""
    known = [_face(item) for item in items]
    for place, other in enumerate(known):
        for one in known[:place]:
            if type(one.item) is type(other.item) and not _in_line(one.item, other.item):
                why = _alike(one, other)
                if why:
                    yield Likeness(one.item.name, other.item.name, why)


def alike(one: Item, other: Item) -> str:
    """Why two classes, or two relations, may mean the same; "" when nothing speaks for it."""
    return _alike(_face(one), _face(other))


@dataclass(frozen=True, slots=True)
class _Face:
    """What is compared of a class or relation, made once."""

    item: Item
    key: str
    folded: str
    called: frozenset[str]
    stems: frozenset[str]


def _face(item: Item) -> _Face:
    names = (item.name, item.labels.label, *item.labels.aliases)
    return _Face(
        item,
        name_key(item.name, relation=isinstance(item, RelationType)),
        folded(item.name),
        frozenset(key for name in names if (key := folded(name))),
        frozenset(stems(item.definition)),
    )


def _alike(one: _Face, other: _Face) -> str:
    if one.key == other.key:
        return "their names differ in form only"
    if shared := one.called & other.called:
        return f"both are called {min(shared)!r}"
    if _a_letter_apart(one.folded, other.folded):
        return "their names differ by a letter"
    if not _ends_meet(one.item, other.item):
        return ""
    share = _overlap(one.stems, other.stems)
    return f"their definitions share {share:.0%} of their words" if share >= LEAST_OVERLAP else ""


def close_names(one: str, other: str) -> bool:
    """Whether long names differ by one letter; a name with another last word or number is another thing.

    >>> close_names("Organisation", "Organization"), close_names("Employer", "Employee"), close_names("Type1", "Type2")
    (True, False, False)
    """
    return _a_letter_apart(folded(one), folded(other))


def _a_letter_apart(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < 6 or a[-2:] != b[-2:] or not a.isalpha() or not b.isalpha():
        return False
    return 0 < DamerauLevenshtein.distance(a, b, score_cutoff=1) <= 1


def overlap(one: str, other: str) -> float:
    """The share of stems that two definitions have in common; 0.0 where either says too little."""
    return _overlap(frozenset(stems(one)), frozenset(stems(other)))


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if min(len(a), len(b)) >= FEW else 0.0


def _ends_meet(one: Item, other: Item) -> bool:
    """Whether two relations go between the same classes; in opposite directions they are inverses, not duplicates."""
    if isinstance(one, EntityType) or isinstance(other, EntityType):
        return True
    return set(one.head) == set(other.head) and set(one.tail) == set(other.tail)


def _in_line(one: Item, other: Item) -> bool:
    """Whether one is the parent of the other: a definition that names its parent is like it by nature."""
    return isinstance(one, EntityType) and isinstance(other, EntityType) and (
        one.parent == other.name or other.parent == one.name
    )  # fmt: skip
