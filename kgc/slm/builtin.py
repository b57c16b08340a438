"""The built-in model: chunks in, extractions out; no key, no network.

It prefers to say less than to say wrong things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from kgc.data import Chunk, Extraction, Problem
from kgc.data.ids import content_id
from kgc.schema import Schema
from kgc.slm import package
from kgc.slm.inventory import Inventory, inventory, limits
from kgc.slm.language import language
from kgc.slm.read import read

BATCH = 64
"""Chunks read at once: memory does not grow with the number of chunks."""
LEAST = {"en": 0.5, "zh": 0.5}
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
        ours = inventory(schema)
        stream = iter(chunks)
        told: set[tuple[str, str]] = set()
        while batch := list(islice(stream, BATCH)):
            yield from self.read_batch(batch, ours, told)

    def read_batch(self, batch: Sequence[Chunk], ours: Inventory, told: set[tuple[str, str]]) -> Iterator[Extraction]:
        by_lang = {lang: [c for c in batch if language(c) == lang] for lang in package.LANGUAGES}
        read_all = {lang: self.read_language(lang, of, ours) for lang, of in by_lang.items() if of}
        for chunk in batch:
            lang = language(chunk)
            yield next(read_all[lang]) if lang in read_all else foreign(chunk, told)

    def read_language(self, lang: str, chunks: Sequence[Chunk], ours: Inventory) -> Iterator[Extraction]:
        if lang not in self.loaded:
            self.loaded[lang] = package.load(lang)
        weights = self.loaded[lang]
        for chunk, passage in zip(chunks, weights.reader.passages(c.text for c in chunks), strict=True):
            yield read(chunk, passage, weights, ours, least(lang, self.min_confidence))


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
