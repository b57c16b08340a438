"""Which edits of a schema ask again: the table of docs/reference/schema.md."""

from __future__ import annotations

import pytest

from kgc.schema.compile import compile_text
from kgc.schema.fingerprint import asking, changed, deriving, needs_asking

BASE = '''
"""People and firms."""
class Person(Entity):
    """A human."""
    born: Date
class Firm(Entity):
    """A business."""
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

ASKS = {
    "a new class": ("class Sale(", 'class Place(Entity):\n    """A spot."""\nclass Sale('),
    "a new subclass": ("class Sale(", 'class Fund(Firm):\n    """A purse."""\nclass Sale('),
    "a new relation": ("class Sale(", "class Owns(Relation):\n    head: Firm\n    tail: Firm\nclass Sale("),
    "a new event": ("demonstrations", "class Birth(Event):\n    child: Person\ndemonstrations"),
    "a new attribute": ("    born: Date", "    born: Date\n    died: Date"),
    "a new definition of an entity": ("A human.", "A human being."),
    "a new definition of a relation": ("Has a job at.", "Is paid by."),
    "a new definition of the schema": ("People and firms.", "People."),
    "a new definition of an attribute": ("    born: Date", '    born: Date\n    "birthday"'),
    "another datatype": ("born: Date", "born: String"),
    "a wider head": ("    head: Person\n    tail: Firm", "    head: Person | Firm\n    tail: Firm"),
    "a wider tail": ("    tail: Person", "    tail: Entity"),
    "a new role": ("day: Date | None", "day: Date | None\n    price: Amount | None"),
    "a role that becomes optional": ("seller: Person | Firm", "seller: Person | Firm | None"),
    "what to avoid": ('"""A human."""', '"""A human."""\n    avoid = "gods"'),
    "a label": ('"""A human."""', '"""A human."""\n    label = "someone"'),
    "examples": ('"""A human."""', '"""A human."""\n    examples = ("Ada",)'),
    "another demonstration": ("Ada works.", "Ada sings."),
    "no demonstration": ('demonstrations = [Demo("Ada works.", entities=[("Ada", "Person")])]', ""),
}

DERIVES = {
    "a rename of an entity": ("Firm", "Company", '"""A business."""\n    was = ("Firm",)'),
    "symmetric": ("    head: Person\n    tail: Person", "    symmetric = True\n    head: Person\n    tail: Person"),
    "functional": ("    head: Person\n    tail: Person", "    functional = True\n    head: Person\n    tail: Person"),
    "functional attribute": ("born: Date", "born: Functional[Date]"),
    "inverse": ("    head: Person\n    tail: Firm", '    inverse = "Employs"\n    head: Person\n    tail: Firm'),
    "same_as": ('"""A human."""', '"""A human."""\n    same_as = ("https://schema.org/Person",)'),
    "aliases": ('"""A human."""', '"""A human."""\n    aliases = ("man",)'),
    "a narrower tail": ("    tail: Firm", "    tail: Bank"),
    "a narrower role": ("seller: Person | Firm", "seller: Person"),
    "a role that becomes required": ("day: Date | None", "day: Date"),
    "an optional role less": ("    day: Date | None\n", ""),
    "an attribute less": ("    born: Date\n", ""),
    "a relation less": ('class Knows(Relation):\n    """Has met."""\n    head: Person\n    tail: Person\n', ""),
    "a union that says the same": ("    tail: Firm", "    tail: Firm | Bank"),
}


def edited(edit: tuple[str, ...]) -> str:
    assert edit[0] in BASE
    text = BASE.replace(edit[0], edit[1])
    return text.replace('"""A business."""', edit[2]) if len(edit) > 2 else text


@pytest.mark.parametrize("what", list(ASKS))
def test_an_edit_that_could_change_an_answer_asks_again(what: str) -> None:
    old, new = compile_text(BASE, "s", "s"), compile_text(edited(ASKS[what]), "s", "s")
    assert needs_asking(old, new)
    assert asking(old) != asking(new)


@pytest.mark.parametrize("what", list(DERIVES))
def test_an_edit_that_cannot_change_an_answer_only_derives_again(what: str) -> None:
    old, new = compile_text(BASE, "s", "s"), compile_text(edited(DERIVES[what]), "s", "s")
    assert not needs_asking(old, new), list(changed(old, new))
    assert deriving(old) != deriving(new)


def test_a_wider_role_asks_again() -> None:
    old, new = (compile_text(BASE.replace("Person | Firm", types), "s", "s") for types in ("Person", "Person | Bank"))
    assert needs_asking(old, new)
    assert not needs_asking(new, old)


def test_renames_of_relations_events_and_demonstrated_classes_ask_nothing() -> None:
    text = BASE.replace("WorksFor", "EmployedBy").replace(
        '"""Has a job at."""', '"""Has a job at."""\n    was = ("WorksFor",)'
    )
    text = text.replace("Sale", "Deal").replace(
        '"""Something is sold."""', '"""Something is sold."""\n    was = ("Sale",)'
    )
    text = text.replace("Person", "Human").replace('"""A human."""', '"""A human."""\n    was = ("Person",)')
    old, new = compile_text(BASE, "s", "s"), compile_text(text, "s", "s")
    assert set(new.names()) == {"Human", "Firm", "Bank", "EmployedBy", "Knows", "Deal"}
    assert not needs_asking(old, new)


def test_joining_two_classes_into_one_asks_nothing() -> None:
    text = BASE.replace('class Bank(Firm):\n    """Lends money."""\n', "").replace(
        '"""A business."""', '"""A business."""\n    was = ("Bank",)'
    )
    assert not needs_asking(compile_text(BASE, "s", "s"), compile_text(text, "s", "s"))


def test_a_rename_that_is_not_told_is_a_new_class() -> None:
    old, new = compile_text(BASE, "s", "s"), compile_text(BASE.replace("Firm", "Company"), "s", "s")
    assert list(changed(old, new)) == ["Company", "WorksFor", "Sale"]


def test_moving_classes_about_in_the_file_asks_nothing() -> None:
    head, firm, bank = BASE.partition("class Firm")[0], 'class Firm(Entity):\n    """A business."""\n', "class Bank"
    moved = head + bank + BASE.partition(bank)[2].replace("class WorksFor", f"{firm}class WorksFor")
    assert not needs_asking(compile_text(BASE, "s", "s"), compile_text(moved, "s", "s"))


def test_where_a_file_lies_changes_no_hash() -> None:
    here, there = compile_text(BASE, "s", "/a/s.py"), compile_text(BASE, "s", "/b/s.py")
    assert (asking(here), deriving(here)) == (asking(there), deriving(there))
