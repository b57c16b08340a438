"""What a SPARQL server holds of a graph, against a real Fuseki."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kgc.data import DocumentRow, Event, EventRole, Fact, Literal, Node, Qualifier
from kgc.data.vocabulary import KGC
from kgc.errors import StoreError
from kgc.store.contract import Graph
from kgc.store.find import is_sparql, sparql_server
from kgc.store.rdf.graph import Form
from kgc.store.sparql.http import Access
from kgc.store.sparql.rows import Target, rows
from kgc.store.sparql.store import SparqlStore
from kgc.store.sparql.writer import TOLD, Written
from kgc.store.targets import text_hash
from kgc.testing.graphs import ListGraph
from kgc.testing.store_contract import StoreContract, fact_between, person, small_graph

if TYPE_CHECKING:
    from tests.servers.fuseki import FusekiServer

pytestmark = pytest.mark.server
ALL = "SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } FILTER(!STRENDS(STR(?g), '/marker')) }"
PREFIXES = "PREFIX kg: <https://kgc.example/schema/> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n"
FACTS = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?f ?name ?quote WHERE {
  ?f rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; prov:wasDerivedFrom/oa:hasSelector/oa:exact ?quote .
  ?s ?p ?o ; rdfs:label ?name . FILTER(ISIRI(?o)) }"""


@pytest.fixture
def store(fuseki: FusekiServer, tmp_path: Path) -> Iterator[SparqlStore]:
    fuseki.update("DROP ALL")
    yield SparqlStore(fuseki.uri, owner="one", memory=tmp_path / "targets")
    fuseki.update("DROP ALL")


def everything(server: FusekiServer) -> list[str]:
    return sorted(server.ask(ALL).splitlines()[1:])


def crowd(count: int, first: int = 0) -> ListGraph:
    """So many people, each in one firm."""
    people = tuple(person(i, f"Person {i}") for i in range(first, first + count))
    base = small_graph()
    firm = base.entity_rows[-2]
    facts = tuple(fact_between(1000 + i, p, firm, text=p.name) for i, p in enumerate(people, first))
    return ListGraph(base.schema, (*people, firm), facts, document_rows=(DocumentRow("d1", "docs/a.txt", "A"),))


def with_events() -> ListGraph:
    graph = crowd(3)
    firm = Node("f" * 16, "Company", "Acme")
    roles = (EventRole("buyer", firm), EventRole("price", Literal("5 EUR", "5", "amount", "EUR")))
    place = graph.fact_rows[0].evidence
    return replace(graph, event_rows=(Event("ev1", "Acquisition", "bought", roles, 0.5, "proposed", evidence=place),))


class TestSparql(StoreContract):
    abilities = SparqlStore.abilities

    @pytest.fixture(autouse=True)
    def _place(self, store: SparqlStore, fuseki: FusekiServer) -> None:
        self.store, self.server = store, fuseki

    def put(self, graph: Graph) -> None:
        self.store.write(graph, prune=True)

    def shown(self, text: str) -> str:
        return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").replace("\ufffd\ufffd\ufffd", "\ufffd")

    def read(self) -> Mapping[str, tuple[str, str]]:
        return self.read_as(self.store.owner)

    def read_as(self, owner: str) -> Mapping[str, tuple[str, str]]:
        found = replace(self.store, owner=owner).query(PREFIXES + FACTS)
        return {str(f).rpartition("/")[2]: (str(name), str(quote)) for f, name, quote in found.rows}

    def holds(self, text: str) -> bool:
        return text in str(everything(self.server))

    def sent(self, graph: Graph) -> int:
        return self.store.write(graph).sent

    def put_as(self, owner: str, graph: Graph) -> None:
        replace(self.store, owner=owner).write(graph)

    def count(self) -> int:
        [(found,)] = self.store.query(PREFIXES + "SELECT (COUNT(*) AS ?n) WHERE { ?s kg:WorksFor ?o }").rows
        return int(str(found))


def test_a_second_write_sends_nothing(store: SparqlStore, fuseki: FusekiServer) -> None:
    first = store.write(with_events())
    assert first.in_full
    before = everything(fuseki)
    assert store.write(with_events()) == Written()
    again = store.write(with_events(), anew=True)
    assert (again.sent, again.in_full) == (first.sent, True)
    assert everything(fuseki) == before


@pytest.mark.parametrize("form", [Form(), Form(graphs="document"), Form(provenance="none"), Form(provenance="star")])
def test_after_edits_and_deletions_it_is_as_if_written_afresh(
    store: SparqlStore, fuseki: FusekiServer, form: Form
) -> None:
    store = replace(store, form=form)
    graph = with_events()
    store.write(graph)
    renamed = replace(graph.entity_rows[1], name="Somebody Else")
    moved = replace(graph.fact_rows[0], confidence=0.5, evidence=(replace(graph.fact_rows[0].evidence[0], start=1),))
    edited = replace(
        graph,
        entity_rows=(graph.entity_rows[0], renamed, *graph.entity_rows[2:]),
        fact_rows=(moved, *graph.fact_rows[2:]),
    )
    assert not store.write(edited).in_full
    left = everything(fuseki)
    fuseki.update("DROP ALL")
    assert store.write(edited).in_full
    assert everything(fuseki) == left
    store.write(replace(edited, event_rows=()))
    left = everything(fuseki)
    fuseki.update("DROP ALL")
    store.write(replace(edited, event_rows=()))
    assert everything(fuseki) == left


def test_an_edit_sends_the_edited_rows_alone(store: SparqlStore) -> None:
    graph = crowd(40)
    store.write(graph)
    renamed = replace(graph.entity_rows[3], name="Somebody Else")
    moved = replace(graph.fact_rows[5], confidence=0.5)
    facts = (*graph.fact_rows[:5], moved, *graph.fact_rows[6:-1])
    edited = replace(graph, entity_rows=(*graph.entity_rows[:3], renamed, *graph.entity_rows[4:]), fact_rows=facts)
    planned = store.plan(edited)
    assert (planned.sent, planned.removed, planned.requests) == (2, 3, 0), "a fact is its statement, node and place"
    done = store.write(edited)
    assert (done.sent, done.removed, done.in_full) == (2, 3, False)
    assert store.write(edited) == Written()


def test_a_dry_run_tells_and_changes_nothing(store: SparqlStore, fuseki: FusekiServer) -> None:
    assert store.plan(crowd(3)).in_full
    assert everything(fuseki) == []
    first = store.write(crowd(3))
    assert first.sent == store.plan(crowd(3, first=10)).sent + 4, "the firm, the document and the model are there"
    assert store.plan(crowd(3)) == Written()


def test_the_graph_of_everything_is_the_same_however_graphs_are_divided(
    store: SparqlStore, fuseki: FusekiServer
) -> None:
    store.write(with_events())
    one = everything(fuseki)
    replace(store, form=Form(graphs="document")).write(with_events())
    assert {line for line in everything(fuseki) if "/document/d1>\t" not in line.partition("\t")[0] + "\t"} == set(one)
    said = fuseki.ask("SELECT ?p WHERE { GRAPH <https://kgc.example/graph/one/document/d1> { ?s ?p ?o } }").splitlines()
    assert "<https://kgc.example/schema/WorksFor>" in said
    assert "<https://kgc.example/schema/buyer>" in said


def test_two_workspaces_and_others_do_not_touch_each_other(store: SparqlStore, fuseki: FusekiServer) -> None:
    fuseki.update(
        'INSERT DATA { <http://x/a> <http://x/b> "mine" . GRAPH <http://x/g> { <http://x/a> <http://x/b> 1 } }'
    )
    other = replace(store, owner="two")
    store.write(crowd(3))
    other.write(crowd(3))
    store.write(ListGraph(crowd(1).schema))
    assert other.query("SELECT ?s WHERE { ?s a <https://kgc.example/schema/Person> }").rows
    assert not store.query("SELECT ?s WHERE { ?s ?p ?o }").rows
    other.write(crowd(2), anew=True)
    assert "mine" in fuseki.ask("SELECT * WHERE { ?s ?p ?o }")
    assert "<http://x/g>" in fuseki.ask("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")


@dataclass(frozen=True)
class CutOff(ListGraph):
    """A graph whose reading ends in the middle, as a killed run's does."""

    def facts(self, hidden: bool = False) -> Iterator[Fact]:
        yield from list(super().facts(hidden))[: len(self.fact_rows) // 2]
        raise KeyboardInterrupt


def statements(graph: ListGraph) -> set[str]:
    """All that the workspace's graph is to hold."""
    told = (row.text for row in rows(graph, Form(), Target("<x:g>")))
    return {line for text in told for line in text.splitlines()}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sets(st.integers(0, 11)), st.sets(st.integers(0, 11)), st.booleans()), max_size=5))
@example(steps=[(set(), set(), False), (set(), {0, 1}, True)])
def test_after_any_edits_and_cuts_the_server_holds_the_graph(
    store: SparqlStore, fuseki: FusekiServer, steps: list[tuple[set[int], set[int], bool]]
) -> None:
    """Facts come, go, return and change; two say the same between the same ends; some writes are cut off."""
    whole = crowd(6)
    twins = [replace(f, id=f"{f.id}b", qualifiers=(Qualifier("start", "2019"),)) for f in whole.fact_rows]
    facts = [*whole.fact_rows, *twins]
    with pytest.MonkeyPatch.context() as patch:
        for size in ("PAGE", "RECORDS", "HELD"):
            patch.setattr(f"kgc.store.sparql.writer.{size}", 3)
        patch.setattr("kgc.store.sparql.writer.REQUEST", 1_500)
        for gone, surer, cut in [*steps, (set(), set(), False)]:
            left = [replace(f, confidence=0.25) if n in surer else f for n, f in enumerate(facts) if n not in gone]
            graph = replace(whole, fact_rows=left)
            if cut:
                with suppress(KeyboardInterrupt):  # what is there already is not even read
                    store.write(CutOff(graph.schema, graph.entity_rows, left, document_rows=graph.document_rows))
                continue
            store.write(graph, prune=True)
            there = fuseki.ask("SELECT (COUNT(*) AS ?n) WHERE { GRAPH <https://kgc.example/graph/one> { ?s ?p ?o } }")
            assert int(there.split()[1].strip('"').partition('"')[0]) == len(statements(graph))
            sure = fuseki.ask(f"SELECT ?f WHERE {{ GRAPH ?g {{ ?f <{KGC}confidence> 0.25 . ?f a ?c }} }}")
            assert len(sure.splitlines()) - 1 == sum(f.confidence == 0.25 for f in left)


def test_a_write_that_was_cut_off_is_carried_on(
    store: SparqlStore, fuseki: FusekiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for size in ("PAGE", "RECORDS", "HELD"):
        monkeypatch.setattr(f"kgc.store.sparql.writer.{size}", 4)
    monkeypatch.setattr("kgc.store.sparql.writer.REQUEST", 2_000)
    graph = crowd(30)
    with pytest.raises(KeyboardInterrupt):
        store.write(CutOff(graph.schema, graph.entity_rows, graph.fact_rows))
    total = store.plan(
        graph,
    ).sent
    done = store.write(graph)
    assert not done.in_full
    assert done.sent == total < 60, "what was written before the cut is not sent again"
    left = everything(fuseki)
    fuseki.update("DROP ALL")
    store.write(graph)
    assert everything(fuseki) == left


def test_a_server_that_goes_away_midway_leaves_nothing_that_is_forgotten(
    store: SparqlStore, fuseki: FusekiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(crowd(3))
    gone = replace(store, update_url="http://127.0.0.1:1/update")
    gone = replace(gone, query_url=f"{fuseki.uri}/sparql")
    with pytest.raises(StoreError, match=r"No SPARQL server answers at http://127\.0\.0\.1:1"):
        gone.write(crowd(4))
    store.write(crowd(5))
    left = everything(fuseki)
    store.write(crowd(5), anew=True)
    assert everything(fuseki) == left


def test_rows_that_were_under_way_when_it_was_cut_are_taken_away_when_they_are_gone(
    store: SparqlStore, fuseki: FusekiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(crowd(3))
    with monkeypatch.context() as broken:
        broken.setattr("kgc.store.sparql.writer.Sender.add", _sent_but_not_heard)
        with pytest.raises(KeyboardInterrupt):
            store.write(crowd(6))
    assert "Person 5" in fuseki.ask(ALL), "the server has what nobody heard that it has"
    store.write(crowd(4))
    left = everything(fuseki)
    store.write(crowd(4), anew=True)
    assert everything(fuseki) == left


def _sent_but_not_heard(sender: object, graph: str, text: str) -> None:
    from kgc.store.sparql.writer import Sender

    assert isinstance(sender, Sender)
    sender.update(f"INSERT DATA {{ GRAPH {graph} {{ {text} }} }}")
    raise KeyboardInterrupt


def test_a_server_that_was_wiped_gets_everything_again(store: SparqlStore, fuseki: FusekiServer) -> None:
    store.write(crowd(5))
    before = everything(fuseki)
    fuseki.update("DROP ALL")
    assert store.write(crowd(5)).in_full
    assert everything(fuseki) == before


def test_a_lost_memory_and_a_copy_that_wrote_between_are_noticed(
    store: SparqlStore, fuseki: FusekiServer, tmp_path: Path
) -> None:
    store.write(crowd(5))
    replace(store, memory=tmp_path / "copy").write(crowd(6))
    assert store.write(crowd(5)).in_full
    before = everything(fuseki)
    for file in (tmp_path / "targets").iterdir():
        file.unlink()
    assert store.write(crowd(5)).in_full
    assert everything(fuseki) == before


def test_more_than_half_goes_only_where_that_is_wanted(store: SparqlStore, fuseki: FusekiServer) -> None:
    store.write(crowd(40))
    with pytest.raises(StoreError, match="would remove") as caught:
        store.write(crowd(2, first=100))
    assert "--prune" in caught.value.hint
    assert "Person 39" in fuseki.ask(ALL), "nothing was removed"
    with pytest.raises(StoreError, match=r"has 43 entities at .* and would have 3"):
        store.write(crowd(2, first=100), anew=True)
    assert store.write(crowd(2, first=100), prune=True).removed > 100
    assert "Person 39" not in fuseki.ask(ALL)


def test_an_address_without_a_dataset_and_bad_updates_are_said(store: SparqlStore, fuseki: FusekiServer) -> None:
    with pytest.raises(StoreError, match=r"/nope/sparql takes no such request \(40[45]\)"):
        replace(store, uri=fuseki.uri.replace("/kg", "/nope")).write(crowd(1))
    with pytest.raises(StoreError, match="takes no such request"):
        replace(store, update_url=f"{fuseki.uri}/sparql").write(crowd(1))


def test_a_query_has_limits_of_rows_and_of_time(store: SparqlStore) -> None:
    store.write(crowd(30))
    found = store.query("SELECT * WHERE { ?s ?p ?o }", limit=7)
    assert (found.columns, len(found.rows), found.truncated) == (("s", "p", "o"), 7, True)
    with pytest.raises(StoreError, match=r"took longer than 0\.5 seconds"):
        store.query("SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout=0.5)
    with pytest.raises(StoreError, match="did not understand"):
        store.query("SELECT * WHERE { ?s ?p }")


def test_a_query_without_from_or_graph_is_asked_of_the_own_graph(store: SparqlStore, fuseki: FusekiServer) -> None:
    fuseki.update('INSERT DATA { <http://x/a> <http://x/b> "mine" }')
    never = replace(store, owner="never")
    assert never.query("SELECT ?o WHERE { ?s ?p ?o }").rows == (("mine",),), "this workspace has none there"
    store.write(crowd(1))
    assert ("mine",) not in store.query("SELECT ?o WHERE { ?s ?p ?o }").rows
    count = store.query("SELECT (COUNT(*) AS ?n) FROM <https://kgc.example/graph/one> WHERE { ?s ?p ?o }")
    assert count.rows[0][0]
    assert store.query("SELECT ?g WHERE { GRAPH ?g { ?s a <https://kgc.example/schema/Person> } }").rows


def test_the_address_tells_the_kind_of_server() -> None:
    assert is_sparql("https://host/kg")
    assert not is_sparql("neo4j://host")
    made = sparql_server("http://h/kg", user="me", password_env="X", graph="https://my.org/g")
    assert (made.access, made.graph) == (Access("me", "X"), "https://my.org/g")


def test_how_records_are_told_has_not_changed_without_a_word() -> None:
    """Unchanged records are not told again, so that another way of telling them needs another `TOLD`."""
    told = sorted(line for form in (Form(), Form(graphs="document")) for line in texts(with_events(), form))
    assert (TOLD, text_hash("".join(told)).hex()) == ("1", "9d4dcf1e63fda8633f92e867")


def texts(graph: ListGraph, form: Form) -> list[str]:
    return [f"{row.identity} {row.text}" for row in rows(graph, form, Target("<x:g>"))]
