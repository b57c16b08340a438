"""The examples hold what their page promises: the expected facts can be found, with the schema's own words."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from kgc.pipeline.text import read_text
from kgc.schema import Schema
from kgc.schema.find import find


@pytest.fixture(scope="module")
def expected(repository: Path) -> list[dict[str, str]]:
    lines = (repository / "examples" / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def general() -> Schema:
    return find("general", Path())


def test_every_expected_fact_is_said_in_words_of_the_default_schema(
    expected: list[dict[str, str]], general: Schema
) -> None:
    attributes = {a.name for e in general.entities for a in e.attributes}
    known = attributes | {r.name for r in general.relations}
    assert {fact["relation"] for fact in expected} <= known
    assert len(expected) >= 60


def test_both_ends_of_every_expected_fact_stand_in_its_document(
    expected: list[dict[str, str]], repository: Path
) -> None:
    texts: dict[str, str] = {}
    for fact in expected:
        source = fact["document"]
        if source not in texts:
            found = read_text(repository / "examples" / source)
            assert hasattr(found, "text"), found
            texts[source] = " ".join(found.text.split())
        assert fact["head"] in texts[source], fact
        if not fact["tail"][:4].isdigit() or len(fact["tail"]) == 4:
            assert fact["tail"] in texts[source], fact


def test_the_pdfs_are_made_from_their_sources(repository: Path) -> None:
    maker = runpy.run_path(str(repository / "examples" / "make_pdf.py"))
    for source in (repository / "examples" / "pdf_sources").glob("*.txt"):
        made = maker["pdf"](source.read_text(encoding="utf-8"))
        assert (repository / "examples" / "documents" / f"{source.stem}.pdf").read_bytes() == made
