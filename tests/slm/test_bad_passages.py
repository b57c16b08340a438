"""Tables, code, logs, menus, noise and the like: the built-in model has next to nothing to say about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgc.data import Chunk, Extraction, Span, content_id
from kgc.schema.compile import compile_file
from kgc.shipped import folder
from kgc.slm.builtin import BuiltIn

SCHEMA = compile_file(folder("schemas") / "general.py")
PASSAGES = (Path(__file__).parent / "bad_passages.txt").read_text(encoding="utf-8").rstrip("\n").split("\n---\n")
HANDFUL = 8
"""Facts that all the passages together may yield."""


def chunk(at: int, text: str) -> Chunk:
    return Chunk(f"c{at}", f"d{at}", content_id(text), Span(0, len(text)), text)


def extractions(texts: list[str]) -> list[Extraction]:
    return list(BuiltIn().extract([chunk(i, t) for i, t in enumerate(texts)], SCHEMA))


@pytest.fixture(scope="module")
def found() -> list[Extraction]:
    return extractions(PASSAGES)


def stated(one: Extraction) -> list[str]:
    return [f"{t.head.surface} {t.relation} {getattr(t.tail, 'surface', t.tail)}" for t in one.triples]


def test_there_are_a_hundred_bad_passages_of_two_languages() -> None:
    assert len(PASSAGES) == len(set(PASSAGES)) == 100
    assert sum(any("\u4e00" <= c <= "\u9fff" for c in p) for p in PASSAGES) >= 20


def test_a_hundred_bad_passages_yield_at_most_a_handful_of_facts(found: list[Extraction]) -> None:
    assert len(found) == len(PASSAGES), "one extraction a passage, also where there is nothing to say"
    facts = [f"passage {i}: {fact}" for i, e in enumerate(found, 1) for fact in stated(e)]
    assert len(facts) <= HANDFUL, facts


def test_no_bad_passage_floods_the_graph(found: list[Extraction]) -> None:
    for passage, one in zip(PASSAGES, found, strict=True):
        assert len(stated(one)) <= 3, (passage, stated(one))
        assert len(one.mentions) <= len(passage) // 4


def test_all_bad_passages_in_one_line_are_read_in_bounds() -> None:
    line = " ".join(" ".join(p.split()) for p in PASSAGES)
    [one] = extractions([line])
    assert len(one.triples) <= 3 * HANDFUL, stated(one)


def test_a_bad_passage_repeated_thirty_times_says_hardly_more_than_once() -> None:
    for passage in PASSAGES[::17]:
        [one] = extractions(["\n".join([passage] * 30)])
        assert len(set(stated(one))) <= HANDFUL, stated(one)


@pytest.mark.parametrize("text", ["Ingrid Dahl was born in Molde. \ud800 A.", "何军出生于杭州。\ud800"])
def test_half_a_character_stops_nobody(text: str) -> None:
    """A JSON file may hold a lone surrogate, which no encoding has."""
    [one] = list(BuiltIn().extract([Chunk("c", "d", "k", Span(0, len(text)), text)], SCHEMA))
    assert [t.relation for t in one.triples] == ["BornIn"]
