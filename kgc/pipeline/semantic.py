"""Search by meaning and by words at once: two rankings, put together by their ranks, each hit with its best sentence.

Fusion by reciprocal ranks: Cormack, Clarke, Büttcher 2009, "Reciprocal rank fusion outperforms Condorcet and
individual rank learning methods".
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from kgc.data import Span
from kgc.ledger import Ledger
from kgc.ledger.folders import page_at
from kgc.ledger.passages import Passage, Passages
from kgc.ledger.search import snippet
from kgc.ledger.words import terms
from kgc.llm.embedder import Embedder
from kgc.pipeline.embedding import VECTORS, bring_up_to_date, reads
from kgc.pipeline.progress import Watch
from kgc.pipeline.stretches import stretches
from kgc.store.vectors import Kind, Near, Vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

FLAT: Final = 60
"""The constant of reciprocal rank fusion: the larger, the less the first ranks count."""
DEPTH: Final = 50
"""Ranks of each ranking that are looked at, at least."""
LEAST: Final[dict[Kind, float]] = {"chunk": 0.2, "entity": 0.4}
"""What is less alike than this is not found by meaning."""

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class MeantEntity:
    """As `kgc.ledger.search.EntityHit`; `similarity` is -1..1, None where the name has no vector."""

    id: str
    type: str
    name: str
    facts: int
    score: float
    similarity: float | None


@dataclass(frozen=True, slots=True)
class MeantChunk:
    """As `kgc.ledger.search.ChunkHit`, with the sentence that fits best.

    `quote` is the document's text from `quote_start` to `quote_end`, on `quote_page` (0 without pages). `score` is
    that of the fusion; `similarity` is that of the chunk's best stretch, None where it has no vector.
    """

    chunk: str
    document: str
    page: int
    start: int
    end: int
    headings: tuple[str, ...]
    snippet: tuple[tuple[str, bool], ...]
    score: float
    quote: str
    quote_start: int
    quote_end: int
    quote_page: int
    similarity: float | None


@dataclass(frozen=True, slots=True)
class Meant:
    """What a search by meaning found, best first.

    `unread` counts the chunks that the embedder cannot read (they are found by their words alone), `new_unread` those
    among them that it met for the first time; `by_words` tells that it cannot read the question.
    """

    entities: tuple[MeantEntity, ...]
    chunks: tuple[MeantChunk, ...]
    embedder: str
    unread: int
    new_unread: int
    by_words: bool


@dataclass(frozen=True, slots=True)
class Look:
    """One search. `vector` is the question's, all zero where it cannot be read."""

    ledger: Ledger
    passages: Passages
    vectors: Vectors
    embedder: Embedder
    question: str
    vector: Vector
    limit: int

    @property
    def depth(self) -> int:
        return max(DEPTH, 2 * self.limit)

    def near(self, kind: Kind) -> tuple[Near, ...]:
        if not self.vector.any():
            return ()
        return tuple(n for n in self.vectors.nearest(kind, self.vector, self.depth) if n.score >= LEAST[kind])

    def similarities(self, kind: Kind, key: str) -> Vector:
        found: Vector = self.vectors.of(kind, key) @ self.vector
        return found


def search(
    ledger: Ledger, workspace: Path, embedder: Embedder, question: str, limit: int, watch: Watch | None = None
) -> Meant:
    """The entities and passages that a question means or names. What has no vector yet is embedded first.

    Raises `KgcError` when the vectors cannot be kept or the embedder cannot answer.
    """
    passages = Passages(ledger.connection)
    with Vectors(workspace / VECTORS, embedder.name, embedder.dimensions) as vectors:
        new_unread = bring_up_to_date(vectors, passages, embedder, watch)
        readable = reads(embedder, question)
        [vector] = embedder.embed([question if readable else ""])
        look = Look(ledger, passages, vectors, embedder, question, vector, limit)
        return Meant(entities(look), chunks(look), embedder.name, vectors.unread("chunk"), new_unread, not vector.any())


def fuse(rankings: Sequence[Sequence[T]], limit: int) -> list[tuple[T, float]]:
    """The items with the greatest sums of 1 / (60 + rank); of equals the one that comes first in an earlier ranking."""
    scores: dict[T, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, 1):
            scores[item] = scores.get(item, 0.0) + 1 / (FLAT + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])[:limit]


def entities(look: Look) -> tuple[MeantEntity, ...]:
    near = {n.key.split(" ", 1)[0]: n.score for n in look.near("entity")}
    fused = fuse([list(near), look.passages.names_by_words(look.question, look.depth)], look.limit)
    found: list[MeantEntity] = []
    for id_, score in fused:
        it = look.passages.entity(id_)
        if it is None:
            continue
        own = look.similarities("entity", f"{it.id} {it.type} {it.name}")
        alike = round(float(own.max()), 4) if len(own) and look.vector.any() else None
        found.append(MeantEntity(it.id, it.type, it.name, it.facts, round(score, 6), alike))
    return tuple(found)


def chunks(look: Look) -> tuple[MeantChunk, ...]:
    by_meaning = [row for n in look.near("chunk") for row in look.passages.rows_of(n.key)]
    fused = fuse([by_meaning[: look.depth], look.passages.by_words(look.question, look.depth)], look.limit)
    found = [look.passages.passage(row) for row, _ in fused]
    alike = [look.similarities("chunk", p.key) if look.vector.any() else look.vector[:0] for p in found]
    quotes = best_sentences(look, found, [int(a.argmax()) if len(a) else None for a in alike])
    best = [round(float(a.max()), 4) if len(a) else None for a in alike]
    return tuple(
        _hit(look, passage, quote, round(score, 6), similarity)
        for passage, quote, (_, score), similarity in zip(found, quotes, fused, best, strict=True)
    )


def _hit(look: Look, passage: Passage, quote: Span, score: float, similarity: float | None) -> MeantChunk:
    place = quote.shift(passage.span.start)
    document = look.ledger.folders.document(passage.document) if passage.page else None
    return MeantChunk(
        passage.id, passage.document, passage.page, passage.span.start, passage.span.end, passage.headings,
        snippet(passage.text, " ".join(terms(look.question))), score,
        quote.of(passage.text), place.start, place.end,
        page_at(document.meta.pages, place.start) if document else passage.page, similarity,
    )  # fmt: skip


def best_sentences(look: Look, passages: Sequence[Passage], stretch: Sequence[int | None]) -> list[Span]:
    """The sentence of each passage that fits the question best, as a span of the passage's text.

    It is sought in the stretch that is given, by meaning; where none is, in the whole passage, by words.
    """
    spans = [
        parts[n].sentences if n is not None and n < len(parts) else tuple(s for p in parts for s in p.sentences)
        for parts, n in zip((stretches(p.text, p.lang) for p in passages), stretch, strict=True)
    ]
    meant = [
        (p, s)
        for p, own, n in zip(passages, spans, stretch, strict=True)
        if n is not None and len(own) > 1
        for s in own
    ]
    scores = iter((look.embedder.embed([s.of(p.text) for p, s in meant]) @ look.vector).tolist())
    found: list[Span] = []
    for passage, own, n in zip(passages, spans, stretch, strict=True):
        if len(own) < 2:
            found.append(own[0] if own else Span(0, len(passage.text)))
            continue
        fits = [next(scores) if n is not None else worded(s.of(passage.text), look.question) for s in own]
        found.append(own[fits.index(max(fits))])
    return found


def worded(sentence: str, question: str) -> float:
    """How many of the question's terms a sentence holds."""
    return float(len(set(terms(sentence)) & set(terms(question))))
