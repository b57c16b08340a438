"""What rules propose for a schema that did not fit: wider ends, labels that had no place, drafts that nothing is of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from kgc.ontology.misfits import Misfit
from kgc.ontology.modest_classes import sure
from kgc.ontology.names import class_name
from kgc.ontology.records import Evidence, Phrase, Proposal, Term
from kgc.schema import EntityType, RelationType, Schema
from kgc.schema.naming import folded
from kgc.slm.inventory import inventory

LEAST: Final = 2
"""Times that something must have gone wrong."""
SHARE: Final = 0.11
"""Share of a relation's pairs that ends without a place must make up, for the relation to become wider."""
NO_CLASS: Final = re.compile(r"the schema has no class '([^']{1,80})'")
DRAFTED: Final = ("(Draft by rules.)", "（规则草拟）")


def mend(schema: Schema, evidence: Evidence, misfits: Iterable[Misfit] = ()) -> tuple[Proposal, ...]:
    """Proposals from what went wrong; with `kgc.ontology.modest.propose` they are a refinement without a key.

    A class is retired only if rules drafted it, nothing is of it, the documents do not use the word, and nothing else
    in the schema needs it. Raises nothing.
    """
    told = tuple(misfits)
    return (*wider(schema, evidence), *labelled(schema, evidence, told), *retired(schema, evidence, told))


def wider(schema: Schema, evidence: Evidence) -> Iterator[Proposal]:
    """Relations that the built-in model reads between classes that their ends do not allow."""
    ours = inventory(schema)
    for phrase in evidence.phrases:
        ways = ours.relations.get(phrase.known, ()) if phrase.known else ()
        if len(ways) == 1 and not ways[0].turned:
            heads, tails = left_out(ways[0].relation, phrase, schema, ours.classes.get)
            if heads or tails:
                yield Proposal(
                    "add", "relation", ways[0].relation.name, head=heads, tail=tails, quotes=phrase.quotes,
                    by="rule:ends", score=sure(phrase.documents),
                )  # fmt: skip


def left_out(
    relation: RelationType, phrase: Phrase, schema: Schema, named: Callable[[str], str | None]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The classes met at its ends, often enough, that it does not allow there."""
    heads: Counter[str] = Counter()
    tails: Counter[str] = Counter()
    total = 0
    for head, tail, count in phrase.pairs:
        first, last = named(head), named(tail)
        total += count
        if first and last:
            heads[first] += count * (not schema.is_a(first, relation.head))
            tails[last] += count * (not schema.is_a(last, relation.tail))
    least = max(LEAST, SHARE * total)
    return tuple(n for n in heads if heads[n] >= least), tuple(n for n in tails if tails[n] >= least)


def labelled(schema: Schema, evidence: Evidence, misfits: Iterable[Misfit]) -> Iterator[Proposal]:
    """Classes that answers used and the schema has not, where the documents use the word too."""
    nouns = {folded(t.name): t for t in evidence.terms if not t.type}
    counts: Counter[str] = Counter()
    for misfit in misfits:
        for label in NO_CLASS.findall(misfit.what) if misfit.code == "unknown_label" else ():
            counts[label] += misfit.count
    for label, count in sorted(counts.items()):
        term = nouns.get(folded(label))
        if term and count >= LEAST and class_name(label) and not schema.entity(class_name(label)):
            yield of_label(label, term, count)


def of_label(label: str, term: Term, count: int) -> Proposal:
    definition = f"What the documents call {term.name!r}; answers used it {count} times. (Draft by rules.)"
    return Proposal(
        "add", "class", class_name(label), definition=definition, quotes=term.quotes, by="rule:unknown label",
        score=sure(count),
    )  # fmt: skip


def retired(schema: Schema, evidence: Evidence, misfits: Iterable[Misfit]) -> Iterator[Proposal]:
    """Classes that rules drafted, that nothing was found of nor said of, and that nothing in the schema refers to."""
    said = {folded(noun) for t in evidence.terms for noun in (*t.kinds, *(() if t.type else (t.name,)))}
    unused = {m.what for m in misfits if m.code == "unused"}
    needed = {e.parent for e in schema.entities} | {n for r in schema.relations for n in (*r.head, *r.tail)}
    needed |= {n for event in schema.events for role in event.roles for n in role.types}
    for entity in schema.entities:
        if (
            entity.name in unused - needed
            and drafted(entity)
            and not entity.attributes
            and folded(entity.name) not in said
        ):
            yield Proposal("retire", "class", entity.name, by="rule:unused", score=SHARE)


def drafted(entity: EntityType) -> bool:
    return entity.definition.endswith(DRAFTED)
