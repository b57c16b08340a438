"""What decisions say about which names are one thing: people's merges and splits, and merges that were taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final

from kgc.data import Decision
from kgc.data.knowledge import Link, read_link
from kgc.ledger.decisions import RULE, decision_id

DERIVED: Final = ("rule:names", "rule:import", "rule:same-name")
"""Who decides anew at every derivation (the last one did so in older ledgers)."""
PERSON: Final = '{"by":"person"}'
"""The payload of a person's merge: it is another decision than a rule's on the same names."""
IN_DOCUMENT: Final = '{"in":"document"}'
"""The payload of a split that takes back what a name means in one document."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ruled:
    """Pairs of mention keys, the smaller first, each with the decisions that say so."""

    together: dict[Pair, str]
    apart: dict[Pair, str]
    told: frozenset[Pair]


def ruled(decisions: Iterable[Decision]) -> Ruled:
    """What is one thing and what is not, by all decisions there are.

    A merge in force joins its names: a person's against everything, that of a rule that is not derived anew as a
    source that tells so. A rule's merge that was undone keeps its names apart, unless a person merges just these two;
    a person's own merge, undone, is as if it had never been.
    """
    together: dict[Pair, str] = {}
    apart: dict[Pair, str] = {}
    told: set[Pair] = set()
    for decision in decisions:
        by_rule = decision.by.startswith(RULE)
        if decision.kind == "merge" and decision.undone and by_rule:
            apart.update((p, decision.id) for p in _among(decision.what))
        elif decision.kind == "merge" and not decision.undone and not by_rule:
            together.update((p, decision.id) for p in _star(decision.what))
        elif decision.kind == "merge" and not decision.undone and decision.by not in DERIVED:
            told.update(_star(decision.what))
        elif decision.kind == "split" and not decision.undone and decision.payload != IN_DOCUMENT:
            apart.update((p, decision.id) for p in parted(decision))
    return Ruled(together, {p: id_ for p, id_ in apart.items() if p not in together}, frozenset(told))


def parted(split: Decision) -> Iterator[Pair]:
    """The pairs that a split keeps apart: its first names from the others, or each from each."""
    out = split_size(split)
    if not out:
        return _among(split.what)
    return (_pair(a, b) for a, b in product(split.what[:out], split.what[out:]) if a != b)


def split_size(split: Decision) -> int:
    """How many of a split's names leave the others; 0 where each leaves each, or where it tells no such number."""
    try:
        found = json.loads(split.payload) if split.payload else {}
    except ValueError:
        return 0
    out = found.get("out") if isinstance(found, dict) else 0
    return out if type(out) is int and 0 < out < len(split.what) else 0


def linked(decisions: Iterable[Decision]) -> tuple[tuple[str, Link], ...]:
    """What each key is in each knowledge base, by the links in force; a person's word goes before a rule's."""
    found: dict[tuple[str, str], tuple[bool, Link]] = {}
    for decision in decisions:
        link = _link(decision)
        if link is not None and not decision.undone:
            person = not decision.by.startswith(RULE)
            place = (decision.what[0], link.kb)
            if place not in found or person >= found[place][0]:
                found[place] = (person, link)
    return tuple((key, link) for (key, _), (_, link) in sorted(found.items(), key=lambda f: f[0]))


def _link(decision: Decision) -> Link | None:
    """None for what is no link, as another program may have written it."""
    try:
        return read_link(decision.payload)
    except ValueError:
        return None


def person_merge(a: str, b: str, by: str) -> Decision:
    what = _pair(a, b)
    return Decision(decision_id("merge", what, PERSON), "merge", what, PERSON, reason=f"merged by {by}", by=by)


def person_split(out: Iterable[str], rest: Iterable[str], by: str) -> Decision:
    """Take the names of `out` from those of `rest`; without `rest`, each of `out` from each."""
    first, others = sorted(set(out)), sorted(set(rest))
    payload = f'{{"out":{len(first)}}}' if others else ""
    what = (*first, *others)
    return Decision(decision_id("split", what, payload), "split", what, payload, reason=f"split by {by}", by=by)


def local_split(document: str, key: str, target: str, by: str) -> Decision:
    """In this document the name of `key` does not stand for that of `target`."""
    what = (document, key, target)
    reason = f"taken back in {document} by {by}"
    return Decision(decision_id("split", what, IN_DOCUMENT), "split", what, IN_DOCUMENT, reason=reason, by=by)


def _star(keys: tuple[str, ...]) -> Iterator[Pair]:
    return (_pair(keys[0], other) for other in keys[1:] if other != keys[0])


def _among(keys: Iterable[str]) -> Iterator[Pair]:
    return (_pair(a, b) for a, b in combinations(keys, 2) if a != b)


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)
