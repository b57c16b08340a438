"""A sample is bounded, of every kind, and the same every time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgc import Workspace
from kgc.errors import KgcError
from kgc.ledger import Ledger
from kgc.ontology.sample import LONGEST, of_folder, of_ledger, shares
from kgc.ontology.strata import Candidate, draw, quotas

SENTENCE = "Number {n}: Ann Lee works for Acme Corp in Bergen.\n"


def fill(folder: Path, files: int, pattern: str = "{n}.txt") -> Path:
    for n in range(files):
        path = folder / pattern.format(n=n)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SENTENCE.format(n=n))
    return folder


def test_of_20000_files_no_more_are_opened_than_asked_for() -> None:
    opened: list[Candidate] = []

    def take(chosen: Sequence[Candidate]) -> list[bool]:
        opened.extend(chosen)
        return [True] * len(chosen)

    files = [Candidate(f"docs/{n % 7}/{n}.{'txt' if n % 3 else 'pdf'}", n * 100) for n in range(20_000)]
    sizes, got = draw(files, 100, take)
    assert (len(opened), sum(got.values()), sum(sizes.values())) == (100, 100, 20_000)
    assert {c.stratum for c in opened} == set(sizes)


def test_a_folder_of_many_notes_does_not_hide_one_of_few_contracts() -> None:
    assert quotas({"notes": 10_000, "contracts": 9}, 50)["contracts"] >= 2


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 200), max_size=30), st.integers(1, 60))
def test_quotas_never_pass_what_there_is_nor_what_was_asked_for(sizes: dict[str, int], most: int) -> None:
    found = quotas(sizes, most)
    assert sum(found.values()) == min(most, sum(sizes.values()))
    assert all(0 < count <= sizes[name] for name, count in found.items())
    assert len(found) == min(most, len(sizes))


@given(st.lists(st.integers(0, 90), max_size=40), st.integers(0, 300))
def test_passages_are_shared_out_to_the_last(sizes: list[int], most: int) -> None:
    found = shares(sizes, most)
    assert sum(found) == min(most, sum(sizes))
    assert all(have <= size for have, size in zip(found, sizes, strict=True))


def test_the_same_folder_gives_the_same_sample(tmp_path: Path) -> None:
    fill(tmp_path / "docs", 30)
    first, again = (of_folder(tmp_path / "docs", most=8) for _ in range(2))
    assert first == again
    assert (first.files, len(first.documents)) == (30, 8)


def test_what_cannot_be_read_and_copies_are_replaced_by_others(tmp_path: Path) -> None:
    docs = fill(tmp_path / "docs", 4)
    (docs / "4.txt").write_text("")
    for n in range(5, 8):
        (docs / f"{n}.txt").write_text(SENTENCE.format(n=0))
    sample = of_folder(docs, most=5)
    assert len({d.sha256 for d in sample.documents}) == len(sample.documents)
    assert len(sample.documents) >= 3


def test_a_long_document_gives_its_first_passage_and_some_others(tmp_path: Path) -> None:
    text = "\n\n".join(f"Paragraph {n}. " + "The ferry crossed the fjord in the fog. " * 30 for n in range(60))
    (tmp_path / "long.txt").write_text(text)
    sample = of_folder(tmp_path / "long.txt", passages=5)
    assert len(sample.passages) == 5
    assert sample.passages[0].span.start == 0
    [document] = sample.documents
    assert all(p.span.of(document.text) == p.text for p in sample.passages)


def test_a_workspace_is_sampled_as_it_was_read(tmp_path: Path) -> None:
    fill(tmp_path / "docs", 6, "{n}/a.txt")
    with Workspace(tmp_path) as workspace:
        workspace.ingest(tmp_path / "docs")
    with Ledger(tmp_path, writable=False) as ledger:
        sample = of_ledger(ledger, most=4)
    assert (sample.files, len(sample.documents)) == (6, 4)
    assert sample.passages


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(KgcError, match="no folder"):
        of_folder(tmp_path / "nowhere")


def test_an_empty_folder_is_an_empty_sample(tmp_path: Path) -> None:
    assert of_folder(tmp_path).documents == ()


def test_the_evidence_page_of_a_schema_is_no_document(tmp_path: Path) -> None:
    fill(tmp_path / "docs", 2)
    for name in ("mine.py", "mine.evidence.md", "other.evidence.md"):
        (tmp_path / "docs" / name).write_text("# Evidence for mine\n\nThe ferry left.\n")
    assert {d.source for d in of_folder(tmp_path / "docs").documents} == {
        "docs/0.txt", "docs/1.txt", "docs/other.evidence.md"
    }  # fmt: skip


def test_of_a_huge_document_the_beginning_is_enough(tmp_path: Path) -> None:
    (tmp_path / "huge.txt").write_text("The ferry crossed the fjord in the fog.\n" * 100_000)
    [document] = of_folder(tmp_path).documents
    assert len(document.text) == LONGEST
