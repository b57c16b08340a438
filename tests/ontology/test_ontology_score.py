"""Scores of a schema against a reference."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.ontology.reference import reference
from kgc.ontology.score import Score, score
from kgc.schema import Attribute, EntityType, RelationType, Schema
from kgc.schema.find import find


def schema(*classes: str, relations: tuple[tuple[str, str, str], ...] = ()) -> Schema:
    """Classes written `Name` or `Name<Parent`."""
    parted = [c.partition("<") for c in classes]
    return Schema(
        "s",
        tuple(EntityType(name, parent=parent) for name, _, parent in parted),
        tuple(RelationType(name, (head,), (tail,)) for head, name, tail in relations),
    )


SHIPS = schema("Ship", "Ferry<Ship", "CarFerry<Ferry", "Harbour", relations=(("Ship", "CallsAt", "Harbour"),))


def test_a_schema_against_itself_is_right_throughout() -> None:
    for named in ("general", "company_zh", "conll04"):
        found = score(find(named), find(named)).measures
        assert all(s.f1 == 1.0 for s in found.values()), named


def test_names_match_without_case_number_and_separators() -> None:
    found = score(schema("car_ferries", "harbours"), SHIPS).measures["classes"]
    assert (found.right, found.found, found.gold) == (2, 2, 4)


def test_a_name_that_is_nearly_the_same_counts_nearly() -> None:
    found = score(schema("Harbor"), SHIPS).measures
    assert (found["classes"].right, found["classes, nearly"].right) == (0, 1)


def test_is_a_that_skips_a_class_is_right_in_the_transitive_sense_alone() -> None:
    found = score(schema("Ship", "CarFerry<Ship"), SHIPS).measures
    assert (found["is-a"].right, found["is-a, transitive"].right) == (0, 1)
    assert found["is-a, transitive"].gold == 3


def test_a_class_of_another_name_in_the_same_place_is_found_by_place() -> None:
    other = schema("Vessel", "Ferry<Vessel", "Harbour", relations=(("Vessel", "Visits", "Harbour"),))
    found = score(other, SHIPS).measures
    assert (found["classes, nearly"].right, found["classes, by place"].right) == (2, 3)


def test_relations_are_told_by_name_by_ends_and_by_both() -> None:
    other = schema("Ship", "Harbour", relations=(("Ship", "Visits", "Harbour"), ("Harbour", "CallsAt", "Harbour")))
    found = score(other, SHIPS).measures
    assert (found["relations"].right, found["relations, with ends"].right, found["relations, by ends"].right) == (
        1,
        0,
        1,
    )


def test_attributes_count_on_a_class_above_too() -> None:
    mine = Schema("s", (EntityType("Ferry", attributes=(Attribute("length", "number"),)),))
    gold = Schema(
        "s", (EntityType("Ship", attributes=(Attribute("length", "number"),)), EntityType("Ferry", parent="Ship"))
    )
    assert score(mine, gold).measures["attributes"].right == 1


def test_nothing_against_nothing_is_right_and_against_something_is_not() -> None:
    assert score(schema(), schema()).measures["classes"].f1 == 1.0
    assert score(schema(), SHIPS).measures["classes"].f1 == 0.0
    assert Score(0, 0, 0).f1 == 1.0


NAMES = st.lists(
    st.sampled_from(["Ship", "Ferry", "Ferries", "Harbor", "Harbour", "车", "Car_Ferry"]), unique=True, max_size=6
)


@given(NAMES, NAMES)
def test_turning_the_two_round_turns_precision_and_recall(one: list[str], other: list[str]) -> None:
    there, back = score(schema(*one), schema(*other)).measures, score(schema(*other), schema(*one)).measures
    for name in ("classes", "classes, nearly"):
        assert there[name].right == back[name].right
        assert (there[name].p, there[name].r) == (back[name].r, back[name].p)
        assert 0 <= there[name].f1 <= 1


def test_a_reference_may_be_an_ontology(tmp_path: Path) -> None:
    pytest.importorskip("rdflib")
    owl = tmp_path / "ships.ttl"
    owl.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix : <http://example.org/> . :Ship a owl:Class . :Ferry a owl:Class ; rdfs:subClassOf :Ship .\n"
    )
    found = score(schema("Ship", "Ferry<Ship"), reference(str(owl))).measures
    assert found["classes"].f1 == found["is-a"].f1 == 1.0


def test_the_verb_prints_a_table_or_one_json_value() -> None:
    def run(*more: str) -> str:
        command = [sys.executable, "-m", "kgc", "ontology", "score", "company", "--gold", "general", *more]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert run().startswith("company against general\n")
    found = json.loads(run("--json"))["scores"]
    assert set(found["classes"]) == {"p", "r", "f1", "right", "found", "gold"}
