"""The schemas that ship with kgc compile, and hold what other parts count on."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from kgc import shipped
from kgc.errors import SchemaError
from kgc.schema import Schema
from kgc.schema.check import resolve_label, signature
from kgc.schema.compile import compile_text
from kgc.schema.find import find
from kgc.schema.json import from_json, to_json
from kgc.schema.naming import upper_snake
from kgc.schema.render import as_classes, as_json_schema, as_python
from kgc.schema.union import union

NAMES = ("adverse_drug", "company", "company_zh", "conll04", "general", "science")


@pytest.fixture(scope="module", params=NAMES)
def schema(request: pytest.FixtureRequest) -> Schema:
    return find(str(request.param))


def test_the_shipped_schemas_are_these() -> None:
    assert shipped.names("schemas", ".py") == NAMES


def test_every_class_is_defined_and_labelled(schema: Schema) -> None:
    assert schema.definition
    for item in (*schema.entities, *schema.relations, *schema.events):
        assert item.definition, item.name
        assert item.labels.label, item.name


def test_each_has_a_demonstration_with_triples(schema: Schema) -> None:
    assert schema.demonstrations
    assert all(demo.triples for demo in schema.demonstrations)


def test_no_alias_is_ambiguous(schema: Schema) -> None:
    for entity in schema.entities:
        assert {resolve_label(schema, "entity", a) for a in entity.labels.aliases} <= {entity.name}, entity.name
    for relation in schema.relations:
        assert {resolve_label(schema, "relation", a) for a in relation.labels.aliases} <= {relation.name}, relation.name
    for event in schema.events:
        assert {resolve_label(schema, "event", a) for a in event.labels.aliases} <= {event.name}, event.name


def test_each_survives_being_written_out(schema: Schema) -> None:
    assert compile_text(as_python(schema), schema.name, schema.source) == schema
    assert from_json(to_json(schema)) == schema
    ast.parse(as_classes(schema))
    json.loads(as_json_schema(schema))


def test_the_default_schema_is_a_short_prompt() -> None:
    assert len(as_classes(find("general"))) / 4 < 1400


def test_the_names_of_the_first_query_are_there() -> None:
    for name in ("general", "company"):
        schema = find(name)
        assert upper_snake("WorksFor") == "WORKS_FOR"
        assert signature(schema, "WorksFor", "Person", "Organization") == "ok"
        assert signature(schema, "WorksFor", "Person", "Company") == "ok"


def test_they_can_be_used_together() -> None:
    joined = union([find(name) for name in NAMES if name != "conll04"])
    assert {"Person", "Drug", "公司", "Method"} <= set(joined.names())
    assert signature(joined, "WorksFor", "Person", "Investor") == "ok"
    assert signature(joined, "WorksFor", "Person", "School") == "ok"


def test_two_that_stores_cannot_keep_apart_are_told() -> None:
    with pytest.raises(SchemaError, match=r"cannot be used together: The relation Located_In \(LOCATED_IN\) clashes"):
        union([find("general"), find("conll04")])


@pytest.mark.data
@pytest.mark.parametrize(("name", "folder"), [("conll04", "conll04"), ("adverse_drug", "ade")])
def test_gold_can_be_said_in_the_schema(name: str, folder: str, kgc_data: Path) -> None:
    schema = find(name)
    said: set[tuple[str, str, str]] = set()
    for line in (kgc_data / "ie" / folder / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        said |= {(t["head_type"], t["relation"], t["tail_type"]) for t in json.loads(line)["triples"]}
    assert said
    for head, relation, tail in said:
        names = [resolve_label(schema, "entity", head), resolve_label(schema, "relation", relation)]
        names.append(resolve_label(schema, "entity", tail))
        assert None not in names
        found_head, found_relation, found_tail = (str(n) for n in names)
        assert signature(schema, found_relation, found_head, found_tail) == "ok"
