"""Dates, amounts and numbers as they are normalised, and the rule tables themselves."""

from __future__ import annotations

import time

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


AMOUNTS = [
    ("a $10M deal", "en", "10000000"),
    ("revenues of $3B.", "en", "3000000000"),
    ("$1.5 Billion", "en", "1500000000"),
    ("a $10-million deal", "en", "10000000"),
    ("£10K", "en", "10000"),
    ("worth $2tn", "en", "2000000000000"),
    ("a $20 T-shirt", "en", "20"),
    ("₹12,50,000", "en", "1250000"),
    ("₹2.5 lakh crore", "en", "2500000000000"),
    ("€1.234.567", "en", "1234567"),
    ("€1.234.567,89", "en", "1234567.89"),
    ("€5,5 million", "en", "5500000"),
    ("$10 000 000", "en", "10000000"),
    ("€12\u202f500", "en", "12500"),
    ("employs 10 000 people", "en", "10000"),
    ("1500 million people", "en", "1500000000"),
    ("约1.2万亿元", "zh", "1200000000000"),
    ("3,000余万元", "zh", "30000000"),
    ("50多亿元", "zh", "5000000000"),
    ("增至10亿元", "zh", "1000000000"),
    ("完成2亿元B轮融资", "zh", "200000000"),
]


@pytest.mark.parametrize(("text", "lang", "expected"), AMOUNTS)
def test_an_amount_is_whole_with_its_groups_and_its_scale(text: str, lang: str, expected: str) -> None:
    assert [v.value for v in values(text, lang)] == [expected]


PARTS = [
    *("$5-10 million", "$5–$10 million", "5-10 million dollars", "500-600 people", "-$10 million", "$10+ million"),
    *("$2 1/2 million", "$5zn", "12,34,56", "1.2.345", "192.168.100.200", "sales 412 398 385", "007", "10:30", "R$10"),
    *("5-10亿元", "5至10亿元", "5亿元到10亿元", "1亿2000万元", "50几亿元", "3万多亿元", "约3百人", "5G"),
]


@pytest.mark.parametrize("text", PARTS)
def test_what_is_not_understood_is_left_out_and_not_cut(text: str) -> None:
    assert list(values(text, "en" if text.isascii() or "–" in text else "zh")) == []


def test_the_first_of_two_numbers_with_one_scale_is_left_out() -> None:
    assert [v.raw for v in values("between $5 and $10 million", "en")] == ["$10 million"]
    assert [v.raw for v in values("from $5 million to $10 million", "en")] == ["$5 million", "$10 million"]


@pytest.mark.parametrize("unit", ["100 ", "1,000", "1.000.", "$1 ", "$5-", "5 to ", "5至", "1万", "100 000 "])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_values_are_found_in_linear_steps(unit: str, lang: str) -> None:
    started = time.perf_counter()
    list(values(unit * 20_000, lang))
    assert time.perf_counter() - started < 20, unit


@pytest.mark.parametrize(
    "text", ["on February 31, 2020", "29 February 1999", "2020-00-10", "1998年2月29日", "1998年0月5日"]
)
def test_a_day_that_is_not_is_no_date(text: str) -> None:
    assert [v.value for v in values(text, "en" if text.isascii() else "zh") if v.kind == "D"] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_rule_says_only_what_its_pattern_names(lang: str) -> None:
    table = rules(lang)
    assert len({r.name for r in table}) == len(table) >= 60
    for rule in table:
        for says in rule.says:
            assert {says.head, says.tail} <= rule.groups.keys(), rule.name
