"""Relations that the built-in model has no rule for, filled from open facts: by the words that their aliases give.

A schema says `aliases = ("certify",)`, a sentence says "The authority certified the cell", and both ends are of classes
that the relation allows: then it is a fact of the schema, and no open one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from kgc.data import Triple
from kgc.data.facts import OPEN
from kgc.schema import RelationType, Schema
from kgc.schema.naming import spaced
from kgc.slm.inventory import inventory
from kgc.slm.lemmas import Lemmas

Worded = Mapping[str, tuple[RelationType, ...]]
"""Words of an open fact -> the relations that are called so."""
HELPING: Final = frozenset(("is", "was", "are", "were", "has", "have"))


def unread(schema: Schema) -> tuple[RelationType, ...]:
    """The relations that the rules of the built-in model do not know."""
    known = {way.relation.name for ways in inventory(schema).relations.values() for way in ways}
    return tuple(r for r in schema.relations if r.name not in known)


def worded(schema: Schema, lemmas: Lemmas) -> Worded:
    """The words that each of those relations is called by, as open facts have them.

    An alias may be written as open facts are ("supply to", "be based in"), or as people write it ("supplies to",
    "was based in", "based in").
    """
    found: dict[str, list[RelationType]] = {}
    for relation in unread(schema):
        texts = (relation.name, relation.labels.label, *relation.labels.aliases)
        for form in dict.fromkeys(f for text in texts if text for f in forms(text, lemmas)):
            found.setdefault(form, []).append(relation)
    return {form: tuple(relations) for form, relations in found.items()}


def forms(text: str, lemmas: Lemmas) -> Iterator[str]:
    """The words of an open fact that a name or alias may stand for."""
    first, _, rest = spaced(text).partition(" ")
    if first in HELPING and rest:
        yield f"be {rest}"
        return
    yield f"{first} {rest}".rstrip()
    yield f"{lemmas.of(first, 'VBZ')} {rest}".rstrip()
    yield f"{lemmas.of(first, 'VBD')} {rest}".rstrip()
    if rest:
        yield f"be {first} {rest}"


def placed(triples: Iterable[Triple], known: Worded, schema: Schema) -> Iterator[Triple]:
    """Open facts; those whose words and ends are a relation's as facts of that relation."""
    for triple in triples:
        relation = next((r for r in known.get(triple.relation.removeprefix(OPEN), ()) if fits(triple, r, schema)), None)
        yield replace(triple, relation=relation.name) if relation else triple


def fits(triple: Triple, relation: RelationType, schema: Schema) -> bool:
    tail = triple.tail
    return schema.is_a(triple.head.type, relation.head) and schema.is_a(getattr(tail, "type", ""), relation.tail)
