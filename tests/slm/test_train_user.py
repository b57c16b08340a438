"""What a user adds to training: our rows, Prodigy's, spaCy's JSON and `.spacy` files; all of it or nothing."""

from __future__ import annotations

import json
import random
import re
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc, DocBin, Span

from kgc.errors import KgcError
from kgc.slm.train import user_spacy
from kgc.slm.train.examples import Example
from kgc.slm.train.recipe import Recipe, Stage, train
from kgc.slm.train.user import read_user
from kgc.slm.train.user_json import array, lines
from kgc.slm.train.user_labels import kind_of, relation_of

TEXT = "Ingrid Dahl leads Fjordcell in Molde."
SPANS = [
    {"start": 0, "end": 11, "label": "PERSON", "token_start": 0, "token_end": 1},
    {"start": 18, "end": 27, "label": "ORG", "token_start": 3, "token_end": 3},
    {"start": 31, "end": 36, "label": "GPE", "token_start": 5, "token_end": 5},
]
NAMES = [["Ingrid Dahl", "PER"], ["Fjordcell", "ORG"], ["Molde", "LOC"]]


def written(folder: Path, *rows: object, name: str = "my.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(r if isinstance(r, str) else json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return path


def names(found: Example) -> list[list[str]]:
    return [[found.text[a.start : a.end], a.kind] for a in found.arguments]


def facts(found: Example) -> set[tuple[str, str, str]]:
    words = [found.text[a.start : a.end] for a in found.arguments]
    return {(words[h], r, words[t]) for h, r, t, _ in found.facts}


def one(path: Path) -> Example:
    [found] = read_user([path]).examples
    return found


def fault(path: Path) -> str:
    with pytest.raises(KgcError) as caught:
        read_user([path])
    return str(caught.value)


def bin_of(folder: Path, *docs: Doc, keep: bool = True) -> Path:
    path = folder / "my.spacy"
    DocBin(docs=docs, store_user_data=keep).to_disk(path)
    return path


def doc(text: str, *ends: tuple[int, int, str], rel: object = None) -> Doc:
    made = English()(text)
    made.ents = [Span(made, s, e, label=label) for s, e, label in ends]
    if rel is not None:
        made.user_data[user_spacy.REL] = rel
    return made


# --- the kinds of file ----------------------------------------------------------------------------------------------


def test_prodigys_spans_and_relations_are_learned_from(tmp_path: Path) -> None:
    relations = [
        {"head": 1, "child": 3, "label": "leader_of"},
        {"head": 0, "child": 0, "head_span": SPANS[1], "child_span": SPANS[2], "label": "BASED_IN"},
    ]
    found = one(written(tmp_path, {"text": TEXT, "spans": SPANS, "relations": relations, "answer": "accept"}))
    assert names(found) == NAMES
    assert facts(found) == {("Ingrid Dahl", "LeaderOf", "Fjordcell"), ("Fjordcell", "BasedIn", "Molde")}
    assert found.negative == 1


def test_a_relations_token_is_found_by_the_rows_tokens_where_spans_have_none(tmp_path: Path) -> None:
    tokens = [{"start": s, "end": e} for s, e in ((0, 6), (7, 11), (12, 17), (18, 27))]
    plain = [{k: v for k, v in s.items() if not k.startswith("token")} for s in SPANS]
    row = {"text": TEXT, "tokens": tokens, "spans": plain, "relations": [{"head": 0, "child": 3, "label": "LeaderOf"}]}
    assert facts(one(written(tmp_path, row))) == {("Ingrid Dahl", "LeaderOf", "Fjordcell")}


def test_what_was_not_accepted_is_left_out_and_told(tmp_path: Path) -> None:
    rows = [{"text": TEXT, "spans": SPANS, "answer": a} for a in ("accept", "reject", "ignore")]
    found = read_user([written(tmp_path, *rows)])
    assert len(found.examples) == 1
    assert "1 texts (2 not accepted, left out), 3 names" in found.told[0]


def test_spacys_training_tuples_are_read_as_an_array_or_a_line_each(tmp_path: Path) -> None:
    pair = [TEXT, {"entities": [[0, 11, "PERSON"], [18, 27, "ORG"], [31, 36, "GPE"]]}]
    for path in (written(tmp_path, json.dumps([pair], indent=1), name="a.json"), written(tmp_path, pair)):
        found = one(path)
        assert names(found) == NAMES
        assert found.negative == 0, "nobody looked for relations: a pair without one says nothing"


def test_a_docs_json_is_read(tmp_path: Path) -> None:
    made = doc(TEXT, (0, 2, "PERSON"), (3, 4, "ORG"), (5, 6, "GPE"))
    assert names(one(written(tmp_path, made.to_json()))) == NAMES


def test_a_spacy_file_gives_entities_and_relations(tmp_path: Path) -> None:
    rel = {(0, 3): {"LEADER_OF": 1.0, "FOUNDED": 0.0}, (3, 5): "BasedIn", (5, 0): {}}
    found = one(bin_of(tmp_path, doc(TEXT, (0, 2, "PERSON"), (3, 4, "ORG"), (5, 6, "GPE"), rel=rel)))
    assert names(found) == NAMES
    assert facts(found) == {("Ingrid Dahl", "LeaderOf", "Fjordcell"), ("Fjordcell", "BasedIn", "Molde")}


def test_a_spacy_file_without_relations_teaches_names_alone(tmp_path: Path) -> None:
    found = one(bin_of(tmp_path, doc(TEXT, (0, 2, "PERSON"), rel={(0, 0): {}}), keep=False))
    assert names(found) == NAMES[:1]
    assert found.negative == 0


def test_without_spacy_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = bin_of(tmp_path, doc(TEXT, (0, 2, "PERSON")))
    monkeypatch.setattr(user_spacy, "find_spec", lambda _: None)
    assert "pip install spacy" in fault(path)


def test_our_own_rows_are_learned_from(tmp_path: Path) -> None:
    row = {
        "text": TEXT,
        "entities": [{"start": 0, "end": 11, "type": "Person"}, {"start": 18, "end": 27, "type": "Company"}],
        "triples": [{"head": "Ingrid Dahl", "relation": "LeaderOf", "tail": "Fjordcell"}],
    }
    found = one(written(tmp_path, row))
    assert facts(found) == {("Ingrid Dahl", "LeaderOf", "Fjordcell")}
    assert [a.cls for a in found.arguments] == ["Person", "Company"]


# --- what is learned of them ----------------------------------------------------------------------------------------


def test_a_relation_told_between_two_mentions_is_learned_there_and_not_between_others(tmp_path: Path) -> None:
    text = "Ada Berg saw Oslo. Ada Berg was born in lovely, distant Oslo."
    entities = [[0, 8, "PERSON"], [13, 17, "GPE"], [19, 27, "PERSON"], [56, 60, "GPE"]]
    spans = [dict(zip(("start", "end", "label"), e, strict=True)) for e in entities]
    told = {"head": 0, "child": 0, "head_span": spans[2], "child_span": spans[3], "label": "BornIn"}
    found = one(written(tmp_path, {"text": text, "spans": spans, "relations": [told]}))
    assert found.facts == ((2, "BornIn", 3, 1.0),)
    assert (0, 1) in found.unsure


def test_an_unknown_relation_is_neither_a_fact_nor_none_and_is_told(tmp_path: Path) -> None:
    told = [{"head": 1, "child": 3, "label": "ADMIRES"}, {"head": 3, "child": 5, "label": "NO_RELATION"}]
    found = read_user([written(tmp_path, {"text": TEXT, "spans": SPANS, "relations": told})])
    [example] = found.examples
    assert example.facts == ()
    assert example.unsure == {(0, 1)}
    assert any("ADMIRES 1" in line for line in found.told)


def test_a_relation_across_sentences_is_not_learned_and_the_count_says_so(tmp_path: Path) -> None:
    text = "Ada Berg spoke. Oslo listened."
    spans = [{"start": 0, "end": 8, "label": "PERSON"}, {"start": 16, "end": 20, "label": "GPE"}]
    told = {"head": 0, "child": 0, "head_span": spans[0], "child_span": spans[1], "label": "LivesIn"}
    found = read_user([written(tmp_path, {"text": text, "spans": spans, "relations": [told]})])
    assert found.examples[0].facts == ()
    assert any("0 of 1 relations" in line for line in found.told)


def test_founded_is_a_date_or_a_founder_by_its_tail() -> None:
    assert relation_of("FOUNDED", valued=True) == ("founded", False)
    assert relation_of("FOUNDED", valued=False) == ("FounderOf", False)
    assert relation_of("founded by", valued=False) == ("FounderOf", True)


@pytest.mark.parametrize(
    ("label", "kind", "cls"),
    [
        ("PERSON", "PER", "Person"), ("GPE", "LOC", ""), ("Company", "ORG", "Company"), ("university", "ORG", "School"),
        ("NORP", "NORP", ""), ("MONEY", "amount", ""), ("PERCENT", "", ""), ("GENE", "MISC", ""),
    ],
)  # fmt: skip
def test_labels_of_spacy_schemas_and_data_sets_are_known(label: str, kind: str, cls: str) -> None:
    assert kind_of(label) == (kind, cls)


def test_a_file_that_marks_no_other_names_does_not_teach_that_there_are_none(tmp_path: Path) -> None:
    few = [TEXT, {"entities": [[0, 11, "PERSON"]]}]
    found = read_user([written(tmp_path, few)])
    assert not found.examples[0].misc
    assert any("no ORG, LOC is marked" in line for line in found.told)
    assert one(written(tmp_path, [TEXT, {"entities": [[18, 27, "GENE"]]}])).misc


def test_a_long_text_is_cut_into_passages_without_losing_its_names(tmp_path: Path) -> None:
    text = " ".join([f"{TEXT[:-1]} today."] * 60)
    step = len(TEXT) + 7
    entities = [[i * step + s["start"], i * step + s["end"], s["label"]] for i in range(60) for s in SPANS]
    found = read_user([written(tmp_path, [text, {"entities": entities}])]).examples
    assert len(found) == 15
    assert [n for e in found for n in names(e)] == NAMES * 60


# --- what is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("not json\n", "not JSON"),
        ({"text": "a"}, "no list of entities"),
        ({"entities": []}, "there is no text"),
        ({"text": " ", "entities": []}, "empty"),
        ({"text": "a\ud800b", "entities": []}, "half a character"),
        ([TEXT, {"entities": [[0, 99, "PERSON"]]}], "no text from 0 to 99"),
        ([TEXT, {"entities": [[5, 5, "PERSON"]]}], "no text from 5 to 5"),
        ([TEXT, {"entities": [[0, 12, "PERSON"]]}], "'Ingrid Dahl ' (0 to 12) begins or ends with a space"),
        ([TEXT, {"entities": [[0, 10, "PERSON"]]}], "inside a word"),
        ([TEXT, {"entities": [[0, 11, "PERSON"], [7, 11, "PERSON"]]}], "overlap"),
        ([TEXT, {"entities": [[0.5, 11, "PERSON"]]}], "whole number"),
        ([TEXT, {"entities": [[0, 11, None]]}], "no label"),
        ([TEXT, {"entities": ["Ingrid"]}], "is no name"),
        ({"text": TEXT, "spans": [{**SPANS[0], "text": "Ingrid"}]}, "stands 'Ingrid Dahl', not 'Ingrid'"),
        ({"text": TEXT, "spans": SPANS, "relations": [{"head": 2, "child": 3, "label": "X"}]}, "lies in no span"),
        ({"text": TEXT, "spans": SPANS, "relations": [{"head": 1, "child": 1, "label": "X"}]}, "and itself"),
        ({"text": TEXT, "spans": SPANS, "relations": [7]}, "no relation with head"),
        (
            {"text": TEXT, "entities": SPANS, "triples": [{"head": "Bob", "relation": "BornIn", "tail": "Molde"}]},
            "'Bob' is not among the entities",
        ),
        ({"text": TEXT, "entities": SPANS, "triples": [{"head_entity": 9, "relation": "R"}]}, "head_entity = 9"),
        ({"id": 1, "paragraphs": []}, "spacy convert"),
        (7, "not a row"),
        ("[" * 100_000 + "\n", "nested too deep"),
    ],
)
def test_a_row_that_cannot_be_learned_from_is_named_with_its_file_line_and_fault(
    tmp_path: Path, row: object, said: str
) -> None:
    good = [TEXT, {"entities": [[0, 11, "PERSON"]]}]
    path = written(tmp_path, good, row)
    found = fault(path)
    assert f"{path}:2: " in found
    assert said in found


def test_the_line_of_an_item_in_an_array_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, f'[\n["{TEXT}", {{"entities": []}}],\n\n  ["x",\n {{}}]\n]\n', name="my.json")
    assert f"{path}:4: " in fault(path)


def test_an_array_that_breaks_off_is_refused_whole(tmp_path: Path) -> None:
    path = written(tmp_path, f'[["{TEXT}", {{"entities": []}}],\n', name="my.json")
    assert "no end" in fault(path)


def test_many_mistakes_are_told_together_and_counted(tmp_path: Path) -> None:
    found = fault(written(tmp_path, *(["x", {}] for _ in range(25))))
    assert "my.jsonl:10:" in found
    assert "my.jsonl:11:" not in found
    assert "and 15 more" in found


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_a_spacy_file_that_is_none_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "my.spacy"
    path.write_bytes(content)
    assert re.search(r"my\.spacy is no DocBin", fault(path))


def test_a_spacy_file_with_any_byte_changed_is_read_or_refused(tmp_path: Path) -> None:
    whole = doc(TEXT, (0, 2, "PERSON"), (3, 4, "ORG"), rel={(0, 3): {"LeaderOf": 1.0}})
    body, dice = zlib.decompress(bin_of(tmp_path, whole).read_bytes()), random.Random(1)
    path = tmp_path / "changed.spacy"
    refused = 0
    for _ in range(200):
        changed = bytearray(body)
        changed[dice.randrange(len(body))] = dice.randrange(256)
        path.write_bytes(zlib.compress(bytes(changed)))
        try:
            read_user([path])
        except KgcError:
            refused += 1
    assert refused > 20


def test_a_doc_whose_relations_point_nowhere_is_named_by_its_number(tmp_path: Path) -> None:
    good = doc(TEXT, (0, 2, "PERSON"))
    bad = doc(TEXT, (0, 2, "PERSON"), rel={(0, 4): {"LeaderOf": 1.0}})
    assert "document 2: token 4 of 'LeaderOf'" in fault(bin_of(tmp_path, good, bad))


def test_a_doc_with_span_groups_alone_is_told_where_entities_belong(tmp_path: Path) -> None:
    made = English()(TEXT)
    made.spans["sc"] = [Span(made, 0, 2, label="PERSON")]
    assert "put them into doc.ents" in fault(bin_of(tmp_path, made))


def test_an_empty_file_is_a_mistake(tmp_path: Path) -> None:
    assert "holds no annotated text" in fault(written(tmp_path, "\n"))


def test_bytes_that_are_no_text_are_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "my.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    assert "cannot be read" in fault(path)


def test_data_that_no_stage_takes_are_a_mistake(tmp_path: Path) -> None:
    path = written(tmp_path, [TEXT, {"entities": [[0, 11, "PERSON"]]}])
    recipe = Recipe(stages=(Stage(data={"own": 1}),))
    with pytest.raises(KgcError, match="user = 1"):
        train(recipe, data=tmp_path, extra=[path], out=tmp_path / "out", resume=False, say=print)


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x, max_size=4))


@given(st.lists(JSON, max_size=6), st.sampled_from(["", " ", "\n", "\n\n "]))
def test_items_of_an_array_come_with_the_lines_that_they_begin_on(items: list[object], gap: str) -> None:
    written_as = [json.dumps(i) for i in items]
    text = f"{gap}[{gap}" + f"{gap},{gap}".join(written_as) + f"{gap}]"
    found = list(array(text))
    assert [value for _, value in found] == items
    at = len(gap) + 1 + len(gap)
    for (line, _), one_item in zip(found, written_as, strict=True):
        assert line == 1 + text.count("\n", 0, at)
        at += len(one_item) + 1 + 2 * len(gap)


@given(st.lists(JSON, max_size=6))
def test_lines_come_with_their_numbers(items: list[object]) -> None:
    assert list(lines("\n".join(f"{json.dumps(i)}\n" for i in items))) == [(2 * n + 1, i) for n, i in enumerate(items)]
