"""A small annotated world: rows written by hand, and a reader that finds what it is told to find."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from kgc.config import Options
from kgc.data import Chunk, Evidence, Extraction, Mention, Problem, Span, Triple
from kgc.evaluate.sets import find
from kgc.evaluate.work import Choice, Work, work
from kgc.ledger.extractions import Recipe
from kgc.pipeline.recipes import Preparation
from kgc.schema import Schema

ROWS = (
    {
        "id": "a",
        "text": "Ada Byron works for Acme in Rome.",
        "entities": [
            {"start": 0, "end": 9, "type": "Person", "text": "Ada Byron"},
            {"start": 20, "end": 24, "type": "Organization", "text": "Acme"},
            {"start": 28, "end": 32, "type": "Location", "text": "Rome"},
        ],
        "triples": [
            {"head": "Ada Byron", "relation": "works for", "tail": "Acme", "head_entity": 0, "tail_entity": 1},
            {"head": "Acme", "relation": "based in", "tail": "Rome", "head_entity": 1, "tail_entity": 2},
        ],
    },
    {
        "id": "b",
        "text": "Bo Lind left Oslo.",
        "entities": [{"start": 0, "end": 7, "type": "Person"}, {"start": 13, "end": 17, "type": "Location"}],
        "triples": [],
    },
)


@pytest.fixture
def rows_file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


@dataclass(frozen=True, slots=True)
class Told:
    """An extractor that finds these names (surface, type) and facts (head, relation, tail, confidence)."""

    names: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str, str, float], ...] = ()
    name: str = "told"

    def limits(self, schema: Schema) -> Sequence[Problem]:
        return ()

    def extract(self, chunks: Iterable[Chunk], schema: Schema) -> Iterator[Extraction]:
        for chunk in chunks:
            there = [mention(chunk.text, *n) for n in self.names if n[0] in chunk.text]
            facts = [f for f in self.facts if f[0] in chunk.text and f[2] in chunk.text]
            yield Extraction(chunk.key, tuple(there), tuple(self.triple(chunk, *f) for f in facts))

    def triple(self, chunk: Chunk, head: str, relation: str, tail: str, confidence: float) -> Triple:
        kinds = dict(self.names)
        ends = [mention(chunk.text, surface, kinds[surface]) for surface in (head, tail)]
        quote = Evidence(chunk.key, Span(0, len(chunk.text)), chunk.text, "exact", "", "told", "told")
        return Triple(ends[0], relation, ends[1], quote, confidence)


def mention(text: str, surface: str, type_: str) -> Mention:
    at = text.index(surface)
    return Mention(surface, type_, Span(at, at + len(surface)))


def made_of(extractor: Told, schema: Schema) -> Preparation:
    recipe = Recipe("r", schema.name, "told", "told:1", "640", "{}")
    return Preparation(Options(), schema, recipe, "", "", extractor)


def ready(path: Path, extractor: Told, choice: Choice | None = None, schema: Schema | None = None) -> Work:
    return work(find(str(path)), lambda used: made_of(extractor, used), choice or Choice(), schema)
