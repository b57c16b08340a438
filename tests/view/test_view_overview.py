"""What a workspace holds at a glance."""

from __future__ import annotations

from kgc.view.overview import SearchPage, document_rows, search_page
from tests.view.small_world import World, small_world

WORLD = small_world()


def test_a_search_finds_entities_with_their_facts_and_passages_with_what_matches() -> None:
    found = search_page(WORLD, "babbage")
    assert [(e.name, e.facts) for e in found.entities] == [("Charles Babbage", 1)]
    [passage] = found.passages
    assert [text for text, match in passage.pieces if match] == ["Babbage"]


def test_blank_words_find_nothing() -> None:
    assert search_page(WORLD, "  ") == SearchPage((), ())


def test_a_failed_document_comes_first_with_the_reason() -> None:
    failed, done = document_rows(WORLD)
    assert (failed.source, failed.problem) == ("letters/two.pdf", "It needs a password. Unlock it.")
    assert (done.state, done.problem) == ("done", "")


def test_an_empty_workspace_has_no_rows() -> None:
    assert document_rows(World()) == ()
