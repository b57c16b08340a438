"""The built-in model: chunks in, extractions out; no key, no network.

It prefers to say less than to say wrong things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from kgc.data import Chunk, Extraction, Mention, Problem
from kgc.data.ids import content_id
from kgc.schema import Schema
from kgc.slm import package
from kgc.slm.composed import composed
from kgc.slm.given import given_names
from kgc.slm.inventory import Inventory, inventory, limits
from kgc.slm.language import language
from kgc.slm.read import read

Given = tuple[Chunk, Sequence[Mention] | None]
"""A chunk, and its names where they are known already."""
BATCH = 64
"""Chunks read at once: memory does not grow with the number of chunks."""
LEAST = {"en": 0.65, "zh": 0.75}
"""The default threshold of each language (docs/reference/builtin-model.md tells how it was chosen)."""


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """Names, facts and attributes by small models of ours and by rules, in English and Chinese.

    `min_confidence` leaves out facts and names below it; None stands for each language's own (`LEAST`).
    """

    min_confidence: float | None = None
    name: str = "builtin"
    loaded: dict[str, package.Weights] = field(default_factory=dict, repr=False, compare=False)

    @property
    def version(self) -> str:
        """Changes with the weights, the rules and the threshold; part of the recipe. Loads nothing heavy."""
        parts = [package.version(lang) for lang in package.LANGUAGES]
        return content_id(
            *parts, package.rules_hash(), str(LEAST if self.min_confidence is None else self.min_confidence), length=12
        )

    def limits(self, schema: Schema) -> Sequence[Problem]:
        """What of this schema it cannot fill, as warnings to show before the run."""
        return limits(schema)

    def extract(self, chunks: Iterable[Chunk], schema: Schema) -> Iterator[Extraction]:
        """One extraction a chunk, in order. Raises `KgcError` when a language's model package is missing."""
        yield from self.read_all(((chunk, None) for chunk in chunks), schema)

    def relate(self, given: Iterable[tuple[Chunk, Sequence[Mention]]], schema: Schema) -> Iterator[Extraction]:
        """Facts between these mentions alone, and attributes of them; otherwise as `extract`.

        A mention without a place in its chunk, or of a type that it knows nothing of, is an end of no fact.
        """
        yield from self.read_all(given, schema)

    def read_all(self, given: Iterable[Given], schema: Schema) -> Iterator[Extraction]:
        """What is read of each chunk; its names are looked for where none are given (None)."""
        ours = inventory(schema)
        stream = iter(given)
        told: set[tuple[str, str]] = set()
        while batch := list(islice(stream, BATCH)):
            yield from self.read_batch(batch, ours, told)

    def read_batch(self, batch: Sequence[Given], ours: Inventory, told: set[tuple[str, str]]) -> Iterator[Extraction]:
        by_lang = {lang: [g for g in batch if language(g[0]) == lang] for lang in package.LANGUAGES}
        read_of = {lang: self.read_language(lang, of, ours) for lang, of in by_lang.items() if of}
        for chunk, _ in batch:
            lang = language(chunk)
            yield next(read_of[lang]) if lang in read_of else foreign(chunk, told)

    def read_language(self, lang: str, given: Sequence[Given], ours: Inventory) -> Iterator[Extraction]:
        if lang not in self.loaded:
            self.loaded[lang] = package.load(lang)
        weights = self.loaded[lang]
        whole = [composed(chunk) for chunk, _ in given]
        passages = weights.reader.passages(one.chunk.text for one in whole)
        for one, (_, mentions), passage in zip(whole, given, passages, strict=True):
            text = one.chunk.text.translate(weights.script)
            names = None if mentions is None else given_names(one.to_read(mentions), text, ours, weights.lexicon)
            yield one.as_written(read(one.chunk, passage, weights, ours, least(lang, self.min_confidence), names))


def least(lang: str, given: float | None) -> float:
    """The threshold that is given, else that of the language."""
    return LEAST.get(lang, LEAST["en"]) if given is None else given


def foreign(
    chunk: Chunk, told: set[tuple[str, str]], who: str = "The built-in model reads English and Chinese"
) -> Extraction:
    """Nothing, with one warning a document and language; `who` says who reads what."""
    key = (chunk.document_id, chunk.lang)
    if key in told or not chunk.text.strip():
        return Extraction(chunk.key)
    told.add(key)
    message = f"{who}; this text is marked as {chunk.lang!r}."
    return Extraction(
        chunk.key,
        problems=(Problem("unsupported", message, hint="Choose a language model: --model.", severity="warning"),),
    )
