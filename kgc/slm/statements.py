"""What the rules say of a sentence: statements between its names and values, with the words that told it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kgc.data import Span
from kgc.slm.classes import SCHOOL
from kgc.slm.flags import QUESTION, flags
from kgc.slm.holders import part
from kgc.slm.lexicon import Lexicon
from kgc.slm.masks import MARK, Thing, indices, mask, unmask
from kgc.slm.names import Name
from kgc.slm.rules import Rule, Says
from kgc.slm.values import Value

LONGEST: Final = 1500
"""Sentences beyond this (code points) are lists or broken text: no rule is tried."""
MOST: Final = 60
"""So are sentences with more names and values than this."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One finding. `head` and `tail` are names of the chunk, or `tail` is a value.

    `source` says who found it ("rule born-in"), `words` are those that told it, `precision` is how often such findings
    are right when their names are, a fraction.
    """

    head: Name
    relation: str
    tail: Name | Value
    source: str
    words: str
    precision: float
    negated: bool
    hedged: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its things and their masked text."""

    text: str
    span: Span
    things: tuple[Thing, ...]
    masked: str


def statements(
    text: str,
    span: Span,
    names: Sequence[Name],
    values: Sequence[Value],
    rules: Iterable[Rule],
    lang: str,
    lexicon: Lexicon,
) -> Iterator[Statement]:
    """What the rules find in the sentence at `span`; a question says nothing. The first rule to say a thing has it."""
    both: list[Name | Value] = [*names, *values]
    items = sorted(both, key=lambda x: x.span)
    if not names or len(items) < 2 or len(items) > MOST or span.end - span.start > LONGEST:
        return
    if QUESTION.search(span.of(text)):
        return
    things = tuple(Thing(x.kind, x.span, i) for i, x in enumerate(items))
    sentence = Sentence(text, span, things, mask(text, span, things))
    kinds = {t.kind for t in things}
    seen: set[tuple[object, ...]] = set()
    for rule in rules:
        if not all(need & kinds for need in rule.needs):
            continue
        for found in rule.pattern.finditer(sentence.masked):
            for statement in read(rule, found, sentence, items, lang, lexicon):
                key = (statement.head.span, statement.relation, statement.tail.span)
                if key not in seen:
                    seen.add(key)
                    yield statement


APPOSED: Final = re.compile(r"\ue000[A-Z]\d+\ue001,")
"""A match that begins with a name and a comma tells what stands beside the name, whatever is said of it before."""


def read(
    rule: Rule, found: re.Match[str], sentence: Sentence, items: Sequence[Name | Value], lang: str, lexicon: Lexicon
) -> Iterator[Statement]:
    passing = rule.passing or (lang == "en" and APPOSED.match(found.group()) is not None)
    said = flags(sentence.masked, found.start(), found.end(), lang, passing=passing)
    words = unmask(found.group(), sentence.text, sentence.things)
    for says in rule.says:
        for head in ends(rule, says.head, found, items, sentence):
            for tail in ends(rule, says.tail, found, items, sentence):
                if isinstance(head, Name) and passes(rule, says, head, tail, found, sentence, lexicon):
                    yield Statement(
                        head, says.relation, tail, f"rule {rule.name}", words, rule.precision, said.negated, said.hedged
                    )


def ends(
    rule: Rule, slot: str, found: re.Match[str], items: Sequence[Name | Value], sentence: Sentence
) -> list[Name | Value]:
    """What a slot matched: things of the sentence, or words ("r": a title, where no thing is)."""
    group = next((g for g in rule.groups.get(slot, ()) if found[g]), None)
    if group is None:
        return []
    things = indices(found[group])
    if things:
        return [items[i] for i in things]
    start = origin(found.start(group), sentence)
    raw = found[group].strip()
    span = Span(start, start + len(raw))
    return [Value("S", span, span.of(sentence.text), span.of(sentence.text))]


def origin(at: int, sentence: Sentence) -> int:
    """Where a place of the masked sentence lies in the text."""
    shift = sentence.span.start
    for mark, thing in zip(MARK.finditer(sentence.masked), sentence.things, strict=True):
        if mark.end() > at:
            break
        shift += (thing.span.end - thing.span.start) - (mark.end() - mark.start())
    return at + shift


def passes(
    rule: Rule, says: Says, head: Name, tail: Name | Value, found: re.Match[str], sentence: Sentence, lexicon: Lexicon
) -> bool:
    """Checks that a pattern cannot make: a name is not related to itself, and the rule's guard."""
    if isinstance(tail, Name) and (head.surface == tail.surface or head.span == tail.span):
        return False
    if closes_aside(found, sentence):
        return False
    if says.relation == "PerformedIn" and part(sentence.text[max(0, head.span.start - 80) : head.span.start]):
        return False
    if not isinstance(tail, Name):
        return True
    guards: dict[str, Callable[[], object]] = {
        "school": lambda: SCHOOL.search((tail if says.relation == "EducatedAt" else head).surface),
        "city-region": lambda: city_region(head, tail, found, sentence, lexicon),
        "employer": lambda: tail.cls in EMPLOYERS and not MEMBERS.search(tail.surface),
        "body": lambda: tail.cls in ("Company", "School", "GovernmentBody"),
        "membership": lambda: MEMBERS.search(tail.surface),
        "country-first": lambda: tail.cls == "Country" and head.cls != "Country" and adjacent(head, tail, sentence),
        "country": lambda: tail.cls == "Country",
        "place": lambda: tail.cls != "Country",
        "wider": lambda: (
            adjacent(head, tail, sentence)
            and wider(head, tail, lexicon)
            and not HAN_GOES_ON.match(sentence.text, head.span.end)
        ),
        "business": lambda: head.cls == "Company",
        "department": lambda: DEPARTMENT.search(head.surface),
        "own-words": lambda: head.kind == "P" or not OF_SOMEBODY.search(sentence.masked[: found.start()]),
    }
    return bool(guards[rule.guard]()) if rule.guard else True


def closes_aside(found: re.Match[str], sentence: Sentence) -> bool:
    """Whether the match begins with the last name of an aside: "Norwood, a unit of Halden, is based in Leeds"."""
    goes_on = ASIDE_ENDS.match(sentence.masked, found.start())
    return goes_on is not None and ASIDE_BEGINS.search(sentence.masked, 0, found.start()) is not None


ASIDE_BEGINS: Final = re.compile(
    r"\ue001(?: ?\([^()]*\))?, (?:(?:a|an|the|one|his|her|its|then|former|now|son|daughter|part)\b[^,;.]*"
    r" (?:of|to|for|by|with|at) (?:the )?|(?:who|whom|whose|which)\b[^,;.]*)$"
)
ASIDE_ENDS: Final = re.compile(
    r"\ue000[A-Z][0-9]+\ue001, (?:also |later |now |then |never |first |[a-z]+ly )?"
    r"(?:was|is|were|are|has|had|have|did|does|will|would|died|became|left|won|wrote|built|led|took|began|went|met|sold"
    r"|bought|made|held|taught|[a-z]+ed|owns|makes|sells|leads|heads|works|lives|employs|produces) "
)


def wider(head: Name, tail: Name, lexicon: Lexicon) -> bool:
    """Whether the first of two Chinese places written together holds the second: a country, province or city."""
    known = tail.cls == "Country" or "r" in lexicon.of(tail.surface) or HAN_WIDE.search(tail.surface)
    place = set(lexicon.of(head.surface)) & set("cr") or HAN_PLACE.search(head.surface)
    return bool(known and place) and head.cls != "Country"


HAN_PLACE: Final = re.compile(r"(?:省|市|州|县|区|盟|旗|镇|乡|村|港|湾|岛|山|江|河|湖|路|街|大道|半岛)$")
HAN_GOES_ON: Final = re.compile("公司|集团|股份|银行|证券|保险|市场|大学|学院|实业|科技|电器|石油|航空")
"""What makes the place before it the beginning of another name."""
HAN_WIDE: Final = re.compile(r"[一-鿿]{2}(?:省|市|州|县|自治区|区|盟|旗)$")


def adjacent(head: Name, tail: Name, sentence: Sentence) -> bool:
    return sentence.text[tail.span.end : head.span.start] == ""


EMPLOYERS: Final = ("Company", "School", "Organization")
MEMBERS: Final = re.compile(
    r"Party|Union|Association|Society|League|Club|Alliance|Band|Orchestra|Nations|NATO|OPEC|Council|Senate|Parliament|Army|Navy|党|协会|联盟|学会|组织"
)
CITY_STATES: Final = frozenset(("Hong Kong", "Singapore", "Monaco", "Macau", "Gibraltar"))
OF_SOMEBODY: Final = re.compile(
    r"[\0\ue001][^.;]*\b(?:fellow|member|president|chair\w*|director|professor|head|founder|graduate|alumn\w+"
    r"|trustee|secretary|treasurer|governor|patron)s?(?: \w+){0,2} of (?:the )?$"
)
"""Before a body in "Ada Berg, a fellow of Marlow College, a member of ...": what follows is told of the person."""
WIDE: Final = re.compile(r"America$|Europe$|Asia$|Africa$|East$|Oceania|Caribbean|Balkans|Scandinavia")
DEPARTMENT: Final = re.compile(
    r"^(?:Department|Faculty|School|Institute|Division|Office|Center|Centre|Laboratory|College)\b"
)


def city_region(head: Name, tail: Name, found: re.Match[str], sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "Bentonville, Arkansas": a city before its region or country, and no list of places."""
    big = set(lexicon.of(tail.surface)) & set("kr")
    if not big or set(lexicon.of(head.surface)) & {"k"} or head.cls == "Country":
        return False
    if tail.surface in CITY_STATES:
        return False
    if set(lexicon.of(head.surface)) & {"r"} and (tail.cls != "Country" or WIDE.search(head.surface)):
        return False
    before, after = sentence.masked[: found.start()], sentence.masked[found.end() :]
    # A list of places ("Oslo, Norway, and Rome") looks the same from inside: another place beside it ends the reading.
    return not re.search(r"\ue000L\d+\ue001,?(?: and)? $", before) and not re.match(
        r",? (?:and |or )?\ue000L\d+\ue001(?!,? \ue000)", after
    )
