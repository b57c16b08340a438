"""Dates, amounts and numbers as they are normalised, and the rule tables themselves."""

from __future__ import annotations

import pytest

from kgc.slm.rules import rules
from kgc.slm.values import values

VALUES = [
    ("on October 31, 2022 in", "en", ("D", "2022-10-31", "")),
    ("on 3rd May 1990 in", "en", ("D", "1990-05-03", "")),
    ("in March 1990, he", "en", ("D", "1990-03", "")),
    ("since 1998.", "en", ("Y", "1998", "")),
    ("sales of $15.9 billion", "en", ("M", "15900000000", "USD")),
    ("cost €3m", "en", ("M", "3000000", "EUR")),
    ("with 2.1 million employees", "en", ("N", "2100000", "")),
    ("see https://kgc.example/a?b=1.", "en", ("U", "https://kgc.example/a?b=1", "")),
    ("成立于1998年3月5日。", "zh", ("D", "1998-03-05", "")),
    ("营收112亿元人民币", "zh", ("M", "11200000000", "CNY")),
    ("员工6800人", "zh", ("N", "6800", "")),
]


@pytest.mark.parametrize(("text", "lang", "expected"), VALUES)
def test_a_value_is_found_and_normalised(text: str, lang: str, expected: tuple[str, str, str]) -> None:
    [found] = values(text, lang)
    assert (found.kind, found.value, found.unit) == expected
    assert found.span.of(text) == found.raw


def test_a_day_that_is_not_is_no_date() -> None:
    assert [v.value for v in values("on February 31, 2020", "en") if v.kind == "D"] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_rule_says_only_what_its_pattern_names(lang: str) -> None:
    table = rules(lang)
    assert len({r.name for r in table}) == len(table) >= 60
    for rule in table:
        for says in rule.says:
            assert {says.head, says.tail} <= rule.groups.keys(), rule.name
