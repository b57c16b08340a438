"""Names, numbers and values on their way to a terminal or to JSON."""

from __future__ import annotations

import doctest
import json
import math
import unicodedata
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.cli import visible as visible_module
from kgc.cli import words
from kgc.cli.plain import dumps, plain
from kgc.cli.visible import visible, visible_lines
from kgc.cli.words import duration, money
from kgc.data import Literal, Span

ANY = st.text(alphabet=st.characters(codec=None, exclude_categories=[]))


@given(ANY)
def test_what_is_shown_holds_nothing_that_steers_a_terminal(text: str) -> None:
    shown = visible(text)
    assert all(unicodedata.category(c) not in ("Cc", "Cs") for c in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
    shown.encode("utf-8")


@given(ANY)
def test_lines_keep_their_ends_and_tabs_and_nothing_else_unseen(text: str) -> None:
    shown = visible_lines(text)
    assert {c for c in shown if unicodedata.category(c) == "Cc"} <= {"\t", "\n"}
    assert shown.count("\n") == text.count("\n")


@pytest.mark.parametrize("text", ["Łódź", "蓝湾储能", "عربي", "हिन्दी", "👩‍🔬", "naïve café", "a\\b"])
def test_letters_of_any_script_are_shown_as_they_are(text: str) -> None:
    assert visible(text) == text


def test_values_of_a_database_become_json() -> None:
    value = {
        "day": date(1815, 12, 10),
        "at": datetime(2024, 1, 2, 3, 4, tzinfo=UTC),
        "took": timedelta(minutes=2),
        "price": Decimal("1.5"),
        "none": None,
        "rows": [(1, "β"), {2}],
        "raw": b"\x01\xff",
        "record": Span(1, 2),
        "unit": Literal("2 kg", "2", "amount", "kg").unit,
        "nan": math.nan,
    }
    assert json.loads(dumps(value)) == {
        "day": "1815-12-10",
        "at": "2024-01-02T03:04:00+00:00",
        "took": 120.0,
        "price": 1.5,
        "none": None,
        "rows": [[1, "β"], [2]],
        "raw": "01ff",
        "record": {"start": 1, "end": 2},
        "unit": "kg",
        "nan": None,
    }


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_any_nested_value_is_written_as_json_that_can_be_read_back(value: object) -> None:
    assert json.loads(dumps(value)) == plain(value)


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.0, "0.0 s"), (9.96, "10.0 s"), (59.4, "59 s"), (119.7, "2 min 0 s"), (3600, "1 h 0 min")]
)
def test_times_are_told_in_the_largest_units(seconds: float, told: str) -> None:
    assert duration(seconds) == told


def test_money_without_a_price_is_not_told_as_nothing() -> None:
    assert (money(0.0), money(None)) == ("$0.00", "cost unknown")


@pytest.mark.parametrize("module", [words, visible_module])
def test_examples_in_the_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
