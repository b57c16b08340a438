"""Open facts: what English sentences say in their own words, for texts whose relations no schema holds.

They are read beside what another extractor finds, from the same chunks; each is marked by its relation, which is
`open:` and the words of the text (kgc.data.facts.OPEN). Reference: docs/reference/open-facts.md.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Final, Protocol

from kgc.data import Chunk, Evidence, Extraction, Mention, Problem, Span, Triple, content_id
from kgc.data.facts import OPEN
from kgc.data.sentences import sentences
from kgc.schema import Schema
from kgc.schema.opened import closed, common_class
from kgc.slm import package
from kgc.slm.clauses import Assertion, assertions
from kgc.slm.composed import composed
from kgc.slm.grammar import LONGEST, Grammar, version_of
from kgc.slm.language import language
from kgc.slm.lines import lines
from kgc.slm.phrases import Phrase
from kgc.slm.worded import Worded, placed, unread, worded

if TYPE_CHECKING:
    from spacy.tokens import Doc

BATCH: Final = 32
"""Chunks read at once: memory does not grow with the number of chunks."""
FEWEST: Final = 4
"""Words that a sentence has at least."""
MOST: Final = 60
"""Words beyond which a sentence is a list, or broken text."""
ENDS: Final = re.compile(r"[.!;:][\"'”’)\]]*(?:\[\w{1,4}\])*$")
WORD: Final = re.compile(r"[^\W\d_]+")
SPACE: Final = re.compile(r"\s+")
TRUST: Final = {
    "object": 0.8, "agent": 0.85, "passive": 0.8, "oblique": 0.75, "copula": 0.85, "copula of": 0.85,
    "apposition": 0.8, "apposition of": 0.85,
}  # fmt: skip
"""How often each pattern was right on documents that were read by hand; a shared subject takes .1 off."""


class Reads(Protocol):
    """What reads chunks by itself (kgc.extract.contract.Extractor)."""

    name: str

    def limits(self, schema: Schema) -> Sequence[Problem]: ...
    def extract(self, chunks: Iterable[Chunk], schema: Schema) -> Iterator[Extraction]: ...


@dataclass(frozen=True, slots=True)
class WithOpen:
    """An extractor with open facts beside what it finds. Names take the class that the extractor gives them."""

    inner: Reads
    name: str
    loaded: dict[str, Grammar] = field(default_factory=dict, repr=False, compare=False)

    @property
    def version(self) -> str:
        """Changes with the extractor, the parser and the rules; part of the recipe. Loads nothing heavy."""
        return content_id(
            str(getattr(self.inner, "version", "")), version_of(package.folder("en") / "parser"), length=12
        )

    def limits(self, schema: Schema) -> Sequence[Problem]:
        plain, named = closed(schema), {r.name for r in unread(schema) if r.labels.aliases}
        return self.inner.limits(replace(plain, relations=tuple(r for r in plain.relations if r.name not in named)))

    def extract(self, chunks: Iterable[Chunk], schema: Schema) -> Iterator[Extraction]:
        """One extraction a chunk, in order. Raises `KgcError` where the model package has no parser."""
        if not self.loaded:
            self.loaded["en"] = Grammar.read(package.folder("en") / "parser")
        known = worded(closed(schema), self.loaded["en"].lemmas)
        read: deque[Chunk] = deque()
        found = self.inner.extract(passing(chunks, read), closed(schema))
        while batch := list(islice(found, BATCH)):
            own = [read.popleft() for _ in batch]
            yield from joined(own, batch, self.loaded["en"], schema, known)


def passing(chunks: Iterable[Chunk], read: deque[Chunk]) -> Iterator[Chunk]:
    """The chunks as they come, remembered until their extraction is there."""
    for chunk in chunks:
        read.append(chunk)
        yield chunk


def joined(
    batch: Sequence[Chunk], found: Sequence[Extraction], grammar: Grammar, schema: Schema, known: Worded
) -> Iterator[Extraction]:
    """The extractions with the open facts of their chunks added; some are facts of the schema by their words."""
    common = common_class(schema)
    whole_of = [composed(c) for c in batch]
    passages = [list(prose(w.chunk)) if language(w.chunk) == "en" else [] for w in whole_of]
    texts = (SPACE.sub(" ", s.of(w.chunk.text)) for w, spans in zip(whole_of, passages, strict=True) for s in spans)
    docs = grammar.parse(texts)
    for one, extraction, spans in zip(whole_of, found, passages, strict=True):
        names = one.to_read(extraction.mentions)
        triples: list[Triple] = []
        for span in spans:
            triples += stated(next(docs), one.chunk, span, names, grammar, common)
        kept = tuple(one.triple(t) for t in fresh(placed(triples, known, schema)))
        yield replace(extraction, triples=(*extraction.triples, *kept))


def fresh(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Each open fact once a sentence."""
    seen: set[tuple[object, ...]] = set()
    for t in triples:
        assert isinstance(t.tail, Mention)
        key = (t.head.surface, t.relation, t.tail.surface, t.evidence.span, t.negated)
        if key not in seen:
            seen.add(key)
            yield t


def prose(chunk: Chunk) -> Iterator[Span]:
    """The sentences of a chunk that are sentences: no headings, rows, code, questions or long lists."""
    layout = [x for x in lines(chunk.text) if x.kind != "prose"]
    at = 0
    for span in sentences(chunk.text, "en"):
        while at < len(layout) and layout[at].span.end <= span.start:
            at += 1
        if whole(span.of(chunk.text)) and not (at < len(layout) and layout[at].span.start < span.end):
            yield span


def whole(text: str) -> bool:
    words = WORD.findall(text)
    if not FEWEST <= len(words) <= MOST or len(text) > LONGEST or not ENDS.search(text):
        return False
    small = sum(w.islower() for w in words)
    return small * 3 > len(words) and "|" not in text and "\t" not in text


def stated(
    doc: Doc, chunk: Chunk, span: Span, found: Sequence[Mention], grammar: Grammar, common: str
) -> Iterator[Triple]:
    """The facts of a parsed sentence, with spans in the chunk's text."""
    places = originals(chunk.text, span)
    names = [m for m in found if m.span and m.span.within(span)]
    for said in assertions(doc, grammar.lemmas):
        head = mention(doc, said.head, chunk, places, names, common)
        tail = mention(doc, said.tail, chunk, places, names, common)
        if head.surface.casefold() == tail.surface.casefold():
            continue
        evidence = Evidence(
            chunk.key,
            span,
            span.of(chunk.text),
            "exact",
            f"open: {said.pattern}",
            "builtin",
            f"builtin:parser-{grammar.version}",
        )
        yield Triple(head, OPEN + said.words, tail, evidence, trust(said), said.negated, said.hedged)


def trust(said: Assertion) -> float:
    pattern = said.pattern.removeprefix("shared ")
    return round(TRUST[pattern] - 0.1 * (pattern != said.pattern), 2)


def originals(text: str, span: Span) -> list[int]:
    """For each character of the sentence with single spaces, its place in the chunk's text; and the end."""
    found: list[int] = []
    blank = False
    for i in range(span.start, span.end):
        space = text[i].isspace()
        if not (space and blank):
            found.append(i)
        blank = space
    return [*found, span.end]


def mention(
    doc: Doc, said: Phrase, chunk: Chunk, places: Sequence[int], names: Sequence[Mention], common: str
) -> Mention:
    """The end of a fact: a name that the extractor knows where the phrase's head is part of it, else the phrase."""
    first, last = doc[said.start], doc[said.stop - 1]
    span = Span(places[first.idx], places[last.idx + len(last.text) - 1] + 1)
    head = places[doc[said.head].idx]
    known = next((m for m in names if m.span and m.span.start <= head < m.span.end), None)
    if known and known.span:
        whole_name = known.span if span.within(known.span) or narrower(known.span, span) else span
        return Mention(whole_name.of(chunk.text), known.type, whole_name, known.confidence)
    return Mention(span.of(chunk.text), common, span)


def narrower(name: Span, phrase: Span) -> bool:
    """Whether only what stands before the name is cut off ("President", "the retailer"): never an "of …" behind it."""
    return name.end >= phrase.end
