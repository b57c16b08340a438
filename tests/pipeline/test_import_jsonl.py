"""`Workspace.import_graph` of our own JSON lines: what comes out is what went in, and it lives like any other text."""

from __future__ import annotations

import json
import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgc import Workspace
from kgc.data import Fact
from kgc.errors import KgcError
from kgc.testing.server import Server
from tests.pipeline.graph_lines import Row, entity, fact, kept, node, quote, sale, value, write_lines, write_schema

ADA, BO, ACME, BOLT = node("Ada Byron"), node("Bo Lind"), node("Acme", "Firm"), node("Bolt", "Firm")
ROWS: list[Row] = [
    entity("Ada Byron", lang="en", others=[("Ada Lovelace", "en"), ("埃达", "zh"), ("Countess of Lovelace", "")],
           links=["http://www.wikidata.org/entity/Q7259"]),
    entity("Bo Lind"),
    entity("Acme", "Firm"),
    entity("Bolt", "Firm"),
    fact(ADA, "WorksFor", ACME, confidence=0.75, hedged=True, qualifiers={"start": "1840", "as": "clerk"},
         evidence=[quote("Ada  works\nfor Acme.", page=3), quote("Ada, of Acme", "docs/b.pdf", aligned="fuzzy")]),
    fact(BO, "WorksFor", ACME, negated=True),
    fact(ADA, "Knows", BO, evidence=[quote("perhaps", aligned="none")]),
    fact(ADA, "born", value("10 December 1815", "1815-12-10", "date")),
    fact(ADA, "born", value("1816", "1816", "date")),
    fact(ACME, "worth", value("$2 bn", "2000000000", "amount", "USD"), confidence=0.5),
    sale([("seller", ACME), ("buyer", BOLT), ("on", value("May 1999", "1999-05", "date"))]),
]  # fmt: skip


@pytest.fixture
def schema(tmp_path: Path) -> str:
    return write_schema(tmp_path)


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "facts.jsonl", ROWS)


def again(workspace: Workspace, folder: Path, schema: str, hidden: bool = True) -> tuple[Path, Path]:
    """Two exports: of this workspace, and of one that imported the first."""
    first, second = folder / "first.jsonl", folder / "second.jsonl"
    workspace.export(first, hidden=hidden)
    with Workspace(folder / "again") as other:
        other.import_graph(first, schema=schema)
        other.export(second, hidden=hidden)
    return first, second


def test_everything_survives_an_export_and_an_import(
    workspace: Workspace, facts: Path, schema: str, tmp_path: Path
) -> None:
    report = workspace.import_graph(facts, schema=schema).report
    assert (report.exit_code, report.warnings) == (0, ())
    first, second = again(workspace, tmp_path, schema)
    assert kept(first) == kept(second)
    rows = [json.loads(line) for line in first.read_text("utf-8").splitlines()]
    ada = next(r for r in rows if r.get("name") == "Ada Byron")
    assert {(a["name"], a["lang"]) for a in ada["aliases"]} == {
        ("Ada Byron", "en"), ("Ada Lovelace", "en"), ("埃达", "zh"), ("Countess of Lovelace", "")
    }  # fmt: skip
    assert ada["links"] == ["http://www.wikidata.org/entity/Q7259"]
    works = next(r for r in rows if r.get("relation") == "WorksFor" and not r["negated"])
    assert (works["confidence"], works["hedged"], works["qualifiers"]) == (0.75, True, {"start": "1840", "as": "clerk"})
    assert sorted(e["aligned"] for e in works["evidence"]) == ["exact", "fuzzy"]
    assert [r["negated"] for r in rows if r.get("relation") == "WorksFor"].count(True) == 1
    born = [r for r in rows if r.get("relation") == "born"]
    assert [r["conflict"] for r in born] == [True, True], "values that contradict stand side by side"
    (event,) = [r for r in rows if r["kind"] == "event"]
    assert (event["type"], event["trigger"], len(event["roles"])) == ("Sale", "sold", 3)


def test_what_is_not_believed_stays_so(workspace: Workspace, facts: Path, schema: str) -> None:
    workspace.import_graph(facts, schema=schema)
    assert {f.relation for f in workspace.facts()} == {"WorksFor", "born", "worth"}
    assert {f.relation for f in workspace.facts(hidden=True)} == {"WorksFor", "born", "worth", "Knows"}


def test_evidence_is_a_line_that_quotes_what_was_quoted(workspace: Workspace, facts: Path, schema: str) -> None:
    workspace.import_graph(facts, schema=schema)
    (works,) = [f for f in workspace.facts() if f.relation == "WorksFor"]
    first = works.evidence[0]
    assert first.document == "facts/facts.jsonl"
    text = workspace.document(first.document).text
    assert text[first.start : first.end] == first.quote
    assert {e.quote for e in works.evidence} == {
        'Ada Byron — possibly works for — Acme (start 1840; as clerk). "Ada works for Acme." [docs/a.txt p. 3]',
        'Ada Byron — possibly works for — Acme (start 1840; as clerk). "Ada, of Acme" [docs/b.pdf]',
    }
    assert first.strategy == "import"


def test_a_second_import_changes_nothing_and_an_edit_changes_the_difference(
    workspace: Workspace, facts: Path, schema: str
) -> None:
    workspace.import_graph(facts, schema=schema)
    same = workspace.import_graph(facts, schema=schema)
    assert same.unchanged
    facts.write_text(facts.read_text("utf-8") + "\n", encoding="utf-8")
    touched = workspace.import_graph(facts, schema=schema)
    changes = touched.report.changes
    assert not touched.unchanged
    assert (changes.documents_edited, changes.facts_added, changes.facts_withdrawn) == (0, 0, 0)
    write_lines(facts, [*ROWS[:4], fact(BO, "WorksFor", BOLT), *ROWS[6:]])
    changes = workspace.import_graph(facts, schema=schema).report.changes
    assert (changes.facts_added, changes.facts_withdrawn) == (1, 1)
    with Workspace(workspace.path.parent / "fresh") as fresh:
        fresh.import_graph(facts, schema=schema)
        assert list(fresh.facts(hidden=True)) == list(workspace.facts(hidden=True)), "as if imported afresh"


def test_forgetting_it_leaves_nothing(workspace: Workspace, facts: Path, schema: str) -> None:
    workspace.import_graph(facts, schema=schema)
    assert workspace.status().documents.done == 1
    report = workspace.forget("facts")
    assert (report.entities, report.facts, report.documents.done) == (0, 0, 0)
    assert not list(workspace.entities())
    assert workspace.schema().entities == ()
    assert workspace.import_graph(facts, schema=schema).report.facts == 4


def test_the_names_of_one_thing_are_merged_and_can_be_parted(workspace: Workspace, facts: Path, schema: str) -> None:
    workspace.import_graph(facts, schema=schema)
    merges = [d for d in workspace.decisions() if d.by == "rule:import"]
    assert {"Person:Countess of Lovelace", "Person:Ada Lovelace"} <= {key for d in merges for key in d.what}
    assert "two names of one thing in facts/facts.jsonl" in merges[0].reason
    before = len(list(workspace.entities()))
    countess = next(d for d in merges if "Person:Countess of Lovelace" in d.what)
    workspace.undo(countess.id)
    assert len(list(workspace.entities())) == before + 1
    write_lines(facts, [*ROWS, fact(BO, "Knows", ADA)])
    workspace.import_graph(facts, schema=schema)
    assert len(list(workspace.entities())) == before + 1, "what a person parted stays apart"


def test_verdicts_come_along_but_those_of_this_workspace_go_before(
    workspace: Workspace, tmp_path: Path, schema: str
) -> None:
    rows = [fact(ADA, "WorksFor", ACME, status="rejected"), fact(BO, "WorksFor", ACME, status="accepted")]
    path = write_lines(tmp_path / "judged.jsonl", rows)
    workspace.import_graph(path, schema=schema)
    status = {f.head.name: f.status for f in workspace.facts(hidden=True)}
    assert status == {"Ada Byron": "rejected", "Bo Lind": "accepted"}
    wrong = next(f for f in workspace.facts(hidden=True) if f.status == "rejected")
    workspace.accept(wrong.id)
    write_lines(path, [*rows, fact(ADA, "Knows", BO)])
    workspace.import_graph(path, schema=schema)
    assert {f.status for f in workspace.facts(hidden=True) if f.relation == "WorksFor"} == {"accepted"}
    workspace.forget("judged")
    assert [d.by for d in workspace.decisions()] == ["person"]


def test_verdicts_that_come_along_touch_each_its_fact_alone(workspace: Workspace, tmp_path: Path, schema: str) -> None:
    rows = [
        fact(ADA, "WorksFor", ACME, status="accepted", qualifiers={"start": "1990"}),
        fact(ADA, "WorksFor", ACME, status="rejected", qualifiers={"start": "2000"}),
        fact(ADA, "WorksFor", ACME, status="accepted", negated=True),
        fact(ADA, "WorksFor", ACME, status="proposed"),
        fact(ACME, "worth", value("5 USD", "5", "amount", "USD"), status="rejected"),
        fact(ACME, "worth", value("5 EUR", "5", "amount", "EUR"), status="accepted"),
    ]
    workspace.import_graph(write_lines(tmp_path / "judged.jsonl", rows), schema=schema)
    told = [
        (f.status, f.negated, [q.value for q in f.qualifiers], getattr(f.tail, "unit", "")) for f in ours(workspace)
    ]
    assert sorted(told) == sorted(
        [
            ("accepted", False, ["1990"], ""), ("rejected", False, ["2000"], ""), ("accepted", True, [], ""),
            ("proposed", False, [], ""), ("rejected", False, [], "USD"), ("accepted", False, [], "EUR"),
        ]
    )  # fmt: skip
    again = next(f for f in ours(workspace) if f.status == "proposed")
    workspace.reject(again.id)
    write_lines(tmp_path / "judged.jsonl", [*rows, fact(ADA, "Knows", BO)])
    workspace.import_graph(tmp_path / "judged.jsonl", schema=schema)
    statuses = sorted(f.status for f in ours(workspace) if f.relation != "Knows")
    assert statuses == ["accepted"] * 3 + ["rejected"] * 3, "a decision here on one of them leaves out no other"


def ours(workspace: Workspace) -> list[Fact]:
    return list(workspace.facts(hidden=True))


def test_lines_that_cannot_be_read_fail_and_the_others_come_in(
    workspace: Workspace, tmp_path: Path, schema: str
) -> None:
    bad = ["{no json", '{"kind": "wish"}', json.dumps({**ROWS[4], "confidence": 7}), "[]", '{"kind": "entity"}']
    path = write_lines(tmp_path / "facts.jsonl", [*ROWS, *bad])
    report = workspace.import_graph(path, schema=schema).report
    assert (report.exit_code, report.facts) == (3, 4)
    (failure,) = report.failures
    assert failure.document == "facts/facts.jsonl/unread"
    assert failure.message.startswith("5 of its lines cannot be read; line 12: it is no JSON")
    assert workspace.status().exit_code == 3
    write_lines(path, ROWS)
    assert workspace.import_graph(path, schema=schema).report.exit_code == 0


def test_what_has_no_place_is_counted_with_a_reason_and_an_example(
    workspace: Workspace, tmp_path: Path, schema: str
) -> None:
    rows = [
        fact(ADA, "Hates", BO), fact(BO, "Hates", ADA), fact(ACME, "WorksFor", BO), fact(ADA, "shoe", value("38")),
        entity("Rex", "Dog"), fact(ADA, "WorksFor", value("Acme")), fact(ADA, "Knows", node("Rex", "Dog")),
    ]  # fmt: skip
    found = workspace.import_graph(write_lines(tmp_path / "odd.jsonl", rows), schema=schema)
    left = {(one.what, one.count, one.reason) for one in found.left_out}
    assert left == {
        ("Hates", 2, "the schema has no such relation or attribute"),
        ("WorksFor", 1, "the schema does not have it from Firm to Person"),
        ("WorksFor", 1, "a value where the schema has a relation"),
        ("shoe", 1, "Person has no such attribute"),
        ("Knows", 1, "what it points to has no class of the schema"),
        ("Dog", 1, "things with no class of the schema"),
    }
    assert found.report.exit_code == 0
    (warning,) = found.report.warnings
    assert warning.startswith("7 things and statements have no place in the schema 'people': 2 × Hates")
    told = workspace.document("odd/odd.jsonl/left-out").text
    assert "2 left out (Hates): the schema has no such relation or attribute; for example: Ada Byron — Hates" in told


def test_it_stands_beside_a_folder_and_neither_disturbs_the_other(
    workspace: Workspace, facts: Path, folder: Path, schema: str, server: Server, tmp_path: Path
) -> None:
    (tmp_path / "staff2.py").write_text(Path(schema).read_text("utf-8"), encoding="utf-8")
    workspace.import_graph(facts, schema=schema)
    run = {"schema": str(tmp_path / "staff2.py"), "model": "openai:any", "base_url": server.url, "key_env": "PATH"}
    report = workspace.ingest(folder, **run)  # type: ignore[arg-type]
    assert report.exit_code == 0
    assert not any("facts.jsonl" in str(seen) for seen in server.requests if "Ada Byron —" in str(seen))
    assert {f.relation for f in workspace.facts()} >= {"WorksFor", "born", "worth"}
    assert workspace.ingest(folder, **run).calls.made == 0  # type: ignore[arg-type]
    assert workspace.retry(key_env="PATH").exit_code == 0
    workspace.forget("docs")
    assert workspace.status().facts == 4
    with pytest.raises(KgcError, match="belongs to an imported graph"):
        workspace.ingest(folder, name="facts", **run)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("facts.txt", "is no graph by its suffix"),
        ("none.jsonl", "There is no file"),
        ("a.jsonl.gz", "cannot be read"),
    ],
)
def test_a_source_that_cannot_be_read_is_told_before_anything_is_written(
    workspace: Workspace, tmp_path: Path, name: str, told: str
) -> None:
    if name != "none.jsonl":
        (tmp_path / name).write_text("plain")
    with pytest.raises(KgcError, match=told):
        workspace.import_graph(tmp_path / name)
    with pytest.raises(KgcError, match="no address of a graph server"):
        workspace.import_graph("postgres://localhost/x")


@pytest.mark.parametrize("auto", [False, True])
def test_open_facts_find_the_schema_opened(workspace: Workspace, tmp_path: Path, schema: str, auto: bool) -> None:
    rows = [fact(ADA, "open:translated", BO), fact(ADA, "WorksFor", ACME)]
    path = write_lines(tmp_path / "open.jsonl", rows)
    found = workspace.import_graph(path, schema="auto" if auto else schema)
    assert found.left_out == ()
    assert {f.relation for f in workspace.facts()} == {"open:translated", "WorksFor"}
    asked = workspace.query("MATCH (:Person)-[r:OPEN_FACT]->(b:Person) RETURN r.relation, b.name").rows
    assert [list(row) for row in asked] == [["translated", "Bo Lind"]]
    assert workspace.import_graph(path, schema="auto" if auto else schema).unchanged
    first, second = again(workspace, tmp_path, schema)
    assert kept(first) == kept(second)


def test_a_name_belongs_to_one_source(workspace: Workspace, facts: Path, schema: str, tmp_path: Path) -> None:
    workspace.import_graph(facts, schema=schema)
    (tmp_path / "other").mkdir()
    other = write_lines(tmp_path / "other" / "facts.jsonl", ROWS[:5])
    with pytest.raises(KgcError, match="belongs to an import of"):
        workspace.import_graph(other, schema=schema)
    assert workspace.import_graph(other, schema=schema, name="second").report.documents.done == 2
    for bad in ("a/b", "..", " "):
        with pytest.raises(KgcError, match="cannot name an import"):
            workspace.import_graph(other, schema=schema, name=bad)


NAMES = st.text(alphabet=string.ascii_letters + ' .-公司é"\n—', min_size=1, max_size=12).filter(
    lambda t: t.strip(" .\n")
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(NAMES, NAMES, st.booleans(), st.sampled_from([1.0, 0.25])), min_size=1, max_size=6),
    st.lists(st.tuples(NAMES, NAMES, st.sampled_from(["", "en", "zh"])), max_size=4),
    st.text(max_size=30),
)
def test_any_graph_is_the_same_after_a_round_trip(
    tmp_path_factory: pytest.TempPathFactory,
    works: list[tuple[str, str, bool, float]],
    named: list[tuple[str, str, str]],
    said: str,
) -> None:
    folder = tmp_path_factory.mktemp("any")
    schema = write_schema(folder)
    rows: list[Row] = [entity(name, lang=lang, others=[(other, lang)]) for name, other, lang in named]
    rows += [
        fact(node(p), "WorksFor", node(f, "Firm"), negated=n, confidence=c, evidence=[quote(said)])
        for p, f, n, c in works
    ]
    with Workspace(folder / "ws") as workspace:
        workspace.import_graph(write_lines(folder / "any.jsonl", rows), schema=schema)
        first, second = again(workspace, folder, schema)
    assert kept(first) == kept(second)
