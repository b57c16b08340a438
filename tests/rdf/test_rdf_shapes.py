"""A schema as OWL and SHACL: pySHACL finds nothing in what is written, and finds what is made wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kgc.data import Entity, Event, EventRole, Fact, Literal, Node, Support
from kgc.schema import Attribute, EntityType, EventType, RelationType, RoleType, Schema
from kgc.schema.find import find
from kgc.store.rdf.file import RdfFile, write_schema
from kgc.store.rdf.names import BASE, Names
from kgc.store.rdf.ontology import ontology
from kgc.store.rdf.shapes import shapes
from kgc.testing.graphs import SCHEMA, ListGraph, Synthetic

ox = pytest.importorskip("pyoxigraph")
rdflib = pytest.importorskip("rdflib")
pyshacl = pytest.importorskip("pyshacl")

SHOP = Schema(
    "shop",
    (
        EntityType("Person", attributes=(Attribute("born", "date", functional=True), Attribute("age", "integer"))),
        EntityType("Firm", attributes=(Attribute("revenue", "amount"), Attribute("site", "url"))),
        EntityType("Bank", parent="Firm"),
    ),
    (
        RelationType("WorksFor", ("Person",), ("Firm",)),
        RelationType("Knows", ("Person",), ("Person",), symmetric=True),
        RelationType("Likes", ("Entity",), ("Entity",)),
    ),
    (EventType("Deal", roles=(RoleType("buyer", ("Firm",)), RoleType("price", ("amount",), required=False))),),
)
PLACE = Support("docs/a.txt", "d1", 1, "c1", 0, 5, "quote", "exact", "", "codekgc", "m", 0.5)
ADA, ACME = Entity("a", "Person", "Ada"), Entity("b", "Bank", "Acme")


def node(entity: Entity) -> Node:
    return Node(entity.id, entity.type, entity.name)


def fact(number: int, head: Entity, relation: str, tail: Entity | Literal) -> Fact:
    end = tail if isinstance(tail, Literal) else node(tail)
    return Fact(f"f{number}", relation, node(head), end, 0.5, "proposed", evidence=(PLACE,))


GOOD = ListGraph(
    SHOP,
    (ADA, ACME),
    (
        fact(1, ADA, "WorksFor", ACME),
        fact(2, ADA, "born", Literal("1815", "1815", "date")),
        fact(3, ADA, "age", Literal("thirty", "thirty", "string")),
        fact(4, ACME, "revenue", Literal("$2", "2", "amount", "USD")),
        fact(5, ACME, "site", Literal("https://a.org", "https://a.org", "url")),
        fact(6, ADA, "Knows", ADA),
        fact(7, ADA, "Likes", ACME),
    ),
    (
        Event(
            "e1", "Deal", "bought", (EventRole("buyer", node(ACME)), EventRole("price", Literal("5", "5", "amount"))),
            0.5, "proposed", (PLACE,),
        ),
    ),
)  # fmt: skip


def shapes_of(schema: Schema, tmp_path: Path) -> rdflib.Graph:
    path = tmp_path / "shapes.ttl"
    write_schema(shapes(Names(schema)), path, schema, BASE)
    return rdflib.Graph().parse(path)


def messages(graph: ListGraph | Synthetic, tmp_path: Path, *, warnings: bool = False) -> list[str]:
    """What pySHACL finds wrong with a graph as it is written."""
    path = tmp_path / "graph.ttl"
    RdfFile().export(graph, path)
    _, report, _ = pyshacl.validate(rdflib.Graph().parse(path), shacl_graph=shapes_of(graph.schema, tmp_path))
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    wanted = sh.Warning if warnings else sh.Violation
    return sorted(
        str(report.value(result, sh.resultMessage)) for result in report.subjects(sh.resultSeverity, wanted)
    )  # fmt: skip


@pytest.mark.parametrize("graph", [GOOD, Synthetic(50)], ids=["shop", "synthetic"])
def test_what_is_written_conforms_to_its_own_shapes(graph: ListGraph | Synthetic, tmp_path: Path) -> None:
    assert messages(graph, tmp_path) == []


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (fact(9, ACME, "WorksFor", ACME), "The head of WorksFor must be a Person."),
        (fact(9, ADA, "WorksFor", ADA), "The tail of WorksFor must be a Firm."),
        (fact(9, ADA, "Knows", ACME), "The tail of Knows must be a Person."),
        (fact(9, ADA, "Likes", Entity("zz", "Person", "Nobody")), "The tail of Likes must be an entity."),
        (replace(fact(9, ADA, "WorksFor", ACME), confidence=7.0), "A confidence is one number from 0 to 1."),
        (
            replace(fact(9, ADA, "WorksFor", ACME), evidence=(replace(PLACE, start=9),)),
            "A place starts before it ends.",
        ),
    ],
)
def test_a_wrong_fact_is_found(wrong: Fact, message: str, tmp_path: Path) -> None:
    assert messages(replace(GOOD, fact_rows=(*GOOD.fact_rows, wrong)), tmp_path) == [message]


def test_an_event_without_a_required_role_is_found(tmp_path: Path) -> None:
    event = replace(GOOD.event_rows[0], roles=GOOD.event_rows[0].roles[1:])
    assert messages(replace(GOOD, event_rows=(event,)), tmp_path) == ["A Deal needs its buyer."]


def test_a_required_value_may_be_as_it_is_written(tmp_path: Path) -> None:
    deal = EventType("Deal", roles=(RoleType("price", ("amount",)),))
    graph = replace(GOOD, schema=replace(SHOP, events=(deal,)))
    event = replace(GOOD.event_rows[0], roles=(EventRole("price", Literal("a lot", "a lot", "string")),))
    assert messages(replace(graph, event_rows=(event,)), tmp_path) == []
    assert messages(replace(graph, event_rows=(replace(event, roles=()),)), tmp_path) == ["A Deal needs its price."]


def test_values_that_disagree_are_a_warning(tmp_path: Path) -> None:
    other = fact(9, ADA, "born", Literal("1816", "1816", "date"))
    graph = replace(GOOD, fact_rows=(*GOOD.fact_rows, other))
    assert messages(graph, tmp_path) == []
    assert messages(graph, tmp_path, warnings=True) == ["born of a Person can have one value only."]


def test_a_large_graph_is_validated_in_parts_with_the_same_outcome(tmp_path: Path) -> None:
    from kgc.store.rdf.slices import found_in, stored

    wrong = (
        fact(9, ACME, "WorksFor", ACME),
        fact(10, ADA, "born", Literal("1816", "1816", "date")),
        replace(fact(11, ADA, "WorksFor", ACME), evidence=(replace(PLACE, start=9),)),
    )
    path = tmp_path / "graph.nt"
    RdfFile().export(replace(GOOD, fact_rows=(*GOOD.fact_rows, *wrong)), path)
    with stored(lambda store: store.load(path=str(path), format=ox.RdfFormat.N_TRIPLES)) as store:
        rules = shapes_of(SHOP, tmp_path)
        whole = found_in(store, rules, f"{BASE}schema/", local=True)
        parts = found_in(store, rules, f"{BASE}schema/", local=True, whole=0)
    assert parts == whole
    assert {f.message for f in whole} == {
        "The head of WorksFor must be a Person.", "A place starts before it ends.",
        "born of a Person can have one value only.",
    }  # fmt: skip
    assert all(f.places for f in whole)


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".nq", ".jsonld", ".rdf", ".owl"])
@pytest.mark.parametrize("make", [ontology, shapes])
def test_every_format_says_the_same_of_a_schema(suffix: str, make: object, tmp_path: Path) -> None:
    formats = {".ttl": "TURTLE", ".nt": "N_TRIPLES", ".nq": "N_QUADS", ".jsonld": "JSON_LD"}
    found = []
    for name in ("first.nt", f"second{suffix}"):
        path = tmp_path / name
        write_schema(make(Names(SCHEMA)), path, SCHEMA, BASE)  # type: ignore[operator]
        format_ = getattr(ox.RdfFormat, formats.get(path.suffix, "RDF_XML"))
        read = ox.Dataset(ox.parse(path.read_bytes(), format=format_))
        read.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        found.append(read)
    assert found[0] == found[1]


@pytest.mark.parametrize("name", ["general", "company", "company_zh", "science", "adverse_drug", "conll04"])
def test_shapes_of_the_shipped_schemas_are_well_formed(name: str, tmp_path: Path) -> None:
    conforms, _, text = pyshacl.validate(
        rdflib.Graph(), shacl_graph=shapes_of(find(name), tmp_path), meta_shacl=name == "adverse_drug"
    )
    assert conforms, text
