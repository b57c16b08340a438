"""English names: what the encoder found, put right where letters, lists and the rest of the chunk know better."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kgc.data import Span
from kgc.slm.classes import class_of
from kgc.slm.cues import TITLES
from kgc.slm.found import Found
from kgc.slm.lexicon import Lexicon, listed_words
from kgc.slm.lines import Line
from kgc.slm.names import EDGE, Name, without_overlaps
from kgc.slm.positions import positions
from kgc.slm.titled import titled

NEVER: Final = re.compile(
    r"(?:[Tt]he )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)|(?:Mr|Mrs|Ms|Dr|Prof|Inc|Ltd|Corp)\.?|I|[Tt]he (?:Company|Board|Agreement"
    r"|Parties|Committee)|CEO|CFO|CTO|COO|PDF|HTML|HTTP|API|URL|FAQ|OK|AM|PM|DVD|TV"
)
"""What is written like a name and is none."""
LEAD: Final = re.compile(r"^(?:(?:the|a|an|The|A|An|its|his|her|Its|His|Her)\s+)+")
NOBLE: Final = frozenset(listed_words("st saint king queen lord lady sir pope prince princess count duke"))
"""Titles that are part of a name: "King Harald", "St. Olav"."""
JOB: Final = re.compile(rf"^(?:(?:{'|'.join(sorted(TITLES - NOBLE))})\.?\s+)+(?:of (?:the )?\w+\s+)?", re.IGNORECASE)
IBN: Final = re.compile(r"^[^,;.()\n]* (?:ibn|bin|bint|ben) $")
HE: Final = re.compile(r"(?<![^\W_])He $")
PINYIN: Final = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|[aeo]i|[aeiu]n|ao|er|i[aeu]"
    r"|ou|u[aeio]|[aeiouv])){1,2}",
    re.IGNORECASE,
)
"""A Chinese family name that is a pronoun too, and given names that it stands before: "He Jun"."""
CODE: Final = re.compile(r"[_{}<>=\\`|@^~\x00-\x1f\ue000\ue001]|::|https?:|www\.")
LOOSE: Final = re.compile(r"(?:\s+(?:of|the|a|an|and|for|in|at|on|to|by|de|la|von|og|und|et|y|&))+$")
"""What a name cut too short ends with."""
SUFFIX: Final = re.compile(
    r",? (?:Inc|Ltd|LLC|PLC|plc|Corp|Corporation|GmbH|AG|AB|ASA|AS|Oy|Oyj|SE|Co\.?,? Ltd|Co|Limited)\.?$"
)
MARKED: Final = 0.9
"""The probability of a name that an ending or the marks around it tell ("Inc.", "Treaty of")."""
OFFICE: Final = re.compile(r"\b(?:minister|under-?secretary|secretary of state)\b", re.IGNORECASE)
LIKELY: Final = 0.5
"""The probability from which "Director of X" is somebody at the body X."""
AGAIN: Final = 0.95
"""What is left of a name's probability where its letters stand again and the encoder saw none."""


def english_names(seen: Sequence[Found], text: str, lexicon: Lexicon, lines: Sequence[Line]) -> tuple[Name, ...]:
    """The names of a chunk in text order, without overlaps."""
    places = Places(lines)
    model = [n for f in fathered(seen, text) if f.kind != "E" for n in cleaned(f, text, lexicon, places)]
    marked = [n for n in by_marks(text, lexicon) if places.kind(n.span) not in ("code", "")]
    posts = [post.whole.span for post in positions(text, ())]
    every = without_overlaps(n for n in (*model, *marked) if not of_office(n, posts, text))
    every = without_overlaps([*every, *again(every, text)])
    return tuple(full_class(agreed(every, lexicon)))


def fathered(seen: Sequence[Found], text: str) -> Iterator[Found]:
    """What was found, a person's name and their father's ("Muhammad ibn Abd al-Rahman") as one."""
    last: Found | None = None
    for found in seen:
        if last and last.kind == found.kind == "P" and IBN.search(text[last.span.start : found.span.start]):
            last = Found("P", Span(last.span.start, found.span.end), min(last.probability, found.probability))
            continue
        if last:
            yield last
        last = found
    if last:
        yield last


class Places:
    """Which line a span stands in, and of what kind it is."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = sorted(lines, key=lambda line: line.span)
        self._starts = [line.span.start for line in self._lines]

    def kind(self, span: Span) -> str:
        """The kind of the line that holds the span's beginning, "" where none does."""
        at = bisect_right(self._starts, span.start) - 1
        return self._lines[at].kind if at >= 0 and span.start < self._lines[at].span.end else ""


def cleaned(found: Found, text: str, lexicon: Lexicon, places: Places) -> Iterator[Name]:
    """The name inside a found span, or nothing when it is none."""
    if places.kind(found.span) in ("code", ""):
        return
    span = trimmed(text, found.span, found.kind)
    surface = span.of(text)
    if not plausible(surface, found.kind) or "d" in lexicon.of(surface):
        return
    yield Name(span, surface, found.kind, class_of(found.kind, surface, lexicon), found.probability)


def trimmed(text: str, span: Span, kind: str) -> Span:
    """Without articles, job titles, possessive endings and marks at its edges, with the dot of its abbreviation."""
    surface = span.of(text)
    start = span.start + len(surface) - len(surface.lstrip(EDGE))
    surface = surface.strip(EDGE)
    head = LEAD.match(surface) if kind in "PL" or not surface.startswith("The ") else None
    start, surface = (start + head.end(), surface[head.end() :]) if head else (start, surface)
    if kind == "P" and PINYIN.fullmatch(surface) and HE.search(text, max(0, start - 4), start):
        start, surface = start - 3, f"He {surface}"
    job = JOB.match(surface) if kind == "P" else None
    start, surface = (start + job.end(), surface[job.end() :]) if job else (start, surface)
    surface = LOOSE.sub("", re.sub(r"\s?['’]s?$", "", surface))
    if surface.endswith(".") and not re.search(r"\b(?:[A-Z]|Inc|Ltd|Corp|Co|Jr|Sr|Bros)\.$", surface):
        surface = surface.rstrip(".")
    elif re.search(r"\b(?:Inc|Ltd|Corp|Jr|Sr|U\.S|D\.C|Bros)$", surface) and text[start + len(surface) :][:1] == ".":
        surface += "."
    return Span(start, start + len(surface))


def plausible(surface: str, kind: str) -> bool:
    """Whether a surface can be a name at all."""
    if not 2 <= len(surface) <= 120 or "\n" in surface or CODE.search(surface) or NEVER.fullmatch(surface):
        return False
    if sum(c.isalpha() for c in surface) < 2 or not any(c.isupper() or c.isdigit() for c in surface):
        return False
    return len(surface.split()) <= (7 if kind == "P" else 14)


def by_marks(text: str, lexicon: Lexicon) -> Iterator[Name]:
    for kind, span in titled(text, "en"):
        surface = span.of(text)
        yield Name(span, surface, kind, class_of(kind, surface, lexicon), MARKED)


def of_office(name: Name, posts: Sequence[Span], text: str) -> bool:
    """Whether it is what an office is for ("Minister of Defence", "Director of Research"), and no name."""
    at = bisect_right(posts, name.span.start, key=lambda span: span.start) - 1
    if at < 0 or name.kind in "PL" or not name.span.within(posts[at]):
        return False
    return name.trust < LIKELY or OFFICE.search(posts[at].of(text)) is not None


def again(found: Sequence[Name], text: str) -> Iterator[Name]:
    """Other places where a name of several words stands, and a company without its "Inc."."""
    whole = {n.surface: n for n in found if " " in n.surface}
    for surface, name in list(whole.items()):
        short = SUFFIX.sub("", surface)
        if name.kind == "O" and short != surface and " " in short:
            whole.setdefault(short, name)
    taken = {n.span.start for n in found}
    for surface, name in whole.items():
        at = text.find(surface)
        while at >= 0:
            end = at + len(surface)
            if at not in taken and not alnum(text, at - 1) and not alnum(text, end):
                yield replace(name, span=Span(at, end), surface=surface, trust=name.trust * AGAIN)
            at = text.find(surface, end)


def alnum(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isalnum()


def agreed(found: Sequence[Name], lexicon: Lexicon) -> Iterator[Name]:
    """One kind a surface in a chunk: that with the most probability in all."""
    votes: dict[str, dict[str, float]] = {}
    for name in found:
        tally = votes.setdefault(name.surface, {})
        tally[name.kind] = tally.get(name.kind, 0.0) + name.trust
    chosen = {surface: max(tally, key=lambda k: tally[k]) for surface, tally in votes.items()}
    for name in found:
        kind = chosen[name.surface]
        cls = name.cls if kind == name.kind else class_of(kind, name.surface, lexicon)
        yield replace(name, kind=kind, cls=cls)


def full_class(found: Iterable[Name]) -> Iterator[Name]:
    """A short name of a company takes the class of its full name in the same chunk ("Acme" beside "Acme Inc.")."""
    every = list(found)
    full = [n for n in every if n.kind == "O" and n.cls == "Company" and SUFFIX.search(n.surface)]
    for name in every:
        short = name.kind == "O" and name.cls == "Organization"
        longer = short and any(f.surface.startswith(name.surface) for f in full)
        yield replace(name, cls="Company") if longer else name
