"""Sampled names: every class has them, they follow the text in front, and a seed repeats them."""

from __future__ import annotations

import random

import pytest

from kgc.slm.lexicon import Lexicon, read_lexicon
from kgc.slm.train.markup import MISC, VALUES, inventory
from kgc.slm.train.naming import Sampled, sampled
from kgc.slm.values import values


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Sampled:
    file = tmp_path_factory.mktemp("lexicon") / "lexicon.tsv"
    rows = [
        "f\tAda",
        "f\tKenji",
        "l\tLovelace",
        "l\tMori",
        "c\tBergen",
        "c\tOsaka",
        "k\tNorway",
        "r\tKent",
        "w\tbergen",
    ]
    file.write_text("\n".join(rows), encoding="utf-8")
    lexicon: Lexicon = read_lexicon(file, "en")
    return sampled(lexicon)


@pytest.mark.parametrize("kind", [*(e.name for e in inventory().entities), MISC, *VALUES])
def test_every_class_and_literal_has_varied_names_without_open_slots(names: Sampled, kind: str) -> None:
    dice = random.Random(1)
    drawn = {names.draw(kind, "the ", dice) for _ in range(200)}
    assert len(drawn) > 15
    assert not any(c in name for name in drawn for c in "{}#*")
    assert all(name == name.strip() for name in drawn)


def test_the_same_dice_give_the_same_names(names: Sampled) -> None:
    first, second = (
        [names.draw("Company", "", dice) for _ in range(20)] for dice in (random.Random(5), random.Random(5))
    )
    assert first == second


def test_dates_follow_the_word_in_front(names: Sampled) -> None:
    dice = random.Random(2)
    assert all(len(names.draw("date", "born on ", dice)) > 8 for _ in range(50))
    assert all(len(names.draw("date", "from ", dice)) == 4 for _ in range(50))


def test_dates_and_addresses_are_such_as_are_read_at_run_time(names: Sampled) -> None:
    dice = random.Random(3)
    drawn = [names.draw(kind, "as of ", dice) for kind in ("date", "url") for _ in range(100)]
    assert [v.raw for name in drawn for v in values(f"see {name} there", "en")] == drawn


def test_a_person_comes_back_by_surname_and_a_company_without_its_legal_form(names: Sampled) -> None:
    dice = random.Random(4)
    assert {names.again("Anke van der Berg", "Person", "said ", dice) for _ in range(30)} == {
        "van der Berg",
        "Anke van der Berg",
    }
    assert "Fjordcell" in {names.again("Fjordcell ASA", "Company", "said ", dice) for _ in range(30)}
    assert names.again("World Water Council", "Organization", "the council (", dice) == "WWC"


def test_relatives_may_share_a_surname(names: Sampled) -> None:
    assert names.related("Ada Mori", "Tom van Dyke") == "Ada van Dyke"
    assert names.related("Ada", "Tom Reed") == "Ada"
