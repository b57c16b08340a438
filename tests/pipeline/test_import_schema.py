"""`--schema auto`: a schema that all of a graph has a place in, written where a person can go on with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kgc import Workspace
from kgc.cli.app import app
from kgc.errors import KgcError, SchemaError
from kgc.schema.compile import compile_file
from tests.pipeline.graph_lines import entity, fact, kept, node, value, write_lines, write_schema
from tests.pipeline.test_import_jsonl import ROWS
from tests.pipeline.test_import_rdf import PREFIXES, turtle


def test_our_own_export_comes_back_under_a_derived_schema(workspace: Workspace, tmp_path: Path) -> None:
    workspace.import_graph(write_lines(tmp_path / "facts.jsonl", ROWS), schema=write_schema(tmp_path))
    workspace.export(tmp_path / "first.jsonl", hidden=True)
    with Workspace(tmp_path / "auto") as other:
        found = other.import_graph(tmp_path / "first.jsonl", schema="auto", name="first")
        assert (found.left_out, found.schema) == ((), str(tmp_path / "auto" / "schemas" / "first.py"))
        other.export(tmp_path / "second.jsonl", hidden=True)
        schema = compile_file(Path(found.schema))
    rows = [[json.loads(r) for r in kept(tmp_path / f"{name}.jsonl")] for name in ("first", "second")]
    ids = [{r["id"] for r in lines if r["kind"] != "event"} for lines in rows]
    assert ids[0] == ids[1]
    assert {e.name for e in schema.entities} == {"Person", "Firm"}
    assert {(a.name, a.datatype) for a in schema.attributes("Person")} == {("born", "date")}
    sale = schema.event("Sale")
    assert sale
    assert {(r.name, r.types) for r in sale.roles} == {
        ("seller", ("Firm",)), ("buyer", ("Firm",)), ("on", ("date",))
    }  # fmt: skip


def test_properties_and_types_become_names_and_keep_their_iris(workspace: Workspace, tmp_path: Path) -> None:
    path = turtle(
        tmp_path,
        """
        ex:Sub a rdfs:Class ; rdfs:subClassOf schema:Person .
        ex:a a ex:Sub ; schema:worksFor ex:f ; schema:birthDate "1990-01-01"^^xsd:date ; ex:type "x" ; ex:size 3, 4.5 .
        ex:b a schema:Person ; schema:knows ex:a ; ex:homepage <http://b.org/> ; ex:size 2 .
        ex:f a <http://ex.org/2nd-hand%20firm> .
        """,
    )
    found = workspace.import_graph(path, schema="auto")
    assert found.left_out == ()
    schema = compile_file(Path(found.schema))
    assert {(e.name, e.parent) for e in schema.entities} == {("Sub", "Person"), ("Person", ""), ("N2ndHandFirm", "")}
    assert schema.entities[1].labels.same_as == ("https://schema.org/Person",)
    assert {(r.name, r.head, r.tail) for r in schema.relations} == {
        ("WorksFor", ("Sub",), ("N2ndHandFirm",)), ("Knows", ("Person",), ("Sub",))
    }  # fmt: skip
    assert {(a.name, a.datatype) for a in schema.attributes("Sub")} == {
        ("birth_date", "date"), ("type_value", "string"), ("size", "number"), ("homepage", "url")
    }  # fmt: skip
    assert len(list(workspace.facts())) == 8


def test_types_that_always_come_with_another_are_below_it(workspace: Workspace, tmp_path: Path) -> None:
    path = turtle(tmp_path, "ex:a a ex:Animal . ex:b a ex:Animal, ex:Bird . ex:c a ex:Animal, ex:Bird, ex:Owl .")
    schema = compile_file(Path(workspace.import_graph(path, schema="auto").schema))
    assert {e.name: e.parent for e in schema.entities} == {"Animal": "", "Bird": "Animal", "Owl": "Bird"}
    assert {e.name: e.type for e in workspace.entities()} == {"a": "Animal", "b": "Bird", "c": "Owl"}


def test_a_derived_schema_that_somebody_edited_is_not_written_over(workspace: Workspace, tmp_path: Path) -> None:
    path = turtle(tmp_path, "ex:a a ex:Animal .")
    schema = Path(workspace.import_graph(path, schema="auto").schema)
    assert workspace.import_graph(path, schema="auto").unchanged
    schema.write_text(schema.read_text().replace("class Animal", "class Beast").replace("Animal", "Beast"))
    path.write_text(PREFIXES + "ex:a a ex:Animal . ex:b a ex:Animal .")
    with pytest.raises(KgcError, match="is there already"):
        workspace.import_graph(path, schema="auto")
    assert "class Beast" in schema.read_text()


def test_a_graph_without_types_has_no_schema(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"Nothing in graph\.ttl has a type"):
        workspace.import_graph(turtle(tmp_path, "ex:a ex:b ex:c ."), schema="auto")
    assert not workspace.documents()


@pytest.mark.parametrize("name", ["Entity", "MENTIONS", "class", "a b", "x`; DROP", "1", "Ünïcode", "公司", "Date"])
def test_any_type_gives_a_schema_that_can_be_read(workspace: Workspace, tmp_path: Path, name: str) -> None:
    one, other = node("One", name), node("Other", name)
    rows = [entity("One", name), fact(one, name, other), fact(one, f"{name} of", value("7"))]
    found = workspace.import_graph(write_lines(tmp_path / "odd.jsonl", rows), schema="auto")
    assert compile_file(Path(found.schema)).entities
    assert found.left_out == ()
    assert len(list(workspace.facts())) == 2


def test_the_verb_prints_the_schema_and_its_exit_code_tells_of_failures(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "facts.jsonl", [*ROWS, "{"])
    ws = ["-w", str(tmp_path / "ws")]
    told = invoke("import", str(path), "--schema", "auto", *ws)
    assert told.return_value == 3, told.output
    assert "class Person(Entity):" in told.output
    assert "1 of its lines cannot be read" in told.output
    found = json.loads(invoke("import", str(path), "--schema", "auto", *ws, "--json").stdout)
    assert found["imported"]["unchanged"] is True
    assert found["documents"] == {"done": 1, "failed": 1, "pending": 0, "skipped": 0}
    assert invoke("forget", "facts", *ws).return_value == 0


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, standalone_mode=False)
