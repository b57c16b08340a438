from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from kgc.data import Event, EventRole, Literal, Node
from kgc.errors import StoreError
from kgc.store.contract import Graph
from kgc.store.csv import CsvFile, safe
from kgc.store.find import exporter
from kgc.store.jsonl import JsonlFile
from kgc.testing.graphs import SCHEMA, ListGraph, Synthetic
from kgc.testing.store_contract import StoreContract, fact_between, person, small_graph


class TestJsonl(StoreContract):
    abilities = JsonlFile.abilities

    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path) -> None:
        self.path = tmp_path / "graph.jsonl"

    def put(self, graph: Graph) -> None:
        JsonlFile.export(graph, self.path)

    def read(self) -> Mapping[str, tuple[str, str]]:
        rows = [json.loads(line) for line in self.path.read_text("utf-8").split("\n") if line]
        return {r["id"]: (r["head"]["name"], r["evidence"][0]["quote"]) for r in rows if r["kind"] == "fact"}

    def holds(self, text: str) -> bool:
        return text in self.path.read_text("utf-8")


class TestCsv(StoreContract):
    abilities = CsvFile.abilities

    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path) -> None:
        self.path = tmp_path / "facts.csv"

    def put(self, graph: Graph) -> None:
        CsvFile.export(graph, self.path)

    def read(self) -> Mapping[str, tuple[str, str]]:
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            return {r["id"]: (r["head"], r["quote"]) for r in csv.DictReader(file)}

    def shown(self, text: str) -> str:
        return safe(text)

    def holds(self, text: str) -> bool:
        return text in self.path.read_text("utf-8-sig")


def test_the_shapes_are_those_that_scripts_rely_on(tmp_path: Path) -> None:
    graph = small_graph(("Ada",))
    firm = Node("f" * 16, "Company", "Acme")
    roles = (EventRole("buyer", firm), EventRole("price", Literal("5 EUR", "5", "amount", "EUR")))
    graph = replace(graph, event_rows=(Event("7" * 16, "Acquisition", "bought", roles, 0.5, "proposed"),))
    JsonlFile.export(graph, tmp_path / "g.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "g.jsonl").read_text("utf-8").splitlines()]
    entity = next(r for r in rows if r["kind"] == "entity" and r["type"] == "Person")
    assert entity == {
        "kind": "entity", "id": "0" * 16, "type": "Person", "name": "Ada",
        "aliases": [{"name": "Ada", "lang": "en", "count": 1}],
        "attributes": {
            "birthDate": [
                {
                    "literal": "Ada", "value": "1815-12-10", "datatype": "date", "unit": "", "lang": "", "support": 1,
                    "confidence": 0.5, "conflict": False, "fact": "b0",
                }
            ]
        },
        "links": [],
    }  # fmt: skip
    fact = next(r for r in rows if r["kind"] == "fact" and r["relation"] == "WorksFor")
    assert fact == {
        "kind": "fact", "id": f"{100:016x}", "relation": "WorksFor",
        "head": {"id": "0" * 16, "type": "Person", "name": "Ada"},
        "tail": {"id": "f" * 16, "type": "Company", "name": "Acme"},
        "confidence": 0.75, "status": "proposed", "conflict": False, "negated": False, "hedged": False,
        "qualifiers": {},
        "evidence": [
            {
                "document": "docs/a.txt", "page": 2, "chunk": "c1", "start": 0, "end": 3, "quote": "Ada",
                "aligned": "exact", "rationale": "Ada", "strategy": "codekgc", "model": "m",
            }
        ],
    }  # fmt: skip
    event = next(r for r in rows if r["kind"] == "event")
    assert event["roles"] == [
        {"role": "buyer", "value": {"id": "f" * 16, "type": "Company", "name": "Acme"}},
        {"role": "price", "value": {"literal": "5 EUR", "value": "5", "datatype": "amount", "unit": "EUR", "lang": ""}},
    ]
    assert [r["id"] for r in rows] == sorted(r["id"] for r in rows)


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.csv", "a.csv.gz"])
def test_the_same_graph_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    one, two = tmp_path / "one" / name, tmp_path / "two" / f"other{name[1:]}"
    for path in (one, two):
        path.parent.mkdir()
        exporter(path).export(Synthetic(200), path)
    assert one.read_bytes() == two.read_bytes()


def test_a_zipped_file_holds_what_the_plain_one_holds(tmp_path: Path) -> None:
    JsonlFile.export(small_graph(), tmp_path / "a.jsonl")
    JsonlFile.export(small_graph(), tmp_path / "a.jsonl.gz")
    assert gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes()) == (tmp_path / "a.jsonl").read_bytes()


def test_what_is_hidden_comes_only_when_asked_for(tmp_path: Path) -> None:
    ada, grace = person(1, "Ada"), person(2, "Grace")
    graph = ListGraph(SCHEMA, (ada, grace), hidden_facts=(replace(fact_between(5, ada, grace), negated=True),))
    assert JsonlFile.export(graph, tmp_path / "a.jsonl") == 2
    assert JsonlFile.export(graph, tmp_path / "a.jsonl", hidden=True) == 3
    assert '"negated": true' in (tmp_path / "a.jsonl").read_text()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-12.5", "-12.5"),
        ("-a", "'-a"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("a=1", "a=1"),
    ],
)
def test_no_cell_is_a_formula(text: str, wanted: str) -> None:
    assert safe(text) == wanted


def test_a_folder_in_the_way_and_a_missing_one_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").mkdir()
    with pytest.raises(StoreError, match="is a folder"):
        JsonlFile.export(small_graph(), tmp_path / "a.jsonl")
    with pytest.raises(StoreError, match="There is no folder"):
        JsonlFile.export(small_graph(), tmp_path / "none" / "a.jsonl")


def test_an_export_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    class Broken(ListGraph):
        def facts(self, hidden: bool = False) -> object:  # type: ignore[override]
            raise OSError("disk")

    path = tmp_path / "a.csv"
    CsvFile.export(small_graph(), path)
    before = path.read_bytes()
    with pytest.raises(OSError, match="disk"):
        CsvFile.export(Broken(SCHEMA), path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_an_unknown_suffix_gets_the_nearest() -> None:
    with pytest.raises(StoreError, match=r"Did you mean '\.jsonl'"):
        exporter(Path("a.json"))
    with pytest.raises(StoreError, match="no suffix of a known format"):
        exporter(Path("graph"))
