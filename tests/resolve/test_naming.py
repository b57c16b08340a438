"""What a thing is called that has several names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.resolve.naming import canonical
from kgc.resolve.records import Kind


@pytest.mark.parametrize(
    ("names", "kind", "best"),
    [
        ([("MacArthur", 300), ("Douglas MacArthur", 9), ("D. MacArthur", 4)], "person", "Douglas MacArthur"),
        ([("MacArthur", 300), ("Douglas MacArthurs", 1)], "person", "MacArthur"),
        ([("Ada Byron", 3), ("ADA BYRON", 9)], "person", "Ada Byron"),
        ([("IBM", 50), ("International Business Machines", 12)], "organization", "International Business Machines"),
        ([("IBM", 50), ("International Business Machines", 2)], "organization", "IBM"),
        ([("Acme", 4), ("Acme Corp.", 4), ("ACME CORP", 1)], "organization", "Acme Corp."),
        ([("央行", 9), ("中国人民银行", 4)], "organization", "中国人民银行"),
        ([("", 0)], "thing", ""),
    ],
)
def test_the_fullest_common_name_is_taken(names: list[tuple[str, int]], kind: Kind, best: str) -> None:
    assert canonical(names, kind) == best


@given(st.lists(st.tuples(st.text(max_size=8), st.integers(0, 9)), min_size=1, max_size=6), st.randoms())
def test_the_order_of_names_means_nothing(names: list[tuple[str, int]], chance: object) -> None:
    first = canonical(names, "person")
    chance.shuffle(names)  # type: ignore[attr-defined]
    assert canonical(names, "person") == first
    assert first in {name for name, _ in names}
