"""`--model spacy:NAME`: an installed spaCy pipeline finds the names, the built-in model the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from itertools import islice

from kgc.data import Chunk, Extraction, Problem
from kgc.data.ids import content_id
from kgc.schema import Schema
from kgc.slm import package
from kgc.slm.builtin import BATCH, LEAST, foreign, least
from kgc.slm.composed import composed
from kgc.slm.found import Found, Item, Judged, NameReader, Passage
from kgc.slm.inventory import inventory, limits
from kgc.slm.language import language
from kgc.slm.lexicon import no_names
from kgc.slm.package import Weights
from kgc.slm.read import read
from kgc.slm.spacy_names import SpacyNames, load_pipeline


@dataclass(frozen=True, slots=True)
class SpacyModel:
    """An extractor like the built-in model, with the names of `pipeline` (an installed package, or a folder).

    Texts of the pipeline's language are read. In English and Chinese the facts come as with the built-in model; in
    other languages there are names only.
    """

    pipeline: str
    min_confidence: float | None = None
    name: str = "spacy"
    loaded: dict[str, Weights] = field(default_factory=dict, repr=False, compare=False)

    @property
    def version(self) -> str:
        """Changes with the pipeline's version, and with all that changes the built-in model's."""
        parts = [package.version(lang) for lang in package.LANGUAGES]
        threshold = str(LEAST if self.min_confidence is None else self.min_confidence)
        return content_id(installed(self.pipeline), *parts, package.rules_hash(), threshold, length=12)

    def limits(self, schema: Schema) -> Sequence[Problem]:
        """What of this schema it cannot fill, as warnings to show before the run."""
        return limits(schema)

    def extract(self, chunks: Iterable[Chunk], schema: Schema) -> Iterator[Extraction]:
        """One extraction a chunk, in order. Raises `KgcError` when the pipeline is not installed."""
        ours = inventory(schema)
        weights = self.load()
        told: set[tuple[str, str]] = set()
        stream = iter(chunks)
        while batch := list(islice(stream, BATCH)):
            mine = [composed(c) for c in batch if self.reads(c, weights.lang)]
            passages = zip(mine, weights.reader.passages(c.chunk.text for c in mine), strict=True)
            for chunk in batch:
                if self.reads(chunk, weights.lang):
                    one, passage = next(passages)
                    found = read(one.chunk, passage, weights, ours, least(weights.lang, self.min_confidence))
                    yield one.as_written(found)
                else:
                    yield foreign(chunk, told, f"The pipeline {self.pipeline} reads {weights.lang!r}")

    def reads(self, chunk: Chunk, lang: str) -> bool:
        found = language(chunk)
        return found == lang or (not found and chunk.lang.split("-")[0].lower() == lang)

    def load(self) -> Weights:
        if self.pipeline not in self.loaded:
            nlp = load_pipeline(self.pipeline)
            names = SpacyNames(nlp)
            name = f"{self.pipeline}:{self.version}"
            lang = str(nlp.lang)
            if lang in package.LANGUAGES:
                base = package.load(lang)
                weights = Weights(lang, name, Borrowing(names, base.reader), base.lexicon, "spacy")
            else:
                weights = Weights(lang, name, names, no_names(), "spacy")
            self.loaded[self.pipeline] = weights
        return self.loaded[self.pipeline]


def installed(pipeline: str) -> str:
    """The name and version of an installed pipeline; of a folder, its path."""
    try:
        return f"{pipeline} {version(pipeline)}"
    except (PackageNotFoundError, ValueError):
        return pipeline


@dataclass(frozen=True, slots=True)
class Borrowing:
    """The names of one reader, judged by another."""

    names: NameReader
    judge: NameReader

    def passages(self, texts: Iterable[str]) -> Iterator[Passage]:
        stream = iter(texts)
        while batch := list(islice(stream, BATCH)):
            for seen, judged in zip(self.names.passages(batch), self.judge.passages(batch), strict=True):
                yield Borrowed(tuple(seen.found), judged)


@dataclass(frozen=True, slots=True)
class Borrowed:
    """The names of one reader in a passage that another has read."""

    found: tuple[Found, ...]
    passage: Passage

    def judge(self, items: Sequence[Item], together: Sequence[Sequence[int]]) -> Judged:
        return self.passage.judge(items, together)
