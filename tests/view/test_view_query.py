"""The Query page's values: examples that a graph answers, tables, bars, drawings, CSV; and the queries people keep."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc import Workspace
from kgc.errors import ConfigError
from kgc.pipeline.saved_queries import FILE, SavedQuery, drop, keep, saved
from kgc.schema.find import find
from kgc.view.query import as_csv, chart, examples, headings, picture, table


@dataclass(frozen=True)
class Brought:
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: bool = False
    seconds: float = 0.1


ADA = {"label": "Person", "id": "a", "name": "Ada"}
ACME = {"label": "Company", "id": "c", "name": "Acme"}
WORKS = {"type": "WORKS_FOR", "id": "f", "quote": "Ada works for Acme."}


def test_every_example_is_answered_by_a_graph_of_its_schema(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("Ada Byron works for Acme Corporation in Oslo.\n", encoding="utf-8")
    with Workspace(tmp_path / "ws") as workspace:
        workspace.ingest(tmp_path / "docs")
        for example in examples(workspace.schema()):
            if example.language == "Cypher":
                answer = workspace.query(example.text)
            else:
                answer = workspace.query_sparql(example.text)
            assert answer.columns, example.title


def test_examples_speak_of_the_relations_of_the_schema() -> None:
    texts = "\n".join(e.text for e in examples(find("company")))
    assert ":WORKS_FOR]" in texts


def test_columns_of_one_name_are_told_apart() -> None:
    answer = Brought(("n", "n"), ((1, "x"),))
    assert table(answer) == [{"n": 1, "n (2)": "x"}]
    assert headings([""]) == ["column 1"]


def test_a_node_is_told_by_its_name_and_hostile_text_is_made_visible() -> None:
    answer = Brought(("who", "what"), ((ADA, "a\u202eb"), (None, ["x", 1])))
    assert table(answer) == [{"who": "Ada (Person)", "what": "a⟨U+202E⟩b"}, {"who": None, "what": '["x", 1]'}]


def test_a_spreadsheet_takes_no_text_for_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(as_csv(Brought(("x", "n"), (("=cmd()", -5), ("plain", None)))))))
    assert rows == [["x", "n"], ["'=cmd()", "-5"], ["plain", ""]]


def test_text_and_number_make_bars_and_nothing_else_does() -> None:
    bars = chart(Brought(("class", "entities"), (("Person", 3), ("City", 2))))
    assert bars is not None
    assert (bars.title, bars.names, bars.values) == ("entities", ("Person", "City"), (3.0, 2.0))
    assert chart(Brought(("a", "b"), (("x", "y"),))) is None
    assert chart(Brought(("a", "b"), (("x", True),))) is None
    assert chart(Brought(("a", "b"), ())) is None


def test_nodes_and_what_stands_between_them_are_drawn() -> None:
    drawing = picture(Brought(("a", "r", "b"), ((ADA, WORKS, ACME),)))
    assert drawing is not None
    assert [(d.id, d.name, d.kind) for d in drawing.dots] == [("a", "Ada", "Person"), ("c", "Acme", "Company")]
    assert [(e.source, e.target, e.name) for e in drawing.lines] == [("a", "c", "WORKS_FOR")]
    path = picture(Brought(("p",), (({"nodes": [ADA, ACME], "relationships": [WORKS]},),)))
    assert path is not None
    assert path.lines == drawing.lines
    assert picture(Brought(("n",), (("Ada",),))) is None


def test_queries_are_kept_replaced_and_dropped(tmp_path: Path) -> None:
    keep(tmp_path, SavedQuery("all", "Cypher", "MATCH (n) RETURN n"))
    keep(tmp_path, SavedQuery("名称", "SPARQL", 'SELECT ?s WHERE { ?s ?p "x\\n" }'))
    keep(tmp_path, SavedQuery("all", "Cypher", "MATCH (e:Entity) RETURN e"))
    assert [q.name for q in saved(tmp_path)] == ["名称", "all"]
    drop(tmp_path, "名称")
    drop(tmp_path, "never there")
    assert [q.text for q in saved(tmp_path)] == ["MATCH (e:Entity) RETURN e"]


@given(st.text(min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip))
def test_whatever_is_kept_is_read_back(tmp_path_factory: pytest.TempPathFactory, name: str, text: str) -> None:
    place = tmp_path_factory.mktemp("queries")
    keep(place, SavedQuery(name[:200], "Cypher", text))
    assert saved(place) == (SavedQuery(name[:200], "Cypher", text),)


@pytest.mark.parametrize(
    "text", ["query = [1]", "[[query]]\nname = 'x'", "[[query]]\nname=1\nlanguage='Cypher'\ntext=''"]
)
def test_a_file_that_says_something_else_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=FILE):
        saved(tmp_path)
    (tmp_path / FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="cannot be read"):
        saved(tmp_path)


def test_an_empty_query_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="needs a name"):
        keep(tmp_path, SavedQuery(" ", "Cypher", "x"))
