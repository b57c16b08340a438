"""What "the company", "the university" or 该公司 means: the named thing nearby, where only one can be meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kgc.resolve.names import form
from kgc.resolve.within_names import core
from kgc.resolve.within_seen import Place, Seen
from kgc.resolve.within_words import COMPANY_NOUNS, HEADS, words_of

_WINDOW: Final = 2
"""So many sentences back the one company must be named."""
_FOLLOWS: Final = (
    r"(?=['’]s?\b|\s?[.,;:!?)\"”]|\s+(?:is|was|are|were|has|had|have|will|would|can|could|may|might|must|should|did|does|"
    r"said|says|also|now|then|still|later|in|on|at|to|for|from|by|with|and|or|but|as|since|until|after|before|because|"
    r"when|while|which|who|began|became|made|gave|took|went|came|grew|sold|bought|built|plans|expects|operates|owns|"
    r"announced|reported|agreed|\w+ed)\b|$)"
)
_COMMON: Final = words_of(
    "city town village county state province district region country government administration society army navy club "
    "church court street union park congress war act award"
)
"""Nouns that as often mean another thing of the kind, or the kind."""
_NOUNS: Final = sorted({*COMPANY_NOUNS, *HEADS} - _COMMON, key=lambda w: (-len(w), w))
_THE: Final = re.compile(rf"\b[Tt]he\s(?P<noun>{'|'.join(_NOUNS)})\b{_FOLLOWS}")
_HAN: Final = re.compile("(?:该|本)(?P<noun>公司|集团|企业|银行|行|校|大学|学院|医院|院|局|市|省|县|国)")
_COMPANY: Final = frozenset({"company", "firm", "corporation", "group", "公司", "集团", "企业"})
_HAN_ENDS: Final = {
    "银行": ("银行",), "行": ("银行",), "校": ("大学", "学院", "中学", "学校"), "大学": ("大学",), "学院": ("学院",),
    "医院": ("医院",), "院": ("医院", "法院", "研究院", "学院"), "局": ("局",), "市": ("市",), "省": ("省",),
    "县": ("县",), "国": ("国",),
}  # fmt: skip
_NO_COMPANY: Final = frozenset(HEADS) - {"company", "corporation", "airline", "bank", "club"}


@dataclass(frozen=True, slots=True)
class Meant:
    """A noun phrase and the thing that it means: an index into the things, how sure, and why."""

    start: int
    end: int
    thing: int
    score: float
    reason: str


def nouns(seen: Seen, lang: str) -> Iterator[Meant]:
    """What noun phrases mean, in text order. Nothing where two things fit."""
    heads = [_heads(seen, i, lang) for i in range(len(seen.things))]
    named = {(p.start, p.end) for p in seen.places}
    starts = sorted(p.start for p in seen.places)
    at = 0
    fitting = Counter(noun for of in heads for noun in of)
    for found in (_HAN if lang == "zh" else _THE).finditer(seen.text):
        while at < len(starts) and starts[at] < found.end():
            at += 1
        if _within(seen.places, at, found.start(), found.end()) or found.span() in named:
            continue
        noun = found["noun"].lower()
        if noun not in _COMPANY:
            noun = f"{noun}:head"
        if fitting[noun] and (told := _told(seen, found, at, heads, noun, fitting[noun])):
            yield told


def _within(places: Sequence[Place], at: int, start: int, end: int) -> bool:
    """Whether the phrase is part of a name."""
    return any(p.start <= start < p.end or start <= p.start < end for p in places[max(0, at - 3) : at])


def _heads(seen: Seen, number: int, lang: str) -> frozenset[str]:
    """The nouns that a thing may be meant by: those in its name, and "company" where it may be one."""
    name = seen.things[number].name
    if name.kind not in ("organization", "place"):
        return frozenset()
    if lang == "zh":
        ends = {f"{noun}:head" for noun, endings in _HAN_ENDS.items() if name.surface.endswith(endings)}
        other = ends or name.kind == "place"
        return frozenset(ends) if other else frozenset({"公司", "集团", "企业"})
    read = form(core(name.surface), name.kind)
    words = {w for w in read.text.split() if w in HEADS}
    found = {f"{w}:head" for w in words}
    if name.kind == "organization" and (read.legal or not words & _NO_COMPANY):
        found |= {"company", "firm", "corporation"}
        found |= {"group"} if "group" in read.tokens else set()
    return frozenset(found)


def _told(
    seen: Seen, found: re.Match[str], at: int, heads: Sequence[frozenset[str]], noun: str, among: int
) -> Meant | None:
    """The one thing nearby that fits; surer where no other of the document does."""
    here = seen.sentence(found.start())
    near = {p.thing for p in seen.places[max(0, at - 12) : at] if p.sentence >= here - _WINDOW}
    close = [i for i in sorted(near) if noun in heads[i]]
    if len(close) != 1:
        return None
    phrase, name = found.group(), seen.things[close[0]].name.surface
    if among == 1:
        why = f"{phrase!r}: the document names no other than {name!r}"
        return Meant(found.start(), found.end(), close[0], 0.8, why)
    return Meant(found.start(), found.end(), close[0], 0.72, f"{phrase!r}: no other than {name!r} is named nearby")
