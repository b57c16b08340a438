"""`Workspace.import_graph` of RDF: classes and properties by IRI, name or alias; our own exports whole."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kgc import Workspace
from kgc.data.vocabulary import RDF, RDFS
from kgc.errors import KgcError
from tests.pipeline.graph_lines import write_lines, write_schema
from tests.pipeline.test_import_jsonl import ROWS

PREFIXES = """
@prefix ex: <http://ex.org/> . @prefix schema: <https://schema.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture
def schema(tmp_path: Path) -> str:
    return write_schema(tmp_path)


def turtle(folder: Path, text: str, name: str = "graph.ttl") -> Path:
    path = folder / name
    path.write_text(PREFIXES + text, encoding="utf-8")
    return path


def facts(workspace: Workspace) -> set[tuple[str, str, str]]:
    return {(f.head.name, f.relation, getattr(f.tail, "name", "") or f.tail.value) for f in workspace.facts()}  # type: ignore[union-attr]


def test_classes_names_links_and_values_find_their_place(workspace: Workspace, tmp_path: Path, schema: str) -> None:
    path = turtle(
        tmp_path,
        """
        ex:ada a schema:Person, owl:NamedIndividual ; rdfs:label "Ada"@fr, "Ada Byron"@en ;
            skos:altLabel "Countess"@en ;
            ex:works_for ex:acme ; ex:born "1815-12-10"^^xsd:date ; ex:page <http://ada.org/> ;
            owl:sameAs <http://wd.org/Q7259> .
        ex:acme a <https://schema.org/Organization> ; skos:prefLabel "Acme" ; ex:employs ex:Bo_Lind .
        ex:Bo_Lind a ex:Human .
        [] a ex:author ; foaf:name "Someone" ; ex:knows ex:ada .
        """,
    )
    found = workspace.import_graph(path, schema=schema)
    assert found.left_out == ()
    entities = {e.name: e for e in workspace.entities()}
    assert {n: e.type for n, e in entities.items()} == {
        "Ada Byron": "Person", "Acme": "Firm", "Bo Lind": "Person", "Someone": "Author",
    }  # fmt: skip
    assert {(a.name, a.lang) for a in entities["Ada Byron"].aliases} == {
        ("Ada Byron", "en"), ("Ada", "fr"), ("Countess", "en")
    }  # fmt: skip
    assert entities["Ada Byron"].links == ("http://wd.org/Q7259",)
    assert facts(workspace) == {
        ("Ada Byron", "WorksFor", "Acme"), ("Bo Lind", "WorksFor", "Acme"), ("Ada Byron", "born", "1815-12-10"),
        ("Ada Byron", "page", "http://ada.org/"), ("Someone", "Knows", "Ada Byron"),
    }  # fmt: skip
    works = next(f for f in workspace.facts() if f.head.name == "Bo Lind")
    assert works.evidence[0].rationale == "http://ex.org/employs", "the property that it was"


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("g.ttl", {}), ("g.nq", {"graphs": "document"}), ("g.jsonld", {}), ("g.rdf", {}),
        ("g.nt.gz", {"provenance": "star"}),
    ],
)  # fmt: skip
def test_our_own_exports_come_back(
    workspace: Workspace, tmp_path: Path, schema: str, name: str, options: dict[str, str]
) -> None:
    workspace.import_graph(write_lines(tmp_path / "facts.jsonl", ROWS), schema=schema)
    workspace.export(tmp_path / name, hidden=True, **options)  # type: ignore[arg-type]
    with Workspace(tmp_path / "again") as other:
        found = other.import_graph(tmp_path / name, schema=schema)
        assert found.left_out == ()
        for hidden in (True, False):
            ids = [
                {
                    (f.id, f.confidence, f.negated, f.hedged, f.qualifiers, len(f.evidence))
                    for f in w.facts(hidden=hidden)
                }
                for w in (workspace, other)
            ]
            assert ids[0] == ids[1]
        assert {e.id: e.links for e in workspace.entities()} == {e.id: e.links for e in other.entities()}
        assert [e.id for e in workspace.events()] == [e.id for e in other.events()]
        quotes = [e.quote for f in other.facts() if f.relation == "WorksFor" for e in f.evidence]
        assert all('docs/a.txt p. 3]" [facts/facts.jsonl]' in q or 'docs/b.pdf]" [facts' in q for q in quotes), quotes


def test_reified_statements_of_others_count_where_they_are_stated(
    workspace: Workspace, tmp_path: Path, schema: str
) -> None:
    path = turtle(
        tmp_path,
        """
        ex:ada a ex:Person ; ex:worksFor ex:acme . ex:acme a ex:Firm . ex:bo a ex:Person .
        ex:s1 a rdf:Statement ; rdf:subject ex:ada ; rdf:predicate ex:worksFor ; rdf:object ex:acme ; ex:since "1840" .
        ex:s2 a rdf:Statement ; rdf:subject ex:bo ; rdf:predicate ex:worksFor ; rdf:object ex:acme .
        """,
    )
    report = workspace.import_graph(path, schema=schema).report
    (works,) = workspace.facts()
    assert (works.head.name, [(q.name, q.value) for q in works.qualifiers]) == ("ada", [("since", "1840")])
    assert len(works.evidence) == 1, "stated and reified is still said once"
    assert "a statement is reified and not stated." in " ".join(report.warnings)


def test_each_named_graph_that_says_something_supports_it(workspace: Workspace, tmp_path: Path, schema: str) -> None:
    (tmp_path / "g.trig").write_text(
        PREFIXES
        + """
        ex:ada a ex:Person . ex:acme a ex:Firm .
        ex:one { ex:ada ex:worksFor ex:acme . } ex:two { ex:ada ex:worksFor ex:acme . }
        """
    )
    workspace.import_graph(tmp_path / "g.trig", schema=schema)
    (works,) = workspace.facts()
    assert [e.quote for e in works.evidence] == [
        "ada — works for — acme. [http://ex.org/one]", "ada — works for — acme. [http://ex.org/two]",
    ]  # fmt: skip


def test_things_of_one_name_stay_two_unless_they_are_linked(workspace: Workspace, tmp_path: Path, schema: str) -> None:
    path = turtle(
        tmp_path,
        """
        ex:p1 a ex:Person ; rdfs:label "John Smith" . ex:p2 a ex:Person ; rdfs:label "John Smith" .
        ex:f1 a ex:Firm ; rdfs:label "Acme" . ex:f2 a ex:Firm ; rdfs:label "Acme" ; owl:sameAs ex:f1 .
        ex:f3 a ex:Firm ; rdfs:label "Acme Holding" ; owl:sameAs ex:f1 .
        """,
    )
    report = workspace.import_graph(path, schema=schema).report
    assert {e.name for e in workspace.entities() if e.type == "Person"} == {"John Smith (p1)", "John Smith (p2)"}
    (acme,) = [e for e in workspace.entities() if e.type == "Firm"]
    assert {a.name for a in acme.aliases} == {"Acme", "Acme Holding"}
    assert "2 things share class and name" in " ".join(report.warnings)


def test_an_error_in_the_file_names_its_line_and_changes_nothing(
    workspace: Workspace, tmp_path: Path, schema: str
) -> None:
    path = turtle(tmp_path, "ex:ada a ex:Person .\n\nex:bo a ex:Person ; .. \n")
    with pytest.raises(KgcError, match=r"graph\.ttl: .*line 8"):
        workspace.import_graph(path, schema=schema)
    assert workspace.status().documents.done == 0
    path.write_text(PREFIXES + "ex:ada a ex:Person .\n")
    workspace.import_graph(path, schema=schema)
    path.write_text(PREFIXES + 'ex:ada a "\n')
    with pytest.raises(KgcError, match=r"graph\.ttl"):
        workspace.import_graph(path, schema=schema)
    assert [e.name for e in workspace.entities()] == ["ada"], "what was there stays"


def test_ontologies_are_no_things_and_imports_are_not_fetched(
    workspace: Workspace, tmp_path: Path, schema: str
) -> None:
    path = turtle(
        tmp_path,
        """
        <http://ex.org/> a owl:Ontology ; owl:imports <http://127.0.0.1:9/never> .
        ex:Person a owl:Class ; rdfs:subClassOf owl:Thing . ex:worksFor a owl:ObjectProperty ; rdfs:domain ex:Person .
        ex:ada a ex:Person .
        """,
    )
    found = workspace.import_graph(path, schema=schema)
    assert found.things == 1
    assert found.left_out == ()
    assert "owl:imports http://127.0.0.1:9/never is not fetched." in found.report.warnings[0]


def test_blank_nodes_without_a_name_are_left_out_and_told(workspace: Workspace, tmp_path: Path, schema: str) -> None:
    path = turtle(tmp_path, "[] a ex:Person ; ex:worksFor ex:acme . ex:acme a ex:Firm .")
    found = workspace.import_graph(path, schema=schema)
    (left,) = found.left_out
    assert (left.count, left.reason) == (1, "things with no name, of which 1 statements tell")


def test_a_file_is_the_same_packed_and_in_any_order(workspace: Workspace, tmp_path: Path, schema: str) -> None:
    lines = [f'<http://ex.org/p{n}> <{RDFS}label> "Person {n}" .\n' for n in range(40)]
    lines += [f"<http://ex.org/p{n}> <{RDF}type> <https://schema.org/Person> .\n" for n in range(40)]
    lines += [f"<http://ex.org/p{n}> <http://ex.org/knows> <http://ex.org/p{n * 7 % 40}> .\n" for n in range(1, 40)]
    (tmp_path / "g.nt").write_text("".join(lines))
    workspace.import_graph(tmp_path / "g.nt", schema=schema)
    with Workspace(tmp_path / "two") as two, gzip.open(tmp_path / "g.nt.gz", "wt") as packed:
        packed.write("".join(reversed(lines)))
        packed.close()
        two.import_graph(tmp_path / "g.nt.gz", schema=schema)
        assert two.document("g/g.nt.gz").text == workspace.document("g/g.nt").text
        assert [f.id for f in two.facts()] == [f.id for f in workspace.facts()]


def test_hostile_text_stays_text(workspace: Workspace, tmp_path: Path, schema: str) -> None:
    name = "'; DROP TABLE claim; -- `x` {y} \\u202e"
    path = turtle(tmp_path, f"ex:a a ex:Person ; rdfs:label {json.dumps(name)} ; ex:motto {json.dumps(name)} .")
    workspace.import_graph(path, schema=schema)
    (entity,) = workspace.entities()
    assert entity.name == json.loads(json.dumps(name))
    assert [a.value.raw for a in entity.attributes] == [name]
