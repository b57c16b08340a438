"""Short names that a text defines: "World Health Organization (WHO)", (the "Company"), "known as"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kgc.resolve.folding import HAN
from kgc.resolve.within_letters import abbreviates
from kgc.resolve.within_names import Claim, Name, compatible, core, plain

_REACH: Final = 140
"""So far after a name (code points) its definition is looked for."""
_TERM_REACH: Final = 300
"""So far before a defined term the party that it stands for is looked for."""
_BRACKET = re.compile(r"(?:['’]s?)?\s?[(\[（]\s*(?P<in>[^()\[\]（）\n]{2,100}?)\s*[)\]）]")
_AS = re.compile(
    r"(?:\s?,\s|\s)(?P<how>(?:(?:who is|which is|is|was|are)\s)?(?:also|better|commonly|popularly|formerly|previously"
    r"|professionally)\s(?:known as|called|referred to as)|(?:is\s)?abbreviated (?:as|to)|doing business as|d/b/a"
    r"|a\.?k\.?a\.?|or(?: simply| just)?)(?: the)?\s(?P<quote>[\"“'‘]?)"
)
_LEAD = re.compile(
    r"^(?:(?:or|also|hereinafter|hereafter|herein|abbreviated|abbreviation|abbr\.?|short|acronym|aka|a\.k\.a\.|known|"
    r"called|referred|to|as|for|simply|in|formerly|previously|now|then|born|the|sometimes|usually|commonly|often)[\s:,]+)*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“”„«]\s?(?:[Tt]he )?([^\"“”„«»\n]{2,60}?)\s?[\"“”»]")
_TERM = re.compile(r"[(（]([^()（）\n]{0,60}[\"“][^()（）\n]{2,60}[\"”][^()（）\n]{0,30})[)）]")
_MANY = re.compile(r"\b(?:collectively|together|each|jointly|both|any of)\b", re.IGNORECASE)
_RENAMED = re.compile(r"^(?:or )?(?:formerly|previously|now|born|then)\b", re.IGNORECASE)
_DEFINED: Final = re.compile(
    r"^(?:or|also|hereinafter|hereafter|abbr|aka|a\.k\.a|known|called|referred|in short)\b", re.IGNORECASE
)
_THE: Final = re.compile(r"^the\b", re.IGNORECASE)
_LEGAL_STOP: Final = re.compile(r"\b(?:Inc|Corp|Co|Ltd)\.")
_NEXT_SENTENCE: Final = re.compile(r"[.!?;]\s+[A-Z](?!\.)")

Known = Mapping[str, Sequence[Name]]


def defined(text: str, names: Sequence[Name]) -> Iterator[Claim]:
    """What the text itself says that a name stands for. The same short name may be claimed for two: both are told."""
    known: dict[str, list[Name]] = {}
    starts: dict[int, Name] = {}
    for name in names:
        known.setdefault(plain(name.surface), []).append(name)
        starts.update({start: name for start, _ in name.places})
    for name in names:
        if HAN.search(name.surface):
            continue
        if inside := _BRACKET.search(name.surface):
            yield from _bracketed(name, inside["in"], known)
        for _, end in name.places:
            if found := _BRACKET.match(text, end, end + _REACH):
                yield from _bracketed(name, found["in"], known)
            elif found := _AS.match(text, end, end + _REACH):
                yield from _known_as(name, starts.get(found.end()) or _article(text, found.end(), starts), found)
    yield from _terms(text, names, known)


def _article(text: str, at: int, starts: Mapping[int, Name]) -> Name | None:
    """The name whose article was read as what leads to it."""
    return starts.get(at - 4) if text[max(0, at - 4) : at].casefold() == "the " else None


def _bracketed(name: Name, inside: str, known: Known) -> Iterator[Claim]:
    """The names in a bracket right after a name."""
    quoted = _QUOTED.findall(inside)
    if _MANY.search(inside):
        return
    lead = _LEAD.match(inside)
    bare = inside[lead.end() if lead else 0 :]
    for short in quoted[:3] or [part for part in re.split(r"[,;]| or ", bare)[:3] if part.strip()]:
        for other in known.get(plain(short), ()):
            if other is name or not compatible(name, other):
                continue
            if claim := _told(name, other, short, inside, bool(quoted)):
                yield claim


def _told(name: Name, other: Name, short: str, inside: str, quoted: bool) -> Claim | None:
    full = core(name.surface)
    if _RENAMED.match(inside):
        return _claim(other, name, 0.88, f"the text gives {short!r} as another name of {full!r}")
    if abbreviates(short, full):
        return _claim(other, name, 0.97, f"the text defines {short!r} as short for {full!r}, and the letters fit")
    if abbreviates(full, short):
        return _claim(name, other, 0.97, f"the text explains {full!r} as {short!r}, and the letters fit")
    if quoted or _DEFINED.match(inside):
        score = 0.95 if _DEFINED.match(inside) or _THE.match(inside) else 0.85
        return _claim(other, name, score, f"the text says that {short!r} stands for {full!r}")
    return None


def _known_as(name: Name, other: Name | None, found: re.Match[str]) -> Iterator[Claim]:
    if other is None or other is name or not compatible(name, other):
        return
    letters = abbreviates(core(other.surface), core(name.surface))
    if found["how"].startswith("or") and not letters:
        return
    score = 0.97 if letters else 0.88
    yield _claim(other, name, score, f"the text says that {name.surface!r} is known as {other.surface!r}")


def _claim(short: Name, full: Name, score: float, why: str) -> Claim:
    return Claim(short.number, full.number, score, why)


def _terms(text: str, names: Sequence[Name], known: Known) -> Iterator[Claim]:
    """Defined terms that stand apart from their party: `Acme, Inc., a Delaware corporation (the "Company")`."""
    parties = sorted((end, start, n.number) for n in names for start, end in n.places if n.kind in _PARTY)
    at = 0
    for found in _TERM.finditer(text):
        if _MANY.search(found[1]):
            continue
        while at < len(parties) and parties[at][0] <= found.start():
            at += 1
        near = [p for p in parties[max(0, at - 8) : at] if _same_sentence(text, p[0], found.start())]
        for term in _QUOTED.findall(found[1])[:3]:
            for other in known.get(plain(term), ()):
                fitting = [names[n] for _, _, n in near if n != other.number and compatible(names[n], other)]
                if fitting:
                    score = 0.93 if len(set(map(id, fitting))) == 1 else 0.85
                    party = fitting[-1]
                    yield _claim(other, party, score, f"the text calls {party.surface!r} {term.strip()!r} from here on")


_PARTY: Final = ("organization", "person")


def _same_sentence(text: str, end: int, at: int) -> bool:
    between = text[end:at] if at - end <= _TERM_REACH else "\n\n"
    return "\n\n" not in between and not _NEXT_SENTENCE.search(_LEGAL_STOP.sub("", between))
