"""`kgc export`, `validate` and `schema` on a workspace, as people use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kgc.cli.app import app
from kgc.errors import StoreError
from kgc.pipeline.workspace import Workspace
from kgc.testing.script import Script
from kgc.testing.server import Server
from tests.story import SCHEMA, STORY, read_aloud, write_story

ox = pytest.importorskip("pyoxigraph")
pytest.importorskip("pyshacl")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of the small world in tests/story.py."""
    place = tmp_path_factory.mktemp("world")
    write_story(place / "docs", STORY)
    (place / "staff.py").write_text(SCHEMA, encoding="utf-8")
    with Server(Script(reply=read_aloud)) as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_API_KEY", "none")
        with Workspace(place) as workspace:
            workspace.ingest(
                place / "docs",
                schema=str(place / "staff.py"),
                model="openai:m",
                strategy="codekgc",
                base_url=server.url,
            )  # fmt: skip
    return place


def kgc(place: Path, *args: str) -> Result:
    return CliRunner().invoke(app, [*args, "-w", str(place)], catch_exceptions=False, standalone_mode=False)


def test_every_fact_of_the_workspace_is_in_the_file(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    assert kgc(place, "export", str(path)).return_value == 0
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    found = store.query(
        "SELECT ?f WHERE { ?f a <http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement> ."
        " ?f <http://www.w3.org/ns/prov#wasDerivedFrom> ?p }"
    )
    with Workspace(place) as workspace:
        facts = {fact.id for fact in workspace.facts()}
    assert {row["f"].value.rpartition("/")[2] for row in found} == facts
    assert facts


def test_a_span_in_the_file_is_where_the_quote_stands(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.nt"
    kgc(place, "export", str(path))
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.N_TRIPLES)
    rows = list(
        store.query(
            "PREFIX oa: <http://www.w3.org/ns/oa#> SELECT ?source ?start ?end ?quote WHERE {"
            " ?p oa:hasSource/<http://purl.org/dc/terms/identifier> ?source ; oa:hasSelector ?a , ?b ;"
            " <https://kgc.example/ns#aligned> 'exact' . ?a oa:start ?start ; oa:end ?end . ?b oa:exact ?quote }"
        )
    )
    with Workspace(place) as workspace:
        for row in rows:
            text = workspace.document(row["source"].value).text
            assert text[int(row["start"].value) : int(row["end"].value)] == row["quote"].value
    assert rows


def test_the_graph_conforms_to_its_schema(place: Path) -> None:
    done = kgc(place, "validate", "--json")
    verdict = json.loads(done.stdout)
    assert (done.return_value, verdict["conforms"], verdict["violations"]) == (0, True, 0)
    assert verdict["statements"] > 0


def test_a_wrong_fact_is_told_with_its_rule_and_document(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    kgc(place, "export", str(path))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(" a kg:Person ;", " a kg:Organization ;"), encoding="utf-8")
    done = kgc(place, "validate", "--on", str(path))
    assert done.return_value == 3
    assert "violation: The head of" in done.stdout
    assert "must be a Person." in done.stdout
    assert "docs/" in done.stdout


def test_shapes_of_ones_own_are_held(place: Path, tmp_path: Path) -> None:
    shapes = tmp_path / "mine.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetClass"
        " <https://kgc.example/schema/Person> ; sh:property [ sh:path <urn:p> ; sh:minCount 1 ; sh:message 'No p.' ] .",
        encoding="utf-8",
    )
    done = kgc(place, "validate", "--shapes", str(shapes))
    assert done.return_value == 3
    assert "No p." in done.stdout


def test_shapes_that_are_none_are_a_mistake(place: Path, tmp_path: Path) -> None:
    shapes = tmp_path / "bad.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetNode <urn:x> ; sh:property"
        " [ sh:path <urn:p> ; sh:minCount 'many' ] .",
        encoding="utf-8",
    )
    with pytest.raises(StoreError, match="shapes"):
        kgc(place, "validate", "--shapes", str(shapes))


def test_the_schema_of_the_workspace_is_exported_and_imported_again(place: Path, tmp_path: Path) -> None:
    ontology, file = tmp_path / "staff.owl", tmp_path / "back.py"
    assert kgc(place, "export", str(ontology), "--what", "ontology").return_value == 0
    assert kgc(place, "schema", "import", str(ontology), "-o", str(file)).return_value == 0
    again = json.loads(kgc(place, "schema", "check", str(file), "--json").stdout)
    first = json.loads(kgc(place, "schema", "check", str(place / "staff.py"), "--json").stdout)
    assert {k: again[k] for k in ("entities", "relations", "events")} == {
        k: first[k] for k in ("entities", "relations", "events")
    }


@pytest.mark.parametrize(("form", "told"), [("owl", "owl:Class"), ("shacl", "sh:NodeShape")])
def test_a_schema_is_shown_as_rdf(form: str, told: str, place: Path) -> None:
    assert told in kgc(place, "schema", "show", "science", "--as", form).stdout


@pytest.mark.parametrize(
    "args",
    [
        ("export", "x.ttl", "--base", "nonsense"),
        ("export", "x.csv", "--base", "https://a.org/"),
        ("export", "x.rdf", "--provenance", "star"),
        ("export", "x.csv", "--what", "shapes"),
        ("validate", "--on", "missing.ttl"),
        ("validate", "--on", "http://localhost:1/x"),
        ("schema", "import", "missing.owl"),
    ],
)
def test_what_cannot_be_done_is_a_mistake_with_a_hint(args: tuple[str, ...], place: Path) -> None:
    from kgc.errors import KgcError

    with pytest.raises(KgcError) as caught:
        CliRunner().invoke(app, [*args, "-w", str(place)], catch_exceptions=False, standalone_mode=False)
    assert caught.value.hint
    assert not Path(args[1]).exists()
