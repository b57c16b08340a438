"""The model as spaCy components: entities with scores, and relations on the doc."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import spacy

import kgc.slm.components

TEXT = "Maria Solberg was born in Bergen in 1975."


def test_a_pipeline_with_the_components_gives_entities_and_relations_also_when_saved(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kgc_entities")
    nlp.add_pipe("kgc_relations", config={"min_confidence": 0.3})
    nlp.to_disk(tmp_path / "pipe")
    for pipeline in (nlp, spacy.load(tmp_path / "pipe")):
        doc = pipeline(TEXT)
        assert [(e.text, e.label_) for e in doc.ents] == [("Maria Solberg", "PER"), ("Bergen", "LOC")]
        assert set(doc._.kgc_scores) == {(e.start_char, e.end_char) for e in doc.ents}
        said = {(TEXT[slice(*r.head)], r.relation, TEXT[slice(*r.tail)]) for r in doc._.kgc_relations}
        assert {("Maria Solberg", "BornIn", "Bergen"), ("Maria Solberg", "birth_date", "1975")} <= said
        assert all(isinstance(r, kgc.slm.components.Relation) for r in doc._.kgc_relations)


def test_accents_apart_are_part_of_their_letters() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kgc_entities")
    nlp.add_pipe("kgc_relations")
    text = unicodedata.normalize("NFD", "José García was born in Zürich in 1960.")
    doc = nlp(text)
    names = [unicodedata.normalize("NFD", name) for name in ("José García", "Zürich")]
    assert [e.text for e in doc.ents] == names
    assert (*names, "BornIn") in {(text[slice(*r.head)], text[slice(*r.tail)], r.relation) for r in doc._.kgc_relations}


def test_empty_text_is_no_error() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kgc_entities")
    assert nlp("").ents == ()


def test_spacy_finds_the_components_where_nothing_of_kgc_was_imported() -> None:
    code = (
        "import spacy, sys\nassert 'kgc' not in sys.modules\nnlp = spacy.blank('en')\n"
        "nlp.add_pipe('kgc_entities')\nnlp.add_pipe('kgc_relations')\n"
        f"print([e.text for e in nlp({TEXT!r}).ents])"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "['Maria Solberg', 'Bergen']"), done.stderr
