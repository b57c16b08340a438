"""The markup of the training passages: what it reads, what it refuses."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.slm.train.filling import fill, filled, passages
from kgc.slm.train.markup import Fact, MarkupError, Mention, read_line, read_passages


@dataclass(frozen=True, slots=True)
class Counted:
    """Names that say what was asked for."""

    def draw(self, kind: str, before: str, dice: random.Random) -> str:
        return f"{kind.title()} {dice.randrange(1000, 9999)}"

    def again(self, name: str, kind: str, before: str, dice: random.Random) -> str:
        return name.rsplit(maxsplit=1)[-1]

    def related(self, name: str, other: str) -> str:
        return name.split(maxsplit=1)[0] + "x " + other.rsplit(maxsplit=1)[-1]


ANNOTATED = (
    "{Person:a|Ingrid Dahl}, born in {City:b|Molde} in {date:c|1961}, leads {Company:d|Fjordcell}."
    " => a BornIn b; a birth_date c; a LeaderOf d"
)


def test_an_annotated_line_gives_its_text_as_it_stands() -> None:
    passage = fill(read_line(ANNOTATED), Counted(), random.Random(1))
    assert passage.text == "Ingrid Dahl, born in Molde in 1961, leads Fjordcell."
    assert [passage.text[e.start : e.end] for e in passage.entities] == ["Ingrid Dahl", "Molde", "Fjordcell"]
    assert [passage.text[v.start : v.end] for v in passage.values] == ["1961"]
    assert [f.name for f in passage.facts] == ["BornIn", "birth_date", "LeaderOf"]


def test_a_template_is_filled_and_a_returning_key_is_the_same_entity() -> None:
    template = read_line("{Person:a} founded {Company:b}\\nToday {Person:a} lives in {City:c}. => a FounderOf b")
    passage = fill(template, Counted(), random.Random(1))
    whole, again = (passage.text[e.start : e.end] for e in passage.entities if e.key == "a")
    assert whole.endswith(again)
    assert whole != again
    assert "\n" in passage.text


def test_marks_before_a_fact_say_denied_and_hedged() -> None:
    template = read_line("{Person:a} {Company:b} {Company:c} => !a FounderOf b; ? a FounderOf c")
    assert template.facts == (Fact("a", "FounderOf", "b", denied=True), Fact("a", "FounderOf", "c", hedged=True))


def test_choices_are_drawn_and_plain_brackets_stay() -> None:
    template = read_line("{Person:a} [is|was] here [1], [, |]really.")
    texts = {fill(template, Counted(), random.Random(n)).text.partition(" ")[2][5:] for n in range(40)}
    assert texts == {a + " here [1], " + b + "really." for a in ("is", "was") for b in (", ", "")}


def test_a_name_that_ends_in_a_full_stop_ends_the_sentence_too() -> None:
    passage = fill(read_line("It is {Company:a|Acme Inc.}. So"), Counted(), random.Random(1))
    assert passage.text == "It is Acme Inc. So"


def test_a_choice_that_holds_mentions_makes_a_template_of_each(tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text(
        "{Person:a} moved [to {City:b}|{City:b}-wards], [1|2] [{date:c}]. => a LivesIn b\n", encoding="utf-8"
    )
    first, second = (fill(t, Counted(), random.Random(1)).text for t in read_passages(file))
    assert " moved to City " in first
    assert "-wards, " in second
    assert "[Date " in second


def test_swapping_replaces_given_names_and_keeps_literals() -> None:
    passage = fill(read_line(ANNOTATED), Counted(), random.Random(1), swap=1.0)
    assert "Dahl" not in passage.text
    assert "1961" in passage.text
    assert [passage.text[e.start : e.end].split()[0] for e in passage.entities] == ["Person", "City", "Company"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{Persn:a} runs.", "'Person'"),
        ("{Person:a} runs. => a RunsTo a", "'RunsTo'"),
        ("{Person:a} in {City:b}. => b BornIn a", "head of BornIn is Person, not City"),
        ("{Person:a} in {Misc:b}. => a BornIn b", "tail of BornIn is Location, not Misc"),
        ("{School:a} in {Product:b}. => a Produces b; a Produces b", "twice"),
        ("{Person:a} => a BornIn b", "'b'"),
        ("{Person:a} {date:b} => a founded b", "'founded'"),
        ("{Person:a} {number:b} => a birth_date b", "holds date, not number"),
        ("{Person:a and {City:b}", "brace"),
        ("{Person:a} } ran", "brace"),
        ("{Person:a} {City:a}", "both Person and City"),
        ("{Person:a|} ran", "empty"),
        ("{Person:a} {City:b} => a lives in b", "not a fact"),
        ("{Person:a} {City:b} => a SpouseOf a", "itself"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(tmp_path: Path, line: str, says: str) -> None:
    file = tmp_path / "x.txt"
    file.write_text(f"# comment\n\n{line}\n", encoding="utf-8")
    with pytest.raises(MarkupError) as error:
        list(read_passages(file))
    assert str(error.value).startswith("x.txt:3: ")
    assert says in str(error.value)


def test_subclasses_stand_where_their_parents_may() -> None:
    assert read_line("{School:a} in {City:b} => a BasedIn b").mentions == (Mention("School", "a"), Mention("City", "b"))


def test_passages_use_every_line_before_one_comes_again(tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text("".join(f"{{Person:a}} line{n}\n" for n in range(7)), encoding="utf-8")
    found = [p.text.split()[-1] for p in passages([file], 14, Counted(), seed=3)]
    assert len(set(found[:7])) == 7 == len(set(found[7:]))


@given(st.integers(0, 10_000), st.integers(1, 5))
def test_joined_passages_keep_their_offsets(seed: int, most: int) -> None:
    lines = [read_line(ANNOTATED), read_line("{Person:a} met {Person:b}."), read_line("{Law:a|Tea Act} {date:b}")]
    for passage in filled(lines, 5, Counted(), seed, most):
        for spot in (*passage.entities, *passage.values):
            surface = passage.text[spot.start : spot.end]
            assert surface == surface.strip() != ""
        keys = {spot.key for spot in (*passage.entities, *passage.values)}
        assert all({f.head, f.tail} <= keys for f in passage.facts)


@given(st.integers(0, 10_000))
def test_nobody_dies_before_birth(seed: int) -> None:
    line = "{Person:a} died in {date:c} and was born in {date:b}. => a birth_date b; a death_date c"
    passage = fill(read_line(line), Counted(), random.Random(seed))
    dates = {v.key: passage.text[v.start : v.end].split()[-1] for v in passage.values}
    assert dates["b"] <= dates["c"]
