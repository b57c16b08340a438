"""The Chinese names of a chunk: what the model of names found, made whole, with what marks and lists tell beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kgc.data import Extraction, Literal, Mention, Span, Triple
from kgc.slm.classes import class_of
from kgc.slm.found import Found
from kgc.slm.lexicon import Lexicon
from kgc.slm.lines import Line
from kgc.slm.names import Name, without_overlaps
from kgc.slm.names_zh import HAN, again, agree, begins, clean, listed, same_class
from kgc.slm.titled import titled

JOBS: Final = (
    "董事长|总经理|总裁|校长|院长|主任|局长|部长|处长|市长|县长|创始人|教授|研究员|记者|首席执行官|主持人|导演|作家|演员|"
    "歌手|律师|书记|秘书长|会长|理事长|行长|发言人|分析师|工程师|法定代表人[：:]|联系人[：:]|姓名[：:]"
)
VERBS: Final = (
    "出生|生于|毕业于|就读于|任职|担任|出任|现任|曾任|历任|创办|创立|先生|女士|同志|表示|说[，：]|认为|指出|介绍|逝世|去世|"
    "病逝|定居|移居|，[男女]，|，[12][0-9]{3}年|（[12][0-9]{3}年|带队|出席|致辞"
)
PERSON: Final = re.compile(
    rf"(?:(?:^|(?<=[，。；：、\s]))([一-鿿]{{2,3}}?)(?={VERBS}))"
    rf"|(?:(?<=[一-鿿：:])(?:{JOBS})([一-鿿]{{2,3}})(?=[，。；、（\s]|表示|说|认为|先生|女士|带队|出席|介绍|$))",
    re.MULTILINE,
)
SURE: Final = 0.6
"""A probability from which the model's beginning of a body's name is taken."""

TOLD: Final = 0.75
"""The trust in a person whom only family name and place tell."""


def chinese_names(seen: Sequence[Found], text: str, lexicon: Lexicon, lines: Sequence[Line]) -> tuple[Name, ...]:
    """The names in text order, without overlaps. A name's `trust` is the model's probability.

    What an ending or a list tells has .9: that is how often such names were right on annotated passages.
    """
    prose = [line.span for line in lines if line.kind != "code"]
    marked = [name for name in by_marks(text, lexicon) if any(name.span.within(line) for line in prose)]
    model = [name for found in seen for name in cleaned(found, text, lexicon, lines)]
    placed = list(by_place(text, lexicon))
    model = [name for name in model if not any(name.span == p.span and name.trust < TOLD for p in placed)]
    marked += [name for name in placed if all(apart(name, other) for other in model)]
    marked = [name for name in marked if not any(shorter(name, other) for other in model)]
    bodies = [name.surface for name in (*marked, *model) if name.kind == "O"]
    model = [n for n in model if n.kind != "P" or not (HAN.match(n.surface) and begins(n.surface, bodies))]
    every = without_overlaps([*marked, *model, *listed(text, lexicon)])
    every = agree(without_overlaps([*every, *again(every, text, lexicon)]), lexicon)
    return tuple(same_class(every))


def apart(name: Name, other: Name) -> bool:
    return name.span.end <= other.span.start or other.span.end <= name.span.start


def shorter(marked: Name, other: Name) -> bool:
    """Whether the model is rather sure that a body's name begins later than its ending alone tells."""
    same_end = other.kind == marked.kind == "O" and other.span.end == marked.span.end
    return same_end and other.span.start > marked.span.start and other.trust >= SURE


def by_marks(text: str, lexicon: Lexicon) -> Iterator[Name]:
    for kind, span in titled(text, "zh"):
        yield Name(span, span.of(text), kind, class_of(kind, span.of(text), lexicon), 0.9)


def by_place(text: str, lexicon: Lexicon) -> Iterator[Name]:
    """Persons whom family name and place tell: at the start of a clause before what people do, or after a post."""
    for found in PERSON.finditer(text):
        group = 1 if found[1] else 2
        surface = found[group]
        words = (surface, surface[:2], surface[1:])
        if "l" in lexicon.of(surface[0]) and not any("w" in lexicon.of(word) for word in words if len(word) > 1):
            yield Name(Span(*found.span(group)), surface, "P", "Person", TOLD)


def cleaned(found: Found, text: str, lexicon: Lexicon, lines: Sequence[Line]) -> Iterator[Name]:
    """The names in what the model found, with its probability."""
    for name in clean(found.kind, found.span.start, found.span.end, text, lexicon, lines):
        yield replace(name, trust=round(found.probability, 3))


def as_written(found: Extraction, text: str) -> Extraction:
    """The extraction with names and literals as `text` has them: it was read in simplified script, place for place."""
    triples = tuple(written(triple, text) for triple in found.triples)
    return replace(found, mentions=tuple(named(m, text) for m in found.mentions), triples=triples)


def written(triple: Triple, text: str) -> Triple:
    tail = triple.tail
    if isinstance(tail, Mention):
        return replace(triple, head=named(triple.head, text), tail=named(tail, text))
    return replace(triple, head=named(triple.head, text), tail=literal(tail, text))


def named(mention: Mention, text: str) -> Mention:
    return replace(mention, surface=mention.span.of(text)) if mention.span else mention


def literal(value: Literal, text: str) -> Literal:
    """The literal as written; a value that is the words themselves changes with them."""
    if value.span is None:
        return value
    raw = value.span.of(text)
    return replace(value, raw=raw, value=raw if value.value == value.raw else value.value)
