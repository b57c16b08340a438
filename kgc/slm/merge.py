"""What a network says of a sentence beside what the rules say of it: one statement where they agree.

The network is the English encoder's, or the Chinese one of pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from kgc.data import Span
from kgc.slm.flags import CLAUSE, QUESTION, Flags, cued, flags
from kgc.slm.found import Item, Judged, Related
from kgc.slm.gaps import PLACED, credit
from kgc.slm.han_gaps import unsaid
from kgc.slm.holders import aside, fits, titled
from kgc.slm.names import Name
from kgc.slm.statements import OF_SOMEBODY, Statement
from kgc.slm.values import Value

SYMMETRIC: Final = frozenset(("SpouseOf", "SiblingOf", "PartnerOf", "CompetitorOf"))
SUREST: Final = 0.98
"""No two readers together are surer than this: they share the names, which may be wrong."""
TITLED: Final = 0.8
"""How often "the engineer Tomas Berg" says that he is one, at least."""
SHOWN: Final = 120
"""Code points of the words between two names that a rationale shows."""

Key = tuple[Span, str, Span]


LASTING: Final = frozenset(
    (
        "BasedIn",
        "LocatedIn",
        "ChildOf",
        "SiblingOf",
        "SpouseOf",
        "BornIn",
        "founded",
        "employees",
        "revenue",
        "population",
        "position",
    )
)
"""What is told in passing ("plans to buy Acme, a firm from Oslo"): only cues between its two ends are about it."""
APPOSED: Final = 3
"""Characters between two Chinese names that one tells the other's place by (中信证券陈慕林): no cue is about them."""
DOUBTED: Final = 0.75
"""What is left of a rule's precision where the encoder, which knows the relation, holds it for unlikely."""
LIKELY: Final = 0.1
JOINED: Final = frozenset(("MemberOf", "PartOf"))
BESIDE: Final = re.compile(r",? \(?|, in (?:the )?")


def merged(ruled: Sequence[Statement], told: Sequence[Statement]) -> list[Statement]:
    """All statements once. A rule that fits knows a pair better than the encoder alone, which adds to others."""
    by_key = {key(s): s for s in told}
    pairs = {frozenset((s.head.span, s.tail.span)) for s in ruled}
    posts = {s.head.span for s in ruled if s.relation == "position"}
    both = [together(s, by_key.get(key(s))) for s in ruled]
    return both + [
        s
        for s in told
        if frozenset((s.head.span, s.tail.span)) not in pairs
        and not (s.relation == "position" and s.head.span in posts)
    ]


def key(statement: Statement) -> Key:
    first, last = statement.head.span, statement.tail.span
    turned = statement.relation in SYMMETRIC and last < first
    return (last, statement.relation, first) if turned else (first, statement.relation, last)


def together(rule: Statement, encoder: Statement | None) -> Statement:
    """The rule's statement, surer where the encoder says the same (the doubts of both multiply)."""
    if encoder is None:
        return rule
    sure = min(SUREST, 1 - (1 - rule.precision) * (1 - encoder.precision))
    who, chance = encoder.source.partition(":")[0], encoder.source.rpartition(" ")[2]
    return replace(
        rule,
        precision=max(rule.precision, sure),
        source=f"{rule.source}, {who} {chance}",
        negated=rule.negated or encoder.negated,
        hedged=rule.hedged or encoder.hedged,
    )


def told(
    judged: Judged, items: Sequence[Item], group: Sequence[int], text: str, sentence: Span, lang: str
) -> Iterator[Statement]:
    """The encoder's statements between the items of `group` (indices), which stand in a sentence.

    A question states nothing; a place adds nothing to the narrower one that it follows.
    """
    inside = [r for r in judged.related if group and group[0] <= r.head <= group[-1]]
    if not inside or QUESTION.search(sentence.of(text)):
        return
    plain = blanked(text, sentence, [items[i] for i in group])
    after = narrower(items, group, text)
    people = [i.span for i in (items[n] for n in group) if isinstance(i, Name) and i.kind == "P"]
    for r in inside:
        head, tail = items[r.head], items[r.tail]
        if not isinstance(head, Name) or not isinstance(tail, Name | Value) or head.surface == surface(tail):
            continue
        if r.relation in PLACED and r.tail in after and not (r.relation == "LocatedIn" and after[r.tail] == r.head):
            continue
        if r.relation in JOINED and head.kind != "P" and of_somebody(plain, head, tail, sentence):
            continue
        if lang == "en":
            believed = in_english(r, head, tail, people, text, plain, sentence)
        else:
            believed = 0.0 if unsaid(r.relation, head.span, tail.span, text) else r.probability
        if not believed:
            continue
        first, second = sorted((head.span.shift(-sentence.start), tail.span.shift(-sentence.start)))
        gap = sentence.of(text)[first.end : second.start]
        if r.relation in LASTING or (lang == "zh" and len(gap) <= APPOSED):
            said = amid(plain, first, second, lang)
        else:
            said = around(plain, first, second, lang, passing=lang == "en" and gap.startswith(","))
        source = f"{'encoder' if lang == 'en' else 'network'}: {r.relation} {r.probability:.2f}"
        yield Statement(head, r.relation, tail, source, between(text, head, tail), believed, said.negated, said.hedged)


def in_english(
    r: Related, head: Name, tail: Name | Value, people: Sequence[Span], text: str, plain: str, sentence: Span
) -> float:
    """How far it is believed by the words around its ends; 0 where they say something else."""
    if r.relation == "LocatedIn" and isinstance(tail, Name) and not wider(head, tail):
        return 0.0
    here, there = head.span.shift(-sentence.start), tail.span.shift(-sentence.start)
    if not fits(r.relation, head.span, tail.span, people, text) or aside(plain, here, there):
        return 0.0
    first, second = sorted((head.span, tail.span))
    believed = r.probability * credit(r.relation, head.surface, surface(tail), text[first.end : second.start])
    beside = r.relation == "position" and titled(tail.span, head.span, text)
    return max(believed, TITLED) if believed and beside else believed


def of_somebody(plain: str, head: Name, tail: Item, sentence: Span) -> bool:
    """Whether ", a member of" between two bodies is told of the person before: "a fellow of Marlow College, a ..."."""
    start, end = head.span.start - sentence.start, head.span.end - sentence.start
    gap = plain[end : tail.span.start - sentence.start]
    return gap.startswith(", a") and OF_SOMEBODY.search(plain[:start]) is not None


def narrower(items: Sequence[Item], group: Sequence[int], text: str) -> dict[int, int]:
    """For each place that stands right after a place inside it ("Bergen, Norway"), that place; by index."""
    found: dict[int, int] = {}
    for first, second in pairwise(group):
        one, two = items[first], items[second]
        if not isinstance(one, Name) or not isinstance(two, Name):
            continue
        joint = text[one.span.end : two.span.start]
        if one.kind == two.kind == "L" and BESIDE.fullmatch(joint) and wider(one, two):
            found[second] = first
    return found


def wider(one: Name, two: Name) -> bool:
    """Whether the second of two neighbours may hold the first: two cities, or two countries, are a list."""
    return two.cls != "City" and one.cls != "Country"


def surface(tail: Name | Value) -> str:
    return tail.surface if isinstance(tail, Name) else tail.raw


def blanked(text: str, sentence: Span, items: Sequence[Item]) -> str:
    """The sentence with its names and values hidden ("May", "Will"), so that they give no cues. Offsets stay."""
    parts: list[str] = []
    at = sentence.start
    for item in items:
        if item.span.start >= at:
            parts += [text[at : item.span.start], "\0" * (item.span.end - item.span.start)]
            at = item.span.end
    return "".join((*parts, text[at : sentence.end])).replace("\n", " ").replace("’", "'")


def around(plain: str, first: Span, second: Span, lang: str, *, passing: bool = False) -> Flags:
    """The flags of a statement between two places: cues up to the end of the later one's clause count."""
    border = CLAUSE[lang].search(plain, second.end)
    return flags(plain, first.start, border.start() if border else len(plain), lang, passing=passing)


def amid(plain: str, first: Span, second: Span, lang: str) -> Flags:
    """The flags by what stands between two places."""
    return cued(plain[first.end : second.start], lang)


def doubted(rule: Statement, judged: Judged, at: Mapping[Span, int]) -> Statement:
    """A rule's statement, less sure where the encoder looked at the same pair and holds the relation for unlikely.

    `at` tells the items by their spans.
    """
    head, tail = at.get(rule.head.span), at.get(rule.tail.span)
    if head is None or tail is None or rule.relation not in judged.known:
        return rule
    ways = [(head, tail), (tail, head)] if rule.relation in SYMMETRIC else [(head, tail)]
    chances = [c for a, b in ways if (c := judged.chance(a, rule.relation, b)) is not None]
    if not chances or max(chances) >= LIKELY:
        return rule
    return replace(rule, precision=rule.precision * DOUBTED)


def between(text: str, head: Item, tail: Item) -> str:
    """The words from the one to the other, in one line, cut in the middle when they are many."""
    words = " ".join(text[min(head.span.start, tail.span.start) : max(head.span.end, tail.span.end)].split())
    return words if len(words) <= SHOWN else f"{words[: SHOWN // 2]} … {words[-SHOWN // 2 :]}"
