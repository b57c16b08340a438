"""What a model wrote, held against the schema; names as stores write them; schemas by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.errors import SchemaError, UnknownName
from kgc.schema import Schema
from kgc.schema.check import LabelKind, resolve_label, signature
from kgc.schema.compile import compile_text
from kgc.schema.find import find
from kgc.schema.naming import NAME_LIMIT, is_identifier, lower_snake, upper_snake

TEXT = """
class Person(Entity):
    aliases = ("human", "player")
    birth_date: Date
class Place(Entity):
    was = ("Location",)
    label = "spot"
class City(Place):
    aliases = ("town", "player")
class LivesIn(Relation):
    was = ("Live_In",)
    aliases = ("resident of",)
    head: Person
    tail: Place
class Twinned(Relation):
    symmetric = True
    head: City
    tail: Place
class About(Relation):
    head: Entity
    tail: City
class Move(Event):
    mover: Person
"""


@pytest.fixture(scope="module")
def schema() -> Schema:
    return compile_text(TEXT, "s", "s.py")


@pytest.mark.parametrize(
    ("relation", "head", "tail", "fit"),
    [
        ("LivesIn", "Person", "Place", "ok"),
        ("LivesIn", "Person", "City", "ok"),
        ("Live_In", "Person", "City", "ok"),
        ("LivesIn", "City", "Person", "swapped"),
        ("LivesIn", "Person", "Person", "violation"),
        ("LivesIn", "Person", "Planet", "violation"),
        ("Unknown", "Person", "City", "violation"),
        ("Twinned", "City", "Place", "ok"),
        ("Twinned", "Place", "City", "ok"),
        ("Twinned", "Place", "Place", "violation"),
        ("About", "Person", "City", "ok"),
        ("About", "City", "Person", "swapped"),
    ],
)
def test_a_relation_fits_its_types_or_their_subtypes(
    schema: Schema, relation: str, head: str, tail: str, fit: str
) -> None:
    assert signature(schema, relation, head, tail) == fit


@pytest.mark.parametrize(
    ("kind", "written", "meant"),
    [
        ("entity", "Place", "Place"),
        ("entity", "Location", "Place"),
        ("entity", "PLACE", "Place"),
        ("entity", "spot", "Place"),
        ("entity", "Human", "Person"),
        ("entity", "player", None),
        ("entity", "LivesIn", None),
        ("entity", "", None),
        ("entity", "--", None),
        ("relation", "lives in", "LivesIn"),
        ("relation", "LIVES_IN", "LivesIn"),
        ("relation", "lives-in", "LivesIn"),
        ("relation", "Live_In", "LivesIn"),
        ("relation", "Resident Of", "LivesIn"),
        ("event", "move", "Move"),
        ("attribute", "birthDate", "birth_date"),
        ("attribute", "birth date", "birth_date"),
    ],
)
def test_a_label_is_found_by_name_then_former_name_then_spelling_then_alias(
    schema: Schema, kind: LabelKind, written: str, meant: str | None
) -> None:
    assert resolve_label(schema, kind, written) == meant


@pytest.mark.parametrize(
    ("name", "upper", "lower"),
    [
        ("WorksFor", "WORKS_FOR", "works_for"),
        ("Live_In", "LIVE_IN", "live_in"),
        ("OrgBased_In", "ORG_BASED_IN", "org_based_in"),
        ("CEOOf", "CEO_OF", "ceo_of"),
        ("HTTPServer2Go", "HTTP_SERVER2_GO", "http_server2_go"),
        ("收购", "收购", "收购"),
        ("birth_date", "BIRTH_DATE", "birth_date"),
    ],
)
def test_names_are_written_as_stores_write_them(name: str, upper: str, lower: str) -> None:
    assert (upper_snake(name), lower_snake(name)) == (upper, lower)


@given(st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,20}", fullmatch=True))
def test_a_stored_name_is_stored_as_itself(name: str) -> None:
    assert upper_snake(upper_snake(name)) == upper_snake(name)
    assert lower_snake(lower_snake(name)) == lower_snake(name)


@given(st.text())
def test_an_identifier_needs_no_quoting(name: str) -> None:
    if is_identifier(name):
        assert len(name) <= NAME_LIMIT
        assert not set(name) & set(" `'\"\\{}()[];:.-\n\t\x00$")


def test_the_schema_of_the_workspace_comes_before_the_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "schemas"
    own.mkdir()
    (own / "company.py").write_text("class Mine(Entity): ...", encoding="utf-8")
    assert find("company", tmp_path).entities[0].name == "Mine"
    assert find("company").entities[0].name == "Person"


def test_a_path_is_found_from_here_and_from_the_base(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("class Mine(Entity): ...", encoding="utf-8")
    assert find(str(tmp_path / "mine.py")).name == "mine"
    assert find("mine.py", tmp_path).name == "mine"


def test_an_unknown_name_is_told_with_the_nearest_ones() -> None:
    with pytest.raises(UnknownName, match=r"no schema named 'compony'\. Did you mean 'company'"):
        find("compony")


def test_a_path_that_is_not_there_is_told() -> None:
    with pytest.raises(
        SchemaError, match=r"There is no schema file 'nowhere/mine.py'. Give a file, or one of the names: "
    ):
        find("nowhere/mine.py")
