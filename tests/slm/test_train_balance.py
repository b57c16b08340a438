"""The English templates are as many, as balanced and as varied as the recipe asks for."""

from __future__ import annotations

import pytest

from kgc.slm.train.balance import Balance, english_templates, skeleton, weigh
from kgc.slm.train.markup import inventory, read_line, read_passages

ATTRIBUTES = {a.name for e in inventory().entities for a in e.attributes}


@pytest.fixture(scope="module")
def balance() -> Balance:
    return weigh(t for path in english_templates() for t in read_passages(path))


def test_there_are_a_thousand_templates_and_a_quarter_are_negative(balance: Balance) -> None:
    assert balance.templates >= 1000
    assert balance.negatives >= 300
    assert balance.negatives / balance.templates >= 0.25


def test_every_relation_is_stated_often_and_from_both_sides(balance: Balance) -> None:
    relations = {r.name: balance.rows[r.name] for r in inventory().relations}
    assert {n: r.stated for n, r in relations.items() if r.stated < 25} == {}
    directed = [relations[r.name] for r in inventory().relations if not r.symmetric]
    assert [r for r in directed if min(r.head_first, r.tail_first) < 4] == []


def test_every_relation_is_also_denied_and_hedged(balance: Balance) -> None:
    relations = {r.name: balance.rows[r.name] for r in inventory().relations}
    assert [n for n, r in relations.items() if not r.denied] == []
    assert [n for n, r in relations.items() if not r.hedged] == []


def test_every_attribute_is_stated(balance: Balance) -> None:
    assert {n: balance.rows[n].stated for n in ATTRIBUTES if balance.rows[n].stated < 8} == {}


def test_many_passages_hold_pairs_that_have_nothing_to_do_with_each_other(balance: Balance) -> None:
    assert balance.crowded >= 350
    assert balance.near >= 400


def test_no_wording_comes_twice(balance: Balance) -> None:
    assert balance.repeated == []


def test_a_skeleton_is_the_words_around_coarse_classes() -> None:
    assert skeleton(read_line("In {City:b}, {School:a} [won|lost]!")) == "in @Location @Organization won"
