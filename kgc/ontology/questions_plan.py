"""How what a question names is put together: a tree of classes and relations, and the attributes on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kgc.ontology.questions_match import Matches, Sort
from kgc.ontology.questions_path import Step, Ways
from kgc.ontology.questions_words import Word
from kgc.ontology.stems import stems
from kgc.schema.model import Schema

DATE: Final = frozenset(stems("date time"))
"""What "when" asks for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Classes that hang together, the steps between them, attributes (`Class.name`), and classes that nothing joins."""

    joined: tuple[str, ...]
    steps: tuple[Step, ...]
    attributes: tuple[str, ...]
    apart: tuple[str, ...]


def planned(schema: Schema, words: Sequence[Word], met: Matches) -> Plan:
    """The plan of a question. What only a "who" or "where" asks for is left out where nothing leads to it."""
    hinted = {m.item.name for m in met.found if all(words[place].hint for place in m.words)}
    classes, relations, attributes = (_named(met, words, sort) for sort in ("class", "relation", "attribute"))
    if not relations:  # "is this animal a herbivore?" asks of kinds, and the narrower one is both
        classes = [c for c in classes if not set(classes) & set(schema.descendants(c))]
    ways = Ways(schema, relations, frozenset(s for word in words for s in word.stems))
    attributes = _owned(schema, classes, attributes)
    relations = [r for r in relations if ways.has(r)]
    steps, joined, apart = _connect(ways, classes, relations)
    if not steps and not attributes and relations and set(joined) <= hinted:
        joined, steps = [], _single(ways, [], relations)
    steps += _said(ways, joined, _sure(met, relations), steps)
    return Plan(tuple(joined), tuple(steps), tuple(attributes), tuple(c for c in apart if c not in hinted))


def _named(met: Matches, words: Sequence[Word], sort: Sort) -> list[str]:
    """What a question names of a sort; of a word that is an attribute and a relation, what the question is after."""
    spoken = {
        s: frozenset(p for m in met.found if m.item.sort == s for p in m.words) for s in ("relation", "attribute")
    }
    dated = any(word.hint and set(word.stems) >= DATE for word in words)
    several = len(met.of("class")) > 1
    kept = []
    for m in met.found:
        taken = (sort == "relation" and dated and m.words <= spoken["attribute"]) or (
            sort == "attribute" and not dated and several and m.words <= spoken["relation"]
        )
        kept += [m.item.name] if m.item.sort == sort and not taken else []
    return list(dict.fromkeys(kept))


def _owned(schema: Schema, classes: list[str], attributes: list[str]) -> list[str]:
    """The attributes under a class that the question names and that has them, else under their own, which joins it."""
    found: list[str] = []
    for attribute in attributes:
        owner, _, name = attribute.partition(".")
        holder = next((c for c in classes if schema.is_a(c, (owner,))), "")
        if not holder and any(a.partition(".")[2] == name and a.partition(".")[0] in classes for a in attributes):
            continue
        if not holder and any(f.endswith(f".{name}") for f in found):
            continue
        if not holder:
            classes.append(owner)
            holder = owner
        found.append(f"{holder}.{name}")
    return list(dict.fromkeys(found))


def _connect(ways: Ways, classes: list[str], relations: list[str]) -> tuple[list[Step], list[str], list[str]]:
    """A tree of steps over all classes, in the order of the question; the classes on it, and those nothing leads to."""
    steps: list[Step] = []
    joined, apart = classes[:1], []
    for goal in classes[1:]:
        routes = [way for start in joined if (way := ways.between(start, goal))]
        if routes:
            steps += [s for s in min(routes, key=len) if s not in steps]
            joined.append(goal)
        else:
            apart.append(goal)
    if not steps:
        steps = _single(ways, joined, relations)
    return steps, joined, apart


def _sure(met: Matches, relations: Sequence[str]) -> list[str]:
    """The relations that a question names by words of their own, which name no class."""
    spoken = frozenset(word for m in met.found if m.item.sort == "class" for word in m.words)
    return [m.item.name for m in met.found if m.item.name in relations and m.words - spoken]


def _said(ways: Ways, classes: Sequence[str], sure: Sequence[str], steps: Sequence[Step]) -> list[Step]:
    """Relations that are named and lie on no way so far, at the first class that they fit."""
    used = {step.relation for step in steps}
    more: list[Step] = []
    for name in dict.fromkeys(sure):
        tie = ways.tie(name) if name not in used and ways.has(name) else None
        place = next(((c, at) for c in classes if tie and (at := ways.ends(tie, c)) is not None), None)
        if tie and place:
            start, at_head = place
            far = tie.tail if at_head else tie.head
            if any(ways.fits(end, _far(s, start)) for s in (*steps, *more) for end in far if start in (s.start, s.end)):
                continue  # another word for a step that is there
            more.append(Step(start, name, at_head, (tie.tail if at_head else tie.head)[0]))
    return more


def _far(step: Step, name: str) -> str:
    """The other end of a step."""
    return step.end if step.start == name else step.start


def _single(ways: Ways, classes: list[str], relations: list[str]) -> list[Step]:
    """One relation that the question names, at the class that it names if there is one."""
    for name in relations:
        tie = ways.tie(name)
        if not classes and (not tie.open or len(tie.stems) > 1):
            return [Step(tie.head[0], name, True, tie.tail[0])]
        if not classes:
            continue
        at_head = ways.ends(tie, classes[0])
        if at_head is not None:
            return [Step(classes[0], name, at_head, (tie.tail if at_head else tie.head)[0])]
    return []
