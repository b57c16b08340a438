from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.errors import StoreError
from kgc.schema import Schema
from kgc.store.cypher import WRITES, dialect, embedded
from kgc.store.ladybug import LadybugStore
from kgc.store.query import query
from kgc.store.tokens import tokens, written
from kgc.testing.graphs import SCHEMA
from kgc.testing.store_contract import small_graph

TO = dialect(SCHEMA)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("graph") / "g.lbug"
    LadybugStore().project(small_graph(), made)
    return made


@pytest.mark.parametrize(
    ("written_by_people", "wanted"),
    [
        ("MATCH (n:Company) RETURN n", "MATCH (n:`Company`) RETURN n"),
        ("MATCH (n:Organization)", "MATCH (n:`Organization`|`Company`|`公司`)"),
        ("MATCH (:Organization {name: 'x'})", "MATCH (:`Organization`|`Company`|`公司` {`name`: 'x'})"),
        ("MATCH (n:Organization&Company)", "MATCH (n:`Company`)"),
        ("MATCH (n:Organization:公司)", "MATCH (n:`公司`)"),
        ("MATCH (n:Person|Award)", "MATCH (n:`Person`|`Award`)"),
        ("MATCH (n:Entity)", "MATCH (n:`Person`|`Organization`|`Company`|`Award`|`Order`|`公司`)"),
        ("MATCH (n:`Order`)", "MATCH (n:`Order`)"),
        ("MATCH ( n /* :Organization */ : Company )", "MATCH ( n :`Company` )"),
        ("MATCH ()-[r:WORKS_FOR|OWNS]->()", "MATCH ()-[r:`WORKS_FOR`|`OWNS`]->()"),
        ("MATCH ()-[:WORKS_FOR*1..2]->()", "MATCH ()-[:`WORKS_FOR`*1..2]->()"),
        ("MATCH ()-[r:AWARD]->()", "MATCH ()-[r:`AWARD\u2060`]->()"),
        ("RETURN '(n:Organization)' AS x", "RETURN '(n:Organization)' AS x"),
        ('RETURN "it\'s \\"x\\" :Entity"', "RETURN 'it\\'s \"x\" :Entity'"),
        ("MATCH (n) RETURN n.end, n.order", "MATCH (n) RETURN n.`end`, n.`order`"),
        ("MATCH ()-[r]->() RETURN type(r), TYPE (r)", "MATCH ()-[r]->() RETURN label(r), label (r)"),
        ("MATCH (n) RETURN n.type", "MATCH (n) RETURN n.`type`"),
        ("MATCH (n) RETURN n[1:2], [x IN n.aliases | x]", "MATCH (n) RETURN n[1:2], [x IN n.`aliases` | x]"),
        ("MATCH (n:Company WHERE n.name = 'x')", "MATCH (n:`Company` WHERE n.`name` = 'x')"),
        ("RETURN 1;  ", "RETURN 1"),
        ("RETURN 1 // (n:Organization)\n + 1", "RETURN 1 + 1"),
    ],
)
def test_a_query_is_made_ready(written_by_people: str, wanted: str) -> None:
    ready = embedded(written_by_people, TO)
    assert " ".join(ready.split()) == " ".join(wanted.split())


@pytest.mark.parametrize(
    "text",
    [
        *(f"{word} x" for word in sorted(WRITES)),
        "MATCH (n) SET n.name = 'x'",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n) LOAD FROM '/etc/hostname' RETURN *",
        "MATCH (n)/**/load/**/from 'x' RETURN 1",
        "MATCH (n) // \n LOAD FROM 'x' RETURN *",
        "COPY (MATCH (n) RETURN n) TO 'x.csv'",
        "EXPORT DATABASE 'x'",
        "MATCH (n) WHERE n.age > 1. LOAD FROM '/etc/hostname' (HEADER=false) RETURN *",
        "MATCH (n) WHERE n.age > 1.\u2003LOAD FROM 'x' RETURN *",
        "MATCH (n) CALL clear_warnings() RETURN 1",
        "CALL threads=1",
        "RETURN 1; CREATE (n:Person {id: 'x'})",
        "RETURN 1;;RETURN 2",
        "WITH 1 AS a MERGE (n:Person {id: 'x'}) RETURN n",
        "",
        "   // nothing",
        "MATCH (n) WHERE n.name = 'unfinished",
        "MATCH (n) /* unfinished",
        "MATCH (`n) RETURN n",
        "RETURN '\\q'",
    ],
)
def test_what_is_not_reading_is_refused(text: str) -> None:
    with pytest.raises(StoreError):
        embedded(text, TO)


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n) RETURN n.set, n.load",
        "MATCH (n:Person {name: 'CREATE'}) RETURN n",
        "RETURN 'LOAD FROM x' AS `delete`",
        "RETURN {copy: 1}",
        "MATCH (n) WHERE n.name = $set RETURN n",
        "CALL show_tables() RETURN *",
        "EXPLAIN MATCH (n) RETURN n",
    ],
)
def test_names_that_look_like_commands_are_let_through(text: str) -> None:
    assert embedded(text, TO)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("MATCH (n:Persn) RETURN n", "no class 'Persn'. Did you mean 'Person'"),
        ("MATCH ()-[r:WorksFor]->() RETURN r", "no relationship type 'WorksFor'. Did you mean 'WORKS_FOR'"),
        ("MATCH (n:Person:Award) RETURN n", "No node is 'Person:Award'"),
        ("MATCH (n:Person) RETURN n.nam", "n has no property 'nam'. Did you mean 'name'"),
        ("MATCH (n RETURN n", "Parser exception"),
        ("MATCH (n) RETURN m", "Variable m is not in scope"),
    ],
)
def test_a_mistake_is_said_with_what_is_near(path: Path, text: str, words: str) -> None:
    with pytest.raises(StoreError) as caught:
        query(path, SCHEMA, text, {})
    assert words in str(caught.value)


@given(st.text())
def test_tokens_never_lose_a_string_or_name(text: str) -> None:
    try:
        first = tokens(text)
    except StoreError:
        return
    again = tokens(written(first))
    solid = [(t.kind, t.value) for t in first if t.kind != "space"]
    assert [(t.kind, t.value) for t in again if t.kind != "space"] == solid


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_any_string_reaches_the_query_as_it_is(text: str) -> None:
    quoted = "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
    [token] = tokens(quoted)
    assert (token.kind, token.value) == ("string", text)


def test_strings_mean_to_the_database_what_they_mean_to_us(path: Path) -> None:
    text = "a'b\"c\\d\n\t`e` // f /* g */ (n:Entity) é 蓝 😀"
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    assert query(path, SCHEMA, f"RETURN '{escaped}' AS x, '\\u00e9' AS y", {}).rows == ((text, "é"),)


def test_parameters_are_values_and_never_words(path: Path) -> None:
    name = "x' RETURN 1 //\0"
    rows = query(path, SCHEMA, "MATCH (n:Person) WHERE n.name <> $name RETURN count(n), $name", {"name": name})
    assert rows.rows == ((2, name),)


def test_rows_are_limited_and_it_is_said(path: Path) -> None:
    cut = query(path, SCHEMA, "UNWIND range(1, 100) AS x RETURN x", {}, limit=10)
    assert (len(cut.rows), cut.truncated, cut.columns) == (10, True, ("x",))
    whole = query(path, SCHEMA, "UNWIND range(1, 10) AS x RETURN x", {}, limit=10)
    assert (len(whole.rows), whole.truncated) == (10, False)


def test_a_query_that_takes_too_long_is_stopped(path: Path) -> None:
    slow = "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y WITH x, y WHERE x * y % 7 = 3 RETURN count(*)"
    with pytest.raises(StoreError, match=r"longer than 0\.2 seconds"):
        query(path, SCHEMA, slow, {}, timeout=0.2)


def test_nodes_come_as_maps_without_internal_ids(path: Path) -> None:
    text = "MATCH p=(n:Person {name: $n})-[r:WORKS_FOR]->(c) RETURN n, r, p, date('2020-01-02')"
    [row] = query(path, SCHEMA, text, {"n": "Ada Lovelace"}).rows
    node, edge, walk, day = row
    assert isinstance(node, dict)
    assert isinstance(edge, dict)
    assert isinstance(walk, dict)
    assert (node["label"], node["birth_date"], node["aliases"]) == ("Person", "1815-12-10", ["Ada Lovelace"])
    assert (edge["type"], edge["quote"], edge["support"]) == ("WORKS_FOR", "Ada Lovelace", 1)
    assert [n["label"] for n in walk["nodes"]] == ["Person", "Company"]
    assert day == "2020-01-02"
    assert not any(str(k).startswith("_") for k in (*node, *edge))


def test_a_graph_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no graph"):
        query(tmp_path / "none.lbug", Schema("x", ()), "RETURN 1", {})
