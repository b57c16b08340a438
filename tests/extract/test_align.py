from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc.extract.align import Aligner

TEXT = (
    "Woodrow Wilson was born in Staunton. He lived in New York City, wrote the New York Times. "
    "Later he moved to Paris. Nothing here. Nothing there. He met “Georges  Clémenceau”."
)
CHINESE = "张伟于1998年加入华为公司。他住在深圳，后来搬到北京。"


@pytest.mark.parametrize(
    ("surfaces", "cited", "aligned", "quote"),
    [
        (("Woodrow Wilson", "Staunton"), (1,), "exact", "Woodrow Wilson was born in Staunton."),
        (("woodrow wilson", "Staunton"), (1,), "fuzzy", "Woodrow Wilson was born in Staunton."),
        (("Woodrow Wilson", "Paris"), (3,), "fuzzy", TEXT[: TEXT.index(" Nothing")]),
        (("Woodrow Wilson", "Staunton"), (2,), "fuzzy", TEXT[: TEXT.index(" Later")]),
        (("Woodrow Wilson", "Paris"), (6,), "none", "He met “Georges  Clémenceau”."),
        (("Woodrow Wilson", "Berlin"), (1,), "none", "Woodrow Wilson was born in Staunton."),
        (("Woodrow Wilson", "Staunton"), (), "exact", "Woodrow Wilson was born in Staunton."),
        (("Woodrow Wilson", "Paris"), (), "fuzzy", TEXT[: TEXT.index(" Nothing")]),
        (("Paris",), (1, 2), "fuzzy", TEXT[: TEXT.index(" Nothing")]),
        (('"Georges Clémenceau"',), (6,), "fuzzy", "He met “Georges  Clémenceau”."),
        (("Georges Clemenceau",), (6,), "fuzzy", "He met “Georges  Clémenceau”."),
    ],
)
def test_the_quote_is_the_cited_sentence_or_reaches_for_the_name(
    surfaces: tuple[str, ...], cited: tuple[int, ...], aligned: str, quote: str
) -> None:
    ground = Aligner(TEXT).ground(surfaces, cited)
    assert (ground.aligned, ground.span.of(TEXT)) == (aligned, quote)


def test_names_that_overlap_are_told_apart_where_the_text_allows() -> None:
    places = Aligner(TEXT).ground(("New York Times", "New York"), (2,)).places
    assert [p and (p.of(TEXT), p.start) for p in places] == [("New York Times", 74), ("New York", 49)]


def test_a_sentence_that_does_not_exist_is_reported() -> None:
    ground = Aligner(TEXT).ground(("Paris",), (3, 99))
    assert (ground.wrong, ground.aligned) == ((99,), "exact")


def test_a_name_inside_a_word_is_no_match() -> None:
    assert Aligner("The business of Annapolis.").find("bus").how == "none"
    assert Aligner("The business of Annapolis.").find("Ann").how == "none"


def test_other_digits_are_another_name() -> None:
    assert Aligner("The treaty of March 1998 was signed.").find("treaty of March 1999").how == "none"


def test_chinese_is_found_without_word_boundaries_and_across_widths() -> None:
    aligner = Aligner(CHINESE, "zh")
    assert aligner.ground(("张伟", "华为公司"), (1,)).aligned == "exact"
    assert aligner.find("１９９８年").how == "fuzzy"
    assert aligner.ground(("张伟", "北京"), (2,)).aligned == "fuzzy"


def test_an_empty_text_holds_nothing() -> None:
    ground = Aligner("").ground(("Ann", "Rome"), (1,))
    assert (ground.aligned, ground.places) == ("none", (None, None))


@given(st.text(max_size=200), st.lists(st.text(max_size=20), min_size=1, max_size=3), st.lists(st.integers(-1, 9)))
def test_spans_are_always_inside_the_text_and_exact_ones_hold_the_surface(
    text: str, surfaces: list[str], cited: list[int]
) -> None:
    aligner = Aligner(text)
    ground = aligner.ground(surfaces, cited)
    assert 0 <= ground.span.start <= ground.span.end <= len(text)
    for surface, place in zip(surfaces, ground.places, strict=True):
        assert place is None or 0 <= place.start < place.end <= len(text)
        if ground.aligned == "exact":
            assert place is not None
            assert place.of(text) == surface


@given(st.text(min_size=1, max_size=100), st.data())
def test_a_piece_between_spaces_is_found_letter_by_letter(text: str, data: st.DataObject) -> None:
    words = text.split()
    if words:
        word = data.draw(st.sampled_from(words))
        found = Aligner(" ".join(words)).find(word)
        assert found.how == "exact"
        assert found.spans[0].of(" ".join(words)) == word
