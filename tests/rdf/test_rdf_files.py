"""The graph as RDF: read back by rdflib and pyoxigraph, whatever the names hold."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.data import (
    Alias,
    DocumentRow,
    Entity,
    Event,
    EventRole,
    Fact,
    Literal,
    Node,
    Qualifier,
    Support,
)
from kgc.data.vocabulary import KGC
from kgc.errors import StoreError
from kgc.store.contract import Graph
from kgc.store.rdf.file import RdfFile
from kgc.store.rdf.graph import Form, blocks
from kgc.store.rdf.jsonld import write_jsonld
from kgc.store.rdf.names import BASE, Names
from kgc.store.rdf.ntriples import write_ntriples
from kgc.store.rdf.parts import text_of
from kgc.store.rdf.terms import iri, literal, segment
from kgc.store.rdf.turtle import write_turtle
from kgc.testing.graphs import SCHEMA, ListGraph, Synthetic
from kgc.testing.store_contract import HOSTILE, StoreContract, fact_between, person, small_graph

ox = pytest.importorskip("pyoxigraph")
rdflib = pytest.importorskip("rdflib")

FORMATS = {".ttl": "TURTLE", ".nt": "N_TRIPLES", ".nq": "N_QUADS", ".jsonld": "JSON_LD", ".rdf": "RDF_XML"}
FACTS = """
    PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX oa: <http://www.w3.org/ns/oa#>
    SELECT ?fact ?name ?quote WHERE { ?fact rdf:subject ?s ; prov:wasDerivedFrom/oa:hasSelector/oa:exact ?quote .
    ?s rdfs:label ?name }"""


def opened(path: Path) -> ox.Store:
    """A file as pyoxigraph reads it."""
    store = ox.Store()
    inner = Path(path.stem) if path.suffix == ".gz" else path
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    store.load(raw, format=getattr(ox.RdfFormat, FORMATS[inner.suffix]))
    return store


def statements(path: Path) -> frozenset[str]:
    return frozenset(str(quad) for quad in opened(path))


def holds(store: ox.Store, pattern: str) -> bool:
    prefixes = f"PREFIX kg: <{BASE}schema/> PREFIX e: <{BASE}entity/> PREFIX kgc: <{KGC}> "
    standard = (
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX oa: <http://www.w3.org/ns/oa#> "
        "PREFIX prov: <http://www.w3.org/ns/prov#> "
    )
    return bool(store.query(f"{prefixes}{standard} ASK {{ {pattern} }}"))


class RdfContract(StoreContract):
    """Every format keeps what the others keep."""

    suffix = ""
    abilities = RdfFile.abilities

    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path) -> None:
        self.path = tmp_path / f"graph{self.suffix}"

    def put(self, graph: Graph) -> None:
        RdfFile().export(graph, self.path)

    def read(self) -> Mapping[str, tuple[str, str]]:
        rows = opened(self.path).query(FACTS)
        return {r["fact"].value.rpartition("/")[2]: (r["name"].value, r["quote"].value) for r in rows}

    def holds(self, text: str) -> bool:
        return any(text in statement for statement in statements(self.path))

    def test_the_same_graph_gives_the_same_bytes(self) -> None:
        self.put(small_graph(HOSTILE))
        first = self.path.read_bytes()
        self.put(small_graph(HOSTILE))
        assert self.path.read_bytes() == first


class TestTurtle(RdfContract):
    suffix = ".ttl"


class TestTriples(RdfContract):
    suffix = ".nt"


class TestQuads(RdfContract):
    suffix = ".nq"


class TestJsonLd(RdfContract):
    suffix = ".jsonld"


class TestZipped(RdfContract):
    suffix = ".ttl.gz"


class TestXml(RdfContract):
    suffix = ".rdf"

    def shown(self, text: str) -> str:
        """XML cannot hold control characters."""
        return "".join("\ufffd" if c < " " and c not in "\t\n\r" else c for c in super().shown(text))


def two(**more: object) -> ListGraph:
    """Ada works for Acme, with a date of birth, a revenue, an event and a document."""
    ada = replace(person(1, "Ada"), aliases=(Alias("Ada", "en", 2), Alias("艾达", "zh", 1)), retired=("old",))
    acme = Entity("f" * 16, "Company", "Acme", links=("http://www.wikidata.org/entity/Q1",))
    place = Support("docs/a b.txt", "d1", 3, "c1", 4, 9, "quote", "exact", "why", "codekgc", "m", 0.5)
    born = Fact(
        "b" * 16, "birthDate", node(ada), Literal("1815", "1815-12", "date"), 0.5, "proposed", evidence=(place,)
    )
    money = Fact(
        "c" * 16, "revenue", node(acme), Literal("$2 bn", "2000000000", "amount", "USD"), 1.0, "accepted",
        evidence=(place,),
    )  # fmt: skip
    works = replace(fact_between(7, ada, acme), evidence=(place,), **more)
    event = Event(
        "e" * 16, "Acquisition", "bought",
        (EventRole("buyer", node(acme)), EventRole("price", Literal("5 EUR", "5", "amount", "EUR"))), 0.8, "proposed",
        (place,),
    )  # fmt: skip
    document = DocumentRow("d1", "docs/a b.txt", "A title", "en")
    return ListGraph(SCHEMA, (ada, acme), (born, money, works), (event,), (document,))


def node(entity: Entity) -> Node:
    return Node(entity.id, entity.type, entity.name)


def stored(graph: Graph, tmp_path: Path, form: Form = Form(), hidden: bool = False) -> ox.Store:  # noqa: B008
    path = tmp_path / ("graph.nq" if form.graphs == "document" else "graph.ttl")
    RdfFile(form).export(graph, path, hidden)
    return opened(path)


ADA, ACME = "e:0000000000000001", "e:ffffffffffffffff"


@pytest.mark.parametrize(
    "pattern",
    [
        f'{ADA} a kg:Person ; rdfs:label "Ada"@en ; skos:altLabel "艾达"@zh ; dcterms:replaces e:old',
        f"{ADA} kg:WorksFor {ACME}",
        f'{ADA} kg:birthDate "1815-12"^^xsd:gYearMonth',
        f"{ACME} skos:exactMatch <http://www.wikidata.org/entity/Q1>",
        f'{ACME} kg:revenue [ a kgc:Amount ; rdf:value 2000000000.0 ; kgc:unit "USD" ]',
        f'?f rdf:subject {ADA} ; rdf:predicate kg:WorksFor ; rdf:object {ACME} ; kgc:status "proposed"',
        "?f rdf:predicate kg:WorksFor ; kgc:confidence 0.75",
        '?f prov:wasDerivedFrom ?p . ?p oa:hasSource ?d ; kgc:page 3 ; kgc:rationale "why" . ?d rdfs:label "A title"',
        '?d dcterms:identifier "docs/a b.txt" . ?p oa:hasSource ?d',
        "?p oa:hasSelector [ a oa:TextPositionSelector ; oa:start 4 ; oa:end 9 ] , [ oa:exact ?q ]",
        '?p prov:wasGeneratedBy [ a prov:Activity ; kgc:strategy "codekgc" ]',
        '?a prov:wasAssociatedWith [ a prov:SoftwareAgent ; rdfs:label "m" ]',
        f'?e a kg:Acquisition ; kg:buyer {ACME} ; kg:price [ rdf:value 5.0 ; kgc:unit "EUR" ] ; rdfs:label "bought"',
    ],
)
def test_what_the_graph_says_is_there(pattern: str, tmp_path: Path) -> None:
    assert holds(stored(two(), tmp_path), pattern)


def test_rdflib_reads_what_pyoxigraph_reads(tmp_path: Path) -> None:
    for suffix, format_ in ((".ttl", "turtle"), (".nt", "nt"), (".jsonld", "json-ld"), (".rdf", "xml")):
        path = tmp_path / f"graph{suffix}"
        RdfFile().export(two(), path)
        assert len(rdflib.Graph().parse(path, format=format_)) == len(opened(path))


def test_all_formats_say_the_same(tmp_path: Path) -> None:
    found = set()
    for suffix in FORMATS:
        path = tmp_path / f"graph{suffix}"
        RdfFile().export(two(qualifiers=(Qualifier("start", "2019-03"), Qualifier("reason", "x y")), hedged=True), path)
        found.add(statements(path))
    assert len(found) == 1


def test_qualifiers_and_flags_stand_on_the_fact(tmp_path: Path) -> None:
    found = stored(two(qualifiers=(Qualifier("start", "2019-03"), Qualifier("my role", "x")), hedged=True), tmp_path)
    assert holds(found, f'?f kgc:start "2019-03"^^xsd:gYearMonth ; kgc:hedged true ; <{BASE}qualifier/my%20role> "x"')


@pytest.mark.parametrize("more", [{"negated": True}, {"status": "rejected"}])
def test_what_is_not_believed_is_told_of_but_not_stated(more: dict[str, object], tmp_path: Path) -> None:
    found = stored(two(**more), tmp_path, hidden=True)
    assert holds(found, f"?f rdf:subject {ADA} ; rdf:predicate kg:WorksFor ; rdf:object {ACME}")
    assert not holds(found, f"{ADA} kg:WorksFor {ACME}")


def test_a_rejected_event_is_of_no_class(tmp_path: Path) -> None:
    graph = two()
    found = stored(replace(graph, event_rows=[replace(graph.event_rows[0], status="rejected")]), tmp_path, hidden=True)
    assert holds(found, "?e a kgc:Withheld ; kgc:class kg:Acquisition . ?r rdf:subject ?e ; rdf:predicate kg:buyer")
    assert not holds(found, "?e a kg:Acquisition")
    assert not holds(found, "?e kg:buyer ?b")


def test_an_open_fact_keeps_its_words(tmp_path: Path) -> None:
    found = stored(two(relation="open:be the head of"), tmp_path)
    assert holds(found, f'{ADA} kg:OpenFact {ACME} . ?f rdf:predicate kg:OpenFact ; kgc:words "be the head of"')


def test_a_value_that_is_not_of_its_datatype_is_kept_as_it_is_written(tmp_path: Path) -> None:
    graph = two()
    odd = replace(graph.fact_rows[0], tail=Literal("around the war", "around the war", "string"))
    found = stored(replace(graph, fact_rows=[odd]), tmp_path)
    assert holds(found, f'{ADA} kgc:otherValue "birthDate=around the war" . ?f rdf:object "around the war"')
    assert not holds(found, f"{ADA} kg:birthDate ?d")


def test_without_provenance_only_the_statements_are_written(tmp_path: Path) -> None:
    found = stored(two(), tmp_path, Form(provenance="none"))
    assert holds(found, f"{ADA} kg:WorksFor {ACME}")
    assert not holds(found, "?f rdf:subject ?s")
    assert not holds(found, "?p oa:hasSource ?d")


def test_rdf_1_2_ties_a_fact_to_its_statement(tmp_path: Path) -> None:
    found = stored(two(), tmp_path, Form(provenance="star"))
    assert holds(found, f"?f rdf:reifies <<( {ADA} kg:WorksFor {ACME} )>> ; kgc:confidence 0.75")


def test_each_document_has_a_graph_of_what_it_says(tmp_path: Path) -> None:
    found = stored(two(), tmp_path, Form(graphs="document"))
    document = f"<{BASE}document/d1>"
    assert holds(found, f"GRAPH {document} {{ {ADA} kg:WorksFor {ACME} . ?p oa:hasSource {document} }}")
    assert holds(found, f'{ADA} rdfs:label "Ada"@en . ?f kgc:confidence 0.75')


@pytest.mark.parametrize("base", ["https://data.my.org/kg", "https://data.my.org/kg/", "urn:my:", "http://a.org/x#"])
def test_a_base_of_ones_own_begins_every_iri(base: str, tmp_path: Path) -> None:
    path = tmp_path / "graph.nt"
    RdfFile(Form(base=base)).export(two(), path)
    assert BASE.removesuffix("/") not in path.read_text(encoding="utf-8").replace(KGC, "")
    assert f"<{base}" in path.read_text(encoding="utf-8")
    assert len(opened(path))


@pytest.mark.parametrize("base", ["kg/", "", "https://a b/", "x", "https://a/?q="])
def test_what_is_no_base_is_refused(base: str) -> None:
    with pytest.raises(StoreError, match="base"):
        Names(SCHEMA, base)


def test_formats_say_what_they_cannot_hold(tmp_path: Path) -> None:
    for form, name, hidden in (
        (Form(provenance="star"), "g.rdf", False),
        (Form(graphs="document"), "g.ttl", False),
        (Form(provenance="none"), "g.ttl", True),
    ):
        with pytest.raises(StoreError):
            RdfFile(form).export(two(), tmp_path / name, hidden)
        assert list(tmp_path.iterdir()) == []


def test_two_places_at_one_span_stay_two(tmp_path: Path) -> None:
    graph = two()
    fact = graph.fact_rows[2]
    both = (fact.evidence[0], replace(fact.evidence[0], model="other"))
    found = stored(replace(graph, fact_rows=[replace(fact, evidence=both)]), tmp_path)
    assert holds(found, "?f prov:wasDerivedFrom ?a , ?b . FILTER(?a != ?b) ?f kgc:confidence 0.75")


@given(st.text(min_size=1), st.text(min_size=1), st.text(min_size=1))
def test_any_id_relation_and_class_makes_valid_statements(id_: str, relation: str, class_: str) -> None:
    ada = Entity(id_, class_, "Ada")
    fact = Fact(id_, relation, node(ada), node(ada), 0.5, "proposed", evidence=(two().fact_rows[0].evidence[0],))
    graph = ListGraph(SCHEMA, (ada,), (replace(fact, qualifiers=(Qualifier(relation, class_),)),))
    names = Names(SCHEMA)
    texts = []
    for write in (write_turtle, write_ntriples, write_jsonld):
        text = io.StringIO()
        write(blocks(graph, Form()), text, names.prefixes())
        texts.append(text.getvalue().encode())
    formats = (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.JSON_LD)
    found = [frozenset(map(str, ox.parse(t, format=f))) for t, f in zip(texts, formats, strict=True)]
    assert found[0] == found[1] == found[2]


def test_memory_does_not_grow_with_the_graph() -> None:
    """The stream holds nothing: the first block is there before the last fact is made."""
    made: Iterator[object] = iter(blocks(Synthetic(10**9), Form(provenance="none")))
    assert next(made)


@given(st.text())
def test_any_text_is_a_literal_that_reads_back(text: str) -> None:
    line = f"<a:s> <a:p> {literal(text)} .\n".encode()
    [quad] = ox.parse(line, format=ox.RdfFormat.N_TRIPLES)
    assert quad.object.value == text_of(literal(text)).text == text.encode("utf-8", "replace").decode()


@given(st.text())
def test_any_text_is_a_safe_piece_of_an_iri(text: str) -> None:
    line = f"<https://a.org/{segment(text)}/x> <a:p> {iri('https://a.org/' + text)} .\n".encode()
    [quad] = ox.parse(line, format=ox.RdfFormat.N_TRIPLES)
    assert quad.subject.value.count("/") == 4


@given(st.text(), st.text())
def test_a_language_is_a_tag_or_left_out(text: str, lang: str) -> None:
    [quad] = ox.parse(f"<a:s> <a:p> {literal(text, lang=lang)} .\n".encode(), format=ox.RdfFormat.N_TRIPLES)
    assert quad.object.value == text
    assert quad.object.language in (None, lang.lower())
