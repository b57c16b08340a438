"""What a fact stands on is shown as it stands in its document."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kgc.data import Span
from kgc.view.names import find_names
from kgc.view.passage import Segment, evidence, mark, window
from tests.view.small_world import LETTER, document, small_world

WORLD = small_world()
WORKS_WITH, BORN, ACTIVE, _ = WORLD.facts


def test_before_quote_and_after_are_a_piece_of_the_document() -> None:
    [passage] = evidence(WORLD, WORKS_WITH, around=40)
    shown = passage.before + "".join(s.text for s in passage.quote) + passage.after
    assert passage.in_place
    assert shown in LETTER
    assert passage.before.endswith("😀 𠮷 ")
    assert (passage.cut_before, passage.cut_after) == (False, True)


def test_the_names_of_both_ends_are_marked_even_over_a_line_break() -> None:
    [passage] = evidence(WORLD, WORKS_WITH)
    marked = [(s.kind, s.text) for s in passage.quote if s.kind != "text"]
    assert marked == [("head", "Ada Lovelace"), ("tail", "Charles\nBabbage")]


def test_a_value_is_marked_as_it_is_written() -> None:
    [passage] = evidence(WORLD, ACTIVE)
    assert [s.text for s in passage.quote if s.kind == "tail"] == ["1843"]


def test_a_quote_that_is_no_longer_in_the_text_is_shown_alone() -> None:
    moved = replace(BORN, evidence=(replace(BORN.evidence[0], start=3, end=9),))
    [passage] = evidence(WORLD, moved)
    assert (passage.in_place, passage.before, passage.after) == (False, "", "")
    assert "".join(s.text for s in passage.quote) == "She was born in London."


def test_a_document_that_is_gone_leaves_the_quote() -> None:
    gone = replace(BORN, evidence=(replace(BORN.evidence[0], document="letters/gone.txt"),))
    [passage] = evidence(WORLD, gone)
    assert not passage.in_place


def test_a_place_that_two_strategies_read_is_shown_once_with_both() -> None:
    [place] = BORN.evidence
    [passage] = evidence(WORLD, replace(BORN, evidence=(place, replace(place, strategy="codekgc", model="m"))))
    assert [s.strategy for s in passage.supports] == ["builtin", "codekgc"]


def test_a_name_is_found_as_a_whole_word_where_words_have_spaces() -> None:
    assert find_names("Lindqvist met Lin", {"a": ["Lin"]}) == ((Span(14, 17), "a"),)
    found = find_names("陈伟民创立了蓝湾储能", {"a": ["蓝湾储能"], "b": ["陈伟民"]})
    assert found == ((Span(0, 3), "b"), (Span(6, 10), "a"))


def test_where_names_overlap_the_longer_goes_first() -> None:
    segments = mark("Ada founded Ada Engines", ["Ada"], ["Ada Engines"])
    assert segments == (Segment("Ada", "head"), Segment(" founded "), Segment("Ada Engines", "tail"))


def test_a_name_of_both_ends_is_marked_as_the_head() -> None:
    assert mark("Ada", ["Ada"], ["ADA"]) == (Segment("Ada", "head"),)


@given(st.text(max_size=60), st.lists(st.text(max_size=4), max_size=4), st.lists(st.text(max_size=4), max_size=4))
def test_segments_together_are_the_quote(quote: str, heads: list[str], tails: list[str]) -> None:
    assert "".join(s.text for s in mark(quote, heads, tails)) == quote


@given(st.text(alphabet="ab \n\u0301界", max_size=80), st.data(), st.integers(0, 30))
def test_the_window_holds_the_span_and_is_at_most_so_wide(text: str, data: st.DataObject, around: int) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    low, high = window(document("x", text), span, around)
    assert max(0, span.start - around) <= low <= span.start
    assert span.end <= high <= min(len(text), span.end + around)
