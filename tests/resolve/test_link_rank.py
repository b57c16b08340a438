"""Which entry a name means: name, type, context, neighbours; nothing where that is not sure enough."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kgc.data.knowledge import KbEntry
from kgc.resolve.linking.build import build
from kgc.resolve.linking.index import Index
from kgc.resolve.linking.kinds import Wanted, agrees
from kgc.resolve.linking.link import link
from kgc.resolve.linking.records import Choice, Query

COMPANY = Wanted("organization", frozenset({"company"}), frozenset({"person", "city"}))
PERSON = Wanted("person", frozenset({"person"}), frozenset({"company", "city"}))
KB = (
    KbEntry(
        "org", "Halvorsen Battery Corporation", ("Halvorsen",), ("company",), "Maker of cells for ferries", 0, ("ing",)
    ),
    KbEntry("ing", "Ingrid Halvorsen", (), ("person",), "Chemist, founder of Halvorsen Battery Corporation"),
    KbEntry("b1", "Bergen", (), ("city",), "City on the coast of Norway", 100),
    KbEntry("b2", "Bergen", (), ("city",), "City in Belgium, also Mons", 90),
    KbEntry("s1", "John Smith", (), ("person",)),
    KbEntry("s2", "John Smith", (), ("person",)),
)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    build(KB, tmp_path / "kb.db", "kb")
    return Index(tmp_path / "kb.db")


def one(index: Index, *queries: Query) -> list[Choice]:
    return list(link(queries, index))


def chosen(choice: Choice) -> str:
    return choice.chosen.entry.id if choice.chosen else ""


def test_the_class_tells_a_company_from_a_person_of_that_name(index: Index) -> None:
    [company, person] = one(index, Query("a", "Halvorsen", COMPANY), Query("b", "Halvorsen", PERSON))
    assert chosen(company) == "org"
    assert chosen(person) != "org"


def test_words_around_a_name_tell_namesakes_apart(index: Index) -> None:
    around = frozenset({"belgium", "mons"})
    [alone, told] = one(index, Query("a", "Bergen"), Query("b", "Bergen", context=around))
    assert chosen(alone) == ""
    assert chosen(told) == "b2"
    assert "belgium" in told.why


def test_namesakes_that_nothing_tells_apart_are_not_linked(index: Index) -> None:
    [choice] = one(index, Query("a", "John Smith", PERSON))
    assert chosen(choice) == ""
    assert "about as likely" in choice.why


def test_a_name_with_a_word_more_is_another_thing_whatever_stands_around_it(index: Index) -> None:
    around = frozenset({"maker", "cell", "ferry"})
    [choice] = one(index, Query("a", "Halvorsen Marine AS", COMPANY, around, ("i",)), Query("i", "Ingrid Halvorsen"))[
        :1
    ]
    assert chosen(choice) == ""


def test_a_part_of_a_name_is_linked_where_its_document_has_the_whole(index: Index) -> None:
    whole, part = Query("w", "Ingrid Halvorsen", PERSON), Query("p", "Ingrid", PERSON, fuller=("w",))
    assert [chosen(c) for c in one(index, part, whole)] == ["ing", "ing"]


def test_the_order_of_the_names_means_nothing(index: Index) -> None:
    queries = [
        Query("a", "Halvorsen", COMPANY, beside=("b",)),
        Query("b", "Ingrid Halvorsen", PERSON, beside=("a",)),
        Query("c", "Ingrid", PERSON, fuller=("b",)),
        Query("d", "Bergen", beside=("a",)),
    ]
    wanted = {c.key: (chosen(c), c.chosen and c.chosen.score) for c in one(index, *queries)}
    for seed in range(5):
        random.Random(seed).shuffle(queries)
        assert {c.key: (chosen(c), c.chosen and c.chosen.score) for c in one(index, *queries)} == wanted


def test_what_a_person_refused_is_not_chosen_and_makes_no_room_for_another(index: Index) -> None:
    [choice] = one(index, Query("a", "Halvorsen", COMPANY, refused=frozenset({"org"})))
    assert chosen(choice) == ""


def test_every_choice_carries_its_features_and_their_sum_makes_the_score(index: Index) -> None:
    [choice] = one(index, Query("a", "Halvorsen", COMPANY))
    assert choice.chosen is not None
    assert choice.chosen.reason == choice.why
    assert {f.name for f in choice.chosen.features} >= {"name", "type"}
    assert sum(o.score for o in choice.options) <= 1


def test_types_agree_by_word_iri_or_kind_and_say_nothing_where_they_are_unknown() -> None:
    assert agrees(("https://schema.org/Person",), PERSON) is True
    assert agrees(("politician",), PERSON) is True
    assert agrees(("company",), PERSON) is False
    assert agrees(("Q99999999",), PERSON) is None
    assert agrees((), PERSON) is None
