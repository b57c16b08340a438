"""What a schema file may hold, and what it means."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.errors import SchemaError
from kgc.schema import Attribute, DemoEntity, DemoTriple, RoleType, Schema
from kgc.schema.compile import SIZE_LIMIT, compile_file, compile_text

FULL = '''
"""Who works where."""
from __future__ import annotations
from typing import Optional
from kgc.schema.words import Amount, Date, Demo, Entity, Event, Functional, Relation, String

class Person(Entity):
    """A human
    being."""
    label = "person"
    aliases = ["human", "man " "or woman"]
    avoid = "pronouns"
    examples = ("Ada",)
    templates = ("{name} is a person",)
    same_as = ("https://schema.org/Person",)
    was = ("Human",)

    born: Functional[Date]
    post: String
    """what is on the door"""

class Firm(Company): ...

class Company(Entity):
    pass

class WorksFor(Relation):
    """Has a job there."""
    head: Person
    tail: "Company | Person"
    functional = True
    inverse = "Employs"

class Knows(Relation):
    symmetric = True
    head: Entity
    tail: Person | Company

class Sale(Event):
    """Something is sold."""
    seller: Person | Company
    """who had it before"""
    price: Amount | None
    day: Optional[Date]

demonstrations = [
    Demo("Ada, born in 1815, works for Acme.", entities=[("Ada", "Person"), ("Acme", "Firm")],
         triples=[("Ada", "WorksFor", "Acme"), ("Ada", "born", "1815"), ("Acme", "Knows", "Ada")]),
    Demo("Nothing here."),
]
'''


@pytest.fixture(scope="module")
def full() -> Schema:
    return compile_text(FULL, "jobs", "jobs.py")


def test_the_file_gives_name_source_and_definition(full: Schema) -> None:
    assert (full.name, full.source, full.definition) == ("jobs", "jobs.py", "Who works where.")


def test_classes_stand_in_file_order_and_may_be_used_before_they_are_written(full: Schema) -> None:
    assert list(full.names()) == ["Person", "Firm", "Company", "WorksFor", "Knows", "Sale"]
    assert full.ancestors("Firm") == ("Company",)


def test_annotations_of_an_entity_are_attributes(full: Schema) -> None:
    assert full.entities[0].attributes == (
        Attribute("born", "date", functional=True),
        Attribute("post", "string", definition="what is on the door"),
    )


def test_the_label_sheet_is_read_from_class_attributes(full: Schema) -> None:
    sheet = full.entities[0].labels
    assert (sheet.label, sheet.aliases, sheet.avoid, sheet.was) == (
        "person",
        ("human", "man or woman"),
        "pronouns",
        ("Human",),
    )
    assert full.entities[0].definition == "A human being."


def test_a_relation_has_a_head_and_a_tail_that_may_be_unions(full: Schema) -> None:
    works, knows = full.relations
    assert (works.head, works.tail, works.functional, works.inverse) == (
        ("Person",),
        ("Company", "Person"),
        True,
        "Employs",
    )
    assert (knows.head, knows.symmetric) == (("Entity",), True)


def test_annotations_of_an_event_are_roles_and_none_makes_them_optional(full: Schema) -> None:
    assert full.events[0].roles == (
        RoleType("seller", ("Person", "Company"), definition="who had it before"),
        RoleType("price", ("amount",), required=False),
        RoleType("day", ("date",), required=False),
    )


def test_demonstrations_are_read(full: Schema) -> None:
    first, second = full.demonstrations
    assert first.entities == (DemoEntity("Ada", "Person"), DemoEntity("Acme", "Firm"))
    assert first.triples[1] == DemoTriple("Ada", "born", "1815")
    assert (second.text, second.entities) == ("Nothing here.", ())


def test_class_names_may_be_chinese() -> None:
    schema = compile_text(
        "class 公司(Entity):\n    成立: Date\nclass 收购(Relation):\n    head: 公司\n    tail: 公司", "z", "z"
    )
    assert schema.relations[0].head == ("公司",)


def test_a_file_is_never_run(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    side_effect = f"open({str(trace)!r}, 'w').close()"
    file = tmp_path / "bad.py"
    file.write_text(
        f"class A(Entity):\n    label = {side_effect}\n{side_effect}\nclass B(A, metaclass={side_effect}): ...\n"
    )
    with pytest.raises(SchemaError) as caught:
        compile_file(file)
    assert len(str(caught.value).splitlines()) == 3
    assert not trace.exists()


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_bytes(b"\xef\xbb\xbfclass Person(Entity): ...\n")
    assert compile_file(file).name == "mine"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", ":1: The file is empty."),
        (b" \n\n", ":1: The file is empty."),
        (b"# nothing\n", ":1: The file holds comments only."),
        ('"""只有文档"""'.encode(), ":1: There is no class in this file."),
        ("class A(Entity): ...\n# 公司\n".encode("gb18030"), ":2: The byte 0xb9 is not UTF-8 text."),
        ("class A(Entity): ...".encode("utf-16"), ":1: The byte 0xff is not UTF-8 text."),
        (b"class A(Entity): ...\n\x00", "null bytes"),
        (b"class A(Entity)\n", ":1: This is not Python:"),
        (b"class A(Entity):\n  x: Date\n\ty: Date\n", ":3: This is not Python:"),
        (b"#" * (SIZE_LIMIT + 1), ":1: The file is larger than 1,000,000 bytes."),
        (b"x = " + b"(" * 5000 + b")" * 5000, ":1: "),
        (b"x = " + b"-" * 100_000 + b"1", ":1: "),
        (b"x = " + b"a." * 100_000 + b"b", ":1: "),
        (
            b"class A(Entity): ...\nclass R(Relation):\n    tail: A\n    head: A" + b" | A" * 50_000 + b" | B",
            "mine.py:",
        ),
    ],
)
def test_what_is_no_schema_file_is_told_by_line(tmp_path: Path, raw: bytes, said: str) -> None:
    file = tmp_path / "mine.py"
    file.write_bytes(raw)
    with pytest.raises(SchemaError) as caught:
        compile_file(file)
    assert str(caught.value).startswith(f"{file}:")
    assert said in str(caught.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="cannot be read: Is a directory"):
        compile_file(tmp_path)


def test_a_long_union_is_read() -> None:
    names = [f"C{i}" for i in range(300)]
    classes = "".join(f"class {name}(Entity): ...\n" for name in names)
    schema = compile_text(f"{classes}class R(Relation):\n    head: {' | '.join(names)}\n    tail: C0\n", "s", "s")
    assert schema.relations[0].head == tuple(names)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("".join(f"class C{i}(Entity): ...\n" for i in range(20_000)), "s:1001: There are more than 1,000 classes."),
        ("".join(f"class C{i}(C{i + 1}): ...\n" for i in range(900)), "s:1: C0 has more than 30 ancestors."),
        ("class A(Entity): ...\n" + "x\n" * 150, "s:102: 50 more mistakes from here on."),
    ],
)
def test_a_file_out_of_all_proportion_is_told_without_being_worked_through(text: str, said: str) -> None:
    with pytest.raises(SchemaError) as caught:
        compile_text(text, "s", "s")
    assert said in str(caught.value)


LINES = st.lists(
    st.one_of(
        st.sampled_from(FULL.splitlines()),
        st.sampled_from(
            ["class A(A):", "    x: A[B]", "    *a, b = c", "demonstrations = [Demo(**a)]", "    'x'", "async"]
        ),
        st.text(max_size=8),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_any_text_is_a_schema_or_a_schema_error_with_lines(lines: list[str]) -> None:
    told = ""
    try:
        compile_text("\n".join(lines), "s", "s.py")
    except SchemaError as error:
        told = str(error)
    assert all(line.startswith("s.py:") for line in told.splitlines())
