"""What is different between two schemas, and which of it makes a model be asked again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.ontology.diff import diff
from kgc.ontology.draft import apply
from kgc.ontology.records import ACTIONS, THINGS, Proposal
from kgc.schema import Schema
from kgc.schema.compile import compile_text
from kgc.schema.fingerprint import deriving, needs_asking

BASE = '''
"""People and firms."""
class Person(Entity):
    """A human."""
    born: Date
class Firm(Entity):
    """A business."""
    founded: Date
class Bank(Firm):
    """Lends money."""
class WorksFor(Relation):
    """Has a job at."""
    head: Person
    tail: Firm
class Knows(Relation):
    """Has met."""
    head: Person
    tail: Person
class Sale(Event):
    """Something is sold."""
    seller: Person | Firm
    day: Date | None
demonstrations = [Demo("Ada works.", entities=[("Ada", "Person")])]
'''


def schema(text: str = BASE) -> Schema:
    return compile_text(text, "s", "s")


def told(old: str, new: str) -> list[tuple[str, str, str, str, bool]]:
    """The changes of one edit of the base."""
    assert old in BASE
    found = diff(schema(), schema(BASE.replace(old, new, 1)))
    return [(c.sort, c.kind, c.name, c.detail, c.asks) for c in found.changes]


def test_nothing_differs_from_itself() -> None:
    assert diff(schema(), schema()).changes == ()


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("class Sale(", "class Fund(Firm): ...\nclass Sale(", ("class", "added", "Fund", "below Firm", True)),
        ('class Bank(Firm):\n    """Lends money."""\n', "", ("class", "removed", "Bank", "", False)),
        ("class Bank(Firm)", "class Bank(Entity)",
         ("class", "moved", "Bank", "from below Firm to below Entity", False)),
        ("A human.", "A human being.", ("class", "reworded", "Person", "definition", True)),
        ("    born: Date\n", "", ("attribute", "removed", "Person.born", "", False)),
        ("born: Date", "born: String", ("attribute", "datatype", "Person.born", "date → string", True)),
        ("born: Date", "born: Functional[Date]", ("attribute", "functional", "Person.born", "yes", False)),
        ("born: Date", "born: Date\n    died: Date", ("attribute", "added", "Person.died", "date", True)),
        ("tail: Firm", "tail: Bank", ("relation", "narrowed", "WorksFor", "tail Firm → Bank", False)),
        ("tail: Firm", "tail: Firm | Person",
         ("relation", "widened", "WorksFor", "tail Firm → Firm | Person", True)),
        ("tail: Firm", "tail: Firm\n    functional = True", ("relation", "functional", "WorksFor", "yes", False)),
        ("tail: Firm", 'tail: Firm\n    inverse = "Employs"',
         ("relation", "inverse", "WorksFor", "none → Employs", False)),
        ("tail: Person", "tail: Person\n    symmetric = True", ("relation", "symmetric", "Knows", "yes", False)),
        ('"""Has met."""', '"""Has met."""\n    aliases = ("met",)', ("relation", "names", "Knows", "aliases", False)),
        ("day: Date | None", "day: Date", ("role", "required", "Sale.day", "", False)),
        ("    day: Date | None\n", "", ("role", "removed", "Sale.day", "", False)),
        ("seller: Person | Firm", "seller: Person",
         ("role", "narrowed", "Sale.seller", "Person | Firm → Person", False)),
        ("Ada works.", "Ada sings.", ("schema", "demonstrations", "s", "1 → 1", True)),
    ],
)  # fmt: skip
def test_an_edit_is_told_as_what_it_is(old: str, new: str, change: tuple[str, str, str, str, bool]) -> None:
    assert told(old, new) == [change]


def test_a_rename_is_seen_by_its_former_name_and_changes_nothing_else() -> None:
    new = BASE.replace("Firm", "Company").replace('"""A business."""', '"""A business."""\n    was = ("Firm",)')
    [change] = diff(schema(), schema(new)).changes
    assert (change.kind, change.was, change.name, change.asks) == ("renamed", "Firm", "Company", False)


def test_a_merge_is_told_with_what_it_is_made_of() -> None:
    new = BASE.replace('class Bank(Firm):\n    """Lends money."""\n', "").replace(
        '"""A business."""', '"""A business."""\n    was = ("Bank",)'
    )
    assert [(c.kind, c.name, c.detail) for c in diff(schema(), schema(new)).changes] == [
        ("merged", "Firm", "of Firm, Bank")
    ]


def test_a_class_that_inherits_more_asks() -> None:
    moved = schema(BASE.replace("class Person(Entity)", "class Person(Firm)"))
    kinds = {(c.kind, c.name): c.asks for c in diff(schema(), moved).changes}
    assert kinds == {("moved", "Person"): False, ("inherits", "Person"): True}


names = st.sampled_from(("Person", "Firm", "Bank", "WorksFor", "Knows", "Ship", "owns", "Entity", "Person.born",
                         "Bank.founded", "Firm.founded", "Firm.size"))  # fmt: skip
few = st.lists(names, max_size=3).map(tuple)
proposals = st.builds(
    Proposal, action=st.sampled_from(ACTIONS), thing=st.sampled_from(THINGS), name=names, of=few,
    definition=st.sampled_from(("", "Something else.")), parent=names, head=few, tail=few,
    datatype=st.sampled_from(("", "string", "date")), functional=st.booleans(),
)  # fmt: skip
edits = st.lists(proposals, min_size=1, max_size=6)


@settings(max_examples=400, deadline=None)
@given(edits, edits)
def test_changes_ask_where_the_schemas_do_and_are_there_where_they_differ(
    first: list[Proposal], second: list[Proposal]
) -> None:
    old = apply(schema(), first).schema
    new = apply(old, second).schema
    found = diff(old, new)
    assert found.asks == needs_asking(old, new)
    if deriving(old) == deriving(new):
        assert not found.changes
