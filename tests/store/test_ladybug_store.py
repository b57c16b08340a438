from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgc.data import Alias, AttributeValue, Entity, Fact, Literal, Qualifier
from kgc.errors import StoreError
from kgc.schema import EntityType, RelationType, Schema
from kgc.store.contract import Graph
from kgc.store.ladybug import Counts, LadybugStore
from kgc.store.properties import clean
from kgc.store.query import query
from kgc.testing.graphs import SCHEMA, ListGraph, Synthetic
from kgc.testing.store_contract import StoreContract, fact_between, person, small_graph


def ask(path: Path, text: str, schema: Schema = SCHEMA) -> list[tuple[object, ...]]:
    return list(query(path, schema, text, {}).rows)


class TestLadybug(StoreContract):
    abilities = LadybugStore.abilities

    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path) -> None:
        self.path = tmp_path / "graph.lbug"

    def put(self, graph: Graph) -> None:
        LadybugStore().project(graph, self.path)

    def read(self) -> Mapping[str, tuple[str, str]]:
        rows = ask(self.path, "MATCH (a:Person)-[r:WORKS_FOR|任职]->() RETURN r.id, a.name, r.quote")
        return {str(i): (str(name), str(quote)) for i, name, quote in rows}

    def holds(self, text: str) -> bool:
        return text in str(ask(self.path, "MATCH (n) RETURN n")) + str(ask(self.path, "MATCH (a)-[r]->(b) RETURN r"))

    def count(self) -> int:
        [(found,)] = ask(self.path, "MATCH (:Person)-[r:WORKS_FOR]->(:Organization) RETURN count(r)")
        return int(str(found))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.text(st.characters(codec=None), min_size=1), min_size=1, max_size=30, unique=True))
def test_any_text_comes_back_as_name_alias_and_quote(tmp_path: Path, names: list[str]) -> None:
    LadybugStore().project(small_graph(tuple(names)), tmp_path / "g.lbug")
    rows = ask(
        tmp_path / "g.lbug", "MATCH (a:Person)-[r:WORKS_FOR]->() RETURN a.name, a.aliases, r.quote ORDER BY a.id"
    )
    wanted = [(clean(n), [clean(n).replace("\ufdd0", "\ufffd")], clean(n)) for n in names]
    assert rows == wanted


def test_a_megabyte_of_text_comes_back(tmp_path: Path) -> None:
    name = "长" * 500_000 + '"'
    LadybugStore().project(small_graph((name,)), tmp_path / "g.lbug")
    assert ask(tmp_path / "g.lbug", "MATCH (a:Person) RETURN a.name") == [(name,)]


def test_tables_and_properties_are_there_even_when_empty(tmp_path: Path) -> None:
    LadybugStore().project(ListGraph(SCHEMA), tmp_path / "g.lbug")
    for text in (
        "MATCH (n:Order) RETURN n.number, n.aliases",
        "MATCH (:Person)-[r:WORKS_FOR]->(:公司) RETURN r.quote, r.start, r.qualifiers",
        "MATCH (e:Acquisition)-[:BUYER]->(:Company) RETURN e.price, e.price_unit",
        "MATCH (:Chunk)-[m:MENTIONS]->(:Entity) RETURN m.surface, m.start, m.end",
        "MATCH (c:Chunk)-[:FROM_DOCUMENT]->(d:Document) RETURN c.text, d.source, d.title",
    ):
        assert ask(tmp_path / "g.lbug", text) == []


def test_a_class_and_a_relation_of_one_name_live_together(tmp_path: Path) -> None:
    ada, prize = person(1, "Ada"), Entity("a" * 16, "Award", "Medal")
    graph = ListGraph(SCHEMA, (ada, prize), (fact_between(1, ada, prize, "Award"),))
    LadybugStore().project(graph, tmp_path / "g.lbug")
    rows = ask(tmp_path / "g.lbug", "MATCH (:Person)-[r:AWARD]->(a:Award) RETURN a.name, type(r), r")
    assert rows[0][:2] == ("Medal", "AWARD")
    assert isinstance(rows[0][2], dict)
    assert rows[0][2]["type"] == "AWARD"


def test_attributes_are_typed_and_what_has_no_place_is_kept(tmp_path: Path) -> None:
    values = (
        AttributeValue("age", Literal("36", "36", "integer"), "f1", 2, 0.9),
        AttributeValue("age", Literal("thirty", "thirty", "integer"), "f2", 1, 0.8),
        AttributeValue("birthDate", Literal("1815", "1815", "date"), "f3", 2, 0.9, conflict=True),
        AttributeValue("birthDate", Literal("1816", "1816", "date"), "f4", 1, 0.9, conflict=True),
    )
    firm = AttributeValue("revenue", Literal("5m EUR", "5000000", "amount", "EUR"), "f5", 1, 0.9)
    entities = (Entity("1", "Person", "Ada", (), values), Entity("2", "Company", "Acme", (), (firm,)))
    LadybugStore().project(ListGraph(SCHEMA, entities), tmp_path / "g.lbug")
    text = "MATCH (p:Person) RETURN p.age + 1, p.birth_date, p.conflicts, p.other_values, p.aliases"
    assert ask(tmp_path / "g.lbug", text) == [(37, "1815", ["birthDate"], ["age=thirty", "birthDate=1816"], [])]
    assert ask(tmp_path / "g.lbug", "MATCH (c:Organization) RETURN c.revenue, c.revenue_unit") == [(5e6, "EUR")]


def test_qualifiers_have_properties(tmp_path: Path) -> None:
    graph = small_graph(("Ada",))
    fact: Fact = replace(graph.fact_rows[0], qualifiers=(Qualifier("start", "2019"), Qualifier("manner", "part-time")))
    LadybugStore().project(replace(graph, fact_rows=(fact,)), tmp_path / "g.lbug")
    text = "MATCH ()-[r:WORKS_FOR]->() RETURN r.start, r.end, r.qualifiers, r.support, r.chunks, r.page"
    assert ask(tmp_path / "g.lbug", text) == [("2019", None, ["manner=part-time"], 1, ["c1"], 2)]


def test_what_does_not_fit_the_schema_is_counted_and_the_rest_written(tmp_path: Path) -> None:
    graph = small_graph(("Ada", "Grace"))
    ada, _, acme, _ = graph.entity_rows
    nobody = person(999, "Nobody")
    strange = (fact_between(1, acme, ada), fact_between(2, nobody, acme), fact_between(3, ada, acme, "Unknown"))
    wider = replace(
        graph, fact_rows=(*graph.fact_rows, *strange), entity_rows=(*graph.entity_rows, Entity("9", "Ghost", "x"))
    )
    counts = LadybugStore().project(wider, tmp_path / "g.lbug")
    assert counts == Counts(nodes=4, relationships=4, skipped=4)
    assert ask(tmp_path / "g.lbug", "MATCH ()-[r:WORKS_FOR]->() RETURN count(r)") == [(2,)]


def test_a_name_that_is_no_identifier_is_refused(tmp_path: Path) -> None:
    schema = Schema("bad", (EntityType("Per`son"),))
    with pytest.raises(StoreError, match="'Per`son' cannot be a name in a graph"):
        LadybugStore().project(ListGraph(schema), tmp_path / "g.lbug")


def test_relations_that_are_written_alike_share_a_table(tmp_path: Path) -> None:
    schema = Schema(
        "alike",
        (EntityType("A"), EntityType("B")),
        (RelationType("WorksFor", ("A",), ("B",)), RelationType("works_for", ("B",), ("A",))),
    )
    a, b = Entity("1", "A", "a", (Alias("a", "", 1),)), Entity("2", "B", "b")
    facts = (fact_between(1, a, b), fact_between(2, b, a, "works_for"))
    LadybugStore().project(ListGraph(schema, (a, b), facts), tmp_path / "g.lbug")
    assert ask(tmp_path / "g.lbug", "MATCH (x)-[:WORKS_FOR]->(y) RETURN x.name, y.name ORDER BY x.name", schema) == [
        ("a", "b"),
        ("b", "a"),
    ]


def test_a_failed_projection_leaves_the_old_graph_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "g.lbug"
    LadybugStore().project(small_graph(), path)
    twice = small_graph()
    broken = replace(twice, entity_rows=(*twice.entity_rows, twice.entity_rows[0]))
    with pytest.raises(StoreError, match="could not be written"):
        LadybugStore().project(broken, path)
    assert ask(path, "MATCH (p:Person) RETURN count(p)") == [(2,)]
    assert [p.name for p in tmp_path.iterdir()] == ["g.lbug"]


def test_what_killed_runs_left_is_swept_away(tmp_path: Path) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    )
    left = tmp_path / f".g.lbug.{gone.stdout.strip()}.part"
    left.write_text("half")
    (tmp_path / f"{left.name}.rows").mkdir()
    (tmp_path / f"{left.name}.rows" / "0.csv").write_text("x")
    alive = tmp_path / f".g.lbug.{os.getppid()}.part"
    alive.write_text("another run's")
    LadybugStore().project(small_graph(), tmp_path / "g.lbug")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["g.lbug", alive.name])


def test_a_folder_whose_name_looks_like_a_pattern_is_fine(tmp_path: Path) -> None:
    place = tmp_path / "a [b] 'c' *é"
    place.mkdir()
    LadybugStore().project(small_graph(), place / "g.lbug")
    assert ask(place / "g.lbug", "MATCH (p:Person) RETURN count(p)") == [(2,)]
    assert [p.name for p in place.iterdir()] == ["g.lbug"]


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "g.lbug").mkdir()
    with pytest.raises(StoreError, match="is a folder"):
        LadybugStore().project(small_graph(), tmp_path / "g.lbug")


def test_a_synthetic_graph_is_projected_whole(tmp_path: Path) -> None:
    counts = LadybugStore().project(Synthetic(2_000), tmp_path / "g.lbug")
    assert counts == Counts(nodes=800 + 1 + 200 + 20, relationships=2_000 + 1 + 200 + 200)
    assert ask(tmp_path / "g.lbug", "MATCH (:Person)-[r]->(:Organization) RETURN count(r)") == [(2_000,)]
