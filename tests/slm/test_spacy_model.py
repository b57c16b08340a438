"""Any spaCy pipeline can find the names (`--model spacy:NAME`)."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from kgc.config import Options
from kgc.data import Chunk, Literal, Span, content_id
from kgc.errors import KgcError
from kgc.pipeline.recipes import prepare
from kgc.schema.compile import compile_file
from kgc.shipped import folder
from kgc.slm.spacy_model import SpacyModel

SCHEMA = compile_file(folder("schemas") / "general.py")
PATTERNS = [
    {"label": "PERSON", "pattern": "Qorvin Tazelbeek"},
    {"label": "GPE", "pattern": "Uzzlewick"},
    {"label": "WORK_OF_ART", "pattern": "Seven Pale Lanterns"},
    {"label": "NORP", "pattern": "Uzzlean"},
    {"label": "DATE", "pattern": "1975"},
]


def saved(path: Path, lang: str = "en") -> Path:
    nlp = spacy.blank(lang)
    nlp.add_pipe("entity_ruler").add_patterns(PATTERNS)
    nlp.to_disk(path)
    return path


def chunk(text: str, lang: str = "en") -> Chunk:
    return Chunk("c", "d", content_id(text), Span(0, len(text)), text, lang=lang)


def test_its_entities_become_names_of_the_schema_and_facts(tmp_path: Path) -> None:
    model = SpacyModel(str(saved(tmp_path / "mine")))
    text = "Qorvin Tazelbeek was born in Uzzlewick in 1975. His novel Seven Pale Lanterns is Uzzlean."
    [found] = model.extract([chunk(text)], SCHEMA)
    assert {(m.surface, m.type) for m in found.mentions} == {
        ("Qorvin Tazelbeek", "Person"),
        ("Uzzlewick", "Location"),
        ("Seven Pale Lanterns", "CreativeWork"),
    }
    said = {(t.relation, t.tail.value if isinstance(t.tail, Literal) else t.tail.surface) for t in found.triples}
    assert {("BornIn", "Uzzlewick"), ("birth_date", "1975")} <= said
    assert {t.evidence.strategy for t in found.triples} == {"spacy"}
    assert all(t.evidence.model.startswith(f"{tmp_path / 'mine'}:") for t in found.triples)


def test_a_pipeline_of_another_language_gives_names_in_that_language(tmp_path: Path) -> None:
    model = SpacyModel(str(saved(tmp_path / "mine", "de")))
    text = "Der Dichter Qorvin Tazelbeek wurde in Uzzlewick geboren."
    german, english = model.extract([chunk(text, "de"), chunk("He was born in the town of Uzzlewick.", "en")], SCHEMA)
    assert {m.surface for m in german.mentions} == {"Qorvin Tazelbeek", "Uzzlewick"}
    assert (english.mentions, [p.severity for p in english.problems]) == ((), ["warning"])


def test_a_pipeline_that_is_not_there_is_said_with_the_command_that_installs_it() -> None:
    with pytest.raises(KgcError, match="python -m spacy download en_core_web_nope"):
        list(SpacyModel("en_core_web_nope").extract([chunk("Text.")], SCHEMA))


def test_it_is_chosen_by_name_and_has_a_recipe_of_its_own(tmp_path: Path) -> None:
    path = saved(tmp_path / "mine")
    prepared = prepare(Options(model=f"spacy:{path}"), tmp_path)
    assert isinstance(prepared.extractor, SpacyModel)
    assert prepared.recipe.model.startswith(f"spacy:{path}:")
    with pytest.raises(KgcError, match="names no pipeline"):
        prepare(Options(model="spacy"), tmp_path)
