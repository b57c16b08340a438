"""Every store says what it can do, as data."""

from __future__ import annotations

import pytest

from kgc.plugins import BUILT_IN, load
from kgc.store.contract import CYPHER, SPARQL, Abilities


@pytest.mark.parametrize("name", list(BUILT_IN["store"]))
def test_a_store_says_what_it_can_do(name: str) -> None:
    abilities = getattr(load("store", name), "abilities", None)
    assert isinstance(abilities, Abilities)
    assert abilities.query in (CYPHER, SPARQL, "")
