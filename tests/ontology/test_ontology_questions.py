"""Competency questions: which a schema can answer, by what path, and that the Cypher of it runs."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.cli.guard import run
from kgc.errors import KgcError
from kgc.ontology.questions import Asked, ask, generated, read_questions
from kgc.pipeline.ontologies import read_foreign
from kgc.schema import Schema
from kgc.schema.compile import compile_text
from kgc.schema.find import find
from kgc.store.ladybug import LadybugStore
from kgc.store.query import query
from kgc.testing.graphs import ListGraph

TEXT = '''
class Company(Entity):
    """A business."""
    aliases = ("firm", "供应商")
    founded: Date
class Battery(Entity):
    """A thing that stores energy."""
class Region(Entity): ...
class Incident(Event):
    place: Region
    damage: Amount | None
class Supplies(Relation):
    """The company delivers goods to the other."""
    aliases = ("供应",)
    head: Company
    tail: Company
class Makes(Relation):
    head: Company
    tail: Battery
class LocatedIn(Relation):
    head: Company
    tail: Region
'''
SCHEMA = compile_text(TEXT, "s", "s")


def asked(question: str, schema: Schema = SCHEMA) -> Asked:
    return ask(schema, [question])[0]


def test_a_question_is_answered_by_the_path_between_what_it_names() -> None:
    found = asked("Which companies make batteries?")
    assert (found.verdict, found.path) == ("yes", "Company -Makes-> Battery")
    assert found.cypher == (
        "MATCH (n1:`Company`)-[r1:`MAKES`]->(n2:`Battery`) RETURN DISTINCT n1.name, n2.name LIMIT 100"
    )


def test_a_path_may_lead_over_a_class_that_is_not_named() -> None:
    found = asked("In which regions are batteries found?")
    assert (found.verdict, found.path) == ("yes", "Region <-LocatedIn- Company -Makes-> Battery")


def test_a_relation_between_things_of_one_class_keeps_them_apart() -> None:
    found = asked("Which firm supplies which firm?")
    assert found.path == "Company -Supplies-> Company"
    assert "(n1:`Company`)-[r1:`SUPPLIES`]->(n2:`Company`)" in found.cypher


def test_attributes_and_roles_are_found_with_what_has_them() -> None:
    found = asked("When was the company founded?")
    assert (found.path, found.attributes) == ("Company.founded", ("Company.founded",))
    assert "n1.`founded`" in found.cypher
    found = asked("What damage did the incident do in the region?")
    assert (found.verdict, found.path) == ("yes", "Incident -Incident.place-> Region; Incident.damage")


def test_words_without_a_home_are_told() -> None:
    found = asked("Which companies make batteries for submarines?")
    assert (found.verdict, found.homeless) == ("partly", ("submarines",))


def test_what_the_schema_knows_nothing_of_is_not_answered() -> None:
    found = asked("Who painted the ceiling?")
    assert (found.verdict, found.path, found.cypher) == ("no", "", "")
    assert found.homeless == ("painted", "ceiling")


def test_definitions_are_a_home_too() -> None:
    assert asked("Which company delivers goods?").homeless == ()


def test_chinese_questions_meet_chinese_names() -> None:
    found = asked("哪些供应商供应电池？")
    assert found.classes == ("Company",)
    assert found.path == "Company -Supplies-> Company"


def test_who_and_where_ask_for_persons_and_places() -> None:
    company = find("company")
    assert asked("Who founded which company?", company).path == "Person -FounderOf-> Company"
    assert asked("When was the company founded?", company).path == "Company.founded"
    assert asked("Who supplies whom?", company).path == "Organization -Supplies-> Organization"
    assert asked("Where is the company headquartered?", company).path == "Location <-BasedIn- Company"
    assert asked("谁任职于哪个公司？", find("company_zh")).path == "人物 -任职于-> 公司"
    assert asked("Where are batteries?").verdict == "yes"  # there is no class for places in it


def test_examples_in_brackets_ask_nothing() -> None:
    assert asked("Which companies make batteries (e.g., for submarines, ferries)?").verdict == "yes"


@pytest.mark.parametrize("name", ["general", "company", "company_zh", "science", "conll04", "adverse_drug"])
def test_a_schema_answers_what_is_asked_of_its_own_words_and_a_graph_takes_the_queries(
    name: str, tmp_path: Path
) -> None:
    schema = find(name)
    found = ask(schema, generated(schema))
    assert Counter(one.verdict for one in found) == {"yes": len(found)}
    path = tmp_path / "graph.lbug"
    LadybugStore().project(ListGraph(schema), path)
    for one in found[:: max(1, len(found) // 12)]:
        assert query(path, schema, one.cypher, {}).rows == ()


def test_every_query_of_events_attributes_and_trees_runs(tmp_path: Path) -> None:
    path = tmp_path / "graph.lbug"
    LadybugStore().project(ListGraph(SCHEMA), path)
    for question in (*generated(SCHEMA), "Which company makes which battery, and in which region is it?"):
        text = asked(question).cypher
        assert text, question
        assert query(path, SCHEMA, text, {}).rows == ()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.sampled_from(("", "company ", "供应商", "makes ")))
def test_whatever_is_asked_is_answered_somehow(text: str, before: str) -> None:
    found = asked(before + text)
    assert (found.verdict == "no") == (not found.cypher)


def test_questions_are_read_line_by_line_or_as_json(tmp_path: Path) -> None:
    path = tmp_path / "q.txt"
    path.write_text("# wanted\nWho makes what?\n\n" + json.dumps({"id": 1, "question": "Where is it?"}) + "\n")
    assert read_questions(path) == ("Who makes what?", "Where is it?")


@pytest.mark.parametrize("text", ["", "# nothing\n", '{"x": 1}\n', "{\n", "\n\n"])
def test_a_file_without_a_question_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "q.txt"
    path.write_text(text)
    with pytest.raises(KgcError):
        read_questions(path)


def test_the_verb_tells_verdicts_paths_and_what_has_no_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "s.py").write_text(TEXT, encoding="utf-8")
    (tmp_path / "q.txt").write_text("Which companies make batteries for submarines?\nWho painted it?\n")
    assert run(["ontology", "questions", str(tmp_path / "s.py"), "--questions", str(tmp_path / "q.txt")]) == 0
    told = capsys.readouterr()
    assert "partly  Which companies make batteries for submarines?" in told.out
    assert "no place for: submarines" in told.out
    assert "2 questions: 0 yes, 1 partly, 1 no" in told.err


@pytest.mark.data
@pytest.mark.parametrize(("model", "verdicts"), [("Gemini", (15, 11, 2)), ("GPT3.5", (1, 27, 0))])
def test_recorded_ontologies_answer_their_own_questions_where_they_can(
    kgc_data: Path, model: str, verdicts: tuple[int, int, int]
) -> None:
    """Of 28 questions: GPT3.5 has no class for the pipeline that most of them are about."""
    folder = kgc_data / "recorded" / "jena_ontology"
    schema, _ = read_foreign(folder / model / "Ontology" / "dlprov.ttl")
    counts = Counter(one.verdict for one in ask(schema, read_questions(folder / "CQs.txt")))
    assert (counts["yes"], counts["partly"], counts["no"]) == verdicts
