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
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_a_job_is_found_with_its_rank_and_field(text: str, expected: list[str]) -> None:
    assert [v.raw for v in positions(text, ())] == expected


def test_what_is_part_of_a_name_is_no_position() -> None:
    text = "King Harald met the mayor."
    assert [v.raw for v in positions(text, [Span(0, 11)])] == ["mayor"]
