"""The Evidence page's values: a document cut at the borders of its quotes, in code points, with nothing lost."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc import Workspace
from kgc.data import Document, Fact, Node, Support
from kgc.view.evidence import BEFORE, PIECE, borders, drawn, first_place, piece, said, state, why


@dataclass(frozen=True)
class Stand:
    fact: str
    start: int
    end: int


ADA, ACME = Node("p", "Person", "Ada"), Node("c", "Company", "Acme")
SUPPORT = Support(
    "d/a.txt", "id", 0, "c", 0, 19, "Ada works for Acme.", "exact", "rule works-for", "builtin", "builtin", 0.9
)  # fmt: skip


def fact(id_: str = "f", **more: object) -> Fact:
    values: dict[str, object] = {"confidence": 0.9, "evidence": (SUPPORT,), "status": "proposed"}
    return Fact(id_, "WorksFor", ADA, ACME, **{**values, **more})  # type: ignore[arg-type]


def document(text: str) -> Document:
    return Document("id", "d/a.txt", "text/plain", "en", text, "0" * 64)


TEXT = "😀 Ada works for Acme. Bo, 𠮷野家 and others too.\n\nThe end."


def test_the_pieces_together_are_the_text_and_each_knows_its_facts() -> None:
    stands = [Stand("f", 2, 21), Stand("g", 6, 30)]
    found = piece(document(TEXT), 0, len(TEXT), stands, [fact("f"), fact("g")])
    assert "".join(c.text for c in found.cuts) == TEXT
    assert [(c.text, c.said) for c in found.cuts[:4]] == [
        ("😀 ", ()), ("Ada ", (0,)), (TEXT[6:21], (0, 1)), (TEXT[21:30], (1,)),
    ]  # fmt: skip
    assert [s.id for s in found.said] == ["f", "g"]


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=6), st.data())
def test_nothing_is_lost_wherever_facts_stand(text: str, spans: list[tuple[int, int]], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    stands = [Stand(str(n), min(s), max(s)) for n, s in enumerate(spans)]
    found = piece(document(text), start, end, stands, [fact(str(n)) for n in range(len(spans))])
    assert "".join(c.text for c in found.cuts) == text[start:end]
    assert all(0 <= n < len(found.said) for c in found.cuts for n in c.said)


@given(st.text(alphabet="ab \n", max_size=30), st.integers(-5, 20_000), st.integers(1, 9))
def test_borders_lie_in_the_text_and_hold_the_offset(word: str, at: int, times: int) -> None:
    text = (word + " x ") * (times * 200)
    start, end = borders(document(text), at)
    assert 0 <= start <= end <= len(text)
    assert end - start <= PIECE
    if 0 <= at < len(text):
        assert start <= at < end


WORDS = "".join(f"Word{n} stands here. " for n in range(1500))
PIECES = [
    WORDS, "这是一个很长的段落没有空格只有句号。" * 1500, "".join("没有空格" * (n % 90) + "\n" for n in range(400)),
    "a" * 5_900 + " " + "b" * 6_000 + WORDS,
]  # fmt: skip


def walked(text: str, at: int | None, *, back: bool = False) -> list[tuple[int, int]]:
    """The pieces that "On" shows one after the other, or "Back"."""
    found: list[tuple[int, int]] = []
    while at is not None and len(found) < 100:
        start, end = borders(document(text), at)
        found.append((start, end))
        shown = piece(document(text), start, end, [], [])
        at = shown.before if back else shown.after
    return found


@pytest.mark.parametrize("text", PIECES, ids=["words", "no spaces", "lines", "few spaces"])
@pytest.mark.parametrize("at", [0, 1_999, 9_000])
def test_piece_by_piece_a_document_is_shown_without_a_gap(text: str, at: int) -> None:
    for pieces in (walked(text, at), walked(text, at, back=True)[::-1]):
        assert all(one[0] < next_[0] <= one[1] < next_[1] for one, next_ in pairwise(pieces))
        assert all(borders(document(text), start + BEFORE)[0] == start for start, _ in pieces if start)
    assert walked(text, at)[-1][1] == len(text)
    assert walked(text, at, back=True)[-1][0] == 0


def test_a_piece_begins_and_ends_between_words() -> None:
    assert all(WORDS[end].isspace() for _, end in walked(WORDS, 0)[:-1])
    assert all(WORDS[start].isspace() for start, _ in walked(WORDS, 0)[1:])


def test_a_fact_says_how_it_stands() -> None:
    assert state(fact()) == "proposed"
    assert state(fact(conflict=True)) == "conflict"
    assert state(fact(negated=True)) == "denied"
    assert state(fact(negated=True, status="accepted")) == "accepted"
    assert said(fact()).label == "Ada — WorksFor — Acme"


def test_why_tells_reason_reader_and_confidence() -> None:
    assert why(fact()) == "because: rule works-for · confidence 0.90 · read by builtin"
    assert why(fact(evidence=())) == "nothing supports it any more"


def test_hidden_characters_reach_the_page_visibly() -> None:
    text = "a\u202eb"
    told = drawn(piece(document(text), 0, 3, [Stand("f", 0, 3)], [fact("f")]), "f")
    assert told["cuts"] == [["a⟨U+202E⟩b", [0]]]


@pytest.mark.parametrize("at", [0, 10])
def test_the_facts_of_a_document_are_found_where_they_stand(tmp_path: Path, at: int) -> None:
    (tmp_path / "docs").mkdir()
    lines = [f"Person{n} Lind works for Acme Corporation in Oslo." for n in range(3)]
    (tmp_path / "docs" / "a.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    with Workspace(tmp_path / "ws") as workspace:
        workspace.ingest(tmp_path / "docs")
        found = workspace.document("docs/a.txt")
        stands = workspace.standing("docs/a.txt", at, len(found.text))
        graph = workspace.graph()
        every = {f.id: f for f in graph.facts(hidden=True)}
        assert {s.fact for s in stands} <= set(every)
        assert stands
        for stand in stands:
            places = {(e.start, e.end) for e in every[stand.fact].evidence}
            assert (stand.start, stand.end) in places
        first = workspace.next_standing("docs/a.txt", 0)
        assert first == min(s.start for s in workspace.standing("docs/a.txt", 0, len(found.text)))
        assert workspace.next_standing("docs/a.txt", len(found.text)) is None
        best = first_place(every[stands[0].fact])
        assert best is not None
        assert best.document == "docs/a.txt"
