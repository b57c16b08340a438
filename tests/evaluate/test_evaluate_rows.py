"""Rows of a user's own file: what is read, and what is said of mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.data import Span
from kgc.errors import KgcError
from kgc.evaluate.glue import glued
from kgc.evaluate.rows import Named, Row, read_rows

GOOD = {"id": "1", "text": "Ada met Bo.", "entities": [{"start": 0, "end": 3, "type": "Person"}]}


def written(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_row_needs_no_more_than_a_text(tmp_path: Path) -> None:
    assert list(read_rows(written(tmp_path, '{"text": "x"}', ""))) == [Row("1", "x")]


def test_an_entity_needs_no_text_of_its_own(tmp_path: Path) -> None:
    [row] = read_rows(written(tmp_path, json.dumps(GOOD)))
    assert row.entities == (Named(Span(0, 3), "Person", "Ada"),)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": None}, "'text' is missing"),
        ({"entities": [{"start": 0, "end": 99, "type": "Person"}]}, "start 0, end 99 is no range"),
        ({"entities": [{"start": True, "end": 3, "type": "Person"}]}, "start True"),
        ({"entities": [{"start": 0, "end": 3, "type": "Person", "text": "Bo"}]}, "'Ada', not 'Bo'"),
        ({"entities": [{"start": 0, "end": 3}]}, "'type' is missing"),
        ({"entities": ["Ada"]}, "'Ada' is no object"),
        ({"entities": 7}, "'entities' is 7, not a list"),
        ({"triples": [{"head": "Ada", "relation": "knows"}]}, "'tail' is missing"),
        ({"triples": [{"head": "Ada", "relation": "r", "tail": "Bo", "head_entity": 1}]}, "head_entity is 1"),
        ({"sentences": [[3, 1]]}, "no range of the text"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, change: dict[str, object], said: str) -> None:
    path = written(tmp_path, json.dumps(GOOD), json.dumps({**GOOD, **change}))
    with pytest.raises(KgcError) as caught:
        list(read_rows(path))
    assert caught.value.message.startswith(f"{path}:2: ")
    assert said in caught.value.message


@pytest.mark.parametrize("line", ["{", "[]", '"x"', "nul", '{"text": ' + "[" * 100_000])
def test_what_is_no_object_is_told_with_its_line(tmp_path: Path, line: str) -> None:
    path = written(tmp_path, line)
    with pytest.raises(KgcError, match=r"rows\.jsonl:1: "):
        list(read_rows(path))


def test_a_file_in_another_encoding_is_a_mistake_and_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"text": "x"}\n{"text": "\xe9"}')
    with pytest.raises(KgcError, match=r"rows\.jsonl:2: not UTF-8"):
        list(read_rows(path))


def test_marks_of_order_blank_lines_and_separators_in_a_text_are_no_mistakes(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('\ufeff{"text": "a\u2028b\x85c"}\r\n\n \u00a0\n{"text": "d"}\n', encoding="utf-8", newline="")
    assert list(read_rows(path)) == [Row("1", "a\u2028b\x85c"), Row("4", "d")]


def test_a_tokenised_text_is_read_as_print() -> None:
    text = "Ruth , of Duluth , Minn . , said ( twice ) ."
    row = Row("1", text, (Named(Span(10, 16), "Loc", "Duluth"), Named(Span(19, 25), "Loc", "Minn .")))
    done = glued(row)
    assert done.text == "Ruth, of Duluth, Minn., said (twice)."
    assert [(e.surface, e.span.of(done.text)) for e in done.entities] == [("Duluth", "Duluth"), ("Minn.", "Minn.")]


@given(st.lists(st.sampled_from(["Ada", ",", ".", "(", ")", "'s", "Bo", "$", "5", "``", "''"]), min_size=1), st.data())
def test_names_keep_their_letters_when_spaces_go(tokens: list[str], data: st.DataObject) -> None:
    text = " ".join(tokens)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    [name] = glued(Row("1", text, (Named(Span(start, end), "X", text[start:end]),))).entities
    assert name.surface.replace(" ", "") == text[start:end].replace(" ", "")
