"""Several schemas become one: what is united, what is left to decide, and that the whole compiles."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.cli.guard import run
from kgc.errors import SchemaError
from kgc.ontology.draft import apply
from kgc.ontology.merging import Merged, merge
from kgc.ontology.questions import ask, read_questions
from kgc.ontology.records import THINGS, Proposal
from kgc.pipeline.ontologies import read_foreign
from kgc.schema import Schema
from kgc.schema.compile import compile_file, compile_text
from kgc.schema.find import find
from kgc.schema.render import as_python

ONE = '''
class Company(Entity):
    """A business."""
    founded: Date
class Person(Entity): ...
class WorksFor(Relation):
    head: Person
    tail: Company
class Supplies(Relation):
    head: Company
    tail: Company
'''


def schema(text: str, name: str = "one") -> Schema:
    return compile_text(text, name, "")


def merged(*texts: str) -> Merged:
    found = merge([schema(text, f"s{n}") for n, text in enumerate(texts)])
    assert compile_text(as_python(found.schema), found.schema.name, found.schema.source) == found.schema
    return found


def test_a_schema_merged_with_itself_is_itself() -> None:
    for name in ("general", "company", "company_zh"):
        found = merge([find(name), find(name)])
        assert (found.schema, found.united, found.notes) == (find(name), (), ())


def test_merging_again_adds_nothing() -> None:
    both = merge([find("company"), find("science")]).schema
    assert merge([both, find("science")]).schema == both


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("class Companies(Entity):\n    revenue: Amount\n", "the same name in another form"),
        ('class Firm(Entity):\n    aliases = ("company",)\n    revenue: Amount\n', "the same label or alias"),
        ('class Firm(Entity):\n    was = ("Company",)\n    revenue: Amount\n', "a former name"),
    ],
)
def test_what_means_the_same_is_united_and_keeps_its_old_name(other: str, why: str) -> None:
    found = merged(ONE, other)
    [pair] = found.united
    assert pair.why == why
    company = found.schema.entity("Company")
    assert company is not None
    assert {a.name for a in company.attributes} == {"founded", "revenue"}
    assert found.schema.entity(pair.other) == company


def test_classes_of_one_iri_are_one() -> None:
    iri = '    same_as = ("http://e.org/Company",)\n'
    one = ONE.replace("    founded", f"{iri}    founded")
    assert merged(one, f"class Betrieb(Entity):\n{iri}").united[0].why == "the same IRI"


def test_relations_follow_the_classes_that_gave_way() -> None:
    firm = 'class Firm(Entity):\n    aliases = ("company",)\n'
    ends = "    head: Firm\n    tail: Firm\n"
    found = merged(ONE, f"{firm}class Owns(Relation):\n{ends}class HasSupplies(Relation):\n{ends}").schema
    owns, supplies = found.relation("Owns"), found.relation("HasSupplies")
    assert owns is not None
    assert supplies is not None
    assert (owns.head, owns.tail, supplies.name) == (("Company",), ("Company",), "Supplies")


def test_a_relation_is_not_its_own_inverse() -> None:
    one = "class Thing2(Entity): ...\nclass HasModelPurpose(Relation):\n    head: Entity\n    tail: Thing2\n"
    other = "class Thing2(Entity): ...\nclass IsModelPurposeOf(Relation):\n    head: Thing2\n    tail: Entity\n"
    assert len(merged(one, other).schema.relations) == 2


def test_what_may_be_the_same_is_proposed_and_not_done() -> None:
    found = merged(ONE, 'class Companny(Entity):\n    """Something else."""\nclass ListedCompany(Entity): ...\n')
    assert found.united == ()
    assert ("merge", "Company", ("Companny",)) in {(p.action, p.name, p.of) for p in found.proposals}
    assert all(p.objections and p.by == "merge" for p in found.proposals)
    assert not apply(found.schema, found.proposals).refused


def test_where_they_differ_the_first_word_stands_and_the_other_is_proposed() -> None:
    one = "class Body(Entity): ...\nclass Group(Entity): ...\nclass Club(Body):\n    founded: Date\n"
    other = one.replace("Club(Body)", "Club(Group)").replace("Date", "String")
    found = merged(one, other)
    assert found.schema.ancestors("Club") == ("Body",)
    told = {(p.action, p.thing, p.name, p.parent, p.datatype) for p in found.proposals}
    assert told == {("move", "class", "Club", "Group", ""), ("move", "attribute", "Club.founded", "", "date")}


def test_a_name_that_is_something_else_in_the_other_gets_another() -> None:
    found = merged(ONE, "class Owner(Entity): ...\nclass Company(Relation):\n    head: Owner\n    tail: Owner\n"
                        "class Supplier(Event):\n    who: Owner\n")  # fmt: skip
    assert found.schema.relation("HasCompany") is not None
    assert "is called HasCompany" in found.notes[0]


def test_a_role_and_a_relation_of_one_name_are_kept_apart() -> None:
    event = "class Thing2(Entity): ...\nclass Sale(Event):\n    supplies: Thing2\n"
    assert [r.name for r in merged(ONE, event).schema.events[0].roles] == ["supplies_role"]
    assert merged(event, ONE).schema.relation("HasSupplies") is not None
    assert merged(event, event).notes == ()


def test_an_attribute_with_the_name_of_a_relation_gives_way() -> None:
    found = merged(ONE, "class Company(Entity):\n    Supplies: String\n    size: Integer\n")
    company = found.schema.entity("Company")
    assert company is not None
    assert {a.name for a in company.attributes} == {"founded", "size"}
    assert "has the name of a relation" in found.notes[0]


def test_shipped_schemas_merge_in_every_order() -> None:
    names = ("general", "company", "science", "conll04", "company_zh", "adverse_drug")
    for one, other in permutations(names, 2):
        made = merge([find(one), find(other)]).schema
        assert compile_text(as_python(made), made.name, made.source) == made


def test_nothing_is_no_schema() -> None:
    with pytest.raises(SchemaError, match="no schema to merge"):
        merge([])


def test_the_verb_writes_the_whole_and_tells_what_became_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.py").write_text(ONE)
    (tmp_path / "b.json").write_text('{"title": "Companies", "properties": {"size": {"type": "integer"}}}')
    target = tmp_path / "both.py"
    assert run(["ontology", "merge", str(tmp_path / "a.py"), str(tmp_path / "b.json"), "-o", str(target)]) == 0
    told = capsys.readouterr().err
    assert "Companies of b is Company: the same name in another form." in told
    assert compile_file(target).attribute("Company", "size") is not None


@pytest.mark.data
def test_recorded_ontologies_become_one_that_answers_more_of_their_questions(kgc_data: Path) -> None:
    folder = kgc_data / "recorded" / "jena_ontology"
    both = [read_foreign(folder / m / "Ontology" / "dlprov.ttl", m[:3])[0] for m in ("GPT3.5", "Gemini")]
    found = merge(both, "dlprov")
    sizes = [(len(s.entities), len(s.relations)) for s in (*both, found.schema)]
    assert sizes == [(27, 52), (25, 46), (30, 77)]
    assert {(p.other, p.name) for p in found.united} == {
        ("DataSplitCriteria", "DataSplittingCriteria"),
        ("IsDataSplitCriteriaOf", "IsDataSplittingCriteriaOf"),
    }
    assert {p.of for p in found.proposals if p.action == "merge"} == {
        ("DeepLearningModelType",), ("HyperparameterOptimizationTechnique",), ("ModelPerformanceMonitoringStrategy",),
    }  # fmt: skip
    asked = ask(found.schema, read_questions(folder / "CQs.txt"))
    assert [a.verdict for a in asked].count("no") == 0
    assert [a.verdict for a in asked].count("yes") == 17


said = st.sampled_from(("Person", "Persons", "Firm", "firms", "Works for", "owns", "OWNS", "Place", "born", "buyer",
                        "Sale", "Entity", "Person.born", "Firm.owns", "Firm.size", "Place.buyer"))  # fmt: skip
several = st.lists(said, max_size=2).map(tuple)
acts = st.builds(
    Proposal, action=st.sampled_from(("add", "rename", "merge", "move")), thing=st.sampled_from(THINGS), name=said,
    of=several, definition=st.sampled_from(("", "A body of people that works together.")), parent=said, head=several,
    tail=several, datatype=st.sampled_from(("", "date")), aliases=several, symmetric=st.booleans(),
)  # fmt: skip
EVENT = "class Deal(Event):\n    buyer: Person\n    price: Amount | None\nclass Person(Entity): ...\n"


@settings(max_examples=200, deadline=None)
@given(st.lists(acts, max_size=6), st.lists(acts, max_size=6), st.booleans())
def test_any_two_schemas_become_one_that_compiles_and_keeps_all_classes(
    first: list[Proposal], second: list[Proposal], event: bool
) -> None:
    one = apply(schema(EVENT if event else ONE, "one"), first).schema
    other = apply(schema(EVENT, "other"), second).schema
    made = merge([one, other]).schema
    assert compile_text(as_python(made), made.name, made.source) == made
    assert {e.name for e in one.entities} <= {e.name for e in made.entities}
    assert max(len(one.relations), len(other.relations)) <= len(made.relations)
    assert merge([made, made]).schema == made
