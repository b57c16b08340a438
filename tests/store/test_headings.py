"""Columns are called as they were asked for, on every store alike."""

from __future__ import annotations

import pytest

from kgc.store.headings import headings


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("MATCH (n) RETURN count(*)", ["count(*)"]),
        ("MATCH (n) RETURN DISTINCT n.name, n.id AS `the id` ORDER BY n.name LIMIT 3", ["n.name", "the id"]),
        ("MATCH (a)-[r]->(b) RETURN a.name, type(r), b.name;", ["a.name", "type(r)", "b.name"]),
        ("MATCH (n) RETURN [n.name, n.id][0] AS first, {a: 1, b: 2}", ["first", "{a: 1, b: 2}"]),
        ("MATCH (n) WHERE n.name = 'RETURN x, y' RETURN n.name", ["n.name"]),
        ("return 1 as one union return 2 as one", ["one"]),
        ("MATCH (n) RETURN count(DISTINCT n.name)", ["count(DISTINCT n.name)"]),
    ],
)
def test_a_column_is_called_by_its_alias_or_as_it_is_written(text: str, columns: list[str]) -> None:
    assert list(headings(text, ["?"] * len(columns))) == columns


@pytest.mark.parametrize("text", ["MATCH (n) RETURN *", "MATCH (n) RETURN n, *"])
def test_what_the_text_does_not_tell_the_database_does(text: str) -> None:
    assert headings(text, ["a", "b"]) == ("a", "b")
