"""Archives are read without a trace on the disk; whatever is odd about a member is said by its name."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from kgc.data import Document, Problem
from kgc.load.read import Outcome, Request, read, read_all
from tests.load import files


def outcomes(folder: Path, data: bytes, name: str = "a.zip") -> dict[str, Document | Problem | None]:
    (folder / name).write_bytes(data)
    found = list(read_all(Request(folder / name, f"r/{name}")))
    assert len({o.source for o in found}) == len(found)
    assert sorted(p.name for p in folder.iterdir()) == [name], "nothing is unpacked"
    return {o.source: o.result for o in found}


def code(result: Document | Problem | None) -> str:
    if isinstance(result, Problem):
        assert result.hint
        assert result.where in result.message
        return result.code
    return "read" if result else "same"


def test_each_file_of_an_archive_has_an_outcome_of_its_own(tmp_path: Path) -> None:
    data = files.packed({
        "notes/a.txt": "Ada works for Acme.", "b.csv": "Name,Town\nAda,Rome\n", "empty.txt": "", "photo.jpg": "x",
        "c.docx": files.docx(files.paragraph("Bob.")), ".hidden": "x", "__MACOSX/._a.txt": "x",
        "broken.pdf": "%PDF-1.7",
    })  # fmt: skip
    found = outcomes(tmp_path, data)
    assert {source: code(result) for source, result in found.items()} == {
        "r/a.zip/notes/a.txt": "read", "r/a.zip/b.csv": "read", "r/a.zip/empty.txt": "empty",
        "r/a.zip/photo.jpg": "unsupported", "r/a.zip/c.docx": "read", "r/a.zip/broken.pdf": "broken",
    }  # fmt: skip
    note = found["r/a.zip/notes/a.txt"]
    assert isinstance(note, Document)
    assert (note.source, note.text) == ("r/a.zip/notes/a.txt", "Ada works for Acme.")


ODD = [
    "/etc/passwd.txt", "../up.txt", "a/../../up.txt", "a\\b.txt", "C:/x.txt", "bell\x07.txt", "line\nfeed.txt",
    "a//b.txt", "./a.txt", "inner.zip", "inner.txt.gz", "inner.tgz",
]  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_a_member_that_could_not_be_a_file_in_a_folder_is_refused_by_name(tmp_path: Path, name: str) -> None:
    found = outcomes(tmp_path, files.packed({name: "text", "good.txt": "Ada."}))
    assert code(found.pop("r/a.zip/good.txt")) == "read"
    [(source, result)] = found.items()
    assert code(result) == "unsupported"
    assert isinstance(result, Problem)
    assert ascii(name) in result.message
    assert source == "r/a.zip/(1)", "what it calls itself is no part of a source"


def test_links_and_second_files_of_a_name_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", "one")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "two")
    found = outcomes(tmp_path, out.getvalue())
    assert {s: code(r) for s, r in found.items()} == {
        "r/a.zip/(1)": "unsupported",
        "r/a.zip/a.txt": "read",
        "r/a.zip/(3)": "unsupported",
    }


def test_names_that_are_not_marked_as_utf8_are_told_from_their_bytes(tmp_path: Path) -> None:
    data = files.packed({"XXXX.txt": "Ada."}).replace(b"XXXX", "合同".encode("gb18030"))
    assert list(outcomes(tmp_path, data)) == ["r/a.zip/合同.txt"]


def test_a_member_with_a_password_and_a_damaged_one_cost_only_themselves(tmp_path: Path) -> None:
    data = bytearray(files.packed({"a.txt": "one " * 50, "b.txt": "two " * 50, "c.txt": "three"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the first member's flag in the directory
    place = data.index(b"b.txt") + len(b"b.txt")
    data[place : place + 4] = b"\xff\xff\xff\xff"
    found = outcomes(tmp_path, bytes(data))
    assert [code(r) for r in found.values()] == ["encrypted", "broken", "read"]


def test_a_bomb_is_stopped_while_it_unpacks_whatever_its_header_says(tmp_path: Path) -> None:
    data = files.packed({"a.txt": b"0" * 250_000_000, "b.txt": "Ada."})
    assert len(data) < 1_000_000
    size = (250_000_000).to_bytes(4, "little")
    found = outcomes(tmp_path, data.replace(size, (100).to_bytes(4, "little")))
    assert code(found["r/a.zip/a.txt"]) in ("too_large", "broken")
    found = outcomes(tmp_path, data)
    assert code(found["r/a.zip/a.txt"]) == "too_large"


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(10_001):
            archive.writestr(f"{n}.txt", "")
    [(source, result)] = outcomes(tmp_path, out.getvalue()).items()
    assert (source, code(result)) == ("r/a.zip", "too_large")


@pytest.mark.parametrize("data", [b"PK\x03\x04 nothing", b"no archive at all", files.packed({"a.txt": "Ada."})[:60]])
def test_what_is_no_archive_is_broken(tmp_path: Path, data: bytes) -> None:
    assert {s: code(r) for s, r in outcomes(tmp_path, data).items()} == {"r/a.zip": "broken"}


def test_an_archive_without_files_is_empty(tmp_path: Path) -> None:
    assert {s: code(r) for s, r in outcomes(tmp_path, files.packed({})).items()} == {"r/a.zip": "empty"}


def test_a_gzip_file_is_read_as_the_file_it_packs(tmp_path: Path) -> None:
    data = gzip.compress(b"Name,Town\n") + gzip.compress(b"Ada,Rome\n")
    (tmp_path / "a.csv.gz").write_bytes(data)
    found = read(tmp_path / "a.csv.gz", "r/a.csv.gz")
    assert isinstance(found, Document)
    assert (found.source, found.media_type, found.text) == ("r/a.csv.gz", "text/csv", "Name | Town\nAda | Rome")


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt.gz", gzip.compress(b"Ada.")[:-9], "broken"),
        ("b.txt.gz", b"no gzip", "broken"),
        ("c.txt.gz", gzip.compress(b"0" * 250_000_000), "too_large"),
        ("d.tar.gz", gzip.compress(b"x"), "unsupported"),
        ("e.zip.gz", gzip.compress(b"x"), "unsupported"),
        ("f.gz", gzip.compress(b"x"), "unsupported"),
        ("g.txt.gz", gzip.compress(b""), "empty"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_a_gzip_file_that_is_not_read_says_why(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert code(read(tmp_path / name, f"r/{name}")) == expected


def test_the_first_files_can_be_passed_over_and_known_files_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(files.packed({"a.txt": "one", "b.txt": "two"}))
    begun: list[str] = []
    found = list(read_all(Request(tmp_path / "a.zip", "r/a.zip"), begin=begun.append, skip=1))
    assert ([o.source for o in found], begun) == (["r/a.zip/b.txt"], ["r/a.zip", "r/a.zip/b.txt"])
    (tmp_path / "a.txt").write_text("one")
    [first] = read_all(Request(tmp_path / "a.txt", "r/a.txt"))
    assert list(read_all(Request(tmp_path / "a.txt", "r/a.txt", first.sha256))) == [
        Outcome("r/a.txt", None, first.sha256)
    ]
