"""Questions in SPARQL to a graph without a server."""

from __future__ import annotations

import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from kgc.errors import StoreError
from kgc.store.rdf.graph import Form
from kgc.store.sparql.embedded import asked, prepared, query
from kgc.testing.graphs import ListGraph
from kgc.testing.store_contract import HOSTILE, small_graph

NAMES = "SELECT ?name WHERE { ?s a <https://kgc.example/schema/Person> ; rdfs:label ?name } ORDER BY ?name"
LABEL = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "


def test_the_graph_is_asked_and_its_store_kept(tmp_path: Path) -> None:
    assert query(tmp_path, small_graph(), Form(), LABEL + NAMES).rows == (("Ada Lovelace",), ("陈伟民",))
    [kept] = tmp_path.glob("rdf.*")
    made = kept.stat().st_ino
    found = query(tmp_path, small_graph(), Form(), "SELECT * WHERE { ?s ?p ?o } LIMIT 5", limit=3)
    assert (found.columns, len(found.rows), found.truncated) == (("s", "p", "o"), 3, True)
    assert kept.stat().st_ino == made


def test_a_store_is_dropped_when_the_graph_has_changed(tmp_path: Path) -> None:
    query(tmp_path, small_graph(), Form(), "ASK {}")
    assert query(tmp_path, small_graph(("Bob",)), Form(), LABEL + NAMES).rows == (("Bob",),)
    assert len(list(tmp_path.iterdir())) == 1


def test_values_are_what_json_holds(tmp_path: Path) -> None:
    asked_for = (
        'SELECT (1 AS ?a) (1.5 AS ?b) (true AS ?c) ("x"@en AS ?d) (<http://a/> AS ?e) ?f ("z"^^<http://t> AS ?g) {}'
    )
    found = query(tmp_path, small_graph(), Form(), asked_for)
    assert found.columns == ("a", "b", "c", "d", "e", "f", "g")
    assert found.rows == ((1, 1.5, True, "x", "http://a/", None, "z"),)
    assert query(tmp_path, small_graph(), Form(), "ASK { ?s ?p ?o }").rows == ((True,),)
    told = query(tmp_path, small_graph(), Form(), "CONSTRUCT { ?s ?p 1 } WHERE { ?s ?p ?o } LIMIT 1")
    assert told.columns == ("subject", "predicate", "object")
    assert told.rows[0][2] == 1
    assert query(tmp_path, small_graph(), Form(), "DESCRIBE <https://kgc.example/entity/ffffffffffffffff>").rows


def test_hostile_names_and_no_names_are_held(tmp_path: Path) -> None:
    found = query(tmp_path, small_graph(HOSTILE), Form(), LABEL + NAMES)
    assert {"'); DROP TABLE Person; --", "\\", "nul\0x", "😀", "x" * 100_000} <= {row[0] for row in found.rows}
    assert query(tmp_path, ListGraph(small_graph().schema), Form(), NAMES.replace("rdfs:label", "?l")).rows == ()


def test_a_question_ends_when_its_time_is_over(tmp_path: Path) -> None:
    long = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"
    with pytest.raises(StoreError, match=r"took longer than 0\.2 seconds"):
        query(tmp_path, small_graph(), Form(), long, timeout=0.2)


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"The query was refused: .*1:"):
        query(tmp_path, small_graph(), Form(), "SELECT * WHERE { ?s ?p }")
    with pytest.raises(StoreError, match="Nothing can be changed"):
        query(tmp_path, small_graph(), Form(), "DROP ALL")


def test_even_an_unguarded_question_reaches_no_server(tmp_path: Path) -> None:
    heard: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_error(404)

        do_POST = do_GET  # noqa: N815

    with HTTPServer(("127.0.0.1", 0), Listening) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        place = prepared(tmp_path, small_graph(), Form())
        address = f"http://127.0.0.1:{server.server_port}/"
        with pytest.raises(StoreError, match="refused"):
            asked(place, f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}", 10, 20.0)
        server.shutdown()
    assert heard == []


def test_another_base_is_another_store(tmp_path: Path) -> None:
    other = replace(Form(), base="https://my.org/kg/")
    names = NAMES.replace("kgc.example", "my.org/kg")
    assert len(query(tmp_path, small_graph(), other, LABEL + names).rows) == 2
