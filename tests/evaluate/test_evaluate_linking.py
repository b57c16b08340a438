"""Scores of linking: counted right, and the same as others' on what others linked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgc.data import Span
from kgc.errors import KgcError
from kgc.evaluate.linking import Outcome, length, score_linking, score_predictions, scores
from kgc.evaluate.linking_rows import LinkedText, Marked, read_linked, read_predictions
from kgc.evaluate.places import folder_of, task_of

SETS = ("kore50", "oke_2015_eval")
SYSTEMS = ("refined", "genre", "rel")


def test_scores_count_links_nil_and_candidates() -> None:
    outcomes = (
        (Outcome("Ada", "Q1", "Q1", True), Outcome("Ada Byron", "Q1", "", True)),
        (Outcome("Bo", "Q2", "Q3", False), Outcome("Cy", "", "", False), Outcome("Di", "", "Q1", False)),
    )
    found = scores("x", outcomes)
    assert (found.micro.micro.found, found.micro.micro.gold, found.micro.micro.right) == (3, 3, 1)
    assert found.nil == (1, 2)
    assert found.recall == (2, 3)
    told = found.as_json()
    assert set(told["scores"]) == {"micro", "nil", "candidates"}  # type: ignore[call-overload]
    assert "gold-candidate setting" in str(told["setting"])
    assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize(
    ("surface", "label"), [("Ada", "1 word"), ("a b c", "3 words"), ("a b c d e", "4 words and more")]
)
def test_names_are_classed_by_their_words(surface: str, label: str) -> None:
    assert length(surface) == label


def test_a_system_is_scored_by_span_and_id() -> None:
    text = LinkedText("1", "Ada and Bo", (Marked(Span(0, 3), "Q1"), Marked(Span(8, 10), "Q2"), Marked(Span(4, 7), "")))
    found = {"1": ((0, 3, "Q1"), (8, 10, "Q9"), (4, 7, "<NIL>"))}
    assert score_predictions([text], found) == ((2, 2, 1),)


def test_what_is_optional_a_literal_or_inside_another_name_is_not_scored(tmp_path: Path) -> None:
    row = {
        "id": "1", "text": "Ada of Acme 1998", "entities": [
            {"start": 0, "end": 11, "link": "Q1"}, {"start": 0, "end": 3, "link": "Q2", "parent": 0},
            {"start": 7, "end": 11, "link": "Q3", "optional": True}, {"start": 12, "end": 16, "link": "DATETIME"},
        ],
    }  # fmt: skip
    path = tmp_path / "test.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    [text] = read_linked(path)
    assert [m.scored for m in text.names] == [True, False, False, False]
    path.write_text('{"id": "1", "text": "Ada", "entities": [{"start": 0, "end": 9, "link": "Q1"}]}', encoding="utf-8")
    with pytest.raises(KgcError, match=r"test\.jsonl:1"):
        list(read_linked(path))


LINK = {"start": 0, "end": 3, "link": "Q1"}
LINKED: dict[str, object] = {"id": "1", "text": "Ada", "entities": [LINK]}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": None}, "no linked text"),
        ({"text": ["Ada"]}, "no linked text"),
        ({"entities": None}, "no linked text"),
        ({"entities": ["Ada"]}, r"entities\[0\]: 'Ada' is no link"),
        ({"entities": [LINK, {**LINK, "link": None}]}, r"entities\[1\]: .* is no link in the text \(3 long\)"),
        ({"evaluation_span": "all"}, "the evaluation_span 'all' is no range"),
    ],
)
def test_a_text_of_another_layout_is_told_with_its_line(tmp_path: Path, change: dict[str, object], said: str) -> None:
    path = tmp_path / "test.jsonl"
    path.write_text(json.dumps(LINKED) + "\n\n" + json.dumps({**LINKED, **change}), encoding="utf-8")
    with pytest.raises(KgcError, match=rf"test\.jsonl:3: {said}"):
        list(read_linked(path))


@pytest.mark.parametrize(("line", "said"), [(b'{"id": "\xe9"}', "not UTF-8"), (b"[" * 100_000, "no JSON")])
def test_a_line_that_is_no_json_is_told_with_its_number(tmp_path: Path, line: bytes, said: str) -> None:
    path = tmp_path / "test.jsonl"
    path.write_bytes(line)
    with pytest.raises(KgcError, match=rf"test\.jsonl:1: {said}"):
        list(read_linked(path))


def test_what_a_system_linked_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "system.jsonl"
    path.write_text('\ufeff{"id": 1, "mentions": [[0, 3, "A\u2028da"]]}\n\n{"id": "2"}', encoding="utf-8")
    with pytest.raises(KgcError, match=r"system\.jsonl:3: no linked text"):
        read_predictions(path)
    path.write_text('\ufeff{"id": 1, "mentions": [[0, 3, "A\u2028da"]]}\n\n', encoding="utf-8")
    assert read_predictions(path) == {"1": ((0, 3, "A\u2028da"),)}


def test_names_of_sets_tell_their_task_and_unknown_ones_the_nearest(tmp_path: Path) -> None:
    assert (task_of("el/x"), task_of("er/x"), task_of("ie/x")) == ("linking", "resolution", None)
    (tmp_path / "el" / "kore50").mkdir(parents=True)
    (tmp_path / "el" / "kore50" / "kb.jsonl").write_text("", encoding="utf-8")
    environment = {"KGC_DATA": str(tmp_path)}
    assert folder_of("linking", "kore50", environment)[0] == "el/kore50"
    with pytest.raises(KgcError, match="kore50"):
        folder_of("linking", "el/kore5", environment)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("name", SETS)
def test_recorded_linkers_get_the_scores_that_were_published(kgc_data: Path, name: str, system: str) -> None:
    """On KORE 50 to the count; on OKE 2015, where roles and pronouns are annotated, within four counts."""
    folder = kgc_data / "recorded" / "entity_linkers"
    published = json.loads((folder / "published_scores.json").read_text(encoding="utf-8"))[f"{name}.{system}"]
    texts = list(read_linked(kgc_data / "el" / name / "test.jsonl"))
    rows = score_predictions(texts, read_predictions(folder / f"{name}.{system}.jsonl"))
    found, gold, right = (sum(row[i] for row in rows) for i in range(3))
    ours = (right, found - right, gold)
    theirs = (published["true_positives"], published["false_positives"], published["ground_truth"])
    most = 0 if name == "kore50" else 4
    assert all(abs(a - b) <= most for a, b in zip(ours, theirs, strict=True)), (ours, theirs)


def test_given_names_of_kore50_are_linked(kgc_data: Path) -> None:
    found = score_linking("el/kore50", kgc_data / "el" / "kore50")
    assert found.micro.micro.f1 > 0.9
    assert found.recall[1] == found.micro.micro.gold == 143
