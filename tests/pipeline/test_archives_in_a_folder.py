"""Files of an archive are documents of their own: each has its state; edits and moves are told."""

# ruff: noqa: E501 - the tables below are read line by line

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kgc import Workspace
from kgc.data import Document
from kgc.errors import KgcError
from kgc.ledger import Ledger
from kgc.pipeline.scan import Place
from kgc.pipeline.sync import Stage, Synced, look, reread, take_in
from kgc.pipeline.text import read_text
from kgc.testing.server import Server
from tests.load import files
from tests.pipeline.test_ingest_with_a_model import told

ADA, BO = "Ada Byron works for Acme Corp.", "Bo Lind works for Northwind."
SIZE = 640


def bring(ledger: Ledger, folder: Path, *, prune: bool = False) -> Synced:
    place = Place("docs", folder)
    return take_in(ledger, place, look(ledger, folder.parent, place, prune=prune), SIZE, Stage())


def state(ledger: Ledger) -> dict[str, str]:
    return {k.source.removeprefix("docs/"): k.state for k in ledger.folders.known("docs").values()}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "x.txt").write_text("A file beside it.")
    return tmp_path / "docs"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path, writable=True)


def test_members_are_added_edited_moved_and_removed_with_their_archive(ledger: Ledger, place: Path) -> None:
    (place / "a.zip").write_bytes(files.packed({"1.txt": ADA, "2.txt": BO, "p.jpg": "x", "e.txt": ""}))
    assert bring(ledger, place) == Synced(added=5)
    assert state(ledger) == {
        "x.txt": "read", "a.zip/1.txt": "read", "a.zip/2.txt": "read", "a.zip/p.jpg": "skipped",
        "a.zip/e.txt": "failed",
    }  # fmt: skip
    assert bring(ledger, place) == Synced()
    (place / "a.zip").write_bytes(files.packed({"1.txt": ADA + " New.", "3.txt": BO, "p.jpg": "x"}))
    assert bring(ledger, place) == Synced(edited=1, moved=1, removed=1)
    assert state(ledger) == {"x.txt": "read", "a.zip/1.txt": "read", "a.zip/3.txt": "read", "a.zip/p.jpg": "skipped"}
    (place / "a.zip").rename(place / "b.zip")
    moved = bring(ledger, place)
    assert (moved.moved, moved.edited) == (2, 0)
    assert set(state(ledger)) == {"x.txt", "b.zip/1.txt", "b.zip/3.txt", "b.zip/p.jpg"}
    (place / "b.zip").unlink()
    assert bring(ledger, place, prune=True) == Synced(removed=3)
    assert state(ledger) == {"x.txt": "read"}


def test_an_archive_that_was_only_touched_changes_nothing(ledger: Ledger, place: Path) -> None:
    (place / "a.zip").write_bytes(files.packed({"1.txt": ADA, "2.txt": BO}))
    bring(ledger, place)
    generation = ledger.state.get("generation")
    (place / "a.zip").touch()
    assert bring(ledger, place) == Synced()
    assert bring(ledger, place) == Synced()
    assert ledger.state.get("generation") == generation


def test_an_archive_that_breaks_is_one_failure_and_mends(ledger: Ledger, place: Path) -> None:
    whole = files.packed({"1.txt": ADA, "2.txt": BO})
    (place / "a.zip").write_bytes(whole)
    bring(ledger, place)
    (place / "a.zip").write_bytes(whole[:50])
    assert bring(ledger, place, prune=True) == Synced(added=1, removed=2)
    assert state(ledger) == {"x.txt": "read", "a.zip": "failed"}
    (place / "a.zip").write_bytes(whole)
    assert bring(ledger, place) == Synced(added=2, removed=1)
    assert state(ledger) == {"x.txt": "read", "a.zip/1.txt": "read", "a.zip/2.txt": "read"}


def test_a_run_that_was_cut_short_inside_an_archive_reads_it_again(ledger: Ledger, place: Path) -> None:
    (place / "a.zip").write_bytes(files.packed({"1.txt": ADA, "2.txt": BO}))
    bring(ledger, place)
    with ledger.transaction():  # as it stands after a batch that ended between the two
        ledger.folders.touch("docs/a.zip/1.txt", "")
        ledger.folders.remove("docs/a.zip/2.txt")
    assert bring(ledger, place) == Synced(added=1)
    assert state(ledger) == {"x.txt": "read", "a.zip/1.txt": "read", "a.zip/2.txt": "read"}
    assert bring(ledger, place) == Synced()


def test_a_folder_and_an_archive_of_one_name_take_each_others_place(ledger: Ledger, place: Path) -> None:
    (place / "a.zip").mkdir()
    (place / "a.zip" / "1.txt").write_text(ADA)
    bring(ledger, place)
    (place / "a.zip" / "1.txt").unlink()
    (place / "a.zip").rmdir()
    (place / "a.zip").write_bytes(files.packed({"1.txt": ADA}))
    assert bring(ledger, place) == Synced()
    assert state(ledger) == {"x.txt": "read", "a.zip/1.txt": "read"}


def test_a_failed_member_is_tried_again(ledger: Ledger, place: Path, tmp_path: Path) -> None:
    (place / "a.zip").write_bytes(files.packed({"1.txt": ADA, "e.txt": ""}))
    bring(ledger, place)
    assert reread(ledger, tmp_path, SIZE, None) == 1
    assert state(ledger) == {"x.txt": "read", "a.zip/1.txt": "read", "a.zip/e.txt": "failed"}
    assert bring(ledger, place) == Synced()


def test_facts_from_an_archive_cite_its_files(
    workspace: Workspace, schema: str, server: Server, tmp_path: Path
) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.zip").write_bytes(
        files.packed({"in/1.txt": ADA, "2.csv": "Name,Note\nCleo,Cleo Marsh works for Acme Corp.\n"})
    )
    options = {"schema": schema, "model": "openai:any", "base_url": server.url}
    planned = workspace.plan(folder, **options)  # type: ignore[arg-type]
    assert (planned.documents, planned.calls) == (2, 2)
    report = workspace.ingest(folder, **options)  # type: ignore[arg-type]
    assert (report.exit_code, report.documents.done) == (0, 2)
    assert ("Ada Byron", "WorksFor", "Acme Corp") in told(workspace)
    assert {e.document for f in workspace.facts() for e in f.evidence} == {"docs/a.zip/in/1.txt", "docs/a.zip/2.csv"}
    again = workspace.plan(folder, **options)  # type: ignore[arg-type]
    assert (again.documents, again.calls) == (2, 0)
    assert workspace.ingest(folder, **options).calls.made == 0  # type: ignore[arg-type]


def test_a_file_in_an_archive_is_shown_by_its_path(place: Path) -> None:
    (place / "a.zip").write_bytes(files.packed({"in/1.txt": ADA, "2.txt": BO}))
    found = read_text(place / "a.zip" / "in" / "1.txt")
    assert isinstance(found, Document)
    assert (found.source, found.text) == ("docs/a.zip/in/1.txt", ADA)
    with pytest.raises(KgcError, match=r"holds 2 files: in/1\.txt, 2\.txt"):
        read_text(place / "a.zip")
    with pytest.raises(KgcError, match=r"Did you mean 'in/1\.txt'"):
        read_text(place / "a.zip" / "in" / "11.txt")


def test_files_that_wait_for_a_package_are_read_once_it_is_there(
    ledger: Ledger, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "a.docx").write_bytes(files.docx(files.paragraph(ADA)))
    with monkeypatch.context() as without:
        hidden = place.parent / "hidden"
        hidden.mkdir()
        (hidden / "mammoth.py").write_text("raise ModuleNotFoundError('mammoth')")
        without.syspath_prepend(str(hidden))
        assert bring(ledger, place) == Synced(added=2)
        assert state(ledger) == {"x.txt": "read", "a.docx": "skipped"}
        generation = ledger.state.get("generation")
        assert bring(ledger, place) == Synced()
        assert ledger.state.get("generation") == generation
    assert bring(ledger, place) == Synced()
    assert state(ledger) == {"x.txt": "read", "a.docx": "read"}


def test_a_folder_of_one_file_of_every_format_and_one_broken_of_each(ledger: Ledger, place: Path) -> None:
    whole: dict[str, bytes] = {
        "a.txt": ADA.encode(), "a.md": b"# " + ADA.encode(), "a.html": b"<p>" + ADA.encode(), "a.csv": b"Name,Town\nAda,Rome\n",
        "a.pdf": files.pdf([files.column(72, [ADA])]), "a.json": b'{"name": "Ada"}', "a.jsonl": b'{"name": "Ada"}\n',
        "a.docx": files.docx(files.paragraph(ADA)), "a.xlsx": files.xlsx(Staff=(("Ada",),)), "a.eml": files.EML,
        "a.pptx": files.pptx(files.shape("title", ADA)), "a.epub": files.epub(f"<p>{ADA}"),
        "a.tsv": b"Name\tTown\nAda\tRome\n", "a.txt.gz": gzip.compress(ADA.encode()), "a.zip": files.packed({"in.txt": ADA}),
    }  # fmt: skip
    broken: dict[str, tuple[bytes, str]] = {
        "b.txt": (b"", "empty"), "b.md": (b"<!-- -->", "empty"), "b.html": (b"<script>1</script>", "empty"),
        "b.csv": (b",,\n", "empty"), "b.pdf": (whole["a.pdf"][:40], "broken"), "b.json": (b'{"a":', "broken"),
        "b.jsonl": (b"no\njson\n", "broken"), "b.docx": (whole["a.docx"][:90], "broken"),
        "b.xlsx": (whole["a.pptx"], "broken"), "b.eml": (b"no mail", "broken"), "b.pptx": (b"PK", "broken"),
        "b.epub": (whole["a.docx"], "broken"), "b.tsv": (b"\t\n", "empty"), "b.txt.gz": (whole["a.txt.gz"][:-9], "broken"),
        "b.zip": (whole["a.zip"][:50], "broken"),
    }  # fmt: skip
    for name, data in (whole | {n: d for n, (d, _) in broken.items()}).items():
        (place / name).write_bytes(data)
    bring(ledger, place)
    states = state(ledger)
    assert {n for n, s in states.items() if s == "read"} == {"x.txt", "a.zip/in.txt"} | (whole.keys() - {"a.zip"})
    found = {s.removeprefix("docs/"): (state_, p.code) for s, state_, p in ledger.folders.problems()}
    assert found == {name: ("failed", code) for name, (_, code) in broken.items()}
    assert all(p.hint for _, _, p in ledger.folders.problems())
