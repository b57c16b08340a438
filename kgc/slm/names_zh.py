"""What is done to the names of a Chinese text, among which Latin ones stand too: borders, doubts, lists, agreement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kgc.data import Span
from kgc.slm import han
from kgc.slm.classes import COMPANY, class_of
from kgc.slm.lexicon import Lexicon, listed_words
from kgc.slm.lines import Line
from kgc.slm.names import EDGE, Name

NEVER: Final = frozenset(
    listed_words(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July "
        "August September October November December Mr Mrs Ms Dr Prof Mr. Mrs. Ms. Dr. I Internet Web CEO CFO "
        "CTO COO PDF HTML HTTP API URL FAQ Inc Ltd Corp Company Chapter Section Table Figure Appendix Article "
        "Note God Bible AM PM OK Yes No TV DVD"
    )
)
CODE: Final = re.compile(
    r"[_{}()<>=\\`|@#$^~\[\]\ue000\ue001\x00-\x1f]|::|https?:|www\.|\.[a-z]{2,4}$|[a-z][A-Z].*[a-z][A-Z]|/"
)
HAN: Final = re.compile(r"[一-鿿]")
SUFFIX: Final = re.compile(
    r",? (?:Inc|Ltd|LLC|PLC|plc|Corp|Corporation|GmbH|AG|AB|ASA|AS|Oy|Oyj|SE|Co\.?,? Ltd|Co|Limited)\.?$"
)
AFTER_DEMONYM: Final = "人军语文籍裔队式菜国货"


def begins(surface: str, bodies: Sequence[str]) -> bool:
    """Whether a Chinese "person" is only the beginning of a body's name."""
    return any(b.startswith(surface) and len(b) > len(surface) for b in bodies)


def clean(kind: str, start: int, end: int, text: str, lexicon: Lexicon, lines: Sequence[Line]) -> Iterator[Name]:
    """The names inside a found span: made whole, of the right kind, and a place apart from the country before it."""
    line = next((x for x in lines if x.span.start <= start < x.span.end), None)
    if line is None or end > line.span.end or line.kind == "code":
        return
    kind, span = han.whole(kind, trimmed(text, start, end), text, lexicon)
    if han.is_word(kind, span, text, lexicon):
        return
    if kind == "O" and len(span.of(text)) > 6:
        span = Span(span.end - len(han.company(span.of(text))), span.end)
    kind = han.corrected(kind, span.of(text), lexicon)
    for part in han.parts(kind, span, text, lexicon):
        if plausible(part.of(text), kind, lexicon):
            yield Name(part, part.of(text), kind, class_of(kind, part.of(text), lexicon))


def trimmed(text: str, start: int, end: int) -> Span:
    """Without marks at its edges; of a Latin name in the text with the dot of its abbreviation, and no other."""
    surface = text[start:end]
    left = len(surface) - len(surface.lstrip(EDGE))
    surface = surface.strip(EDGE)
    if surface.endswith(".") and not re.search(r"\b(?:[A-Z]|Inc|Ltd|Corp|Co|Jr|Sr|Bros)\.$", surface):
        surface = surface.rstrip(".")
    elif re.search(r"\b(?:Inc|Ltd|Corp|Jr|Sr|U\.S|Bros)$", surface) and text[start + left + len(surface) :][:1] == ".":
        surface += "."
    return Span(start + left, start + left + len(surface))


def plausible(surface: str, kind: str, lexicon: Lexicon) -> bool:
    """Whether a surface can be a name at all."""
    if len(surface) < 2 or len(surface) > 100 or CODE.search(surface) or surface in NEVER or "d" in lexicon.of(surface):
        return False
    if HAN.search(surface):
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


def listed(text: str, lexicon: Lexicon) -> Iterator[Name]:
    """Countries and regions of the list that the model did not see; only where nothing but the place can be meant."""
    for found in lexicon.places.finditer(text):
        if text[found.end() : found.end() + 1] not in AFTER_DEMONYM:
            yield Name(Span(*found.span()), found.group(), "L", class_of("L", found.group(), lexicon), 0.85)


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
