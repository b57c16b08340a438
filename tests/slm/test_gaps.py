"""The encoder is believed by what stands between two names."""

from __future__ import annotations

import pytest

from kgc.slm.gaps import credit


@pytest.mark.parametrize(
    ("relation", "head", "tail", "gap"),
    [
        ("LocatedIn", "Bergen", "Norway", ", "),
        ("LocatedIn", "Bergen", "Norway", ", in western "),
        ("LocatedIn", "Luqa", "Malta", " is a town in the south of "),
        ("LocatedIn", "Asturias", "Spain", ", a region of northern "),
        ("LocatedIn", "Dallas", "Texas", " ("),
        ("BasedIn", "Acme", "Oslo", " sells pumps and has its seat in "),
        ("WorksFor", "Ada", "Acme", "\nworks for "),
    ],
)
def test_what_says_it_is_believed(relation: str, head: str, tail: str, gap: str) -> None:
    assert credit(relation, head, tail, gap) == 1.0


@pytest.mark.parametrize(
    ("relation", "head", "tail", "gap"),
    [
        ("LocatedIn", "Sunda", "Galuh", " and "),
        ("LocatedIn", "Bangkok", "Laos", " and Vientiane, the capital city of "),
        ("LocatedIn", "Rome", "France", " before she moved on to the south of "),
        ("LocatedIn", "Bratislava", "Slovakia", "\nofficial: Slovak Republic\ncapital: "),
        ("BasedIn", "Oracle Corporation", "Austin", " | Information Technology | "),
    ],
)
def test_what_only_stands_near_is_believed_less(relation: str, head: str, tail: str, gap: str) -> None:
    assert 0 < credit(relation, head, tail, gap) < 1


@pytest.mark.parametrize(
    ("relation", "head", "tail", "gap"),
    [
        ("BasedIn", "ORCL", "Austin", " | Oracle Corporation | "),
        ("LocatedIn", "POL", "Russia", "\nborders: "),
        ("PartOf", "HSY", "Hershey", " | "),
        ("founded", "Hershey", "1989-08-31", " | Food | Hershey, Pennsylvania | "),
        ("BasedIn", "Halvorsen Group", "Bergen", ", a subsidiary of the "),
    ],
)
def test_codes_of_records_dates_of_rows_and_seats_of_what_is_owned_say_nothing(
    relation: str, head: str, tail: str, gap: str
) -> None:
    assert credit(relation, head, tail, gap) == 0


@pytest.mark.parametrize(
    ("relation", "gap"),
    [
        ("EducatedAt", ", after teaching briefly at "),
        ("EducatedAt", " began a degree in "),
        ("MemberOf", " scored in the win over the "),
        ("MemberOf", " signed a contract for the 2016–17 "),
        ("BasedIn", " bought by a woman working at "),
        ("BasedIn", " and Lanwan found a joint venture in "),
        ("BasedIn", ": "),
        ("BasedIn", " lies in Vestby, south of "),
        ("SpouseOf", " (Hill), daughter of "),
        ("SpouseOf", " ("),
        ("ChildOf", "'s daughter by "),
    ],
)
def test_words_that_say_something_else_deny_it(relation: str, gap: str) -> None:
    assert credit(relation, "Ada", "Acme", gap) == 0


@pytest.mark.parametrize(
    ("relation", "gap"),
    [
        ("EducatedAt", " worked in Leeds and studied at "),
        ("MemberOf", " has played for the "),
        ("BasedIn", " opened a second plant in "),
        ("SpouseOf", ", the daughter of a baker, and his wife "),
        ("ChildOf", " is the daughter of "),
    ],
)
def test_words_that_are_like_them_do_not(relation: str, gap: str) -> None:
    assert credit(relation, "Ada", "Acme", gap) == 1
