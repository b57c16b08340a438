"""A schema with a place for open facts, and without it."""

from __future__ import annotations

import pytest

from kgc.errors import SchemaError
from kgc.schema import EntityType, RelationType, Schema
from kgc.schema.opened import COMMON, OPEN_FACT, closed, common_class, opened

PLAIN = Schema("s", (EntityType("Company"),), (RelationType("Owns", ("Company",), ("Company",)),))


def test_an_opened_schema_has_one_relation_more_and_a_class_for_common_nouns() -> None:
    schema = opened(PLAIN)
    assert [r.name for r in schema.relations] == ["Owns", OPEN_FACT]
    assert schema.entity(COMMON) is not None
    assert common_class(schema) == COMMON


def test_opening_twice_is_opening_once() -> None:
    assert opened(opened(PLAIN)) == opened(PLAIN)


def test_closing_takes_the_relation_away() -> None:
    assert closed(opened(PLAIN)).relations == PLAIN.relations


def test_a_class_of_the_schema_is_kept_as_it_is() -> None:
    own = EntityType(COMMON, "ours")
    schema = opened(Schema("s", (own,)))
    assert schema.entities == (own,)


@pytest.mark.parametrize("name", [OPEN_FACT, COMMON])
def test_a_name_that_stands_for_something_else_is_refused(name: str) -> None:
    relation = RelationType(name, ("Company",), ("Company",))
    schema = Schema("s", (EntityType("Company"),), (relation,))
    if name == OPEN_FACT:
        schema = Schema("s", (EntityType(OPEN_FACT),))
    with pytest.raises(SchemaError):
        opened(schema)
