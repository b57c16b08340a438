"""Ontologies, thesauri and JSON Schemas of others as schema files, with a list of what was left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.cli.guard import run
from kgc.errors import SchemaError
from kgc.pipeline.ontologies import import_ontology, read_foreign
from kgc.schema import Schema
from kgc.schema.compile import compile_file

ORDER: dict[str, object] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Purchase Order",
    "description": 'An order """ of goods.',
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "placed": {"type": "string", "format": "date", "description": "day of the order"},
        "customer": {"$ref": "#/$defs/customer"},
        "lines": {"type": "array", "items": {"$ref": "#/$defs/line"}},
        "shipTo": {"properties": {"street": {"type": "string"}, "country": {"$ref": "#/$defs/code"}}},
        "replaces": {"anyOf": [{"$ref": "#"}, {"type": "null"}]},
        "from": {"type": ["string", "null"]},
        "elsewhere": {"$ref": "http://e.org/other.json"},
    },
    "$defs": {
        "code": {"type": "string"},
        "party": {"type": "object", "properties": {"vat": {"type": "string"}}},
        "customer": {"allOf": [{"$ref": "#/$defs/party"}, {"properties": {"since": {"format": "date-time"}}}]},
        "line": {"properties": {"count": {"type": "integer"}, "customer": {"$ref": "#/$defs/party"}}, "not": {}},
    },
}
THESAURUS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix e: <http://e.org/> .
e:s a skos:ConceptScheme ; dct:title "Animals"@en .
e:animal a skos:Concept ; skos:prefLabel "animal"@en, "动物"@zh ; skos:altLabel "beast"@en ; skos:narrower e:bird .
e:bird a skos:Concept ; skos:prefLabel "bird"@en ; skos:definition "It flies."@en ; skos:related e:fish .
e:fish a skos:Concept ; skos:prefLabel "fish"@en ; skos:broader e:animal .
e:group a skos:Collection ; skos:member e:fish .
"""


def of(path: Path, text: str) -> tuple[Schema, tuple[str, ...]]:
    path.write_text(text, encoding="utf-8")
    return read_foreign(path)


def test_objects_are_classes_and_references_relations(tmp_path: Path) -> None:
    schema, notes = of(tmp_path / "order.json", json.dumps(ORDER))
    assert [e.name for e in schema.entities] == ["PurchaseOrder", "Party", "Customer", "Line", "ShipTo"]
    assert schema.ancestors("Customer") == ("Party",)
    relations = {r.name: (r.head, r.tail, r.functional) for r in schema.relations}
    assert relations["HasCustomer"] == (("PurchaseOrder", "Line"), ("Customer", "Party"), True)
    assert relations["Lines"] == (("PurchaseOrder",), ("Line",), False)
    assert relations["Replaces"] == (("PurchaseOrder",), ("PurchaseOrder",), True)
    order = {a.name: a.datatype for a in schema.attributes("PurchaseOrder")}
    assert order == {"purchase_order_id": "string", "placed": "date", "from_value": "string", "elsewhere": "string"}
    assert schema.entities[0].definition == 'An order """ of goods.'
    assert schema.attribute("Customer", "since") is not None
    told = " ".join(notes)
    assert "PurchaseOrder.name is left out" in told
    assert "'http://e.org/other.json' stands in another file and was not fetched" in told
    assert "Line: not has no place" in told


def test_a_thesaurus_is_classes_below_classes(tmp_path: Path) -> None:
    schema, notes = of(tmp_path / "animals.ttl", THESAURUS)
    assert [(e.name, e.parent) for e in schema.entities] == [("Animal", ""), ("Bird", "Animal"), ("Fish", "Animal")]
    assert schema.entities[0].labels.aliases == ("beast", "动物")
    assert schema.definition == "Animals"
    assert [note.partition(" ")[0] for note in notes] == ["It", "1", "1"]


def test_names_that_python_keeps_get_another(tmp_path: Path) -> None:
    schema, _ = of(
        tmp_path / "k.ttl",
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix e: <http://e.org/> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "e:None a owl:Class . e:from a owl:DatatypeProperty ; rdfs:domain e:None .",
    )
    assert (schema.entities[0].name, schema.entities[0].attributes[0].name) == ("NoneItem", "from_value")


def test_the_verb_writes_a_schema_that_compiles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "order.json", tmp_path / "schemas" / "order.py"
    source.write_text(json.dumps(ORDER), encoding="utf-8")
    assert run(["ontology", "import", str(source), "-o", str(target)]) == 0
    assert compile_file(target).entity("Line") is not None
    assert "was not fetched" in capsys.readouterr().err
    assert run(["ontology", "import", str(source), "-o", str(target)]) == 1
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no JSON"),
        ("[1]", "not a list"),
        ('{"type": "string"}', "describes no object"),
        ("[" * 100_000, "no JSON"),
        ('{"properties": {"entities": {}, "triples": {}}, "$defs": {"entity": {}}}', "what kgc extracts"),
    ],
)
def test_a_file_that_is_none_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SchemaError, match=told):
        of(tmp_path / "x.json", text)


keys = st.sampled_from(
    (
        "properties",
        "$defs",
        "$ref",
        "items",
        "allOf",
        "anyOf",
        "type",
        "title",
        "description",
        "format",
        "name",
        "class",
    )
)
plain = st.one_of(st.text(max_size=8), st.sampled_from(("#", "#/$defs/class", "object", "array", "null", "date")))
anything = st.recursive(
    st.one_of(plain, st.none(), st.booleans(), st.integers()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.one_of(keys, st.text(max_size=6)), inner)),
    max_leaves=25,
)


@settings(max_examples=200, deadline=None)
@given(held=st.dictionaries(keys, anything, max_size=5))
def test_any_json_gives_a_schema_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, held: object) -> None:
    path = tmp_path_factory.mktemp("json") / "x.json"
    told, made = "", 0
    try:
        made = len(of(path, json.dumps(held))[0].entities)
    except SchemaError as error:
        told = error.message
    assert made or "describes no object" in told


@pytest.mark.data
@pytest.mark.parametrize(
    ("model", "classes", "relations", "attributes"), [("GPT3.5", 26, 52, 1), ("Gemini", 24, 46, 2)]
)
def test_recorded_ontologies_of_models_come_in_whole(
    kgc_data: Path, model: str, classes: int, relations: int, attributes: int
) -> None:
    """Every class and property that a file declares, as its Turtle counts them; prov:Entity stands by."""
    path = kgc_data / "recorded" / "jena_ontology" / model / "Ontology" / "dlprov.ttl"
    declared = path.read_text(encoding="utf-8")
    found = import_ontology(path).schema
    assert declared.count("a owl:Class") == classes == sum("w3id.org" in e.labels.same_as[0] for e in found.entities)
    assert declared.count("a owl:ObjectProperty") == relations == len(found.relations)
    assert declared.count("a owl:DatatypeProperty") == attributes == sum(len(e.attributes) for e in found.entities)
