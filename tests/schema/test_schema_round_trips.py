"""Writing a schema out and reading it back gives the schema, whatever its texts hold."""

from __future__ import annotations

import ast
import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgc.errors import SchemaError
from kgc.schema import (
    DATATYPES,
    Attribute,
    DemoEntity,
    Demonstration,
    DemoTriple,
    EntityType,
    EventType,
    Labels,
    RelationType,
    RoleType,
    Schema,
)
from kgc.schema.compile import compile_text
from kgc.schema.fingerprint import asking, deriving, needs_asking
from kgc.schema.json import from_json, to_json
from kgc.schema.render import as_classes, as_json_schema, as_python
from kgc.schema.union import union

ENTITIES = ("Person", "Company", "公司", "Place")
TRICKY = (
    "it's",
    'say "so"',
    "back\\slash",
    '"""',
    "'''",
    "{x}",
    "# no comment",
    "null\x00",
    "\ud800",
    "）。",
    "a\\",
    '"',
)
WORDS = st.one_of(st.sampled_from(TRICKY), st.text(min_size=1, max_size=4))
TEXTS = st.lists(WORDS, max_size=5).map(lambda parts: " ".join(" ".join(parts).split()))
SOME = TEXTS.filter(bool)
LISTS = st.lists(SOME, max_size=3).map(tuple)
FLAGS = st.booleans()


@st.composite
def labels(draw: st.DrawFn, *, relation: bool = False) -> Labels:
    templates = ("{head} x {tail}",) if relation else draw(LISTS)
    iris = draw(st.sampled_from([(), ("https://schema.org/Person",), ("urn:a:b", "http://x/公司")]))
    return Labels(draw(TEXTS), draw(LISTS), draw(TEXTS), draw(LISTS), templates, iris, ())


def attributes(prefix: str) -> st.SearchStrategy[tuple[Attribute, ...]]:
    names = st.lists(st.sampled_from([f"{prefix}_a", f"{prefix}_b", f"{prefix}_成立"]), unique=True, max_size=3)
    made = st.builds(Attribute, st.just(""), st.sampled_from(DATATYPES), FLAGS, TEXTS)
    return names.flatmap(lambda ns: st.tuples(*(made.map(lambda a, n=n: replace(a, name=n)) for n in ns)))


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    entities = tuple(
        EntityType(
            name, draw(TEXTS), draw(st.sampled_from(("", *ENTITIES[:i]))), draw(attributes(f"p{i}")), draw(labels())
        )
        for i, name in enumerate(ENTITIES)
    )
    ends = st.lists(st.sampled_from((*ENTITIES, "Entity")), min_size=1, max_size=3, unique=True).map(tuple)
    relations = tuple(
        RelationType(n, draw(ends), draw(ends), draw(TEXTS), draw(FLAGS), draw(FLAGS), "", draw(labels(relation=True)))
        for n in draw(st.lists(st.sampled_from(["WorksFor", "Live_In", "收购"]), unique=True))
    )
    literal = st.sampled_from(DATATYPES).map(lambda d: (d,))
    roles = [RoleType(n, draw(st.one_of(ends, literal)), draw(FLAGS), draw(TEXTS)) for n in ("buyer", "买方")]
    events = (EventType("Sale", draw(TEXTS), tuple(roles), draw(labels())),) if draw(FLAGS) else ()
    return Schema("made", entities, relations, events, draw(demonstrations()), draw(TEXTS), "made.py")


@st.composite
def demonstrations(draw: st.DrawFn) -> tuple[Demonstration, ...]:
    text = draw(SOME) + " ends"
    entity = DemoEntity(text[: draw(st.integers(1, 5))].strip() or "ends", draw(st.sampled_from(ENTITIES)))
    demos = (Demonstration(text, (entity,), ()), Demonstration(" spaced  text\n\t", (), ()))
    return draw(st.sampled_from([(), demos[:1], demos]))


QUICK = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(schemas())
def test_a_schema_compiles_back_from_its_own_file(schema: Schema) -> None:
    assert compile_text(as_python(schema), schema.name, schema.source) == schema


@QUICK
@given(schemas())
def test_a_schema_comes_back_from_its_json(schema: Schema) -> None:
    text = to_json(schema)
    assert from_json(text) == schema
    assert text.isascii()


@QUICK
@given(schemas())
def test_what_a_model_sees_is_python_of_one_line_a_class(schema: Schema) -> None:
    shown = as_classes(schema).encode("utf-8", "replace").decode().replace("\x00", "")
    lines = [line for line in shown.split("\n") if not line.startswith("# ")]
    assert [next(ast.walk(ast.parse(line))).body[0].name for line in lines] == list(schema.names())  # type: ignore[attr-defined]


@QUICK
@given(schemas(), schemas())
def test_equal_hashes_leave_nothing_to_ask(one: Schema, other: Schema) -> None:
    assert not needs_asking(one, one)
    assert (asking(one) != asking(other)) or not needs_asking(one, other)
    assert (deriving(one) == deriving(other)) == (one == other)


@QUICK
@given(schemas(), schemas())
def test_the_union_holds_every_class_and_a_schema_joined_with_itself_is_itself(one: Schema, other: Schema) -> None:
    joined = union((one, replace(other, name="other")))
    assert set(joined.names()) == {*one.names(), *other.names()}
    assert all(e.name not in joined.ancestors(e.name) for e in joined.entities)
    assert union((one,)) == union((one, one)) == one


@QUICK
@given(schemas())
def test_json_schema_is_json_and_refers_to_what_it_defines(schema: Schema) -> None:
    found = json.loads(as_json_schema(schema))
    assert found["$schema"].endswith("2020-12/schema")
    assert found["properties"]["entities"]["items"]["$ref"] == "#/$defs/entity"
    assert [c["const"] for c in found["$defs"]["entity"]["properties"]["type"]["anyOf"]] == list(ENTITIES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"name": 1, "entities": []}',
        '{"name": "x", "entities": [], "more": 1}',
        '{"name": "x", "entities": [{}]}',
    ],
)
def test_json_that_is_no_schema_is_refused(text: str) -> None:
    with pytest.raises(SchemaError, match="This is no schema in JSON"):
        from_json(text)


def test_json_of_an_older_version_has_defaults_for_what_it_did_not_know() -> None:
    assert from_json('{"name": "x", "entities": [{"name": "Person"}]}') == Schema("x", (EntityType("Person"),))


def test_a_demonstration_of_triples_is_written_as_it_is_read() -> None:
    demo = Demonstration(
        "Ada works for Acme.",
        (DemoEntity("Ada", "Person"), DemoEntity("Acme", "Company")),
        (DemoTriple("Ada", "WorksFor", "Acme"),),
    )
    entities = (EntityType("Person"), EntityType("Company"))
    schema = Schema("s", entities, (RelationType("WorksFor", ("Person",), ("Company",)),), (), (demo,), "", "s.py")
    assert compile_text(as_python(schema), "s", "s.py") == schema


def test_hostile_texts_stay_texts() -> None:
    hostile = '"""\nimport os\nos.system("true")\n"""'
    schema = Schema("s", (EntityType("Person", definition=" ".join(hostile.split()), labels=Labels(label='"); x(')),))
    tree = ast.parse(as_python(schema))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert as_classes(replace(schema, definition="a\nclass Evil(Entity): ...")).count("\n") == 1


def test_a_long_definition_is_wrapped_and_read_back() -> None:
    schema = Schema("s", (EntityType("Person", "word-with-hyphens and more, " * 40 + "x" * 300),), source="s")
    text = as_python(schema)
    assert max(len(line) for line in text.splitlines() if "xxx" not in line) <= 120
    assert compile_text(text, "s", "s") == schema
