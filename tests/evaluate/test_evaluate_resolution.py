"""Scores of the resolution of records, and the model of records behind them."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.errors import KgcError
from kgc.evaluate.resolution import bcubed, score_clusters, score_resolution
from kgc.evaluate.resolution_rows import Clustered, Judged, read_pairs, read_records
from kgc.resolve.tables.fields import fields_of, rows_of
from kgc.resolve.tables.resolve import resolve_records
from kgc.resolve.tables.values import value

FAMILIES = ("Halvorsen", "Lindqvist", "Solberg", "Brannvik", "Jokela", "Aasen", "Nyholm", "Okafor", "Raman", "Tveit")
GIVEN = ("Ingrid", "Tomas", "Maria", "Olof", "Aarne", "Liv", "Astrid", "Daniel", "Priya", "Henrik")


def people(n: int = 60) -> dict[str, dict[str, str]]:
    """Persons, every second one twice, the second time with slips."""
    chance = random.Random(3)
    found: dict[str, dict[str, str]] = {}
    for i in range(n):
        given_, family = chance.choice(GIVEN), chance.choice(FAMILIES)
        born = f"{chance.randrange(1930, 2000)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 28):02}"
        phone = "".join(str(chance.randrange(10)) for _ in range(8))
        street = f"{chance.choice(FAMILIES)} street {chance.randrange(1, 90)}"
        record = {"given_name": given_, "surname": family, "date_of_birth": born, "phone": phone, "street": street}
        found[f"{i}a"] = record
        if i % 2:
            found[f"{i}b"] = record | {
                "surname": family[:-1],
                "phone": f"+47 {phone[:4]} {phone[4:]}",
                "street": street.replace("street", "st."),
            }
    return found


def test_records_with_slips_are_found_and_others_left_alone() -> None:
    rows = [Clustered(key, record, key[:-1]) for key, record in people().items()]
    found = score_clusters("people", rows)
    assert found.pairwise.f1 > 0.95
    assert found.bcubed is not None
    assert found.bcubed.f1 > 0.97


def test_the_order_of_the_records_means_nothing() -> None:
    records = people()
    mixed = list(records.items())
    random.Random(5).shuffle(mixed)
    assert resolve_records(dict(mixed)).groups == resolve_records(records).groups


def test_each_score_is_the_sum_of_what_its_fields_tell() -> None:
    records = people()
    found = resolve_records(records)
    [(a, b), *_] = found.scores
    one, two = rows_of([records[a], records[b]], found.model.fields)
    features = found.model.features(one, two)
    assert features[0].name == "prior"
    assert {f.name for f in features[1:]} >= {"field:person", "field:phone"}


def test_a_mere_name_is_no_evidence() -> None:
    records = {str(n): {"name": "Springfield"} for n in range(8)} | people()
    assert not any(key.isdigit() for group in resolve_records(records).groups for key in group)


def test_nothing_and_one_record_have_no_groups() -> None:
    assert resolve_records({}).groups == ()
    assert resolve_records({"a": {"name": "Ada"}}).groups == ()
    assert resolve_records({"a": {}, "b": {}}).groups == ()


@settings(deadline=None, max_examples=30)
@given(
    st.dictionaries(
        st.text(min_size=1, max_size=4), st.dictionaries(st.sampled_from(["name", "x"]), st.text()), max_size=5
    )
)
def test_any_records_can_be_resolved(records: dict[str, dict[str, str]]) -> None:
    groups = resolve_records(records).groups
    assert all(len(group) > 1 for group in groups)


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("12/11/1978", (1978, 12, 11)), ("19081209", (1908, 12, 9)), ("Mar 1 1970", (1970, 3, 1)),
        ("25-Jun-08", (2008, 6, 25)), ("31/12/1999", (1999, 12, 31)), ("hello", None), ("1998", None),
    ],
)  # fmt: skip
def test_dates_are_read_in_the_forms_that_people_write(raw: str, wanted: tuple[int, int, int] | None) -> None:
    assert value(raw).date == wanted


def test_codes_are_told_from_measures() -> None:
    assert value("sony cyber-shot DSC-W150 16gb 3.0 inch 1080p dscw150/b").codes == {"dscw150"}


def test_fields_are_read_by_what_stands_in_them() -> None:
    sorts = {f.name: f.sort for f in fields_of(list(people().values()))}
    assert sorts == {"person": "person", "address": "words", "date_of_birth": "date", "phone": "digits"}


def test_bcubed_is_one_for_the_same_groups_and_none_for_nothing() -> None:
    gold = {"a": "1", "b": "1", "c": "2"}
    assert bcubed(gold, gold).f1 == 1
    apart = bcubed(gold, {"a": "x", "b": "y", "c": "z"})
    assert (apart.p, round(apart.r, 4)) == (1.0, 0.6667)


def test_a_folder_of_another_layout_and_a_broken_row_are_told(tmp_path: Path) -> None:
    with pytest.raises(KgcError, match="no resolution set"):
        score_resolution("x", tmp_path)
    path = tmp_path / "records.jsonl"
    path.write_text(json.dumps({"id": "1", "fields": ["no"], "cluster": 1}), encoding="utf-8")
    with pytest.raises(KgcError, match=r"records\.jsonl:1"):
        read_records(path)


RECORD: dict[str, object] = {"id": "1", "fields": {"name": "Ada"}, "cluster": 7}
PAIR: dict[str, object] = {"id": "1", "left": {"name": "Ada"}, "right": {"name": "Bo"}, "label": 0}


def written(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": None}, "'id' is missing"),
        ({"id": ["2"]}, r"'id' is \['2'\], not a string or a number"),
        ({"fields": None}, "'fields' is missing"),
        ({"fields": "Ada"}, "'fields' is 'Ada', not an object"),
        ({"cluster": None}, "'cluster' is missing"),
        ({"cluster": True}, "'cluster' is True, not a string or a number"),
        ({"id": 1, "cluster": 8}, "the id '1' is that of line 1 too"),
    ],
)
def test_a_record_of_another_layout_is_told_with_its_line(tmp_path: Path, change: dict[str, object], said: str) -> None:
    path = written(tmp_path / "records.jsonl", RECORD, {**RECORD, "id": "2", **change})
    with pytest.raises(KgcError, match=rf"records\.jsonl:2: {said}"):
        read_records(path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"label": "0"}, "'label' is '0', not 0, 1, true or false"),
        ({"label": 2}, "'label' is 2, not"),
        ({"label": None}, "'label' is missing"),
        ({"left": None}, "'left' is missing"),
        ({"id": None}, "'id' is missing"),
    ],
)
def test_a_pair_of_another_layout_is_told_with_its_line(tmp_path: Path, change: dict[str, object], said: str) -> None:
    with pytest.raises(KgcError, match=rf"test\.jsonl:2: {said}"):
        read_pairs(written(tmp_path / "test.jsonl", PAIR, {**PAIR, "id": "2", **change}))


def test_labels_are_numbers_or_truths(tmp_path: Path) -> None:
    labels = (0, 1, False, True)
    path = written(tmp_path / "test.jsonl", *({**PAIR, "id": n, "label": label} for n, label in enumerate(labels)))
    assert read_pairs(path)[0] == Judged("0", {"name": "Ada"}, {"name": "Bo"}, same=False)
    assert [pair.same for pair in read_pairs(path)] == [False, True, False, True]


def test_marks_of_order_blank_lines_and_separators_in_a_name_are_no_mistakes(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text('\ufeff\n{"id": 1, "fields": {"name": "A\u2028d\x85a"}, "cluster": 7}\n\n', encoding="utf-8")
    assert read_records(path) == (Clustered("1", {"name": "A\u2028d\x85a"}, "7"),)


def test_records_in_another_encoding_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(b'{"id": "\xe9"}')
    with pytest.raises(KgcError, match=r"records\.jsonl:1: not UTF-8"):
        read_records(path)


def test_febrl_records_are_resolved(kgc_data: Path) -> None:
    found = score_resolution("er/febrl1", kgc_data / "er" / "febrl1")
    assert found.pairwise.f1 > 0.98
    assert set(found.as_json()["scores"]) == {"pairwise", "bcubed"}  # type: ignore[call-overload]
