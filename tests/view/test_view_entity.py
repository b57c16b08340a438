"""An entity's page has its facts from both sides, and what there is to say of each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kgc.data import Qualifier
from kgc.errors import UnknownName
from kgc.view.entity import entity_page, fact_rows
from tests.view.small_world import small_world

WORLD = small_world()
ADA, _, LONDON, _ = WORLD.entities


def test_facts_are_seen_from_the_entity_on_either_end() -> None:
    rows = entity_page(WORLD, ADA.id).rows
    assert [(r.direction, r.relation, r.other[:15]) for r in rows] == [
        ("→", "BornIn", "London"),
        ("→", "WorksWith", "Charles Babbage"),
        ("→", "active", "1843"),
        ("←", "WorksFor", "<script>alert(1"),
    ]
    [row] = entity_page(WORLD, LONDON.id).rows
    assert (row.direction, row.other, row.other_id) == ("←", "Ada Lovelace", ADA.id)


def test_a_value_leads_nowhere() -> None:
    row = next(r for r in entity_page(WORLD, ADA.id).rows if r.relation == "active")
    assert (row.other_id, row.other_type) == ("", "date")


def test_a_row_tells_what_is_disputed_denied_or_decided_and_when() -> None:
    born = WORLD.facts[1]
    odd = replace(born, negated=True, hedged=True, status="rejected", qualifiers=(Qualifier("start", "1815"),))
    [row] = fact_rows([odd], ADA.id)
    assert row.notes == ("conflict", "negated", "hedged", "rejected", "start 1815")


def test_places_and_documents_are_counted_apart() -> None:
    born = WORLD.facts[1]
    [place] = born.evidence
    elsewhere = replace(place, document="letters/three.txt")
    later = replace(place, start=place.start + 5, end=place.end + 5)
    twice = replace(place, strategy="codekgc")
    [row] = fact_rows([replace(born, evidence=(place, twice, later, elsewhere))], ADA.id)
    assert (row.places, row.documents) == (3, 2)


def test_other_names_leave_out_the_name_itself() -> None:
    assert entity_page(WORLD, ADA.id).aliases == ("ADA LOVELACE",)


def test_an_id_that_was_merged_away_still_leads_to_the_entity() -> None:
    assert entity_page(WORLD, "retired-id").entity == ADA


def test_facts_left_out_are_counted() -> None:
    page = entity_page(WORLD, ADA.id, limit=1)
    assert (len(page.rows), page.more) == (1, 3)


def test_an_unknown_entity_is_said_with_the_nearest_name() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'London'"):
        entity_page(WORLD, "Londn")
