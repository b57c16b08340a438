"""The English model as spaCy pipeline components, for people who work with `Doc`.

    nlp = spacy.blank("en")
    nlp.add_pipe("kgc_entities")
    nlp.add_pipe("kgc_relations")
    doc = nlp("Ingrid Dahl leads Fjordcell.")
    doc.ents, doc._.kgc_scores, doc._.kgc_relations

spaCy finds them by kgc's entry points: nothing of kgc is imported first, also where a saved pipeline is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from kgc.data import Chunk, Literal, Triple, content_id
from kgc.data import Span as Place
from kgc.schema import Schema
from kgc.schema.find import find
from kgc.slm import package
from kgc.slm.builtin import LEAST
from kgc.slm.composed import composed
from kgc.slm.inventory import inventory
from kgc.slm.read import read

SCORES: Final = "kgc_scores"
RELATIONS: Final = "kgc_relations"


@dataclass(frozen=True, slots=True)
class Relation:
    """A fact of a doc; offsets are characters of `doc.text`. `tail_label` is "" for a literal."""

    head: tuple[int, int]
    head_label: str
    relation: str
    tail: tuple[int, int]
    tail_label: str
    confidence: float
    negated: bool
    hedged: bool
    rationale: str


class Entities:
    """Sets `doc.ents` (labels: PER ORG LOC MISC) and `doc._.kgc_scores`: (start, end) characters -> probability."""

    def __init__(self) -> None:
        extend(SCORES)
        self.weights = package.load("en")

    def __call__(self, doc: Doc) -> Doc:
        one = composed(whole(doc))
        [passage] = self.weights.reader.passages([one.chunk.text])
        labels = {"P": "PER", "O": "ORG", "L": "LOC"}
        spans, scores = [], {}
        for name in passage.found:
            at = one.place(name.span)
            span = doc.char_span(at.start, at.end, label=labels.get(name.kind, "MISC"), alignment_mode="expand")
            if span is not None and name.kind != "E":
                spans.append(span)
                scores[span.start_char, span.end_char] = name.probability
        doc.ents = tuple(filter_spans(spans))
        doc._.set(SCORES, scores)
        return doc


class Relations:
    """Sets `doc._.kgc_relations`: what the built-in model reads from the doc's text, in the words of a schema."""

    def __init__(self, schema: str, min_confidence: float) -> None:
        extend(RELATIONS)
        self.schema: Schema = find(schema)
        self.ours = inventory(self.schema)
        self.weights = package.load("en")
        self.min_confidence = min_confidence

    def __call__(self, doc: Doc) -> Doc:
        one = composed(whole(doc))
        [passage] = self.weights.reader.passages([one.chunk.text])
        found = one.as_written(read(one.chunk, passage, self.weights, self.ours, self.min_confidence))
        doc._.set(RELATIONS, tuple(relation(t) for t in found.triples if t.head.span and t.tail.span))
        return doc


def whole(doc: Doc) -> Chunk:
    return Chunk("", "", content_id(doc.text), Place(0, len(doc.text)), doc.text, lang="en")


def relation(triple: Triple) -> Relation:
    head, tail = triple.head, triple.tail
    assert head.span is not None
    assert tail.span is not None
    label = "" if isinstance(tail, Literal) else tail.type
    return Relation(
        (head.span.start, head.span.end),
        head.type,
        triple.relation,
        (tail.span.start, tail.span.end),
        label,
        triple.confidence,
        triple.negated,
        triple.hedged,
        triple.evidence.rationale,
    )


def extend(name: str) -> None:
    if not Doc.has_extension(name):
        Doc.set_extension(name, default=None)


@Language.factory("kgc_entities", assigns=["doc.ents"])
def make_entities(nlp: Language, name: str) -> Entities:  # noqa: ARG001  spaCy passes both by name
    return Entities()


@Language.factory("kgc_relations", default_config={"schema": "general", "min_confidence": LEAST["en"]})
def make_relations(nlp: Language, name: str, schema: str, min_confidence: float) -> Relations:  # noqa: ARG001
    return Relations(schema, min_confidence)
