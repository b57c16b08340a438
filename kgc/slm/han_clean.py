"""The Chinese names of a chunk: what the model of names found, made whole, with what marks and lists tell beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kgc.data import Extraction, Literal, Mention, Triple
from kgc.slm.classes import class_of
from kgc.slm.found import Found
from kgc.slm.lexicon import Lexicon
from kgc.slm.lines import Line
from kgc.slm.names import HAN, Name, again, agree, begins, clean, listed, same_class, without_overlaps
from kgc.slm.titled import titled


def chinese_names(seen: Sequence[Found], text: str, lexicon: Lexicon, lines: Sequence[Line]) -> tuple[Name, ...]:
    """The names in text order, without overlaps. A name's `trust` is the model's probability.

    What an ending or a list tells has .9: that is how often such names were right on annotated passages.
    """
    prose = [line.span for line in lines if line.kind != "code"]
    marked = [name for name in by_marks(text, lexicon) if any(name.span.within(line) for line in prose)]
    model = [name for found in seen for name in cleaned(found, text, lexicon, lines)]
    bodies = [name.surface for name in (*marked, *model) if name.kind == "O"]
    model = [n for n in model if n.kind != "P" or not (HAN.match(n.surface) and begins(n.surface, bodies))]
    every = without_overlaps([*marked, *model, *listed(text, "zh", lexicon, lines)])
    every = agree(without_overlaps([*every, *again(every, text, lexicon)]), lexicon)
    return tuple(same_class(every))


def by_marks(text: str, lexicon: Lexicon) -> Iterator[Name]:
    for kind, span in titled(text, "zh"):
        yield Name(span, span.of(text), kind, class_of(kind, span.of(text), lexicon), 0.9)


def cleaned(found: Found, text: str, lexicon: Lexicon, lines: Sequence[Line]) -> Iterator[Name]:
    """The names in what the model found, with its probability."""
    for name in clean(found.kind, found.span.start, found.span.end, text, "zh", lexicon, lines):
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
