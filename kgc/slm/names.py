"""A name of a chunk, and what is done to names of either language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kgc.data import Span
from kgc.slm import han
from kgc.slm.classes import COMPANY, class_of
from kgc.slm.cues import TITLES
from kgc.slm.found import KIND_OF
from kgc.slm.lexicon import Lexicon, listed_words
from kgc.slm.lines import Line


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a chunk: `kind` is P, O, L, V, A, K or W; `cls` a class of the general schema.

    `trust` is the probability that it is one, with these borders and of this kind, a fraction in [0, 1].
    """

    span: Span
    surface: str
    kind: str
    cls: str
    trust: float = 0.9


CERTAIN: Final = 0.5
"""A name that lists and endings say nothing of takes the class that the model gives it at least this probability."""
EDGE: Final = " \t\"'“”‘’«»()[]{}<>,;:!?*_#|`~=+-–—/\\，。；：！？、（）《》【】「」·"
NEVER: Final = frozenset(
    listed_words(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July "
        "August September October November December Mr Mrs Ms Dr Prof Mr. Mrs. Ms. Dr. I Internet Web CEO CFO "
        "CTO COO PDF HTML HTTP API URL FAQ Inc Ltd Corp Company Chapter Section Table Figure Appendix Article "
        "Note God Bible AM PM OK Yes No TV DVD"
    )
)
LEAD: Final = re.compile(r"^(?:(?:the|a|an|The|A|An|its|his|her|Its|His|Her)\s+)+")
NOBLE: Final = frozenset(listed_words("st saint king queen lord lady sir pope prince princess count duke"))
"""Titles that are part of a name: "King Harald", "St. Olav"."""
JOB: Final = re.compile(rf"^(?:(?:{'|'.join(sorted(TITLES - NOBLE))})\.?\s+)+(?:of (?:the )?\w+\s+)?", re.IGNORECASE)
CODE: Final = re.compile(
    r"[_{}()<>=\\`|@#$^~\[\]\ue000\ue001\x00-\x1f]|::|https?:|www\.|\.[a-z]{2,4}$|[a-z][A-Z].*[a-z][A-Z]|/"
)
HAN: Final = re.compile(r"[一-鿿]")
NO_PLACE: Final = re.compile(r"(?:^| )[Tt]he \0|\0 \d")
HEADED: Final = re.compile(r"^(?:Section|Chapter|Table|Figure|Article|The Company|This)\b")
SUFFIX: Final = re.compile(
    r",? (?:Inc|Ltd|LLC|PLC|plc|Corp|Corporation|GmbH|AG|AB|ASA|AS|Oy|Oyj|SE|Co\.?,? Ltd|Co|Limited)\.?$"
)
AFTER_DEMONYM: Final = "人军语文籍裔队式菜国货"


def begins(surface: str, bodies: Sequence[str]) -> bool:
    """Whether a Chinese "person" is only the beginning of a body's name."""
    return any(b.startswith(surface) and len(b) > len(surface) for b in bodies)


def clean(
    kind: str, start: int, end: int, text: str, lang: str, lexicon: Lexicon, lines: Sequence[Line]
) -> Iterator[Name]:
    """The name inside a found span, or nothing when it is none."""
    line = next((x for x in lines if x.span.start <= start < x.span.end), None)
    if line is None or end > line.span.end or line.kind == "code":
        return
    span = trimmed(text, start, end, kind, lang)
    if lang == "zh":
        yield from clean_han(kind, span, text, lexicon)
        return
    surface = span.of(text)
    kind = corrected(kind, surface, lexicon)
    if not plausible(surface, kind, lang, lexicon):
        return
    single = " " not in surface
    if line.kind in ("capitals", "heading") and lang == "en" and not sure(surface, lexicon, text):
        return
    if (
        lang == "en"
        and kind == "L"
        and NO_PLACE.search(text[max(0, span.start - 4) : span.start] + "\0" + text[span.end : span.end + 2])
        and class_of(kind, surface, lexicon) == "City"
    ):
        return
    if (
        single
        and lang == "en"
        and lexicon.common(surface.rstrip("."))
        and not surface.isupper()
        and not mid_sentence(text, surface)
    ):
        return
    yield Name(span, surface, kind, class_of(kind, surface, lexicon))


def clean_han(kind: str, span: Span, text: str, lexicon: Lexicon) -> Iterator[Name]:
    """A Chinese name made whole, of the right kind, and a place apart from the country before it."""
    kind, span = han.whole(kind, span, text, lexicon)
    if han.is_word(kind, span, text, lexicon):
        return
    if kind == "O" and len(span.of(text)) > 6:
        span = Span(span.end - len(han.company(span.of(text))), span.end)
    kind = han.corrected(kind, span.of(text), lexicon)
    for part in han.parts(kind, span, text, lexicon):
        if plausible(part.of(text), kind, "zh", lexicon):
            yield Name(part, part.of(text), kind, class_of(kind, part.of(text), lexicon))


def trimmed(text: str, start: int, end: int, kind: str, lang: str) -> Span:
    """Without articles, job titles, possessive endings and marks at its edges.

    A closing bracket stays with its pair.
    """
    surface = text[start:end]
    left = len(surface) - len(surface.lstrip(EDGE))
    surface = surface.strip(EDGE)
    if lang == "en":
        head = LEAD.match(surface) if kind != "O" or not surface.startswith("The ") else None
        left += head.end() if head else 0
        surface = surface[head.end() if head else 0 :]
        job = JOB.match(surface) if kind == "P" else None
        left += job.end() if job else 0
        surface = re.sub(r"['’]s?$", "", surface[job.end() if job else 0 :])
    if surface.endswith(".") and not re.search(r"\b(?:[A-Z]|Inc|Ltd|Corp|Co|Jr|Sr|Bros)\.$", surface):
        surface = surface.rstrip(".")
    elif (
        not surface.endswith(".")
        and re.search(r"\b(?:Inc|Ltd|Corp|Jr|Sr|U\.S|Bros)$", surface)
        and text[start + left + len(surface) :][:1] == "."
    ):
        surface += "."
    return Span(start + left, start + left + len(surface))


def corrected(kind: str, surface: str, lexicon: Lexicon) -> str:
    """Countries are places and what ends like a company is one, whatever the model says."""
    if COMPANY.search(surface) and " " in surface and kind != "O" and not lexicon.of(surface):
        return "O"
    known = lexicon.of(surface)
    return "L" if "k" in known and kind != "L" and not set(known) & set("fl") else kind


def plausible(surface: str, kind: str, lang: str, lexicon: Lexicon) -> bool:
    """Whether a surface can be a name at all."""
    if len(surface) < 2 or len(surface) > 100 or CODE.search(surface) or surface in NEVER or "d" in lexicon.of(surface):
        return False
    if lang == "zh" and HAN.search(surface):
        return plausible_han(surface, kind)
    letters = [c for c in surface if c.isalpha()]
    if len(letters) < 2 or surface == surface.lower() or len(surface.split()) > 9:
        return False
    if kind == "P" and (any(c.isdigit() for c in surface) or len(surface.split()) > 5):
        return False
    return not (kind == "P" and surface.isupper() and " " not in surface)


def plausible_han(surface: str, kind: str) -> bool:
    if re.search(r"[，。；：！？、\s]", surface.replace(" ", "") if HAN.search(surface) is None else surface):
        return False
    if kind == "P":
        return 2 <= len(surface) <= (4 if "·" not in surface and "・" not in surface else 20) and not surface.isascii()
    return surface not in {
        "公司",
        "大学",
        "政府",
        "中心",
        "集团",
        "学院",
        "银行",
        "本公司",
        "该公司",
        "我国",
        "全国",
        "国家",
    }


def sure(surface: str, lexicon: Lexicon, text: str) -> bool:
    """Whether a name in a heading is one: it stands in the chunk's prose too, or is a known name."""
    kinds = set(lexicon.of(surface)) & set("ckr")
    return mid_sentence(text, surface) or bool(kinds and not lexicon.common(surface))


def mid_sentence(text: str, surface: str) -> bool:
    """Whether the surface stands somewhere after a small word, a digit or a comma: there a capital means a name."""
    return re.search(rf"[a-z0-9,)] {re.escape(surface)}(?![\w])", text) is not None


def listed(text: str, lang: str, lexicon: Lexicon, lines: Sequence[Line]) -> Iterator[Name]:
    """Countries and regions of the list that the model did not see; only where nothing but the place can be meant."""
    if lang == "zh":
        for found in lexicon.places.finditer(text):
            if text[found.end() : found.end() + 1] not in AFTER_DEMONYM:
                yield Name(Span(*found.span()), found.group(), "L", class_of("L", found.group(), lexicon), 0.85)
        return
    for line in lines:
        if line.kind != "prose":
            continue
        for found in re.finditer(
            r"(?<=[a-z,] )(?:the )?([A-Z][a-z]+(?: [A-Z][a-z]+){0,2})(?=[.,;)]| and | in |$)", line.span.of(text)
        ):
            kinds = lexicon.of(found[1])
            if set(kinds) & set("kr") and not set(kinds) & set("flw"):
                at = line.span.start + found.start(1)
                yield Name(Span(at, at + len(found[1])), found[1], "L", class_of("L", found[1], lexicon), 0.9)


def again(found: Sequence[Name], text: str, lexicon: Lexicon) -> Iterator[Name]:
    """Other places where a name of several words stands, and a company without its "Inc."."""
    whole = {n.surface: n for n in found if " " in n.surface or (HAN.match(n.surface) and len(n.surface) > 2)}
    for surface, name in list(whole.items()):
        short = SUFFIX.sub("", surface)
        if name.kind == "O" and short != surface and " " in short:
            whole.setdefault(short, name)
    taken = {n.span.start for n in found}
    for surface, name in whole.items():
        for at in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)" if surface.isascii() else re.escape(surface), text):
            if at.start() not in taken:
                yield Name(Span(*at.span()), surface, name.kind, class_of(name.kind, surface, lexicon), name.trust)


def without_overlaps(found: Iterable[Name]) -> list[Name]:
    """The earlier of two that overlap wins when it is longer, else the longer; in text order."""
    kept: list[Name] = []
    for name in sorted(found, key=lambda n: (n.span.start, -n.span.end)):
        if kept and name.span.start < kept[-1].span.end:
            if name.span.end - name.span.start > kept[-1].span.end - kept[-1].span.start:
                kept[-1] = name
            continue
        kept.append(name)
    return kept


def agree(found: list[Name], lexicon: Lexicon) -> list[Name]:
    """One kind a surface in a chunk: the commonest, the first of equals."""
    votes: dict[str, dict[str, int]] = {}
    for name in found:
        tally = votes.setdefault(name.surface, {})
        tally[name.kind] = tally.get(name.kind, 0) + 1
    chosen = {surface: max(tally, key=lambda k: tally[k]) for surface, tally in votes.items()}
    for short in {SUFFIX.sub("", n.surface) for n in found if n.kind == "O" and SUFFIX.search(n.surface)}:
        if short in chosen and " " in short:
            chosen[short] = "O"
    return [
        Name(n.span, n.surface, k, n.cls if k == n.kind else class_of(k, n.surface, lexicon), n.trust)
        for n in found
        for k in [chosen[n.surface]]
    ]


def same_class(found: list[Name]) -> Iterator[Name]:
    """A short name of a company takes the class of its full name in the same chunk ("Acme" beside "Acme Inc.")."""
    full = {n.surface: n.cls for n in found if n.kind == "O" and n.cls != "Organization"}
    for name in found:
        longer = (
            [c for s, c in full.items() if s.startswith(name.surface) and COMPANY.search(s)]
            if name.cls == "Organization"
            else []
        )
        yield Name(name.span, name.surface, name.kind, longer[0], name.trust) if longer else name


def classed(name: Name, told: tuple[str, float]) -> Name:
    """A name beyond persons, bodies and places with the class that the model tells: its own words tell none.

    Persons, bodies and places keep the class of their words: it must be the same in every passage.
    """
    cls, chance = told
    if name.kind not in "XC" or chance < CERTAIN or cls in ("", "Misc") or KIND_OF[cls] in "POL":
        return name
    return Name(name.span, name.surface, KIND_OF[cls], cls, name.trust)
