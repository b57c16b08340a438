"""Which names of one document stand for one thing there: short forms, letters, titles, defined terms.

Only names that are given are linked; rules look at the names and at the text right around them. Where two things fit a
name, it is left alone. What is said of one document says nothing of another: "Smith" is somebody else there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from kgc.resolve.records import LocalLink
from kgc.resolve.within_bodies import body_claims
from kgc.resolve.within_defined import defined
from kgc.resolve.within_han import han_claims
from kgc.resolve.within_names import Claim, Name, Named, compatible, core, gather, plain
from kgc.resolve.within_persons import person_claims

LEAST: Final = 0.75
"""Links below this score are left out: about three of four of those just above it are right."""
_CLOSE: Final = 0.05
"""Two claims for different things that lie so close leave the name alone."""


def links(document: str, text: str, mentions: Iterable[Named], least: float = LEAST) -> tuple[LocalLink, ...]:
    """What names stand for in this document, by where they first stand; `document` is its source.

    Each name has at most one link, to a name that has none. Deterministic: the order of the mentions means nothing.
    Time grows with the text and the number of mentions. Raises nothing, whatever the text.
    """
    names = gather(mentions)
    if len(names) < 2:
        return ()
    chosen = _chosen(names, _claims(text, names), least)
    found: list[LocalLink] = []
    for number in sorted(chosen):
        target, score, reason = _followed(number, chosen)
        if score >= least:
            found.append(LocalLink(document, names[number].key, names[target].key, round(score, 2), reason))
    return tuple(found)


def grouped(text: str, names: Sequence[Name], least: float = LEAST) -> tuple[int, ...]:
    """Of each name the number of the name that it stands for, its own where it stands for none."""
    chosen = _chosen(names, _claims(text, names), least)
    return tuple(_followed(n.number, chosen)[0] for n in names)


def _claims(text: str, names: Sequence[Name]) -> tuple[Sequence[Claim], Sequence[Claim]]:
    """What the text defines, and what the rules make of the names."""
    rules = chain(_same(names), person_claims(text, names), body_claims(names), han_claims(text, names))
    return tuple(defined(text, names)), tuple(rules)


def _same(names: Sequence[Name]) -> Iterator[Claim]:
    """One name in several spellings: an article, a possessive, capitals, points."""
    spelled: dict[str, list[Name]] = {}
    for name in names:
        if form := plain(name.surface):
            spelled.setdefault(form, []).append(name)
    for group in spelled.values():
        best = min(group, key=lambda n: (core(n.surface) != n.surface, -n.count, -len(n.surface), n.number))
        for n in group:
            if n is not best and compatible(n, best):
                yield Claim(n.number, best.number, 0.97, f"{n.surface!r} is {best.surface!r} in another spelling")


def _chosen(names: Sequence[Name], claims: tuple[Sequence[Claim], Sequence[Claim]], least: float) -> dict[int, Claim]:
    """At most one claim a name: the best, unless another is as good and leads elsewhere. No circles."""
    by_definition, by_rule = claims
    told: dict[int, set[int]] = {}
    for claim in by_definition:
        told.setdefault(claim.name, set()).add(claim.target)
    ordered = sorted((*by_definition, *by_rule), key=lambda c: (-c.score, c.name, names[c.target].first, c.target))
    rivals: dict[int, list[Claim]] = {}
    for claim in ordered:
        rivals.setdefault(claim.name, []).append(claim)
    # Two claims lead to one thing when their targets do, so that is looked at first.
    likely = _Groups(len(names))
    for of in rivals.values():
        likely.join(of[0].name, of[0].target)
    groups = _Groups(len(names))
    chosen: dict[int, Claim] = {}
    for claim in ordered:
        if claim.name in chosen or claim.score < least:
            continue
        if _defined_twice(told.get(claim.name), likely) or any(
            _elsewhere(c, claim, likely) for c in rivals[claim.name]
        ):
            continue
        if groups.find(claim.name) != groups.find(claim.target):
            groups.join(claim.name, claim.target)
            chosen[claim.name] = claim
    return chosen


def _elsewhere(other: Claim, claim: Claim, groups: _Groups) -> bool:
    """Whether another claim of the same name is about as sure and leads to another thing."""
    if other.target == claim.target or other.score < claim.score - _CLOSE:
        return False
    return groups.find(other.target) not in (groups.find(claim.target), groups.find(claim.name))


def _defined_twice(targets: set[int] | None, groups: _Groups) -> bool:
    return targets is not None and len({groups.find(t) for t in targets}) > 1


def _followed(number: int, chosen: dict[int, Claim]) -> tuple[int, float, str]:
    """The name at the end of the way, how sure the least sure step is, and the reasons in order."""
    score, reasons = 1.0, []
    while (claim := chosen.get(number)) is not None:
        number, score = claim.target, min(score, claim.score)
        reasons.append(claim.reason)
    return number, score, "; ".join(reasons)


class _Groups:
    """Names that are one so far (union-find with path halving)."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def find(self, at: int) -> int:
        while self._above[at] != at:
            self._above[at] = self._above[self._above[at]]
            at = self._above[at]
        return at

    def join(self, lower: int, upper: int) -> None:
        self._above[self.find(lower)] = self.find(upper)


__all__ = ["LEAST", "LocalLink", "Named", "grouped", "links"]
