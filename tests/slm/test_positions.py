"""Jobs and offices that may be somebody's position."""

from __future__ import annotations

import pytest

from kgc.data import Span
from kgc.slm.positions import positions

FOUND = [
    ("She is vice president for operations at Acme.", ["vice president for operations"]),
    ("Ann, chief executive officer of Acme, left.", ["chief executive officer"]),
    ("He was professor of physics.", ["professor of physics"]),
    ("the head of a large family", ["head"]),
    ("A general rule. Senior staff.", []),
    ("deputy minister, bishop", ["deputy minister", "bishop"]),
    ("Emma Stone, co-director and president-elect", ["co-director", "president-elect"]),
]
WHOLE = [
    ("the Minister of Defence and Veterans Affairs, who", "Minister of Defence and Veterans Affairs"),
    ("Minister for Trade, Industry and Energy", "Minister for Trade, Industry and Energy"),
    ("Secretary of State for Trade and Industry in 1998", "Secretary of State for Trade and Industry"),
    ("professor of organic chemistry at Oslo", "professor of organic chemistry"),
    ("head of corporate sales left", "head of corporate sales"),
    ("director of research and development.", "director of research and development"),
    ("engineer of Train No. 23", "engineer"),
    ("director of the institute", "director"),
    ("manager of operations said yesterday", "manager of operations"),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_a_job_is_found_with_its_rank_and_field(text: str, expected: list[str]) -> None:
    assert [p.short.raw for p in positions(text, ())] == expected


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_a_title_is_told_in_all_its_words(text: str, expected: str) -> None:
    [found] = positions(text, ())
    assert found.whole.raw == expected
    assert found.whole.span.of(text) == expected
    assert found.whole.raw.startswith(found.short.raw)


def test_what_is_part_of_a_name_is_no_position() -> None:
    text = "King Harald met the mayor."
    assert [p.whole.raw for p in positions(text, [Span(0, 11)])] == ["mayor"]


def test_a_title_ends_where_a_name_begins() -> None:
    text = "Director of Research Ingrid Dahl"
    [found] = positions(text, [Span(21, 32)])
    assert found.whole.raw == "Director of Research"


def test_a_number_after_a_word_is_no_field() -> None:
    text = "engineer of Train No. 23"
    [found] = positions(text, [Span(22, 24)])
    assert found.whole.raw == "engineer"
