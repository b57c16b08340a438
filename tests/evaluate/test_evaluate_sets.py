"""Data sets by name, folder and file; the table of labels against the sets themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgc.errors import KgcError
from kgc.evaluate.labels import labelling
from kgc.evaluate.rows import read_rows
from kgc.evaluate.scheme import identifiers, schema_of
from kgc.evaluate.sets import find, held_out, names, published
from kgc.evaluate.table import Entry, entries, usual_schema
from kgc.schema.find import find as find_schema
from kgc.schema.naming import is_identifier

ROW = json.dumps({"id": "1", "text": "Ada", "entities": [{"start": 0, "end": 3, "type": "Person"}]}) + "\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "ie" / "small"
    folder.mkdir(parents=True)
    for split, rows in (("test", 2), ("train", 3), ("a-dev", 1), ("b-dev", 1)):
        (folder / f"{split}.jsonl").write_text(ROW * rows, encoding="utf-8")
    (folder / "README.md").write_text(
        "# Small\n\n## Published results\nBERT: 88.9 [page].\n\n[page] = read in a page.\n\n## More\nno\n",
        encoding="utf-8",
    )
    return tmp_path / "data"


def test_a_name_means_its_test_split_and_may_name_another(root: Path) -> None:
    environment = {"KGC_DATA": str(root)}
    assert (find("ie/small", environment).name, len(find("ie/small", environment).rows())) == ("ie/small:test", 2)
    assert len(find("ie/small:dev", environment).rows()) == 2
    assert len(find("ie/small:b-dev", environment).rows()) == 1
    assert len(find(str(root / "ie" / "small"), {}).rows()) == 2


def test_what_is_not_there_is_told_with_the_nearest(root: Path) -> None:
    environment = {"KGC_DATA": str(root)}
    with pytest.raises(KgcError, match="Did you mean 'ie/small'"):
        find("ie/smal", environment)
    with pytest.raises(KgcError, match="Did you mean 'test'") as caught:
        find("ie/small:tset", environment)
    assert "a-dev" in caught.value.hint
    with pytest.raises(KgcError, match="KGC_DATA is not set"):
        find("ie/small", {})
    with pytest.raises(KgcError, match="no folder"):
        find("ie/small", {"KGC_DATA": str(root / "gone")})


def test_published_results_are_shown_as_they_stand(root: Path) -> None:
    assert published(find("ie/small", {"KGC_DATA": str(root)})) == ("BERT: 88.9 [page].", "[page] = read in a page.")
    assert published(find(str(root / "ie" / "small" / "test.jsonl"), {})) == ()


def test_labels_become_different_names_that_a_class_may_have() -> None:
    labels = ["place of birth", "place-of-birth", "", "3D model", "自己", "per:title/position"]
    found = identifiers(labels, ["PlaceOfBirth"])
    assert len(set(found.values())) == len(labels)
    assert all(is_identifier(name) for name in found.values())
    assert "PlaceOfBirth" not in found.values()


def test_a_schema_made_of_labels_keeps_entities_and_relations_of_one_label_apart(tmp_path: Path) -> None:
    row = {
        "text": "rash by drugol",
        "entities": [{"start": 0, "end": 4, "type": "Effect"}, {"start": 8, "end": 14, "type": "Drug"}],
        "triples": [{"head": "rash", "relation": "Effect", "tail": "drugol", "head_entity": 0, "tail_entity": 1}],
    }
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    schema = schema_of("x", read_rows(path), {"Drug": "Substance"})
    assert [(e.name, e.parent) for e in schema.entities] == [("Effect", ""), ("Drug", "Substance"), ("Substance", "")]
    assert [(r.name, r.head, r.tail) for r in schema.relations] == [("Effect2", ("Effect",), ("Drug",))]
    matched = labelling(schema, Entry(), list(read_rows(path)))
    assert matched.unknown == ()


@pytest.mark.parametrize("name", sorted(entries()))
def test_the_table_speaks_of_types_and_relations_that_its_schema_has(name: str) -> None:
    entry = entries()[name]
    schema = find_schema(entry.schema or usual_schema())
    attributes = {a.name for e in schema.entities for a in e.attributes}
    for types in entry.entities.values():
        assert all(schema.entity(t) for t in types), types
    for ways in entry.relations.values():
        assert all(schema.relation(w.removeprefix("~")) or w in attributes for w in ways), ways


@pytest.mark.data
def test_every_set_has_its_files_and_every_label_of_a_shipped_schema_is_known(kgc_data: Path) -> None:
    environment = {"KGC_DATA": str(kgc_data)}
    there = names(kgc_data)
    assert set(held_out(there)) <= set(there)
    for name in there:
        data = find(name, environment)
        assert data.files, name
        if data.entry.schema:
            rows = data.rows()
            labels = {e.label for row in rows for e in row.entities}
            unknown = set(labelling(find_schema(data.entry.schema), data.entry, rows).unknown)
            assert not labels & unknown, name


@pytest.mark.data
def test_what_the_built_in_model_was_trained_on_is_no_part_of_a_default(kgc_data: Path) -> None:
    """Re-DocRED and WikiGold have no test file: the last rows of their only file are held out."""
    environment = {"KGC_DATA": str(kgc_data)}
    assert (len(find("ie/redocred", environment).rows()), len(find("ner/wikigold", environment).rows())) == (30, 340)
    assert len(find("ie/redocred:dev", environment).rows()) == 200
