"""Where sentences of documents end: abbreviations, initials, references, lists, tables, Chinese."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.data.sentences import sentences


def split(text: str, lang: str = "") -> list[str]:
    return [s.of(text) for s in sentences(text, lang)]


@pytest.mark.parametrize("whole", [
    "Dr. Smith met Prof. J. R. Jones.",
    "Drs. Ahmed and Cole signed.",
    "It works, e.g. The Beatles did it.",
    "See No. 5 for more.",
    "The U.S. Army came.",
    "As shown by Kim et al. (2019) it grew 3.5 percent.",
    "Emperor Norton (c. 1818 – 1880) and his son (b. 1860) ruled.",
    "The rule (p. 330) applies.",
    "He died in 1805. [19]",
    "He died in 1805.[19]",
    "Vizag Gases Pvt. Ltd. makes oxygen.",
    "J.K. Rowling wrote it.",
])  # fmt: skip
def test_what_only_looks_like_an_end_is_none(whole: str) -> None:
    assert split(f"{whole} The next one follows.") == [whole, "The next one follows."]


def test_a_reference_behind_a_space_stays_with_what_it_proves() -> None:
    assert split("His wife left. [20] [21] She wept.") == ["His wife left. [20] [21]", "She wept."]


def test_headings_items_and_rows_are_sentences_of_their_own() -> None:
    text = "INTRODUCTION\n\n1. First item\n2. Second item\n• Third\nName | Born | City\nBob | 1990 | Rome\n"
    assert split(text) == [
        "INTRODUCTION", "1. First item", "2. Second item", "• Third", "Name | Born | City", "Bob | 1990 | Rome",
    ]  # fmt: skip


def test_prose_goes_on_over_the_end_of_a_line() -> None:
    text = "This sentence is wrapped by whoever wrote it at about seventy letters a\nline. The next one is not."
    assert len(split(text)) == 2


def test_chinese_ends_at_its_own_stops_with_the_quotes_that_close() -> None:
    assert split("公司成立于2001年。他说：“你好。”总部在北京；开始！", "zh") == [
        "公司成立于2001年。", "他说：“你好。”", "总部在北京；", "开始！",
    ]  # fmt: skip


PIECES = st.sampled_from(
    [
        "Dr.",
        "U.S.",
        " [3]",
        "[12]",
        "a",
        "B",
        "。",
        "”",
        ".",
        "!",
        "? ",
        "\n",
        "\n\n",
        " ",
        "c. 18",
        "- x",
        "1. ",
        " | ",
        "é",
        "第一条",
        "…",
        "\u2028",
        "(b. 1)",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_sentences_tile_all_that_is_not_blank(text: str) -> None:
    spans = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(s.of(text) == s.of(text).strip() != "" for s in spans)
    assert "".join("".join(s.of(text).split()) for s in spans) == "".join(text.split())


@pytest.mark.parametrize("unit", ["A. b ", ". [1]", ".", " ", "x\n", "。”"])
def test_a_long_line_is_split_in_linear_steps(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    assert sum(s.end - s.start for s in sentences(text)) <= len(text)


def test_edited_prose_is_split_where_its_annotators_did(kgc_data: Path) -> None:
    path = kgc_data / "treebank/gum_open/dev.jsonl"
    trees = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [t["text"] for t in trees if t["text"][-1] in ".!?\"'’”)"]
    ends: set[int] = set()
    joined = ""
    for text in texts:
        joined = f"{joined} {text}" if joined else text
        ends.add(len(joined))
    found = {s.end for s in sentences(joined, "en")}
    assert len(found & ends) / len(found) > 0.97
    assert len(found & ends) / len(ends) > 0.95
