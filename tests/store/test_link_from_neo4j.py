"""A Neo4j server as a knowledge base: it is only read, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import neo4j as driver
import pytest

from kgc.pipeline.link_neo4j import read_kb_neo4j
from kgc.store.find import server as find_server

if TYPE_CHECKING:
    from tests.servers.neo4j import Neo4jServer

MADE = (
    "MATCH (n) DETACH DELETE n",
    (
        "CREATE (a:Firm {id: 'f1', name: 'Acme Corporation', aliases: ['Acme', 'AC'], description: 'Maker of things'}),"
        " (b:Person {id: 'p1', name: 'Ada Byron', prior: 7}), (b)-[:WORKS_FOR]->(a), (:Person {id: 'p2'}),"
        " (:Chunk {id: 'c', name: 'no'}), (:City {name: 'Bergen', id: [1, 2]})-[:IN]->(a)"
    ),
)


def test_nodes_with_a_name_are_entries_with_their_labels_aliases_and_neighbours(
    neo4j: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGC_TEST_PASSWORD", neo4j.password)
    with driver.GraphDatabase.driver(neo4j.uri, auth=(neo4j.user, neo4j.password)) as connection:
        for query in MADE:
            connection.execute_query(query)
        store = find_server(neo4j.uri, neo4j.user, "KGC_TEST_PASSWORD", "neo4j")
        found = {e.name: e for e in read_kb_neo4j(store, {}, page=2)}
        connection.execute_query("MATCH (n) DETACH DELETE n")
    assert set(found) == {"Acme Corporation", "Ada Byron", "Bergen"}
    acme, ada = found["Acme Corporation"], found["Ada Byron"]
    assert (acme.id, acme.aliases, acme.types) == ("f1", ("Acme", "AC"), ("Firm",))
    assert (ada.related, ada.prior) == (("f1",), 7.0)
