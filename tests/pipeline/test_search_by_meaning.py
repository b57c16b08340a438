"""`Workspace.search_meaning`: by meaning and by words at once, over vectors that follow the folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc import Workspace
from kgc.ledger.words import any_expression
from kgc.pipeline import embedding
from kgc.pipeline.embedding import VECTORS, difference
from kgc.pipeline.progress import Progress
from kgc.pipeline.semantic import fuse
from kgc.pipeline.stretches import stretches
from kgc.testing.script import Script
from kgc.testing.server import Server
from kgc.testing.trigrams import Trigrams
from tests.load.files import column, pdf
from tests.story import SCHEMA, read_aloud, write_story

ENGLISH = frozenset({"en"})
TEXT = st.text(alphabet="ab .!?\n。中|", max_size=200)
KEYS = st.sets(st.text(alphabet="abc", min_size=1, max_size=3))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small world, ingested once: `docs`, `staff.py` and the workspace around them."""
    place = tmp_path_factory.mktemp("meaning")
    write_story(place / "docs")
    (place / "staff.py").write_text(SCHEMA, encoding="utf-8")
    with Server(Script(reply=read_aloud)) as server, Workspace(place) as workspace:
        ingest(workspace, place, server)
    return place


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "world")


@pytest.fixture
def filled(place: Path) -> Iterator[Workspace]:
    with Workspace(place) as opened:
        yield opened


def ingest(workspace: Workspace, place: Path, server: Server) -> None:
    workspace.ingest(
        place / "docs", schema=str(place / "staff.py"), model="openai:any", base_url=server.url, key_env="PATH"
    )


def test_a_quote_stands_in_its_document_where_it_says(filled: Workspace) -> None:
    found = filled.search_meaning("who is employed by Northwind?", embedder=Trigrams())
    assert found.chunks[0].document == "docs/b.md"
    assert found.chunks[0].quote == "Bo Lind works for Northwind."
    for hit in found.chunks:
        text = filled.document(hit.document).text
        assert text[hit.quote_start : hit.quote_end] == hit.quote
        assert hit.start <= hit.quote_start < hit.quote_end <= hit.end


def test_a_name_is_found_with_its_class_and_facts(filled: Workspace) -> None:
    [best, *_] = filled.search_meaning("northwind organization", embedder=Trigrams()).entities
    assert (best.name, best.type, best.facts) == ("Northwind", "Organization", 1)
    assert best.similarity is not None
    assert best.similarity > 0.7


def test_the_limit_holds_and_what_is_first_stays_first(filled: Workspace) -> None:
    whole = filled.search_meaning("works for Acme Corp", embedder=Trigrams())
    short = filled.search_meaning("works for Acme Corp", 1, embedder=Trigrams())
    assert (len(short.chunks), len(short.entities)) == (1, 1)
    assert (short.chunks[0].chunk, short.entities[0].id) == (whole.chunks[0].chunk, whole.entities[0].id)


def test_a_second_search_embeds_nothing_but_the_question_and_what_it_quotes(filled: Workspace) -> None:
    embedder = Trigrams()
    filled.search_meaning("Northwind", 1, embedder=embedder)
    embedder.read.clear()
    filled.search_meaning("Northwind", 1, embedder=embedder)
    assert embedder.read == ["Northwind", "Staff", "Bo Lind works for Northwind.", "Acme Corp was founded in 1998."]


def test_vectors_follow_the_folder_by_difference(filled: Workspace, place: Path, server: Server) -> None:
    embedder = Trigrams()
    filled.search_meaning("Northwind", embedder=embedder)
    (place / "docs" / "sub" / "c.txt").unlink()
    (place / "docs" / "new.txt").write_text("Dora Quist works for Fjordcell.\n", encoding="utf-8")
    ingest(filled, place, server)
    embedder.read.clear()
    found = filled.search_meaning("Fjordcell", embedder=embedder)
    assert found.chunks[0].document == "docs/new.txt"
    assert "docs/sub/c.txt" not in {hit.document for hit in found.chunks}
    assert "Cleo Marsh" not in {hit.name for hit in found.entities}
    asked = embedder.read.index("Fjordcell")
    assert "Dora Quist works for Fjordcell." in embedder.read[:asked]
    assert not any("Ada Byron" in text for text in embedder.read[:asked])


def test_an_interruption_loses_one_group_at_most(filled: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "GROUP", 1)

    class Interrupted(Trigrams):
        def embed(self, texts: Sequence[str]) -> np.ndarray:
            if len(self.read) == 2:
                raise KeyboardInterrupt
            return super().embed(texts)

    first, second = Interrupted(), Trigrams()
    with pytest.raises(KeyboardInterrupt):
        filled.search_meaning("Northwind", embedder=first)
    filled.search_meaning("Northwind", embedder=second)
    assert not set(first.read) & set(second.read[: second.read.index("Northwind")])


def test_the_vectors_can_be_deleted(filled: Workspace) -> None:
    before = filled.search_meaning("Northwind", embedder=Trigrams())
    (filled.path / VECTORS).unlink()
    assert filled.search_meaning("Northwind", embedder=Trigrams()) == before


def test_progress_counts_up_to_its_total(filled: Workspace) -> None:
    told: list[Progress] = []
    filled.search_meaning("Northwind", embedder=Trigrams(), watch=told.append)
    assert {at.stage for at in told} == {"embed"}
    assert all(0 < at.done <= at.total for at in told)


def test_what_the_embedder_cannot_read_is_found_by_words_and_counted_once(filled: Workspace) -> None:
    embedder = Trigrams(languages=ENGLISH)
    first = filled.search_meaning("Northwind", embedder=embedder)
    assert (first.unread, first.new_unread, first.by_words) == (1, 1, False)
    assert not any("王" in text for text in embedder.read)
    second = filled.search_meaning("王小明在哪里工作", embedder=embedder)
    assert (second.unread, second.new_unread, second.by_words) == (1, 0, True)
    assert [(hit.quote, hit.similarity) for hit in second.chunks] == [("王小明在远山公司工作。", None)]
    assert [(hit.name, hit.similarity) for hit in second.entities] == [("王小明", None)]


@pytest.mark.parametrize("question", ["?!", "   ", '" OR "', "zzzz qqqq"])
def test_a_question_about_nothing_finds_nothing_or_little_and_breaks_nothing(filled: Workspace, question: str) -> None:
    found = filled.search_meaning(question, embedder=Trigrams())
    assert all(hit.similarity is None or hit.similarity >= 0.2 for hit in found.chunks)


def test_the_page_is_that_of_the_quote(filled: Workspace, place: Path, server: Server) -> None:
    first, second = "Ada Byron works for Acme Corp.", "Whales sing beneath the northern ice."
    (place / "docs" / "two.pdf").write_bytes(pdf([column(72, [first]), column(72, [second])]))
    ingest(filled, place, server)
    [hit, *_] = filled.search_meaning("whales sing beneath ice", embedder=Trigrams()).chunks
    assert (hit.document, hit.page, hit.quote_page) == ("docs/two.pdf", 1, 2)
    assert second in hit.quote


@settings(deadline=None)
@given(wanted=KEYS, held=KEYS)
def test_the_difference_is_that_of_the_sets(wanted: set[str], held: set[str]) -> None:
    assert difference(sorted(wanted), sorted(held)) == (sorted(wanted - held), sorted(held - wanted))


@settings(deadline=None)
@given(text=TEXT, most=st.integers(1, 60))
def test_stretches_hold_every_sentence_once_in_order(text: str, most: int) -> None:
    found = stretches(text, most=most)
    spans = [s for stretch in found for s in stretch.sentences]
    assert spans == sorted(spans)
    assert "".join("".join(s.of(text).split()) for s in spans) == "".join(text.split())
    assert all(len(f.sentences) == 1 or f.span.end - f.span.start <= most for f in found)


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), unique=True), max_size=3))
def test_what_several_rankings_hold_higher_comes_first(rankings: list[list[int]]) -> None:
    fused = [item for item, _ in fuse(rankings, 10)]
    assert set(fused) == {item for ranking in rankings for item in ranking}
    for a in fused:
        for b in fused:
            ranks = [(r.index(a) if a in r else 99, r.index(b) if b in r else 99) for r in rankings]
            if all(x < y for x, y in ranks if (x, y) != (99, 99)):
                assert a == b or fused.index(a) < fused.index(b)


def test_any_term_is_enough_and_common_words_are_not_asked_for() -> None:
    assert any_expression("Who founded the Acme-Corp?") == '"founded" OR "acme" OR "corp"'
    assert any_expression("谁创立公司") == '"谁 创" OR "创 立" OR "立 公" OR "公 司"'
    assert any_expression("Who is it?") == '"who" OR "is" OR "it"'
    assert any_expression("?!") == ""
