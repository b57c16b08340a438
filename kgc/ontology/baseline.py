"""What a schema is worth has to beat this: the most frequent head nouns as classes, is-a where a name ends in another.

No names, no types, no patterns, no verbs but the most frequent one between two such nouns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from kgc.ontology.modest_map import head_of
from kgc.ontology.modest_words import third_person
from kgc.ontology.names import class_name, relation_name
from kgc.ontology.records import Evidence, Proposal, Term

MOST: Final = 25
"""Classes, and relations, that it proposes."""


def propose_frequent(evidence: Evidence, most: int = MOST) -> tuple[Proposal, ...]:
    """The most frequent nouns and longer terms as classes, substring is-a, the most frequent verbs as relations."""
    terms = frequent(evidence.terms, most)
    names = {t.name: class_name(t.name) for t in terms}
    classes = [
        Proposal("add", "class", names[t.name], parent=parent(t.name, names), quotes=t.quotes, by="baseline")
        for t in terms
    ]
    verbs = sorted((p for p in evidence.phrases if not p.known), key=lambda p: (-p.count, p.name))
    relations: list[Proposal] = []
    for phrase in verbs:
        pairs = [(names[h], names[t]) for h, t, _ in phrase.pairs if h in names and t in names]
        if pairs and len(relations) < most:
            head, tail = pairs[0]
            relations.append(
                Proposal("add", "relation", relation_name(third_person(phrase.name)), head=(head,), tail=(tail,),
                         quotes=phrase.quotes, by="baseline")
            )  # fmt: skip
    return (*classes, *relations)


def frequent(terms: Sequence[Term], most: int) -> list[Term]:
    """The terms whose head noun is most frequent, heads first."""
    nouns = [t for t in terms if not t.type]
    heads = Counter[str]()
    for t in nouns:
        heads[head_of(t.name)] += t.count
    order = sorted(nouns, key=lambda t: (" " in t.name, -heads[head_of(t.name)], -t.count, t.name))
    return [t for t in order if class_name(t.name)][:most]


def parent(term: str, names: dict[str, str]) -> str:
    """The longest other term that a term ends in."""
    return next((names[t] for t in sorted(names, key=len, reverse=True) if t != term and ends_in(term, t)), "")


def ends_in(term: str, other: str) -> bool:
    return term.endswith(f" {other}" if term.isascii() else other)
