"""The Schema page's values: use, what does not fit, the drawing, and how much of the ledger they rest on."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgc import Workspace
from kgc.ledger.usage import ClassUse, RelationUse, Usage
from kgc.ontology.diff import diff
from kgc.schema.compile import compile_text
from kgc.view.schema import class_rows, diff_rows, fitting, picture, relation_rows
from tests.story import write_story

SCHEMA = compile_text(
    '''
from kgc.schema.words import Entity, Relation

class Agent(Entity):
    """Who acts."""
class Person(Agent):
    """A human being."""
class Company(Agent):
    """A business."""
class Ghost(Entity):
    """Nobody has seen one."""
class WorksFor(Relation):
    """Is employed by."""
    head: Person
    tail: Company
class Owns(Relation):
    """Holds shares of."""
    head: Person | Company
    tail: Company
''',
    "staff",
    "staff.py",
)
USED = Usage(
    (ClassUse("Person", 30, ("Ada",)), ClassUse("Company", 5)),
    (RelationUse("WorksFor", 40, 2, 1, (("Person", "Company", 40),)), RelationUse("born", 3)),
    (),
)


def test_classes_stand_below_their_parents_with_all_that_is_under_them() -> None:
    rows = class_rows(SCHEMA, USED)
    told = [(str(r["Class"]).strip(), r["Entities"], r["With those below"]) for r in rows]
    assert told == [("Agent", 0, 35), ("Person", 30, 30), ("Company", 5, 5), ("Ghost", 0, 0)]
    assert rows[1]["For example"] == "Ada"


def test_relations_tell_what_they_were_met_between() -> None:
    rows = relation_rows(SCHEMA, USED)
    assert [(r["Relation"], r["Facts"], r["Mostly"]) for r in rows] == [
        ("WorksFor", 40, "Person → Company 40"), ("Owns", 0, ""),
    ]  # fmt: skip


def test_unused_and_overloaded_names_are_told_and_a_used_child_counts_for_its_parent() -> None:
    more = Usage((ClassUse("Person", 60), ClassUse("Company", 5), ClassUse("Ghost", 1)), USED.relations, ())
    assert fitting(SCHEMA, USED).unused == ("Ghost", "Owns")
    assert fitting(SCHEMA, more).overloaded == (("Person", 91),)
    assert fitting(SCHEMA, Usage((), (), ())).unused == ("Agent", "Person", "Company", "Ghost", "WorksFor", "Owns")


def test_the_drawing_holds_every_class_every_end_and_every_is_a() -> None:
    drawing = picture(SCHEMA, USED, "Person")
    assert {d.id for d in drawing.dots} == {"Agent", "Person", "Company", "Ghost"}
    assert {(e.source, e.target, e.name) for e in drawing.lines} == {
        ("Person", "Agent", "is a"), ("Company", "Agent", "is a"), ("Person", "Company", "works for"),
        ("Person", "Company", "owns"), ("Company", "Company", "owns"),
    }  # fmt: skip
    assert [d.id for d in picture(SCHEMA, USED, only=("Person", "Company")).dots] == ["Person", "Company"]


def test_differences_are_rows() -> None:
    other = compile_text(
        'from kgc.schema.words import Entity\nclass Person(Entity):\n    """A human."""\n', "other", "other.py"
    )
    rows = diff_rows(diff(SCHEMA, other).changes)
    assert {"class Person", "relation Owns"} <= {str(r["What"]) for r in rows}


@pytest.mark.parametrize("model", ["builtin"])
def test_what_the_graph_holds_is_counted(tmp_path: Path, model: str) -> None:
    with Workspace(tmp_path / "ws") as workspace:
        report = workspace.ingest(write_story(tmp_path / "docs"), model=model)
        usage = workspace.usage()
        entities, facts = list(workspace.entities()), list(workspace.facts())
    assert sum(u.entities for u in usage.classes) == len(entities) == report.entities
    assert sum(u.facts for u in usage.relations) == len(facts)
    assert all(set(u.examples) <= {e.name for e in entities if e.type == u.name} for u in usage.classes)
