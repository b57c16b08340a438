"""What the encoder is told about words beside their pieces."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.slm.bits import FEATURES, KINDS, LISTS, bits
from kgc.slm.lexicon import Lexicon
from kgc.slm.words import words

LEXICON = Lexicon({"New York": "cr", "Dahl": "l", "Ingrid": "f", "U.S.": "k", "bank": "w"}, re.compile("U.S."))


def told(text: str) -> dict[str, set[int]]:
    """The columns of each word; a word that comes twice has those of its last place."""
    cut = words(text)
    rows = bits(text, cut, LEXICON)
    return {s.of(text): set(np.flatnonzero(r).tolist()) for s, r in zip(cut, rows, strict=True)}


def test_a_known_name_of_two_words_is_marked_on_both() -> None:
    found = told("He left New York early.")
    assert {KINDS["c"], KINDS["r"], 23} <= found["New"]
    assert {KINDS["c"], KINDS["r"], 24} <= found["York"]
    assert not found["left"] & set(range(LISTS.start, LISTS.stop))


def test_a_name_with_marks_inside_is_found_in_the_lists() -> None:
    assert KINDS["k"] in told("The U.S. agreed.")["U"]


def test_how_a_word_is_written_is_told() -> None:
    found = told("ACME iPhone Dahl dahl 42 X")
    assert [min(found[w] & set(range(7))) for w in ("ACME", "iPhone", "Dahl", "dahl", "42", "X")] == [2, 4, 1, 0, 5, 3]


def test_first_words_of_sentences_are_marked_but_not_after_a_decimal_or_an_initial() -> None:
    found = told("It cost 3.5 crowns. Later J. Berg paid.")
    assert 11 in found["It"]
    assert 11 in found["Later"]
    assert 11 not in found["crowns"]
    assert 11 not in found["Berg"]


def test_a_word_that_is_also_written_small_is_marked() -> None:
    assert 28 in told("The bank said so. Bank of Bergen did not.")["Bank"]


def test_after_a_title_and_after_a_first_name() -> None:
    found = told("We met Dr. Ingrid Dahl.")
    assert 30 in found["Ingrid"]
    assert 31 in found["Dahl"]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_a_row_of_zeros_and_ones_a_word(text: str) -> None:
    cut = words(text)
    rows = bits(text, cut, LEXICON)
    assert rows.shape == (len(cut), FEATURES)
    assert set(np.unique(rows).tolist()) <= {0, 1}
