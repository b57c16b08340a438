"""Classes of the modest proposal: of the names that were found, and of the nouns that gather things under them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kgc.ontology.modest_map import Meaning, general_class, head_of, instances, majority
from kgc.ontology.modest_words import HAN_CLASSES, MEASURES, NO_CLASS, ROLE
from kgc.ontology.names import class_name
from kgc.ontology.records import Proposal, Quote, Term
from kgc.slm.phrases import GENERIC

LEAST_NAMES: Final = 2
"""Different names of a class, at least; and of a noun that is to be a class for what is called so."""
FAMILY: Final = 2
"""Different longer terms that make a head noun a class."""
FREQUENT: Final = 0.1
"""Score from which a noun is a class by itself, where it stands at the ends of verbs."""
THIN: Final = 0.03
"""Score below which the terms under a noun do not make it a class."""
MOST: Final = 24
"""Nouns that become classes, at most; those that the goal speaks of come first."""
EXAMPLES: Final = 4
FEW_FILES: Final = 5
"""With fewer documents than this a noun need not be spread over two."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A noun that may be a class: why, how well supported, and what is under it."""

    term: Term
    why: str
    score: float
    names: tuple[Term, ...] = ()
    children: tuple[str, ...] = ()


def of_names(meaning: Meaning) -> Iterator[Proposal]:
    """A class for each general class that enough names are of, and one above where two or more are below it."""
    by_type: dict[str, list[Term]] = {}
    for term in meaning.evidence.terms:
        if term.type:
            by_type.setdefault(term.type, []).append(term)
    few = 1 if meaning.evidence.sampled < FEW_FILES else LEAST_NAMES
    enough = {t for t, names in by_type.items() if len(names) >= few and sum(n.count for n in names) > FAMILY}
    above = Counter(a for t in enough for a in meaning.general.ancestors(t))
    wanted = enough | {a for a, below in above.items() if below > 1}
    for entity in meaning.general.entities:
        if entity.name not in wanted:
            continue
        name, definition = named(entity.name, entity.definition, meaning)
        meaning.classes[entity.name] = name
        line = meaning.general.ancestors(entity.name)
        meaning.parents[name] = next((meaning.classes[a] for a in line if a in meaning.classes), "")
        names = by_type.get(entity.name, [])
        for word in (entity.labels.label, *entity.labels.aliases):
            meaning.classes.setdefault(word, name)
        yield Proposal(
            "add",
            "class",
            name,
            definition=definition,
            parent=meaning.parents[name],
            aliases=(entity.name,) if name != entity.name else (),
            examples=tuple(n.name for n in names[:EXAMPLES]),
            same_as=entity.labels.same_as,
            quotes=spread(names),
            by="rule:names",
            score=sure(sum(n.count for n in names)),
        )


def named(name: str, definition: str, meaning: Meaning) -> tuple[str, str]:
    return HAN_CLASSES.get(name, (name, definition)) if meaning.han else (name, definition)


def of_nouns(meaning: Meaning) -> Iterator[Proposal]:
    """A class for each noun that gathers names, longer terms or what the documents say it includes."""
    chosen = choose(list(candidates(meaning)), meaning)
    for candidate in chosen:
        meaning.classes[candidate.term.name] = class_name(candidate.term.name)
    for candidate in chosen:
        name = meaning.classes[candidate.term.name]
        meaning.parents[name] = parent_of(candidate, meaning)
        for member in candidate.names:  # what they are called leads to the class, unless it leads elsewhere
            meaning.classes.setdefault(member.name, name)
        yield proposal(candidate, name, meaning)


def choose(found: Sequence[Candidate], meaning: Meaning) -> list[Candidate]:
    """The best of them, and a shorter list where a goal says what matters."""

    def rank(candidate: Candidate) -> tuple[bool, float, str]:
        return not meaning.goal.meets(candidate.term.name), -candidate.score, candidate.term.name

    best = sorted(found, key=rank)[: MOST if not meaning.goal.stems else MOST * 2 // 3]
    held = {c.term.name for c in best}
    return [replace(c, children=tuple(n for n in c.children if n in held)) for c in best]


def candidates(meaning: Meaning) -> Iterator[Candidate]:
    evidence = meaning.evidence
    nouns = {t.name: t for t in evidence.terms if not t.type}
    called = instances(evidence)
    below = members(nouns)
    said = Counter(end for p in evidence.phrases for pair in p.pairs for end in pair[:2])
    least = 1 if evidence.sampled < FEW_FILES else max(2, round(evidence.sampled**0.5 / 2))
    for name, term in nouns.items():
        goal = meaning.goal.meets(name)
        names = tuple(n for n in of_one_type(called.get(name, [])) if n.name.casefold() != name)
        if barred(name, meaning):
            continue
        known_kind = any(k in meaning.classes or (k in nouns and below.get(k, ()) != (name,)) for k in term.kinds)
        why = reason(term, names, below.get(name, ()), said[name], goal=goal, known_kind=known_kind)
        if why == "names" and majority(list(names)) == "Person" and not goal:
            continue
        thin = term.documents < least or (why in ("family", "kind") and term.score < THIN)
        if why != "names" and not goal and (meaning.foreign(name) or thin):
            continue
        if why:
            score = max(term.score, 1 - 0.7 ** len(names) if why == "names" else 0.0)
            yield Candidate(term, why, round(score, 4), names, below.get(name, ()))
    yield from unseen(called, nouns, meaning)


def of_one_type(names: list[Term]) -> list[Term]:
    """Those of the class that most are of; "in Bergen, a subsidiary" tells nothing of Bergen."""
    kind = majority(names)
    return [n for n in names if n.type == kind] if kind else names


def unseen(called: Mapping[str, list[Term]], nouns: Mapping[str, Term], meaning: Meaning) -> Iterator[Candidate]:
    """Heads that stand in longer terms only ("cell" where all are "lithium cell")."""
    for name, names in called.items():
        if name not in nouns and len(names) > LEAST_NAMES and not barred(name, meaning) and majority(names) != "Person":
            quotes = tuple(q for n in names for q in n.quotes[:1])
            term = Term(name, len(names), len({q.source for q in quotes}), 0.0, quotes=quotes)
            yield Candidate(term, "names", round(1 - 0.7 ** len(names), 4), tuple(names))


def barred(name: str, meaning: Meaning) -> bool:
    """Whether a noun is no class: everywhere, a measure, a position, or a general class by another name."""
    head = head_of(name)
    if (
        name in NO_CLASS
        or head in GENERIC
        or head in MEASURES
        or ROLE.search(name)
        or len(name) < 2
        or not class_name(name)
    ):
        return True
    return name in meaning.classes or bool(general_class(meaning.general, name))


def members(nouns: Mapping[str, Term]) -> dict[str, tuple[str, ...]]:
    """Noun -> terms below it: those that end in it, and those that the documents call so."""
    found: dict[str, list[str]] = {}
    for name, term in nouns.items():
        above = [*suffixes(name, nouns), *(k for k in term.kinds if k in nouns)]
        for parent in dict.fromkeys(above):
            if parent != name:
                found.setdefault(parent, []).append(name)
    return {name: tuple(sorted(held, key=lambda n: (-nouns[n].score, n))) for name, held in found.items()}


def suffixes(name: str, nouns: Mapping[str, Term]) -> Iterator[str]:
    """The longest shorter term that a term ends in, if it is one.

    >>> list(suffixes("red lead battery", {"battery": None, "lead battery": None}))
    ['lead battery']
    """
    if name.isascii():
        words = name.split(" ")
        tails = (" ".join(words[i:]) for i in range(1, len(words)))
    else:
        tails = (name[i:] for i in range(1, len(name) - 1))
    longest = next((t for t in tails if t in nouns), None)
    if longest:
        yield longest


def reason(term: Term, names: Sequence[Term], below: Sequence[str], said: int, *, goal: bool, known_kind: bool) -> str:
    """Why a noun is a class, or ""."""
    if len(names) >= LEAST_NAMES or (goal and names):
        return "names"
    if len(below) >= FAMILY and term.documents + len(below) > FAMILY + 1:
        return "family"
    if term.kinds and term.count > FAMILY and known_kind:
        return "kind"
    if (term.score >= FREQUENT and said) or (goal and term.count > 1):
        return "frequent"
    return ""


def parent_of(candidate: Candidate, meaning: Meaning) -> str:
    """What the documents call it, what its name ends in, what most names that are called so are; "" for none."""
    own = meaning.classes[candidate.term.name]
    options = [meaning.classes.get(k, "") for k in candidate.term.kinds]
    head = head_of(candidate.term.name)
    options += [meaning.resolve(candidate.term.name[1:]) if head == candidate.term.name else meaning.resolve(head)]
    if len(candidate.names) > 1 or sum(n.count for n in candidate.names) > FEW_FILES:  # one name may be misread
        options += [meaning.classes.get(majority(list(candidate.names)), "")]
    return next((o for o in options if o and o != own and own not in meaning.above(o)), "")


def proposal(candidate: Candidate, name: str, meaning: Meaning) -> Proposal:
    term = candidate.term
    return Proposal(
        "add",
        "class",
        name,
        definition=definition(candidate, meaning),
        parent=meaning.parents[name],
        aliases=(term.name,) if class_name(term.name) != term.name else (),
        examples=tuple(dict.fromkeys(n.name for n in candidate.names))[:EXAMPLES],
        quotes=term.quotes,
        by=f"rule:{candidate.why}",
        score=max(sure(term.documents), candidate.score),
    )


def definition(candidate: Candidate, meaning: Meaning) -> str:
    """What the rules can say of it: what it is a kind of, and what the documents show of it."""
    parent = meaning.parents.get(meaning.classes[candidate.term.name], "")
    seen = ", ".join(candidate.children[:EXAMPLES] or [n.name for n in candidate.names[:EXAMPLES]])
    if meaning.han:
        first = f"{parent}的一种" if parent else f"文中称为“{candidate.term.name}”的事物"
        return f"{first}{'；见于：' + seen if seen else ''}。（规则草拟）"
    called = f"the documents call {candidate.term.name!r}"
    first = f"A kind of {parent} that {called}" if parent else f"What {called}"
    return f"{first}{'; seen as: ' + seen if seen else ''}. (Draft by rules.)"


def spread(names: Sequence[Term], most: int = 5) -> tuple[Quote, ...]:
    """One quote of each of some names, of different documents first."""
    firsts = [n.quotes[0] for n in names if n.quotes]
    seen: Counter[str] = Counter()
    order: list[tuple[int, Quote]] = []
    for quote in firsts:
        order.append((seen[quote.source], quote))
        seen[quote.source] += 1
    return tuple(quote for _, quote in sorted(order, key=lambda item: item[0]))[:most]


def sure(count: int) -> float:
    """Support as a fraction: 1 place gives a third, 4 give two thirds.

    >>> sure(1), sure(4), sure(0)
    (0.3333, 0.6667, 0.0)
    """
    return round(count / (count + 2), 4)
