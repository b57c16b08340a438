"""English sentences with their noun phrases marked, by the tagger and parser of the built-in model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kgc.data import Chunk, Mention, Span
from kgc.data.sentences import sentences
from kgc.ontology.frames import frames
from kgc.ontology.marked import End, Marked, Read
from kgc.ontology.patterns import isas
from kgc.ontology.terms_nouns import KIND_WORDS, PLAIN, singular, term
from kgc.slm.grammar import Grammar
from kgc.slm.lemmas import Lemmas
from kgc.slm.lexicon import Lexicon
from kgc.slm.lines import Line, lines
from kgc.slm.open import SPACE, originals, whole
from kgc.slm.phrases import NAMES, NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MODIFIERS: Final = NOUNS | {"JJ", "HYPH", "AFX", "VBN", "VBG"}
MOST_WORDS: Final = 6
"""Words of a term at most, parts of a hyphenated one not counted."""
OPENERS: Final = frozenset((",", "thus", "hence", "while", "when"))
DROPPED: Final = frozenset("\"'“”‘’`´") | {"''", "``", "--"}


def read_english(
    given: Sequence[tuple[Chunk, Sequence[Mention]]], grammar: Grammar, lexicon: Lexicon
) -> Iterator[tuple[Chunk, list[Read]]]:
    """What the sentences of each chunk say; `given` has the names that the built-in model found in it."""
    spans = [list(prose(chunk.text)) for chunk, _ in given]
    texts = [SPACE.sub(" ", s.of(c.text)) for (c, _), own in zip(given, spans, strict=True) for s in own]
    docs = grammar.parse(texts)
    for (chunk, mentions), own in zip(given, spans, strict=True):
        yield chunk, [read_sentence(next(docs), chunk, span, mentions, grammar, lexicon) for span in own]


def prose(text: str) -> Iterator[Span]:
    """The sentences between headings, rows and code; a title without a stop is no part of the sentence behind it."""
    at = 0
    for line in (*(x for x in lines(text) if x.kind != "prose"), Line(Span(len(text), len(text)), "heading")):
        found = (span.shift(at) for span in sentences(text[at : line.span.start], "en"))
        yield from (span for span in found if whole(span.of(text)))
        at = line.span.end


def read_sentence(
    doc: Doc, chunk: Chunk, span: Span, mentions: Sequence[Mention], grammar: Grammar, lexicon: Lexicon
) -> Read:
    places = originals(chunk.text, span)
    inside = [m for m in mentions if m.span and m.span.within(span)]
    held = marks(doc, places, inside, lexicon, grammar.lemmas)
    ends = tuple(end for _, _, end in held)
    marked = Marked(span, ends, line_of(doc, held))
    at = {i: end for start, stop, end in held for i in range(start, stop)}
    return Read(marked, tuple(isas(marked)), tuple(frames(doc, at, grammar.lemmas)))


Mark = tuple[int, int, End]
"""First token, the one behind the last, and the end they make."""


def marks(doc: Doc, places: Sequence[int], names: Sequence[Mention], lexicon: Lexicon, lemmas: Lemmas) -> list[Mark]:
    """Names as the built-in model found them, and the noun phrases between them, in order."""
    found = list(named(doc, places, names))
    taken = {i for start, stop, _ in found for i in range(start, stop)}
    for start, stop in runs(doc, taken, lemmas):
        end = noun_phrase(doc, start, stop, places, lexicon)
        if end:
            found.append(end)
    return sorted(found, key=lambda m: m[0])


def named(doc: Doc, places: Sequence[int], names: Iterable[Mention]) -> Iterator[Mark]:
    for m in names:
        assert m.span is not None
        inside = [t.i for t in doc if m.span.start <= places[t.idx] < m.span.end]
        if inside:
            yield inside[0], inside[-1] + 1, End(m.surface, m.span, m.type, named=True)


def runs(doc: Doc, taken: set[int], lemmas: Lemmas) -> Iterator[tuple[int, int]]:
    """Stretches of nouns and what stands before them, none of a name."""
    start = -1
    for i in range(len(doc) + 1):
        inside = i < len(doc) and i not in taken and belongs(doc[i])
        verb = inside and start >= 0 and is_verb(doc, i, lemmas)
        anew = inside and start >= 0 and doc[i].lower_ in PLAIN and doc[i - 1].tag_ in NOUNS  # "the buyer last week"
        if start >= 0 and (not inside or verb or anew):
            yield start, i
            start = -1
        if inside and not verb and start < 0:
            start = i


def belongs(token: Token) -> bool:
    if token.tag_ in {"VBN", "VBG"}:
        return token.dep_ in {"amod", "compound"}
    return token.tag_ in MODIFIERS and token.text[0] not in DROPPED


def is_verb(doc: Doc, i: int, lemmas: Lemmas) -> bool:
    """A verb that the tagger takes for a plural inside a noun phrase ("the yard buys copper")."""
    inside = i + 1 < len(doc) and belongs(doc[i + 1])
    return doc[i].tag_ == "NNS" and inside and lemmas.of(doc[i].text, "VBZ") in lemmas.verbs


def noun_phrase(doc: Doc, start: int, stop: int, places: Sequence[int], lexicon: Lexicon) -> Mark | None:
    """The run as a term: up to its last noun, without adjectives that tell nothing. None where nothing is left."""
    while stop > start and doc[stop - 1].tag_ not in NOUNS:
        stop -= 1
    while start < stop - 1 and says_nothing(doc, start, stop, lexicon):
        start += 1
    while start < stop - 1 and doc[start].tag_ in {"HYPH", "AFX"}:
        start += 1
    if start >= stop:
        return None
    words = tuple(doc[start:stop].text.split())
    head = singular(doc[stop - 1].lower_)
    if head in KIND_WORDS or not sound(words) or not doc[stop - 1].text.isalpha() or len(head) < 3:
        return None
    first, last = doc[start], doc[stop - 1]
    span = Span(places[first.idx], places[last.idx + len(last.text) - 1] + 1)
    if last.tag_ in NAMES and not common(doc, start, stop):
        return start, stop, End(" ".join(words), span, named=True)
    return start, stop, End(term(words), span, head=head)


def says_nothing(doc: Doc, start: int, stop: int, lexicon: Lexicon) -> bool:
    token = doc[start]
    joined = start + 1 < stop and doc[start + 1].tag_ == "HYPH"
    if token.tag_ == "VBG" and (token.i == 0 or doc[token.i - 1].lower_ in OPENERS):  # "thus understanding X"
        return True
    if token.tag_ == "VBN" and token.i and doc[token.i - 1].tag_ == "RB":  # "wholly owned": half of it
        return True
    return not joined and (token.lower_ in PLAIN or (token.text[0].isupper() and "d" in lexicon.of(token.text)))


def sound(words: Sequence[str]) -> bool:
    """Whether words make a term: letters and hyphens, not too many."""
    return 0 < len(words) <= MOST_WORDS and all(w.replace("-", "").isalnum() and w[0].isalpha() for w in words)


def common(doc: Doc, start: int, stop: int) -> bool:
    """Whether a capitalised noun is none of a name: "the Seller" of a contract, a word of a title."""
    before = doc[start - 1].lower_ if start else ""
    return stop - start == 1 and before in {"the", "a", "an", "each", "any", "every", "this", "such"}


def line_of(doc: Doc, held: Sequence[Mark]) -> str:
    """The sentence with its ends as numbers; quotation marks are left out."""
    at = {start: (number, stop) for number, (start, stop, _) in enumerate(held)}
    parts: list[str] = []
    i = 0
    while i < len(doc):
        if i in at:
            number, i = at[i]
            parts.append(f"<{number}>")
            continue
        if doc[i].lower_ not in DROPPED:
            parts.append(doc[i].lower_)
        i += 1
    return " ".join(parts)
