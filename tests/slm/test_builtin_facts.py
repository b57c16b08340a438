"""Sentences and the facts that the built-in model must and must not find in them."""

from __future__ import annotations

import pytest

from kgc.data import Chunk, Extraction, Literal, Span, content_id
from kgc.schema.compile import compile_file
from kgc.shipped import folder
from kgc.slm.builtin import BuiltIn

SCHEMA = compile_file(folder("schemas") / "general.py")
READER = BuiltIn()


def chunk(text: str, lang: str = "en") -> Chunk:
    return Chunk("c", "d", content_id(text), Span(0, len(text)), text, lang=lang)


def read(text: str, lang: str = "en") -> Extraction:
    [found] = READER.extract([chunk(text, lang)], SCHEMA)
    return found


def facts(text: str, lang: str = "en") -> set[tuple[str, str, str]]:
    return {
        (t.head.surface, t.relation, t.tail.value if isinstance(t.tail, Literal) else t.tail.surface)
        for t in read(text, lang).triples
        if not t.negated and not t.hedged
    }


ENGLISH = [
    (
        "Maria Solberg was born in Bergen in 1975.",
        {("Maria Solberg", "BornIn", "Bergen"), ("Maria Solberg", "birth_date", "1975")},
    ),
    (
        "Brannvik Instruments AB is headquartered in Uppsala, Sweden.",
        {("Brannvik Instruments AB", "BasedIn", "Uppsala"), ("Uppsala", "LocatedIn", "Sweden")},
    ),
    (
        "Acme Robotics Inc. was founded in 1998 by Anna Smith and John Miller.",
        {
            ("Anna Smith", "FounderOf", "Acme Robotics Inc."),
            ("John Miller", "FounderOf", "Acme Robotics Inc."),
            ("Acme Robotics Inc.", "founded", "1998"),
        },
    ),
    (
        "Siemens Energy AG acquired Norwood Systems Ltd in 2019.",
        {("Siemens Energy AG", "Acquired", "Norwood Systems Ltd")},
    ),
    (
        "Norwood Systems Ltd was acquired by Siemens Energy AG.",
        {("Siemens Energy AG", "Acquired", "Norwood Systems Ltd")},
    ),
    (
        "Norwood Systems Ltd is a wholly owned subsidiary of Siemens Energy AG.",
        {("Norwood Systems Ltd", "PartOf", "Siemens Energy AG")},
    ),
    (
        "David Miller, chief executive officer of Norwood Systems Ltd, resigned.",
        {("David Miller", "LeaderOf", "Norwood Systems Ltd"), ("David Miller", "position", "chief executive officer")},
    ),
    (
        "Sarah Johnson studied physics at the University of Oslo.",
        {("Sarah Johnson", "EducatedAt", "University of Oslo")},
    ),
    ("Robert Brown married Emily Clark in 1990.", {("Robert Brown", "SpouseOf", "Emily Clark")}),
    ("Robert Brown is the son of Thomas Brown.", {("Robert Brown", "ChildOf", "Thomas Brown")}),
    ("Emily Clark received the Nobel Prize in Physics.", {("Emily Clark", "Received", "Nobel Prize in Physics")}),
    ("Norwood Systems Ltd employs 1,450 people.", {("Norwood Systems Ltd", "employees", "1450")}),
]

CHINESE = [
    ("陈伟民于1998年在宁波创立蓝湾储能科技有限公司。", {("陈伟民", "FounderOf", "蓝湾储能科技有限公司")}),
    ("蓝湾储能科技有限公司总部位于宁波。", {("蓝湾储能科技有限公司", "BasedIn", "宁波")}),
    ("蓝湾材料有限公司是蓝湾储能科技有限公司的全资子公司。", {("蓝湾材料有限公司", "PartOf", "蓝湾储能科技有限公司")}),
    ("蓝湾储能科技有限公司收购了金山材料有限公司。", {("蓝湾储能科技有限公司", "Acquired", "金山材料有限公司")}),
    ("金山材料有限公司被蓝湾储能科技有限公司收购。", {("蓝湾储能科技有限公司", "Acquired", "金山材料有限公司")}),
    ("金山材料有限公司成立于2006年3月。", {("金山材料有限公司", "founded", "2006-03")}),
    ("何军出生于杭州，毕业于浙江大学。", {("何军", "BornIn", "杭州"), ("何军", "EducatedAt", "浙江大学")}),
]

NOTHING = [
    "Did Siemens Energy AG acquire Norwood Systems Ltd?",
    "Siemens Energy AG did not acquire Norwood Systems Ltd.",
    "Siemens Energy AG may acquire Norwood Systems Ltd next year.",
    "Norwood Systems Ltd denied that it was acquired by Siemens Energy AG.",
    "The Chief Executive Officer thanked the Board and all Employees.",
    "It was founded in 1998 and is based near the river.",
    "def found(company): return company.based_in('Oslo')",
    "Click Settings, then Save, to store the changes.",
]
NOTHING_ZH = [
    "蓝湾储能科技有限公司没有收购金山材料有限公司。",
    "蓝湾储能科技有限公司可能收购金山材料有限公司。",
    "蓝湾储能科技有限公司是否收购了金山材料有限公司？",
    "国家建立健全数据安全治理体系，提高数据安全保障能力。",
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_an_english_sentence_gives_its_facts(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert expected <= facts(text)


@pytest.mark.parametrize(("text", "expected"), CHINESE)
def test_a_chinese_sentence_gives_its_facts(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert expected <= facts(text, "zh")


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_denied_asked_or_only_possible_is_no_plain_fact(text: str) -> None:
    assert facts(text) == set()


@pytest.mark.parametrize("text", NOTHING_ZH)
def test_the_same_holds_in_chinese(text: str) -> None:
    assert facts(text, "zh") == set()


def test_a_denied_fact_is_kept_with_its_flag() -> None:
    [found] = read("Siemens Energy AG did not acquire Norwood Systems Ltd.").triples
    assert (found.relation, found.negated) == ("Acquired", True)


def test_every_fact_says_which_rule_fired_and_quotes_its_sentence() -> None:
    text = "Nothing here. Maria Solberg was born in Bergen in 1975."
    for triple in read(text).triples:
        assert triple.evidence.quote == "Maria Solberg was born in Bergen in 1975."
        assert triple.evidence.rationale.startswith("rule born-in")
        assert "Maria Solberg was born" in triple.evidence.rationale
        assert 0.5 <= triple.confidence <= 1
