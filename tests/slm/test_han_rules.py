"""The Chinese rules: what they say of sentences that they were not written from, and of the annotated passages."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from kgc.slm.han_names import read_script
from kgc.slm.lexicon import read_lexicon
from kgc.slm.package import folder
from kgc.slm.train.han import FRESH, labels, ours
from kgc.slm.train.han_rules import OURS, passage, right, said
from kgc.slm.train.han_score import calibration_error
from kgc.slm.train.markup import read_line, read_passages
from kgc.slm.train.records import Record

LEXICON = read_lexicon(folder("zh") / "lexicon.tsv", "zh")
SCRIPT = read_script(folder("zh") / "script.tsv")


def told(line: str) -> set[tuple[str, str, str, bool, bool]]:
    return {s for _, s, _ in said(passage(read_line(line), LEXICON, SCRIPT), LEXICON)}


@pytest.mark.parametrize(("file", "precision", "recall"), [(OURS, 0.97, 0.88), (FRESH, 0.9, 0.54)])
def test_the_rules_find_what_the_annotated_passages_say(file: Path, precision: float, recall: float) -> None:
    good = every = found = facts = 0
    for template in read_passages(file):
        one = passage(template, LEXICON, SCRIPT)
        statements = [s for _, s, _ in said(one, LEXICON)]
        every += len(statements)
        good += sum(any(right(s, f) for f in one.facts) for s in statements)
        facts += len(one.facts)
        found += sum(any(right(s, f) for s in statements) for f in one.facts)
    assert good / every >= precision
    assert found / facts >= recall


@pytest.mark.parametrize(
    "line",
    [
        "{Company:a|远桥机械}在{City:b|成都}开设了三家门店。",
        "{Person:a|李维安}访问了{School:b|北京大学}。",
        "{Company:a|远桥机械}的客户包括{Company:b|东岸钢铁}和{Company:c|泰安化工}。",
        "{Person:a|李维安}会见了{Person:b|王晓东}的儿子。",
        "从{City:a|兰州}到{City:b|西宁}有两百公里。",
    ],
)
def test_names_side_by_side_say_nothing(line: str) -> None:
    assert told(line) == set()


def test_denied_and_doubtful_statements_are_marked() -> None:
    denied = told("{Person:a|李维安}没有在{School:b|北京大学}读过书。")
    assert denied == {("李维安", "EducatedAt", "北京大学", True, False)}
    [planned] = told("{Company:a|远桥机械}计划收购{Company:b|东岸钢铁}。")
    assert planned == ("远桥机械", "Acquired", "东岸钢铁", False, True)


def test_neighbouring_places_are_one_name_in_training_records() -> None:
    records = list(ours({}))
    assert len(records) >= 300
    for record in records:
        borders = [(s, e) for s, e, kind in record.spans if kind == "LOC"]
        assert not any(a[1] == b[0] for a, b in pairwise(borders))


def test_every_character_of_a_name_is_labelled() -> None:
    record = Record("张三在北京", ((0, 2, "PER"), (3, 5, "LOC")))
    assert labels(record) == ["B-PER", "E-PER", "O", "B-LOC", "E-LOC"]


def test_the_calibration_error_is_how_far_what_is_told_is_from_what_is_right() -> None:
    assert calibration_error([(0.95, True)] * 95 + [(0.95, False)] * 5) == pytest.approx(0.0)
    assert calibration_error([(0.95, False)] * 10) == pytest.approx(0.95)
