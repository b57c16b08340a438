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
        ("−40 °C", "amount", "-40", "°C"),
        ("–5 °C", "amount", "-5", "°C"),
        ("−5", "integer", "-5", ""),
        ("−12.5", "number", "-12.5", ""),
        ("−0", "integer", "0", ""),
        ("−$5m", "amount", "-5000000", "USD"),
        ("minus 40 degrees", "amount", "-40", "degrees"),
        ("零下40度", "amount", "-40", "度"),
        ("负5%", "amount", "-5", "%"),
        ("9,596,961 km²", "amount", "9596961", "km²"),
        ("100㎡", "amount", "100", "m²"),
        ("5 m²", "amount", "5", "m²"),
        ("5 m/s", "amount", "5", "m/s"),
        ("50多亿元", "amount", "5000000000", "CNY"),
        ("300余万元", "amount", "3000000", "CNY"),
        ("1万多亿元", "amount", "1000000000000", "CNY"),
        ("15十亿元", "amount", "15000000000", "CNY"),
        ("2千亿", "number", "200000000000", ""),
        ("1.2万亿美元", "amount", "1200000000000", "USD"),
        ("3000多人", "amount", "3000", "人"),
        ("5万千瓦", "amount", "50000", "千瓦"),
        ("300 K", "amount", "300", "K"),
        ("300k", "amount", "300000", ""),
        ("300 K users", "amount", "300000", "users"),
        ("$300 K", "amount", "300000", "USD"),
        ("$5m/year", "amount", "5000000", "USD /year"),
        ("5 thousandths", "amount", "5", "thousandths"),
        ("100 billionaires", "amount", "100", "billionaires"),
        ("5 millions of people", "amount", "5000000", "of people"),
        ("5 million元", "amount", "5000000", "CNY"),
        ("5 mıllıon", "amount", "5", "mıllıon"),
        ("yes", "boolean", "true", ""),
        ("https://kgc.example/a", "url", "https://kgc.example/a", ""),
    ],
)
def test_a_value_is_normalised_to_its_datatype(raw: str, datatype: str, value: str, unit: str) -> None:
    found = literal(raw, datatype)
    assert (found.raw, found.value, found.unit, found.datatype) == (raw, value, unit, datatype)


@pytest.mark.parametrize(
    ("raw", "datatype"),
    [
        ("30 February 1999", "date"),
        ("5/6/1999", "date"),
        ("98年3月", "date"),
        ("5 Aprıl 1998", "date"),
        ("3.5", "integer"),
        ("many", "number"),
        ("10⁶", "number"),
        ("10⁻⁶", "number"),
        ("5–10 people", "amount"),
        ("− 5", "integer"),
    ],
)
def test_what_cannot_be_normalised_stays_text(raw: str, datatype: str) -> None:
    found = literal(raw, datatype)
    assert (found.value, found.datatype) == (raw, "string")


@given(st.text(), st.sampled_from(DATATYPES))
def test_any_text_has_a_value(raw: str, datatype: str) -> None:
    assert literal(raw, datatype).raw == raw
