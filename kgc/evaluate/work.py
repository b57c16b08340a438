"""From a data set to its scores: rows become documents and chunks, are read, and are compared with the annotation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kgc.chunk import split
from kgc.data import Chunk, Document, Extraction, Mention, Meta, Triple, content_id
from kgc.errors import KgcError
from kgc.evaluate.calibration import calibration
from kgc.evaluate.entities import Found, Scored, score_entities
from kgc.evaluate.glue import glued
from kgc.evaluate.labels import Labelling, labelling
from kgc.evaluate.report import Evaluation, Published
from kgc.evaluate.rows import Row, read_rows
from kgc.evaluate.scheme import schema_of
from kgc.evaluate.score import measures
from kgc.evaluate.sets import DataSet, drawn, published
from kgc.evaluate.table import Against
from kgc.evaluate.triples import Said, score_given, score_triples
from kgc.load.language import language
from kgc.pipeline.progress import Watch
from kgc.pipeline.recipes import Preparation
from kgc.pipeline.trial import Reading, Relates, read
from kgc.schema import Schema
from kgc.schema.find import find as find_schema


@dataclass(frozen=True, slots=True)
class Choice:
    """What to score and how: `against` None is what the annotation is good for, `sample` None all texts."""

    against: tuple[Against, ...] | None = None
    sample: int | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A row as a document, with its chunks."""

    row: Row
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """An evaluation that is ready to run. `against` is what is scored; `made` whether the schema is made of labels."""

    data: DataSet
    prepared: Preparation
    labels: Labelling
    texts: tuple[Text, ...]
    against: tuple[Against, ...]
    made: bool
    seed: int = 0

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        return tuple(c for t in self.texts for c in t.chunks)

    def run(self, workspace: Path, watch: Watch | None = None) -> Evaluation:
        """Read all texts and score them. Answers that are paid for are kept in the workspace's ledger."""
        reading = read(self.prepared, self.chunks, workspace, watch)
        done = [t for t in self.texts if all(c.key in reading.found or c.key in reading.failed for c in t.chunks)]
        found = [_joined(t, reading.found) for t in done]
        scored = {name: list(self._score(name, done, found)) for name in self.against}
        given = list(self._given(done))
        kinds = [[s.counts for s in of] for of in (*scored.values(), given) if of]
        sure = {name: calibration([c for s in of for c in s.sure]) for name, of in scored.items()}
        return Evaluation(
            self.data.name, self.prepared.recipe.strategy, self.prepared.recipe.model, self.labels.schema.name,
            self.made, len(done), len(self.texts),
            {name: m for texts in kinds for name, m in measures(texts, self.seed).items()},
            {name: c for name, c in sure.items() if c},
            _published(self.data), self.labels.unknown, self.data.entry.unscored, self._limits(), _rejects(reading),
            sum(1 for t in done if any(c.key in reading.failed for c in t.chunks)),
            reading.calls, reading.usage, reading.cost, reading.seconds, reading.stopped, reading.by_budget,
        )  # fmt: skip

    def _score(self, kind: Against, done: Sequence[Text], found: Sequence[Joined]) -> Iterator[Scored]:
        least = self.prepared.options.min_confidence
        for text, read_of in zip(done, found, strict=True):
            if kind == "entities":
                yield score_entities(text.row, read_of.names, self.labels)
            else:
                yield score_triples(text.row, [s for s in read_of.said if (s.confidence or 0.0) >= least], self.labels)

    def _given(self, done: Sequence[Text]) -> Iterator[Scored]:
        """Relations between the annotated entities, where the extractor can be given them."""
        extractor = self.prepared.extractor
        if "triples" not in self.against or not isinstance(extractor, Relates):
            return
        if not any(t.row.entities for t in done):  # the set has triples alone: there is nothing to give
            return
        asked = [(c, tuple(self._marked(t.row, c))) for t in done for c in t.chunks]
        answers = extractor.relate(asked, self.labels.schema)
        for text in done:
            said = [_said(t) for _ in text.chunks for t in next(answers).triples if not t.negated]
            yield score_given(text.row, said, self.labels)

    def _marked(self, row: Row, chunk: Chunk) -> Iterator[Mention]:
        """The annotated entities of a chunk; one of several types goes by the first of them."""
        for e in row.entities:
            label = self.labels.classes.get(e.label, "")
            if label in self.labels.types and e.span.within(chunk.span):
                yield Mention(e.surface, self.labels.types[label][0], e.span.shift(-chunk.span.start))

    def _limits(self) -> tuple[str, ...]:
        extractor = self.prepared.extractor
        return tuple(p.message for p in extractor.limits(self.labels.schema)) if extractor else ()


Prepare = Callable[[Schema], Preparation]


def work(data: DataSet, prepare: Prepare, choice: Choice, schema: Schema | None = None) -> Work:
    """Make an evaluation ready: the schema (the one given, the table's, or one made of labels), labels and chunks.

    Raises `KgcError` for a set without rows, or without what is to be scored.
    """
    part = [_as_printed(row, data) for row in data.rows()]
    if not part:
        raise KgcError(f"{data.name} has no rows.", "Give a file or split that has some.")
    entry = data.entry
    made = schema is None and not entry.schema
    every = (row for path in data.every for row in read_rows(path))
    used = schema or (find_schema(entry.schema) if entry.schema else schema_of(_plain(data), every, entry.parents))
    # A schema that is made of the labels says what they say; the table is about other schemas.
    labels = labelling(used, replace(entry, entities={}, relations={}) if made else entry, part)
    against = _against(data, part, choice, labels)
    prepared = prepare(used)
    lang = entry.lang or language("\n".join(row.text for row in part[:200]))
    texts = tuple(
        _text(row, data, lang, prepared.options.chunk_size) for row in drawn(part, choice.sample, choice.seed)
    )
    return Work(data, prepared, labels, texts, against, made, choice.seed)


def _plain(data: DataSet) -> str:
    return data.name.partition(":")[0]


def _against(data: DataSet, rows: Sequence[Row], choice: Choice, labels: Labelling) -> tuple[Against, ...]:
    """What is scored: what was chosen, as far as the rows have it and the schema has words for it."""
    there: dict[Against, bool] = {
        "entities": any(r.entities for r in rows), "triples": any(r.triples for r in rows),
    }  # fmt: skip
    missing = [kind for kind in choice.against or () if not there[kind]]
    if missing and len(missing) == len(choice.against or ()):
        raise KgcError(f"{data.name} has no {' and no '.join(missing)} to score against.", "Leave --against out.")
    found: tuple[Against, ...] = tuple(kind for kind in choice.against or data.entry.against if there[kind])
    if not found:
        raise KgcError(f"{data.name} has neither entities nor triples.", "There is nothing to score against.")
    words: dict[Against, bool] = {"entities": bool(labels.scored), "triples": bool(labels.ways)}
    if not any(words[kind] for kind in found):
        name = labels.schema.name
        raise KgcError(
            f"The schema {name!r} has no word for any {' and '.join(found)} of {data.name}.",
            "Leave --schema out, or name one with the set's labels as names, labels or aliases.",
        )
    return tuple(kind for kind in found if words[kind])


def _as_printed(row: Row, data: DataSet) -> Row:
    return glued(row) if data.entry.glued else row


def _text(row: Row, data: DataSet, lang: str, size: int) -> Text:
    source = f"{_plain(data)}/{row.id}"
    document = Document(
        content_id(source), source, "text/plain", row.lang or lang, row.text, content_id(row.text, length=32),
        Meta(row.title),
    )  # fmt: skip
    return Text(row, split(document, size))


@dataclass(frozen=True, slots=True)
class Joined:
    """What was read from all chunks of a text, in offsets of the text."""

    names: tuple[Found, ...]
    said: tuple[Said, ...]


def _joined(text: Text, found: Mapping[str, Extraction]) -> Joined:
    read_of = [(c, found[c.key]) for c in text.chunks if c.key in found]
    return Joined(
        tuple(_found(m, c) for c, e in read_of for m in _mentions(e)),
        tuple(_said(t) for _, e in read_of for t in e.triples if not t.negated),
    )


def _mentions(extraction: Extraction) -> Iterable[Mention]:
    """All that were read, and the ends of the triples."""
    ends = [m for t in extraction.triples for m in (t.head, t.tail) if isinstance(m, Mention)]
    return dict.fromkeys((*extraction.mentions, *ends))


def _found(mention: Mention, chunk: Chunk) -> Found:
    sure: object = getattr(mention, "confidence", None)  # not every reader says how sure it is of a name
    span = mention.span.shift(chunk.span.start) if mention.span else None
    return Found(mention.surface, mention.type, span, sure if isinstance(sure, float) else None)


def _said(triple: Triple) -> Said:
    tail = triple.tail
    if isinstance(tail, Mention):
        return Said(triple.head.surface, triple.relation, tail.surface, triple.head.type, tail.type, triple.confidence)
    return Said(triple.head.surface, triple.relation, tail.raw, triple.head.type, "", triple.confidence, tail.value)


def _rejects(reading: Reading) -> dict[str, int]:
    """How often what could not be read, by reason; warnings are none."""
    codes = Counter(p.code for e in reading.found.values() for p in e.problems if p.severity == "error")
    codes.update(e.failure.code for e in reading.found.values() if e.failure and e.failure not in e.problems)
    codes.update(p.code for p in reading.failed.values())
    return dict(sorted(codes.items()))


def _published(data: DataSet) -> Published | None:
    lines = published(data)
    return Published(str(data.readme), lines) if lines else None
