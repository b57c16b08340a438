from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.extract.literals import literal
from kgc.schema import DATATYPES


@pytest.mark.parametrize(
    ("raw", "datatype", "value", "unit"),
    [
        ("28 December 1856", "date", "1856-12-28", ""),
        ("Dec. 5, 1998", "date", "1998-12-05", ""),
        ("March 1998", "date", "1998-03", ""),
        ("1998-03-05", "date", "1998-03-05", ""),
        ("1998", "date", "1998", ""),
        ("44 BC", "date", "-0043", ""),
        ("1998年3月", "date", "1998-03", ""),
        ("一九九八年三月十二日", "date", "1998-03-12", ""),
        ("１９９８年", "date", "1998", ""),
        ("12,345", "integer", "12345", ""),
        ("1.2 million", "number", "1200000", ""),
        ("3万", "integer", "30000", ""),
        ("about 200 people", "integer", "200", "people"),
        ("$2 bn", "amount", "2000000000", "USD"),
        ("€3.5m", "amount", "3500000", "EUR"),
        ("5 m", "amount", "5", "m"),
        ("1.5亿元", "amount", "150000000", "CNY"),
        ("RMB 200", "amount", "200", "CNY"),
        ("20%", "amount", "20", "%"),
        ("yes", "boolean", "true", ""),
        ("https://kgc.example/a", "url", "https://kgc.example/a", ""),
    ],
)
def test_a_value_is_normalised_to_its_datatype(raw: str, datatype: str, value: str, unit: str) -> None:
    found = literal(raw, datatype)
    assert (found.raw, found.value, found.unit, found.datatype) == (raw, value, unit, datatype)


@pytest.mark.parametrize(
    ("raw", "datatype"), [("30 February 1999", "date"), ("5/6/1999", "date"), ("3.5", "integer"), ("many", "number")]
)
def test_what_cannot_be_normalised_stays_text(raw: str, datatype: str) -> None:
    found = literal(raw, datatype)
    assert (found.value, found.datatype) == (raw, "string")


@given(st.text(), st.sampled_from(DATATYPES))
def test_any_text_has_a_value(raw: str, datatype: str) -> None:
    assert literal(raw, datatype).raw == raw
