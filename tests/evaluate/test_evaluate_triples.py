"""Triple scores against counts made by hand."""

from __future__ import annotations

from kgc.data import Span
from kgc.evaluate.labels import Labelling, labelling
from kgc.evaluate.rows import Named, Row, Stated
from kgc.evaluate.table import Entry
from kgc.evaluate.triples import Said, score_triples
from kgc.schema import Attribute, EntityType, RelationType, Schema

SCHEMA = Schema(
    "s",
    (EntityType("Person", attributes=(Attribute("birth_date", "date"),)), EntityType("Organization"),
     EntityType("Location")),
    (
        RelationType("WorksFor", ("Person",), ("Organization",)),
        RelationType("SpouseOf", ("Person",), ("Person",), symmetric=True),
        RelationType("LocatedIn", ("Location",), ("Location",)),
        RelationType("BasedIn", ("Organization",), ("Location",)),
    ),
)  # fmt: skip
ENTRY = Entry(
    entities={"PER": ("Person",), "ORG": ("Organization",), "LOC": ("Location",), "TIME": ()},
    relations={
        "employs": ("~WorksFor",), "spouse": ("SpouseOf",), "country": ("LocatedIn", "BasedIn"),
        "date of birth": ("birth_date",),
    },
)  # fmt: skip
TEXT = "Ada Byron married Bo. Byron works at Acme, Rome. Born 1815."
NAMES = (
    Named(Span(0, 9), "PER", "Ada Byron", "1"), Named(Span(18, 20), "PER", "Bo", "2"),
    Named(Span(22, 27), "PER", "Byron", "1"), Named(Span(37, 41), "ORG", "Acme", "3"),
    Named(Span(43, 47), "LOC", "Rome", "4"), Named(Span(54, 58), "TIME", "1815", "5"),
)  # fmt: skip
ROW = Row(
    "1", TEXT, NAMES,
    (
        Stated("Acme", "employs", "Ada Byron", head_at=3, tail_at=0),
        Stated("Ada Byron", "spouse", "Bo", head_at=0, tail_at=1),
        Stated("Bo", "spouse", "Ada Byron", head_at=1, tail_at=0),
        Stated("Acme", "country", "Rome", head_at=3, tail_at=4),
        Stated("Ada Byron", "date of birth", "1815", head_at=0, tail_at=5),
        Stated("Ada Byron", "favourite colour", "Rome", head_at=0, tail_at=4),
    ),
    sentences=(Span(0, 21), Span(22, 48), Span(49, 59)),
)  # fmt: skip


def labels() -> Labelling:
    return labelling(SCHEMA, ENTRY, [ROW])


def counts(*said: Said, measure: str = "triples_strict") -> dict[str, tuple[int, int, int]]:
    return dict(score_triples(ROW, said, labels()).counts[measure])


GOLD = {"WorksFor": (0, 1, 0), "SpouseOf": (0, 1, 0), "BasedIn": (0, 1, 0), "birth_date": (0, 1, 0)}


def test_labels_are_turned_joined_and_told_apart_by_their_ends() -> None:
    assert counts() == GOLD
    assert labels().unknown == ("favourite colour",)


def test_an_end_goes_by_any_name_of_its_cluster_and_counts_once() -> None:
    one = Said("Byron", "WorksFor", "Acme", "Person", "Organization")
    other = Said("Ada Byron", "WorksFor", "ACME", "Person", "Organization")
    assert counts(one, other) == GOLD | {"WorksFor": (1, 1, 1)}


def test_a_wrong_type_is_wrong_strictly_and_right_by_its_boundaries() -> None:
    said = Said("Byron", "WorksFor", "Acme", "Person", "Location")
    assert counts(said)["WorksFor"] == (1, 1, 0)
    assert counts(said, measure="triples_boundary")["WorksFor"] == (1, 1, 1)


def test_a_turned_finding_is_wrong_unless_the_relation_is_symmetric() -> None:
    assert counts(Said("Acme", "WorksFor", "Byron", "Organization", "Person"))["WorksFor"] == (1, 1, 0)
    assert counts(Said("Bo", "SpouseOf", "Byron", "Person", "Person"))["SpouseOf"] == (1, 1, 1)


def test_a_literal_is_right_as_written_or_normalised() -> None:
    assert counts(Said("Byron", "birth_date", "in 1815", "Person", value="1815"))["birth_date"] == (1, 1, 1)


def test_what_the_annotation_has_no_label_for_is_left_out() -> None:
    assert counts(Said("Rome", "LocatedIn", "Acme", "Location", "Location"))["LocatedIn"] == (1, 0, 0)
    assert counts(Said("Byron", "open:admire", "Bo", "Person", "Person")) == GOLD


def test_across_sentences_counts_on_neither_side() -> None:
    across = Said("Byron", "birth_date", "1815", "Person")
    assert "birth_date" not in counts(across, measure="triples_in_sentence")
    assert counts(measure="triples_in_sentence") == {k: v for k, v in GOLD.items() if k != "birth_date"}


def test_a_confidence_goes_with_what_is_right() -> None:
    said = (Said("Bo", "SpouseOf", "Byron", "Person", "Person", 0.8), Said("Bo", "SpouseOf", "Rome", "", "", 0.3))
    assert score_triples(ROW, said, labels()).sure == ((0.8, True), (0.3, False))
