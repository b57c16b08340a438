"""Ontologies as schemas: ours come back as they were; of others', what has no place is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kgc.errors import ConfigError, KgcError, SchemaError, StoreError
from kgc.schema import Attribute, EntityType, EventType, Labels, RelationType, RoleType, Schema
from kgc.schema.compile import compile_file
from kgc.schema.find import find

pytest.importorskip("pyoxigraph")

from kgc.pipeline.ontologies import import_ontology
from kgc.store.rdf.file import write_schema
from kgc.store.rdf.names import BASE, Names
from kgc.store.rdf.ontology import ontology
from kgc.store.rdf.owl_names import identifier
from kgc.store.rdf.owl_read import Reading, read_ontology

HEAD = """@prefix ex: <http://ex.org/o#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <https://schema.org/> .
@prefix obo: <http://purl.obolibrary.org/obo/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
MIXED = Schema(
    "mixed",
    (
        EntityType(
            "Person", "A human.",
            attributes=(Attribute("size", "amount"), Attribute("code", "identifier", definition="of the passport")),
        ),
        EntityType(
            "Thing", attributes=(Attribute("size", "integer", True), Attribute("code", "identifier", False, "x"))
        ),
        EntityType("Book", parent="Thing", labels=Labels("a book", ("tome",), "films", ("War",), (), (), ("Tome",))),
    ),
    (
        RelationType("Wrote", ("Person",), ("Book",), inverse="WrittenBy", functional=True),
        RelationType("WrittenBy", ("Book",), ("Person",), inverse="Wrote"),
        RelationType("About", ("Book",), ("Entity",), inverse="SubjectOf"),
        RelationType("Near", ("Entity",), ("Entity",), symmetric=True),
    ),
    (
        EventType(
            "Sale", "A sale.", (RoleType("size", ("number",), False), RoleType("sold", ("Thing", "Person"), True, "x"))
        ),
    ),
)  # fmt: skip


def read(text: str, tmp_path: Path, name: str = "o.ttl") -> Reading:
    path = tmp_path / name
    path.write_text(HEAD + text if name.endswith(".ttl") else text, encoding="utf-8")
    return read_ontology(path)


def back(schema: Schema, path: Path, base: str = BASE) -> Schema:
    write_schema(ontology(Names(schema, base)), path, schema, base)
    return read_ontology(path, schema.name).schema


@pytest.mark.parametrize("suffix", [".ttl", ".owl", ".jsonld", ".nt", ".ttl.gz"])
@pytest.mark.parametrize("name", ["company", "company_zh", "science", "conll04"])
def test_a_schema_comes_back_from_its_ontology(name: str, suffix: str, tmp_path: Path) -> None:
    schema = find(name)
    found = back(schema, tmp_path / f"o{suffix}")
    assert found == replace(schema, demonstrations=(), source=found.source)


@pytest.mark.parametrize("base", [BASE, "https://data.my.org/a/schema/", "urn:x:"])
def test_what_classes_say_differently_of_one_name_comes_back(base: str, tmp_path: Path) -> None:
    found = back(MIXED, tmp_path / "o.ttl", base)
    assert found == replace(MIXED, source=found.source)


def test_a_foreign_ontology_becomes_a_schema(tmp_path: Path) -> None:
    found = read(
        """
        ex:Agent a owl:Class ; rdfs:label "agent"@en , "Akteur"@de ; rdfs:comment "Wer."@de , "Who acts."@en .
        ex:Person a owl:Class ; rdfs:subClassOf ex:Agent .
        ex:memberOf a owl:ObjectProperty ; rdfs:domain ex:Person ; rdfs:range [ owl:unionOf ( ex:Agent ex:Person ) ] .
        ex:knows a owl:SymmetricProperty ; rdfs:domain ex:Person ; rdfs:range ex:Person .
        ex:birthDate a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:domain ex:Person ; rdfs:range xsd:gYear .
        obo:GO_0008150 a owl:Class ; rdfs:label "biological process" ; obo:IAO_0000115 "What lives does." .
        """,
        tmp_path,
    ).schema
    agent, person, process = found.entities
    assert (agent.name, agent.definition, agent.labels.aliases) == ("Agent", "Who acts.", ("Akteur",))
    assert agent.labels.same_as == ("http://ex.org/o#Agent",)
    assert (person.parent, person.attributes) == ("Agent", (Attribute("birthDate", "date", functional=True),))
    assert (process.name, process.definition) == ("BiologicalProcess", "What lives does.")
    member, knows = found.relations
    assert (member.name, member.head, member.tail) == ("MemberOf", ("Person",), ("Agent", "Person"))
    assert knows.symmetric


def test_schema_org_and_shacl_are_understood(tmp_path: Path) -> None:
    found = read(
        """
        ex:Ship a rdfs:Class . ex:Port a rdfs:Class .
        ex:calls a <http://www.w3.org/1999/02/22-rdf-syntax-ns#Property> ; schema:domainIncludes ex:Ship ;
            schema:rangeIncludes ex:Port .
        ex:web a <http://www.w3.org/1999/02/22-rdf-syntax-ns#Property> ; schema:domainIncludes ex:Port ;
            schema:rangeIncludes schema:URL .
        ex:ShipShape a sh:NodeShape ; sh:targetClass ex:Ship ; sh:property
            [ sh:path ex:imo ; sh:datatype xsd:string ; sh:maxCount 1 ; sh:description "its number" ] ,
            [ sh:path ex:home ; sh:class ex:Port ] .
        """,
        tmp_path,
    ).schema
    assert found.attributes("Ship") == (Attribute("imo", "string", True, "its number"),)
    assert found.attributes("Port") == (Attribute("web", "url"),)
    assert [(r.name, r.head, r.tail) for r in found.relations] == [
        ("Calls", ("Ship",), ("Port",)), ("Home", ("Ship",), ("Port",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("<http://ex.org/o> a owl:Ontology ; owl:imports <http://ex.org/base> .", "imported by it and was not fetched"),
        ("ex:B rdfs:subClassOf ex:C . ex:C rdfs:subClassOf ex:B .", "its own ancestor"),
        ("ex:B rdfs:subClassOf ex:A , ex:C .", "2 classes above it"),
        ("ex:bob a ex:A .", "1 individuals"),
        ("ex:Document a owl:Class .", "called Document2 here"),
        ("ex:a a owl:ObjectProperty .", "called HasA here"),
        ("ex:name a owl:DatatypeProperty ; rdfs:domain ex:A .", "everything has a name"),
        ("ex:q a owl:ObjectProperty . ex:p rdfs:subPropertyOf ex:q ; a owl:ObjectProperty .", "below others"),
        ("ex:p a owl:DatatypeProperty .", "no class that it belongs to"),
    ],
)
def test_what_has_no_place_in_a_schema_is_said(text: str, note: str, tmp_path: Path) -> None:
    found = read(f"ex:A a owl:Class . {text}", tmp_path)
    assert any(note in told for told in found.notes), found.notes


def test_names_that_cannot_be_names_are_made_so(tmp_path: Path) -> None:
    found = read(
        """
        <http://ex.org/3d%20model> a owl:Class . <http://ex.org/人物> a owl:Class . <http://ex.org/a-b_c> a owl:Class .
        <http://ex.org/class> a owl:Class . <http://ex.org/Entity> a owl:Class .
        <http://ex.org/%22;import%20os> a owl:Class .
        ex:status a owl:DatatypeProperty ; rdfs:domain <http://ex.org/人物> .
        """,
        tmp_path,
    ).schema
    names = [e.name for e in found.entities]
    assert names == ["N3dModel", "人物", "ABC", "Class", "Entity2", "ImportOs"]
    assert [a.name for a in found.attributes("人物")] == ["人物_status"]


def test_a_class_of_many_ancestors_and_blank_nodes_is_read(tmp_path: Path) -> None:
    deep = " ".join(f"ex:C{n} rdfs:subClassOf ex:C{n + 1} , [ owl:complementOf [] ] ." for n in range(60))
    found = read(f"ex:C60 a owl:Class . {deep}", tmp_path)
    assert len(found.schema.entities) == 61
    assert any("over 30 classes above it" in note for note in found.notes)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("o.ttl", "ex:A a owl:Class .\nex:B a owl:Cl ass .", "o.ttl:6: "),
        ("o.rdf", "<rdf:RDF><oops", "o.rdf"),
        ("o.ofn.owl", "Prefix(:=<http://a>)\nOntology()", "functional syntax"),
        ("o.owl", '<?xml version="1.0"?><Ontology xmlns="http://www.w3.org/2002/07/owl#"/>', "OWL/XML"),
        ("o.turtle", "", "suffix"),
        ("o.ttl", "", "no class"),
        ("o.jsonld", '{"@context": "https://schema.org/", "@id": "a:b", "@type": "Person"}', "o.jsonld"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(name: str, text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises((StoreError, SchemaError)) as caught:
        read(text, tmp_path, name)
    assert told in str(caught.value)


def test_an_ontology_that_is_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="1,500 classes"):
        read(" ".join(f"ex:C{n} a owl:Class ." for n in range(1500)), tmp_path)


def test_a_file_in_the_way_stays(tmp_path: Path) -> None:
    source, target = tmp_path / "o.ttl", tmp_path / "o.py"
    source.write_text(HEAD + "ex:A a owl:Class .", encoding="utf-8")
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match="there already"):
        import_ontology(source, target)
    assert target.read_text(encoding="utf-8") == "mine"
    import_ontology(source, target, force=True)
    assert [e.name for e in compile_file(target).entities] == ["A"]


@pytest.mark.parametrize("text", ["", "___", "1", "😀", "a" * 300, "class", "von-der Leyen's"])
def test_any_text_is_made_an_identifier(text: str) -> None:
    from kgc.schema.naming import is_identifier

    assert is_identifier(identifier(text, capital=True))
    assert is_identifier(identifier(text, capital=False))


@pytest.mark.data
def test_published_ontologies_are_read(kgc_data: Path) -> None:
    files = sorted(kgc_data.glob("ontology/**/*.owl")) + sorted(kgc_data.glob("ie/text2kgbench/**/*.ttl"))
    assert files
    for file in files:
        try:
            assert read_ontology(file).schema.entities
        except KgcError as error:
            pytest.fail(f"{file}: {error}")
