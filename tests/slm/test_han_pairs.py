"""Relations between Chinese names by the pair model: what it is told of a pair, what it says, and hostile text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.data import Span
from kgc.slm.han_pairs import FAR, MOST, bags, load_pairs, masked
from kgc.slm.lexicon import read_lexicon
from kgc.slm.package import folder

LEXICON = read_lexicon(folder("zh") / "lexicon.tsv", "zh")
PAIRS = load_pairs(folder("zh") / "pairs.npz")


@dataclass(frozen=True)
class Thing:
    kind: str
    span: Span


def things(text: str, *named: tuple[str, str]) -> list[Thing]:
    return [Thing(kind, Span(text.index(name), text.index(name) + len(name))) for name, kind in named]


def told(text: str, *named: tuple[str, str]) -> set[tuple[str, str, str]]:
    items = things(text, *named)
    judged = PAIRS.judge(text, items, [range(len(items))], LEXICON)
    return {(items[r.head].span.of(text), r.relation, items[r.tail].span.of(text)) for r in judged.related}


def test_names_are_told_by_their_kinds_alone() -> None:
    one, other = "陆启明毕业于哈尔滨工业大学。", "欧阳修远毕业于清华大学。"
    first = list(bags(one, things(one, ("陆启明", "P"), ("哈尔滨工业大学", "O")), LEXICON))
    second = list(bags(other, things(other, ("欧阳修远", "P"), ("清华大学", "O")), LEXICON))
    assert first == second


def test_a_things_letter_stands_in_its_place() -> None:
    text = "前文。1998年，陆启明在宁波创办远桥。后文"
    items = things(text, ("1998年", "Y"), ("陆启明", "P"), ("宁波", "L"), ("远桥", "O"))
    plain, places = masked(text, items)
    assert plain == "|Y|，|P|在|L|创办|O|"
    assert [plain[a:b] for a, b in places] == ["|Y|", "|P|", "|L|", "|O|"]


@pytest.mark.parametrize(
    ("text", "named", "fact"),
    [
        (
            "陆启明毕业于哈尔滨工业大学。",
            [("陆启明", "P"), ("哈尔滨工业大学", "O")],
            ("陆启明", "EducatedAt", "哈尔滨工业大学"),
        ),
        ("远桥机械的创始人是陆启明。", [("远桥机械", "O"), ("陆启明", "P")], ("陆启明", "FounderOf", "远桥机械")),
        ("海棠制药总部设在苏州。", [("海棠制药", "O"), ("苏州", "L")], ("海棠制药", "BasedIn", "苏州")),
        ("沈从文之子沈龙朱。", [("沈从文", "P"), ("沈龙朱", "P")], ("沈龙朱", "ChildOf", "沈从文")),
    ],
)
def test_plain_statements_are_told(text: str, named: list[tuple[str, str]], fact: tuple[str, str, str]) -> None:
    assert told(text, *named) == {fact}


def test_names_side_by_side_say_nothing() -> None:
    assert told("陆启明访问了清华大学。", ("陆启明", "P"), ("清华大学", "O")) == set()
    assert told("从兰州到西宁有两百公里。", ("兰州", "L"), ("西宁", "L")) == set()


def test_far_pairs_and_crowds_are_bounded() -> None:
    text = "甲公司" + "，" * (FAR + 1) + "乙公司"
    assert not list(bags(text, things(text, ("甲公司", "O"), ("乙公司", "O")), LEXICON))
    crowd = "张三、" * 80
    items = [Thing("P", Span(i * 3, i * 3 + 2)) for i in range(80)]
    assert len(list(bags(crowd, items, LEXICON))) <= MOST


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="中国人在（）(),，。\n\0\ud800|P张 a1", min_size=6, max_size=60), st.data())
def test_any_text_is_judged_without_an_error(text: str, data: st.DataObject) -> None:
    at = 0
    items: list[Thing] = []
    while at + 2 < len(text) and len(items) < 6:
        start = data.draw(st.integers(at, len(text) - 2))
        end = data.draw(st.integers(start + 1, min(len(text), start + 4)))
        items.append(Thing(data.draw(st.sampled_from("POLWDYMNX")), Span(start, end)))
        at = end
    judged = PAIRS.judge(text, items, [range(len(items))], LEXICON)
    assert all(0 <= c <= 1 for c in judged.chances.values())
    assert all(a < b for a, b in judged.seen)


def test_rows_are_small_and_chances_add_up() -> None:
    assert PAIRS.rows.dtype == np.int8
    text = "陆启明毕业于哈尔滨工业大学。"
    [(_, _, bag)] = bags(text, things(text, ("陆启明", "P"), ("哈尔滨工业大学", "O")), LEXICON)
    assert PAIRS.sure([bag]).sum() == pytest.approx(1.0, abs=1e-4)
