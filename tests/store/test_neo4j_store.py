from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import neo4j as driver
import pytest

from kgc.data import ChunkRow, DocumentRow, Entity, Event, EventRole, Literal, MentionRow, Node
from kgc.errors import StoreError
from kgc.store.contract import Graph
from kgc.store.find import server as find_server
from kgc.store.ladybug import LadybugStore
from kgc.store.neo4j import Neo4jStore
from kgc.store.neo4j_rows import shortened
from kgc.store.neo4j_writer import Written
from kgc.store.query import query
from kgc.testing.graphs import ListGraph
from kgc.testing.store_contract import StoreContract, fact_between, small_graph

if TYPE_CHECKING:
    from tests.servers.neo4j import Neo4jServer


@pytest.fixture
def store(neo4j: Neo4jServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Neo4jStore]:
    monkeypatch.setenv("KGC_TEST_PASSWORD", neo4j.password)
    made = Neo4jStore(neo4j.uri, neo4j.user, "KGC_TEST_PASSWORD", "neo4j", "one", memory=tmp_path / "targets")
    ask(neo4j, "MATCH (n) DETACH DELETE n")
    yield made
    ask(neo4j, "MATCH (n) DETACH DELETE n")


def ask(server: Neo4jServer, query: str) -> list[dict[str, object]]:
    with driver.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as connection:
        return [r.data() for r in connection.execute_query(query).records]


def full_graph() -> ListGraph:
    graph = small_graph()
    firm = Node("f" * 16, "Company", "Acme")
    roles = (EventRole("buyer", firm), EventRole("price", Literal("5 EUR", "5", "amount", "EUR")))
    return replace(
        graph,
        event_rows=(Event("ev1", "Acquisition", "bought", roles, 0.5, "proposed"),),
        document_rows=(DocumentRow("d1", "docs/a.txt", "A"),),
        chunk_rows=(ChunkRow("c1", "d1", "Ada at Acme, Acme", 0, 17),),
        mention_rows=(MentionRow("c1", firm.id, "Acme", 7, 11), MentionRow("c1", firm.id, "Acme", 13, 17)),
    )


@pytest.mark.server
class TestNeo4j(StoreContract):
    abilities = Neo4jStore.abilities

    @pytest.fixture(autouse=True)
    def _place(self, store: Neo4jStore, neo4j: Neo4jServer) -> None:
        self.store, self.server = store, neo4j

    def put(self, graph: Graph) -> None:
        self.store.write(graph, prune=True)

    def expect(self, graph: ListGraph) -> dict[str, tuple[str, str]]:
        return {k: (shortened(name), quote) for k, (name, quote) in super().expect(graph).items()}

    def read(self) -> Mapping[str, tuple[str, str]]:
        found = ask(
            self.server, "MATCH (a:Person)-[r:WORKS_FOR|任职]->() RETURN r.id AS id, a.name AS name, r.quote AS quote"
        )
        return {str(f["id"]): (str(f["name"]), str(f["quote"])) for f in found}

    def holds(self, text: str) -> bool:
        nodes, edges = "MATCH (n) RETURN properties(n) AS p", "MATCH ()-[r]->() RETURN properties(r) AS p"
        return text in str([*ask(self.server, nodes), *ask(self.server, edges)])

    def sent(self, graph: Graph) -> int:
        return self.store.write(graph).sent

    def put_as(self, owner: str, graph: Graph) -> None:
        replace(self.store, owner=owner).write(graph)

    def read_as(self, owner: str) -> Mapping[str, tuple[str, str]]:
        return self.read()

    def count(self) -> int:
        [(found,)] = self.store.query("MATCH (:Person)-[r:WORKS_FOR]->(:Organization) RETURN count(r)", {}).rows
        return int(str(found))


@pytest.mark.server
def test_a_second_write_changes_nothing(store: Neo4jStore) -> None:
    first = store.write(full_graph())
    assert (first.nodes_created, first.relationships_created) == (7, 8)
    assert first.in_full
    assert store.write(full_graph()) == Written(), "nothing was sent"
    anew = store.write(full_graph(), anew=True)
    assert replace(anew, sent=0, in_full=False) == Written(), "everything was sent, and changed nothing there"
    assert (anew.sent, anew.in_full) == (15, True)


@pytest.mark.server
def test_nodes_carry_their_class_its_parents_and_entity(store: Neo4jStore, neo4j: Neo4jServer) -> None:
    store.write(full_graph())
    [row] = ask(neo4j, "MATCH (n:Organization {name: 'Acme'}) RETURN labels(n) AS labels")
    assert sorted(row["labels"]) == ["Company", "Entity", "Organization"]
    [event] = ask(neo4j, "MATCH (e:Acquisition)-[:BUYER]->(c) RETURN e.price AS p, e.price_unit AS u, c.name AS c")
    assert event == {"p": 5.0, "u": "EUR", "c": "Acme"}


@pytest.mark.server
def test_a_retyped_entity_loses_its_old_labels(store: Neo4jStore, neo4j: Neo4jServer) -> None:
    store.write(ListGraph(full_graph().schema, (Entity("f" * 16, "Company", "Acme"),)))
    store.write(ListGraph(full_graph().schema, (Entity("f" * 16, "Person", "Acme"),)))
    [row] = ask(neo4j, "MATCH (n {name: 'Acme'}) RETURN labels(n) AS labels")
    assert sorted(row["labels"]) == ["Entity", "Person"]


@pytest.mark.server
def test_a_thing_goes_when_its_last_owner_lets_go(store: Neo4jStore, neo4j: Neo4jServer) -> None:
    other = replace(store, owner="two")
    store.write(small_graph())
    other.write(small_graph())
    store.write(ListGraph(small_graph().schema))
    assert ask(neo4j, "MATCH (n:Entity) RETURN count(n) AS n, collect(DISTINCT n.owners) AS o") == [
        {"n": 4, "o": [["two"]]}
    ]
    other.write(ListGraph(small_graph().schema))
    assert ask(neo4j, "MATCH (n:Entity|Chunk|Document) RETURN count(n) AS n") == [{"n": 0}]


@pytest.mark.server
def test_what_others_made_is_never_touched(store: Neo4jStore, neo4j: Neo4jServer) -> None:
    store.write(small_graph())
    ask(neo4j, "MATCH (n:Person {name: 'Ada Lovelace'}) SET n.mine = 1 CREATE (:Note {text: 'x'})-[:ABOUT]->(n)")
    store.write(small_graph())
    store.write(ListGraph(small_graph().schema))
    [row] = ask(neo4j, "MATCH (:Note)-[:ABOUT]->(n) RETURN n.mine AS mine, n.owners AS owners")
    assert row == {"mine": 1, "owners": []}
    assert ask(neo4j, "MATCH (n:Entity|Note) RETURN count(n) AS n") == [{"n": 2}]


@pytest.mark.server
def test_a_fact_whose_end_was_merged_moves(store: Neo4jStore, neo4j: Neo4jServer) -> None:
    graph = small_graph()
    ada, chen, acme, *_ = graph.entity_rows
    store.write(replace(graph, fact_rows=(fact_between(1, ada, acme),)))
    store.write(replace(graph, fact_rows=(fact_between(1, chen, acme),)))
    assert ask(neo4j, "MATCH (a)-[r:WORKS_FOR]->() RETURN a.name AS name") == [{"name": chen.name}]


@pytest.mark.server
def test_an_unknown_database_and_a_wrong_password_are_said(store: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match="no database 'nope'"):
        replace(store, database="nope").write(small_graph())
    monkeypatch.setenv("WRONG", "wrong-password")
    with pytest.raises(StoreError, match="refuses the user 'neo4j' or the password"):
        replace(store, password_env="WRONG").write(small_graph())


def test_a_server_that_is_away_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGC_TEST_PASSWORD", "x")
    with pytest.raises(StoreError, match=r"No Neo4j server answers at bolt://127\.0\.0\.1:1"):
        Neo4jStore("bolt://127.0.0.1:1", password_env="KGC_TEST_PASSWORD").write(small_graph())


def test_a_missing_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_SUCH_VARIABLE", raising=False)
    with pytest.raises(StoreError, match="The variable NO_SUCH_VARIABLE with the password of 'neo4j' is not set"):
        find_server("neo4j://localhost", "neo4j", "NO_SUCH_VARIABLE", "").write(small_graph())


def test_an_address_of_another_kind_gets_the_nearest() -> None:
    with pytest.raises(StoreError, match="Did you mean 'neo4j'"):
        find_server("neo4://localhost", "neo4j", "P", "")


@pytest.mark.server
@pytest.mark.parametrize(
    "text",
    [
        "MATCH (p:Person)-[r:WORKS_FOR]->(o:Organization) RETURN p.name, o.name, r.quote, r.support ORDER BY p.name",
        "MATCH (o:Organization) RETURN o.name, o.aliases ORDER BY o.name",
        "MATCH (e:Entity) RETURN count(*)",
        "MATCH (c:Company&Organization) RETURN c.name",
        "MATCH (p)-[r]->(o) RETURN type(r), count(*) ORDER BY type(r)",
        "MATCH (c:Chunk)-[m:MENTIONS]->(e:Entity) RETURN c.text, m.surface, m.start, m.end ORDER BY m.start",
        "MATCH (:Chunk)-[:FROM_DOCUMENT]->(d:Document) RETURN d.source, d.title",
        "MATCH (a:Acquisition)-[b:BUYER]->(c:Company) RETURN a.trigger, a.price, a.price_unit, a.chunks, b.id, c.name",
        "MATCH (p:Person {name: 'Ada Lovelace'}) WHERE p.birth_date < '1900' RETURN p.birth_date, p.age",
    ],
)
def test_a_query_gives_the_same_rows_embedded_and_on_the_server(
    store: Neo4jStore, neo4j: Neo4jServer, tmp_path: Path, text: str
) -> None:
    store.write(full_graph())
    LadybugStore().project(full_graph(), tmp_path / "g.lbug")
    embedded = query(tmp_path / "g.lbug", full_graph().schema, text, {})
    assert [list(row) for row in embedded.rows] == [list(row.values()) for row in ask(neo4j, text)]
    assert embedded.rows
