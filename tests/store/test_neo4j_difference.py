"""Only what changed is sent to a Neo4j server, whatever happened to the last write, to the memory of it, or there."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import neo4j as driver
import pytest

from kgc.data import Fact
from kgc.errors import StoreError
from kgc.store.neo4j import Neo4jStore
from kgc.store.neo4j_rows import LONGEST_NAME
from kgc.store.neo4j_writer import Written
from kgc.testing.graphs import ListGraph
from kgc.testing.store_contract import fact_between, person, small_graph

if TYPE_CHECKING:
    from tests.servers.neo4j import Neo4jServer

pytestmark = pytest.mark.server


def ask(server: Neo4jServer, query: str) -> list[dict[str, object]]:
    with driver.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as connection:
        return [r.data() for r in connection.execute_query(query).records]


@pytest.fixture
def store(neo4j: Neo4jServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Neo4jStore]:
    monkeypatch.setenv("KGC_TEST_PASSWORD", neo4j.password)
    ask(neo4j, "MATCH (n) DETACH DELETE n")
    yield Neo4jStore(neo4j.uri, neo4j.user, "KGC_TEST_PASSWORD", "neo4j", "one", memory=tmp_path / "targets")
    ask(neo4j, "MATCH (n) DETACH DELETE n")


def crowd(count: int, first: int = 0) -> ListGraph:
    """So many people, each in one firm."""
    base = small_graph(tuple(f"Person {i}" for i in range(first, first + count)))
    people = tuple(person(i, f"Person {i}") for i in range(first, first + count))
    firm = base.entity_rows[-2]
    facts = tuple(fact_between(1000 + i, p, firm, text=p.name) for i, p in enumerate(people, first))
    return ListGraph(base.schema, (*people, firm), facts)


def there(server: Neo4jServer) -> set[str]:
    rows = ask(server, "MATCH (a:Person)-[r:WORKS_FOR]->(:Company) RETURN a.name + ' ' + r.quote AS told")
    return {str(r["told"]) for r in rows}


def told(graph: ListGraph) -> set[str]:
    return {f"{f.head.name} {f.evidence[0].quote}" for f in graph.fact_rows}


@dataclass(frozen=True)
class CutOff(ListGraph):
    """A graph whose reading ends in the middle, as a killed run's does."""

    def facts(self, hidden: bool = False) -> Iterator[Fact]:
        yield from list(super().facts(hidden))[: len(self.fact_rows) // 2]
        raise KeyboardInterrupt


def test_an_edit_sends_the_edited_rows_alone(store: Neo4jStore, neo4j: Neo4jServer) -> None:
    graph = crowd(40)
    store.write(graph)
    renamed = replace(graph.entity_rows[3], name="Somebody Else")
    moved = replace(graph.fact_rows[5], confidence=0.5)
    facts = (*graph.fact_rows[:5], moved, *graph.fact_rows[6:-1])
    edited = replace(graph, entity_rows=(*graph.entity_rows[:3], renamed, *graph.entity_rows[4:]), fact_rows=facts)
    assert store.plan(edited) == Written(sent=2, removed=1)
    done = store.write(edited)
    assert (done.sent, done.removed, done.relationships_deleted, done.in_full) == (2, 1, 1, False)
    assert store.write(edited) == Written()
    [row] = ask(neo4j, "MATCH (n:Person {name: 'Somebody Else'})-[r]->() RETURN count(r) AS n")
    assert row == {"n": 1}


def test_a_dry_run_tells_and_changes_nothing(store: Neo4jStore, neo4j: Neo4jServer) -> None:
    assert store.plan(crowd(3)) == Written(sent=7, in_full=True)
    assert ask(neo4j, "MATCH (n) RETURN count(n) AS n") == [{"n": 0}]
    store.write(crowd(3))
    assert store.plan(crowd(3)) == Written()


def test_a_write_that_was_cut_off_is_carried_on(
    store: Neo4jStore, neo4j: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for size in ("PAGE", "HELD"):
        monkeypatch.setattr(f"kgc.store.neo4j_writer.{size}", 4)
    graph = crowd(30)
    with pytest.raises(KeyboardInterrupt):
        store.write(CutOff(graph.schema, graph.entity_rows, graph.fact_rows))
    done = store.write(graph)
    assert not done.in_full
    assert 0 < done.sent < 61, "what was written before the cut is not sent again"
    assert there(neo4j) == told(graph)
    assert store.write(graph) == Written()


def test_a_server_that_was_wiped_gets_everything_again(store: Neo4jStore, neo4j: Neo4jServer) -> None:
    store.write(crowd(5))
    ask(neo4j, "MATCH (n) DETACH DELETE n")
    done = store.write(crowd(5))
    assert (done.in_full, done.nodes_created, done.relationships_created) == (True, 6, 5)
    assert there(neo4j) == told(crowd(5))


def test_a_lost_memory_is_made_anew_and_leftovers_still_go(
    store: Neo4jStore, neo4j: Neo4jServer, tmp_path: Path
) -> None:
    store.write(crowd(5))
    for file in (tmp_path / "targets").iterdir():
        file.unlink()
    done = store.write(crowd(4))
    assert (done.in_full, done.removed, done.relationships_deleted, done.nodes_deleted) == (True, 2, 1, 1)
    assert there(neo4j) == told(crowd(4))


def test_a_copy_of_the_workspace_that_wrote_between_is_noticed(
    store: Neo4jStore, neo4j: Neo4jServer, tmp_path: Path
) -> None:
    store.write(crowd(5))
    replace(store, memory=tmp_path / "copy").write(crowd(6))
    done = store.write(crowd(5))
    assert (done.in_full, done.removed) == (True, 2)
    assert there(neo4j) == told(crowd(5))


def test_more_than_half_goes_only_where_that_is_wanted(store: Neo4jStore, neo4j: Neo4jServer) -> None:
    store.write(crowd(30))
    with pytest.raises(StoreError, match="would remove 60 of the 61") as caught:
        store.write(crowd(2, first=100))
    assert "--prune" in caught.value.hint
    assert there(neo4j) == told(crowd(30)) | told(crowd(2, first=100)), "nothing was removed"
    assert store.write(crowd(2, first=100), prune=True).removed == 60
    assert there(neo4j) == told(crowd(2, first=100))


def test_two_writers_at_once_double_nothing(store: Neo4jStore, neo4j: Neo4jServer, tmp_path: Path) -> None:
    graph = crowd(400)
    stores = [replace(store, owner=name, memory=tmp_path / name) for name in ("one", "two", "three")]
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda s: s.write(graph), stores))
    assert [d.sent for d in done] == [801, 801, 801]
    [row] = ask(neo4j, "MATCH (p:Person)-[r:WORKS_FOR]->(:Company) RETURN count(r) AS r, count(DISTINCT r.id) AS d,"
                " count(DISTINCT p) AS p, min(size(r.owners)) AS o")  # fmt: skip
    assert row == {"r": 400, "d": 400, "p": 400, "o": 3}
    assert there(neo4j) == told(graph)
    assert [s.write(graph) for s in stores] == [Written()] * 3


def test_without_text_there_are_no_chunks(store: Neo4jStore, neo4j: Neo4jServer) -> None:
    from tests.store.test_neo4j_store import full_graph

    store.write(full_graph())
    done = replace(store, text=False).write(full_graph())
    assert done.removed == 5
    assert ask(neo4j, "MATCH (n:Chunk|Document) RETURN count(n) AS n") == [{"n": 0}]


def test_names_are_indexed_and_a_name_too_long_for_an_index_is_shortened(store: Neo4jStore, neo4j: Neo4jServer) -> None:
    graph = small_graph(("Ada Lovelace", "x" * 100_000))
    store.write(graph)
    [row] = ask(neo4j, "MATCH (n:Person) WHERE n.name STARTS WITH 'xxx' RETURN size(n.name) AS n")
    assert row == {"n": LONGEST_NAME}
    found = ask(neo4j, "CALL db.index.fulltext.queryNodes('kgc_names', 'lovelace') YIELD node RETURN node.name AS n")
    assert found == [{"n": "Ada Lovelace"}]
    kinds = {r["type"] for r in ask(neo4j, "SHOW INDEXES YIELD type, labelsOrTypes WHERE 'Entity' IN labelsOrTypes")}
    assert kinds == {"RANGE", "FULLTEXT"}


# Questions


def test_a_question_to_the_server_gives_rows(store: Neo4jStore) -> None:
    store.write(crowd(3))
    rows = store.query(
        "MATCH (p:Person) WHERE p.name > $least RETURN p.name AS name ORDER BY name", {"least": "Person 0"}
    )
    assert (rows.columns, rows.rows, rows.truncated) == (("name",), (("Person 1",), ("Person 2",)), False)
    assert store.query("MATCH (p:Person) RETURN p.name", {}, limit=2).truncated
    [[node]] = store.query("MATCH (c:Company) RETURN c", {}).rows
    assert isinstance(node, dict)
    assert (node["label"], node["name"], "owners" in node) == ("Company|Organization", "Acme", False)
    [[count]] = store.query("CALL { MATCH (p:Person) RETURN count(p) AS n } RETURN n", {}).rows
    assert count == 3


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n)", "MATCH (n) SET n.x = 1 RETURN n", "MATCH (n) DETACH DELETE n",
        "LOAD CSV FROM 'file:///etc/hostname' AS row RETURN row",
        "CALL apoc.load.json('http://x') YIELD value RETURN 1",
        "CALL dbms.listConfig() YIELD name RETURN name", "CALL { CREATE (n) RETURN n } RETURN n",
        "MATCH (n) CALL db . createLabel('x') RETURN n", "SHOW SETTINGS", "MATCH (n) RETURN n; MATCH (m) DELETE m",
    ],
)  # fmt: skip
def test_a_question_that_would_do_more_than_read_is_refused_before_it_is_sent(store: Neo4jStore, text: str) -> None:
    with pytest.raises(StoreError):
        replace(store, uri="bolt://127.0.0.1:1").query(text, {})


def test_a_question_that_takes_too_long_is_stopped(store: Neo4jStore) -> None:
    slow = (
        "UNWIND range(1, 10000) AS a UNWIND range(1, 10000) AS b UNWIND range(1, 100) AS c RETURN sum(a * b % (c + 1))"
    )
    with pytest.raises(StoreError, match=r"longer than 0\.5 seconds"):
        store.query(slow, {}, timeout=0.5)


def test_a_mistake_in_a_question_is_told_in_the_servers_words(store: Neo4jStore) -> None:
    with pytest.raises(StoreError, match="Variable `x` not defined"):
        store.query("MATCH (n) RETURN x", {})
