"""Evidence: terms, names, relation phrases and attributes of a sample, by the built-in model alone.

Everything is counted over sentences and quoted from them; nothing is asked of a model that costs money, and nothing
that a text says is taken for an instruction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from kgc.data import Chunk, Extraction, Literal, Mention, Span, Triple
from kgc.data.sentences import sentences
from kgc.ontology.columns import columns
from kgc.ontology.marked import End, Read
from kgc.ontology.records import Evidence, Quote
from kgc.ontology.sample import Sample
from kgc.ontology.terms_counts import Named, Related, Valued
from kgc.ontology.terms_english import read_english
from kgc.ontology.terms_han import read_han
from kgc.ontology.terms_rank import fields, phrases, ranked_terms
from kgc.schema import Schema
from kgc.schema.find import find
from kgc.schema.naming import spaced
from kgc.slm import package
from kgc.slm.builtin import BuiltIn
from kgc.slm.grammar import Grammar
from kgc.slm.language import language

BATCH: Final = 32
"""Passages read at once."""
LONGEST_QUOTE: Final = 400
"""A quote is a sentence; a longer one is cut around what it is about."""

Watch = Callable[[int, int], None]
"""Told how many passages are read, of how many."""


@dataclass(slots=True)
class Counts:
    """All that was seen so far. Keys: term; (surface, class); verb's words; the relation of the built-in model."""

    sources: Mapping[str, str]
    terms: dict[str, Named] = field(default_factory=dict)
    names: dict[str, Named] = field(default_factory=dict)
    frames: dict[str, Related] = field(default_factory=dict)
    known: dict[str, Related] = field(default_factory=dict)
    values: dict[tuple[str, str], Valued] = field(default_factory=dict)
    headings: set[str] = field(default_factory=set)
    languages: Counter[str] = field(default_factory=Counter)
    words: int = 0

    def quote(self, chunk: Chunk, span: Span, end: Span | None = None) -> Quote:
        """The sentence `span` of a chunk in the document's offsets; `end` is what it is quoted for."""
        if span.end - span.start > LONGEST_QUOTE:
            at = end.start if end else span.start
            start = max(span.start, min(at - LONGEST_QUOTE // 3, span.end - LONGEST_QUOTE))
            span = Span(start, min(span.end, start + LONGEST_QUOTE))
        placed = span.shift(chunk.span.start)
        surface = end.of(chunk.text) if end else ""
        return Quote(self.sources[chunk.document_id], placed.start, placed.end, span.of(chunk.text), surface)


def evidence(sample: Sample, watch: Watch | None = None) -> Evidence:
    """Read the passages of a sample. Raises `KgcError` when the built-in model is not installed."""
    counts = Counts(sample.sources)
    reader = Reader.load()
    stream = iter(sample.passages)
    done = 0
    while batch := list(islice(stream, BATCH)):
        reader.read(batch, counts)
        done += len(batch)
        if watch:
            watch(done, len(sample.passages))
    add_columns(sample, counts)
    return summed(sample, counts, reader)


@dataclass(frozen=True, slots=True)
class Reader:
    """The built-in model with what is loaded of it; languages are loaded when they are met."""

    model: BuiltIn
    schema: Schema
    grammars: dict[str, Grammar] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Reader:
        return cls(BuiltIn(), find("general"))

    def read(self, batch: Sequence[Chunk], counts: Counts) -> None:
        """Read some passages, each in its language; those of other languages are counted only."""
        found = list(self.model.extract(batch, self.schema))
        by_lang: dict[str, list[tuple[Chunk, Sequence[Mention]]]] = {"en": [], "zh": []}
        for chunk, extraction in zip(batch, found, strict=True):
            lang = language(chunk)
            counts.languages[lang or chunk.lang or "?"] += 1
            counts.words += words_in(chunk.text)
            add_extraction(chunk, extraction, counts)
            if lang in by_lang:
                by_lang[lang].append((chunk, extraction.mentions))
        for chunk, reads in (*self.english(by_lang["en"]), *self.han(by_lang["zh"])):
            for read in reads:
                add_sentence(chunk, read, counts)

    def english(self, given: Sequence[tuple[Chunk, Sequence[Mention]]]) -> Iterator[tuple[Chunk, list[Read]]]:
        if given:
            if "en" not in self.grammars:
                self.grammars["en"] = Grammar.read(package.folder("en") / "parser")
            yield from read_english(given, self.grammars["en"], self.model.loaded["en"].lexicon)

    def han(self, given: Sequence[tuple[Chunk, Sequence[Mention]]]) -> Iterator[tuple[Chunk, list[Read]]]:
        from kgc.slm.han_read import HanReader  # noqa: PLC0415 -- needs what the Chinese package needs

        weights = self.model.loaded.get("zh")
        if given and weights and isinstance(weights.reader, HanReader):
            yield from read_han(given, weights.reader.names.words, weights.script)

    def common(self, word: str) -> float:
        """How little a word tells of a folder, from 0 to 1: common words of the language tell little."""
        english = self.model.loaded.get("en")
        if word.isascii():
            return 1.0 if english and english.lexicon.common(word) else 0.0
        return han_commonness(word, self.model)


def han_commonness(word: str, model: BuiltIn) -> float:
    from kgc.slm.han_read import HanReader  # noqa: PLC0415
    from kgc.slm.han_words import LONGEST, code_points, matches  # noqa: PLC0415

    weights = model.loaded.get("zh")
    if not weights or not isinstance(weights.reader, HanReader) or len(word) > LONGEST:
        return 0.0
    row = int(matches(weights.reader.names.words, code_points(word))[-1][0])
    chance = float(weights.reader.names.words.chances[row]) if row >= 0 else -20.0
    return min(1.0, max(0.0, (chance + 12.0) / 5.0))


def words_in(text: str) -> int:
    """Words of an English text; of a Chinese one two thirds of its characters."""
    han = sum("一" <= c <= "鿿" for c in text)
    return len(text.split()) if han * 4 < len(text) else round(han / 1.5)


def add_sentence(chunk: Chunk, read: Read, counts: Counts) -> None:
    """Count the ends, the is-a pairs and the frames of a sentence."""
    span = read.marked.span
    for end in read.marked.ends:
        if end.named:
            continue
        entry = counts.terms.setdefault(end.term, Named(head=end.head))
        entry.add(counts.quote(chunk, span, end.span))
    for isa in read.isas:
        child = entry_of(isa.child, counts)
        child.kinds[isa.parent.term] += 1
        if isa.child.named:  # found again by the extraction's names, but not those of no class
            child.types[isa.child.type] += 0
    for frame in read.frames:
        related = counts.frames.setdefault(frame.words, Related())
        related.add(counts.quote(chunk, span, frame.head.span))
        if frame.head.kind and frame.tail.kind:
            related.pairs[frame.head.kind, frame.tail.kind] += 1


def entry_of(end: End, counts: Counts) -> Named:
    held = counts.names if end.named else counts.terms
    return held.setdefault(end.term, Named(head=end.head))


def add_extraction(chunk: Chunk, extraction: Extraction, counts: Counts) -> None:
    """Count the names, the relations and the values that the built-in model reads in a passage."""
    held = list(sentences(chunk.text, chunk.lang))
    for m in extraction.mentions:
        if m.span:
            entry = counts.names.setdefault(m.surface, Named())
            entry.types[m.type] += 1
            entry.add(counts.quote(chunk, around(m.span, held), m.span))
    for t in extraction.triples:
        add_triple(chunk, t, counts)


def add_triple(chunk: Chunk, t: Triple, counts: Counts) -> None:
    quote = counts.quote(chunk, t.evidence.span, t.head.span)
    if isinstance(t.tail, Literal):
        valued = counts.values.setdefault((t.head.type, t.relation), Valued())
        valued.datatypes[t.tail.datatype] += 1
        valued.add(quote)
        if t.relation == "position":  # a title is what the documents call a person
            counts.names.setdefault(t.head.surface, Named()).kinds[t.tail.raw.lower()] += 0
        return
    related = counts.known.setdefault(t.relation, Related())
    related.pairs[t.head.type, t.tail.type] += 1
    related.add(quote)


def around(span: Span, held: Sequence[Span]) -> Span:
    """The sentence that a span begins in, and itself where it stands in none."""
    return next((s for s in held if s.start <= span.start < s.end and span.end <= s.end), span)


def add_columns(sample: Sample, counts: Counts) -> None:
    classes = {name: entry.types.most_common(1)[0][0] for name, entry in counts.names.items() if entry.types.total()}
    for document in sample.documents:
        for block in document.blocks:
            if block.kind == "heading":
                counts.headings.add(" ".join(block.span.of(document.text).strip("# ").split()).casefold())
        for column in columns(document, classes):
            valued = counts.values.setdefault((column.owner, column.title), Valued())
            valued.datatypes[column.datatype] += 1
            valued.cells[column.cells] += 1
            valued.add(column.quote)


def summed(sample: Sample, counts: Counts, reader: Reader) -> Evidence:
    known = [replace(p, known=p.name, name=spaced(p.name)) for p in phrases(counts.known)]
    return Evidence(
        documents=sample.files,
        sampled=len(sample.documents),
        terms=ranked_terms(counts.terms, counts.names, counts.headings, reader.common),
        phrases=(*known, *phrases(counts.frames)),
        languages=tuple(sorted(counts.languages.items(), key=lambda item: (-item[1], item[0]))),
        fields=fields(counts.values),
        strata=sample.strata,
        passages=len(sample.passages),
        words=counts.words,
        unread=len(sample.problems),
    )


def quotes_hold(found: Evidence, texts: Mapping[str, str]) -> bool:
    """Whether every quote stands where it says; `texts` are the documents' by source."""
    return all(texts[q.source][q.start : q.end] == q.text for q in every_quote(found))


def every_quote(found: Evidence) -> Iterator[Quote]:
    held: Iterable[Iterable[Quote]] = (
        *(t.quotes for t in found.terms),
        *(p.quotes for p in found.phrases),
        *(f.quotes for f in found.fields),
    )
    for quotes in held:
        yield from quotes
