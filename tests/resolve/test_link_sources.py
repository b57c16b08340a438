"""Knowledge bases as files: what is read, and what is wrong told with its line and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgc.errors import KgcError
from kgc.load.kb import read_kb

SKOS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix e: <https://e.org/> .
e:s a skos:ConceptScheme ; skos:prefLabel "Animals" .
e:cat a skos:Concept ; skos:prefLabel "cat"@en, "Katze"@de ; skos:altLabel "kitty" ; skos:hiddenLabel "catt" ;
    skos:broader e:animal ; skos:definition "A small animal." .
e:animal a skos:Concept ; skos:prefLabel "animal"@en .
"""
OWL = """@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix e: <https://e.org/> .
e: a owl:Ontology ; rdfs:label "An ontology" .
e:knows a owl:ObjectProperty ; rdfs:label "knows" .
e:Person a owl:Class ; rdfs:label "Person" .
e:ada a e:Person , owl:NamedIndividual ; rdfs:label "Ada Byron" ; e:knows e:bo ; rdfs:comment "A mathematician." .
"""


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_tables_and_lines_say_the_same(tmp_path: Path) -> None:
    table = write(tmp_path, "a.csv", 'id,name,aliases,type,description,prior\n7,Ada,"A|B",person,"x, y",3\n')
    lines = write(
        tmp_path,
        "a.jsonl",
        '{"id": 7, "name": "Ada", "aliases": ["A", "B"], "types": "person", "description": "x, y", "prior": 3}\n',
    )
    [one], [two] = list(read_kb(table)), list(read_kb(lines))
    assert (one.id, one.name, one.aliases, one.types, one.description, one.prior) == (
        two.id, two.name, two.aliases, two.types, two.description, two.prior,
    )  # fmt: skip
    assert one.where == "a.csv:2"


def test_columns_may_be_called_otherwise(tmp_path: Path) -> None:
    table = write(tmp_path, "a.tsv", "nr\twer\n1\tAda\n")
    [entry] = read_kb(table, {"id": "nr", "name": "wer"})
    assert (entry.id, entry.name) == ("1", "Ada")


def test_a_thesaurus_gives_its_concepts_with_all_their_labels(tmp_path: Path) -> None:
    animal, cat = read_kb(write(tmp_path, "a.ttl", SKOS))
    assert (cat.name, cat.aliases, cat.description) == ("cat", ("Katze", "kitty", "catt"), "A small animal.")
    assert cat.related == (animal.id,)


def test_an_ontology_gives_classes_and_individuals_but_not_its_properties(tmp_path: Path) -> None:
    person, ada = read_kb(write(tmp_path, "a.ttl", OWL))
    assert (person.name, ada.name, ada.types) == ("Person", "Ada Byron", ("https://e.org/Person", "Person"))
    assert "https://e.org/bo" in ada.related


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "id,label_x\n1,A\n", r"a\.csv:1: no column for 'name'"),
        ("a.csv", "id,name,id\n1,A,2\n", r"a\.csv:1: the column 'id' comes twice"),
        ("a.csv", "id,name\n1,A\n2,\n", r"a\.csv:3: 'name' is empty"),
        ("a.csv", "id,name\n1,A,B\n", r"a\.csv:2: 3 cells, where the header has 2"),
        ("a.csv", "", r"a\.csv is empty"),
        ("a.csv", b"id,name\n1,A\n2,\xff\n", r"a\.csv:3: the column 'name' is not UTF-8"),
        ("a.csv", 'id,name\n1,"A\n', r"a\.csv:\d: unexpected end of data"),
        ("a.csv", "id,name,prior\n1,A,often\n", r"a\.csv:2: 'prior' is 'often'"),
        ("a.jsonl", '{"id": 1, "name": "A"}\n{"id": 2}\n', r"a\.jsonl:2: 'name' is missing"),
        ("a.jsonl", '{"id": 1, "name": ["A"]}\n', r"a\.jsonl:1: 'name' is \['A'\], not a text"),
        ("a.jsonl", '{"id": 1, "name": "A", "aliases": [2]}\n', r"a\.jsonl:1: 'aliases\[0\]' is 2"),
        ("a.jsonl", '{"id": 1, "name": "\\ud800"}\n', r"a\.jsonl:1: 'name' has half a character"),
        ("a.jsonl", b'{"id": 1, "name": "\xff"}\n', r"a\.jsonl:1: not UTF-8"),
        ("a.jsonl", "nonsense\n", r"a\.jsonl:1: no JSON"),
        ("a.jsonl", "[1]\n", r"a\.jsonl:1: a list, not an object"),
        ("a.xlsx", "x", "no knowledge base by its suffix"),
        ("a.ttl", "nonsense", "Correct the file"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_field(tmp_path: Path, name: str, text: str | bytes, message: str) -> None:
    with pytest.raises(KgcError, match=message):
        list(read_kb(write(tmp_path, name, text)))


def test_concepts_that_are_broader_than_themselves_are_named(tmp_path: Path) -> None:
    ring = SKOS + "e:animal skos:broader e:cat .\n"
    with pytest.raises(KgcError, match=r"circle: 'animal' .* -> 'cat' .* -> 'animal'"):
        list(read_kb(write(tmp_path, "a.ttl", ring)))
    one = SKOS + "e:cat skos:narrower e:cat .\n"
    with pytest.raises(KgcError, match=r"circle: 'cat'"):
        list(read_kb(write(tmp_path, "b.ttl", one)))
