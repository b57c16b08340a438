"""Entity scores against counts made by hand."""

from __future__ import annotations

from kgc.data import Span
from kgc.evaluate.entities import ALL, Found, score_entities
from kgc.evaluate.labels import Labelling, labelling
from kgc.evaluate.rows import Named, Row
from kgc.evaluate.table import Entry
from kgc.schema import EntityType, Schema

SCHEMA = Schema(
    "s", (EntityType("Person"), EntityType("Organization"), EntityType("Company", parent="Organization"),
          EntityType("Location"), EntityType("Award")),
)  # fmt: skip
ENTRY = Entry(
    entities={"PER": ("Person",), "ORG": ("Organization",), "LOC": ("Location",), "MISC": ("Award",), "DATE": ()},
    unscored=("MISC",),
)
TEXT = "Ada Byron of Acme Corp met Bo in Rome on Monday."
ROW = Row(
    "1", TEXT,
    (
        Named(Span(0, 9), "PER", "Ada Byron"), Named(Span(13, 22), "ORG", "Acme Corp"),
        Named(Span(27, 29), "PER", "Bo"), Named(Span(33, 37), "LOC", "Rome"), Named(Span(41, 47), "DATE", "Monday"),
    ),
)  # fmt: skip


def labels(row: Row = ROW, entry: Entry = ENTRY) -> Labelling:
    return labelling(SCHEMA, entry, [row])


def found(surface: str, type_: str, confidence: float | None = None) -> Found:
    at = TEXT.find(surface)
    return Found(surface, type_, Span(at, at + len(surface)) if at >= 0 else None, confidence)


READ = (
    found("Ada Byron", "Person"),  # right
    found("Acme Corp", "Company"),  # right: a company is an organization
    found("Bo", "Location"),  # the place is right, the type is not
    found("Rome on", "Location"),  # overlaps, of the right type
    found("Monday", "Award"),  # a class that is known and not scored
)


def test_strict_needs_boundaries_and_type() -> None:
    assert score_entities(ROW, READ, labels()).counts["strict"] == {
        "Person": (1, 2, 1),
        "Organization": (1, 1, 1),
        "Location": (2, 1, 0),
    }


def test_boundary_does_not_look_at_types() -> None:
    assert score_entities(ROW, READ, labels()).counts["boundary"] == {ALL: (4, 4, 3)}


def test_type_takes_any_overlap_of_the_same_type_once() -> None:
    twice = (*READ, found("Rome", "Location"))
    assert score_entities(ROW, twice, labels()).counts["type"]["Location"] == (3, 1, 1)


def test_a_name_that_is_not_in_the_text_counts_as_found_and_wrong() -> None:
    counts = score_entities(ROW, (found("Eve", "Person"),), labels()).counts
    assert counts["strict"]["Person"] == (1, 2, 0)
    assert counts["boundary"] == {ALL: (1, 4, 0)}


def test_the_same_place_found_twice_counts_once() -> None:
    assert score_entities(ROW, (READ[0], READ[0]), labels()).counts["strict"]["Person"] == (1, 2, 1)


def test_a_thing_is_found_by_any_name_of_its_cluster() -> None:
    row = Row(
        "1", "Acme Corp. Acme. Rome.",
        (Named(Span(0, 10), "ORG", "Acme Corp.", "1"), Named(Span(11, 15), "ORG", "Acme", "1"),
         Named(Span(17, 21), "LOC", "Rome", "2")),
    )  # fmt: skip
    read = (Found("ACME", "Company", Span(11, 15)), Found("Acme Corp", "Organization", Span(0, 9)))
    counts = score_entities(row, read, labels(row)).counts["names"]
    assert counts == {"Organization": (1, 1, 1), "Location": (0, 1, 0)}


def test_confidences_are_kept_with_what_is_right() -> None:
    read = (found("Ada Byron", "Person", 0.9), found("Bo", "Location", 0.4), found("Acme Corp", "Company"))
    assert sorted(score_entities(ROW, read, labels()).sure) == [(0.4, False), (0.9, True)]


def test_without_a_table_labels_are_found_by_name_label_and_alias() -> None:
    row = Row("1", "x", (Named(Span(0, 1), "company", "x"), Named(Span(0, 1), "unheard-of", "x")))
    matched = labels(row, Entry())
    assert matched.classes == {"company": "Company", "unheard-of": "*"}
    assert matched.unknown == ("unheard-of",)
