"""Tables, JSON, Office files, e-books and e-mail read as a person would read them."""

# ruff: noqa: E501 - the tables below are read line by line

from __future__ import annotations

from pathlib import Path

import pytest

from kgc.data import BlockKind, Document, Problem
from kgc.load.read import read
from tests.load import files


def blocks(path: Path) -> list[tuple[BlockKind, str]]:
    found = read(path, f"r/{path.name}")
    assert isinstance(found, Document), found
    return [(b.kind, b.span.of(found.text)) for b in found.blocks]


def written(folder: Path, name: str, data: bytes | str) -> Path:
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return folder / name


REAL = [
    ("csv/sp500_constituents.csv", "header",
     "Symbol | Security | GICS Sector | GICS Sub-Industry | Headquarters Location | Date added | CIK | Founded"),
    ("csv/sp500_constituents.csv", "row",
     "MMM | 3M | Industrials | Industrial Conglomerates | Saint Paul, Minnesota | 1957-03-04 | 66740 | 1902"),
    ("csv/un_countries_zh.csv", "row", "001 | 世界 | 002 | 非洲 | 015 | 北非 |  |  | 阿尔及利亚 | 012 | DZ | DZA"),
    ("robustness/utf16.csv", "paragraph", "Stanley Cups"),
    ("robustness/utf16.csv", "header", "Team | Location | Stanley Cups"),
    ("robustness/utf16.csv", "row", "Maple Leafs | TOR | 13"),
    ("robustness/ragged.csv", "row", "a | b | c"),
    ("json/countries_europe.json", "heading", "Albania"),
    ("json/countries_europe.json", "item", "capital: Tirana"),
    ("json/countries_europe.json", "item", "currencies.EUR.symbol: €"),
    ("docx/personal_information_law_zh.docx", "heading", "第一章 总 则"),
    ("docx/personal_information_law_zh.docx", "paragraph", "第七十四条 本法自2021年11月1日起施行。"),
    ("docx/footnotes.docx", "paragraph", "Ouch."),
    ("docx/footnotes.docx", "item", "A tachyon walks into a bar."),
    ("docx/tables.docx", "row", "Bottom left | Bottom right"),
    ("docx/word_sample.docx", "heading", "Let’s swim!"),
    ("docx/word_sample.docx", "item", "Use sun cream"),
    ("docx/us_trustee_handbook_page.docx", "paragraph", "B. ROLE OF THE UNITED STATES TRUSTEE"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "text"), REAL, ids=[f"{r[0]}-{i}" for i, r in enumerate(REAL)])
def test_a_real_file_holds_this_block(kgc_data: Path, name: str, kind: BlockKind, text: str) -> None:
    assert (kind, text) in blocks(kgc_data / "documents" / name)


def test_a_document_without_text_is_empty(kgc_data: Path) -> None:
    found = read(kgc_data / "documents/robustness/empty.docx", "r/empty.docx")
    assert isinstance(found, Problem)
    assert found.code == "empty"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("semicolon.csv", "Name;Pay\nAda;1,5\nBob;2,5\n", [("header", "Name | Pay"), ("row", "Ada | 1,5"), ("row", "Bob | 2,5")]),
        ("said.csv", "sep=|\nName|Town\nAda|Rome\n", [("header", "Name | Town"), ("row", "Ada | Rome")]),
        ("tabs.tsv", "Name\tTown\nAda\tRome, Italy\n", [("header", "Name | Town"), ("row", "Ada | Rome, Italy")]),
        ("lines.csv", 'Name,Note\nAda,"two\nlines"\n', [("header", "Name | Note"), ("row", "Ada | two lines")]),
        ("numbers.csv", "1,2\n3,4\n", [("row", "1 | 2"), ("row", "3 | 4")]),
        ("one.csv", "Ada\nBob\n", [("row", "Ada"), ("row", "Bob")]),
        ("quote.csv", 'Name,Height\nAda,5" 2\nBob,"6\n' + "x,y\n" * 150, None),
        ("wide.csv", ",".join(f"c{i}" for i in range(20_000)) + "\n" + ",".join("v" * 20_000) + "\n", None),
    ],
)  # fmt: skip
def test_a_table_is_read_by_its_own_rules(
    tmp_path: Path, name: str, data: str, expected: list[tuple[str, str]] | None
) -> None:
    found = blocks(written(tmp_path, name, data))
    if expected:
        assert found == expected
    else:
        assert len(found) == len(data.splitlines())
        assert found[0][0] == "header"


def test_an_object_is_told_in_lines_and_what_is_nested_under_headings(tmp_path: Path) -> None:
    data = """{"name": "Acme", "big": 123456789012345678901234567890, "ratio": 1.10, "odd": NaN, "none": null,
      "head": {"name": "Ada", "towns": ["Rome", "Paris"]}, "tags": ["a", "b"], "open": true, "open": false,
      "staff": [{"name": "Bob", "age": 7}, {"name": "Eve", "age": 8}], "units": [{"name": "X", "in": {"y": {"z": 1}}}]}"""
    assert blocks(written(tmp_path, "a.json", data)) == [
        ("item", "name: Acme"), ("item", "big: 123456789012345678901234567890"), ("item", "ratio: 1.10"),
        ("item", "odd: NaN"), ("item", "head.name: Ada"), ("item", "head.towns: Rome, Paris"), ("item", "tags: a, b"),
        ("item", "open: true"), ("item", "open (2): false"),
        ("heading", "staff"), ("header", "name | age"), ("row", "Bob | 7"), ("row", "Eve | 8"),
        ("heading", "units"), ("heading", "X"), ("item", "name: X"), ("item", "in.y.z: 1"),
    ]  # fmt: skip


def test_each_line_of_jsonl_is_a_section_and_a_bad_one_stands_as_it_is(tmp_path: Path) -> None:
    data = '{"title": "One", "n": 1}\n{"n": 2}\nno json\n'
    expected = [
        ("heading", "One"), ("item", "title: One"), ("item", "n: 1"), ("heading", "Record 2"), ("item", "n: 2"),
        ("paragraph", "no json"),
    ]  # fmt: skip
    assert blocks(written(tmp_path, "a.jsonl", data)) == expected


def test_json_that_is_none_names_the_place(tmp_path: Path) -> None:
    found = read(written(tmp_path, "a.json", '{"a": 1,\n "b" 2}'), "r/a.json")
    assert isinstance(found, Problem)
    assert (found.code, "line 2, column 6" in found.message) == ("broken", True)
    deep = read(written(tmp_path, "b.json", "[" * 100_000 + "]" * 100_000), "r/b.json")
    assert isinstance(deep, Problem)
    assert "nested" in deep.message
    long = written(tmp_path, "c.json", '{"n": ' + "9" * 10_000 + "}")
    assert blocks(long) == [("item", "n: " + "9" * 10_000)]


def test_word_keeps_headings_insertions_and_tables_and_drops_deletions_and_running_heads(tmp_path: Path) -> None:
    body = (
        files.paragraph("The Report", "T")
        + files.paragraph("One", "H1")
        + "<w:p><w:ins w:id='1'><w:r><w:t>Ada leads</w:t></w:r></w:ins>"
        + "<w:del w:id='2'><w:r><w:delText>Bob led</w:delText></w:r></w:del><w:r><w:t> Acme.</w:t></w:r></w:p>"
        + files.word_table(("Name", "Town"), ("Ada", "Rome"))
        + files.paragraph("Two", "H2")
        + files.paragraph("The end.")
    )
    assert blocks(written(tmp_path, "a.docx", files.docx(body))) == [
        ("heading", "The Report"), ("heading", "One"), ("paragraph", "Ada leads Acme."), ("header", "Name | Town"),
        ("row", "Ada | Rome"), ("heading", "Two"), ("paragraph", "The end."),
    ]  # fmt: skip


def test_slides_keep_their_titles_tables_and_notes_and_are_pages(tmp_path: Path) -> None:
    notes = files.shape("body", "Say who pays.") + files.shape("sldNum", "1")
    data = files.pptx(
        files.shape("title", "Plans") + files.shape("body", "Acme grows", "It hires") + files.shape("ftr", "Secret"),
        files.slide_table(("Name", "Town"), ("Ada", "Rome")) + files.shape("", "A box."),
        notes=notes,
    )
    path = written(tmp_path, "a.pptx", data)
    assert blocks(path) == [
        ("heading", "Plans"), ("item", "Acme grows"), ("item", "It hires"), ("paragraph", "Say who pays."),
        ("heading", "Slide 2"), ("header", "Name | Town"), ("row", "Ada | Rome"), ("paragraph", "A box."),
    ]  # fmt: skip
    found = read(path, "r/a.pptx")
    assert isinstance(found, Document)
    assert [p.of(found.text).split("\n")[0] for p in found.meta.pages] == ["Plans", ""]
    assert found.meta.pages[1].of(found.text).strip().startswith("Slide 2")


def test_sheets_keep_their_names_and_headers(tmp_path: Path) -> None:
    data = files.xlsx(
        Staff=(("Staff of Acme",), ("Name", "Age"), ("Ada", "36"), ("", "1.5")), Empty=(), 城市=(("北京",),)
    )
    assert blocks(written(tmp_path, "a.xlsx", data)) == [
        ("heading", "Staff"), ("paragraph", "Staff of Acme"), ("header", "Name | Age"), ("row", "Ada | 36"),
        ("row", "| 1.5"), ("heading", "城市"), ("row", "北京"),
    ]  # fmt: skip


def test_a_book_is_read_in_the_order_of_its_spine(tmp_path: Path) -> None:
    path = written(tmp_path, "a.epub", files.epub("<h1>One</h1><p>Ada.</p>", "<h1>Two</h1><p>Bob.</p>"))
    assert blocks(path) == [("heading", "One"), ("paragraph", "Ada."), ("heading", "Two"), ("paragraph", "Bob.")]
    found = read(path, "r/a.epub")
    assert isinstance(found, Document)
    assert (found.meta.title, found.lang) == ("A Book", "en")


def test_a_message_gives_its_headers_its_best_body_and_the_names_of_attachments(tmp_path: Path) -> None:
    assert blocks(written(tmp_path, "a.eml", files.EML)) == [
        ("heading", "The plant in Köln"), ("item", "From: Ada Byron <ada@acme.example>"),
        ("item", "To: 张三 <z@acme.example>"), ("item", "Date: Fri, 31 May 2024 10:00:00 +0000"),
        ("paragraph", "Acme opens a plant in Köln."), ("paragraph", "Bob Stone leads it, and the board agreed."),
        ("paragraph", "Attachments (not read): plan.pdf"),
    ]  # fmt: skip


BOMB = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]>'
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("bomb.docx", files.docx(files.paragraph("x"), word__footnotes=f"{BOMB}<a>&c;</a>"), "broken"),
        ("bomb16.docx", files.docx("", word__notes=f"{BOMB}<a>&c;</a>".encode("utf-16")), "broken"),  # type: ignore[arg-type]
        ("zeros.docx", files.docx("", word__styles2="\0" * 300_000_000), "too_large"),
        ("old.docx", OLD, "unsupported"),
        ("locked.xlsx", OLD + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("other.pptx", files.xlsx(A=(("x",),)), "broken"),
        ("cut.xlsx", files.xlsx(A=(("x",),))[:300], "broken"),
        ("empty.xlsx", files.xlsx(A=()), "empty"),
        ("empty.pptx", files.pptx(""), "empty"),
        ("locked.epub", files.epub("<p>x", **{"META-INF__rights.xml": "<a/>"}), "encrypted"),
        ("none.epub", files.packed({"a": "b"}), "broken"),
        ("none.eml", "Just some words.\n", "broken"),
        ("binary.csv", bytes(range(256)) * 20, "unsupported"),
        ("blank.csv", ",,,\n,,\n", "empty"),
        ("blank.json", "{}", "empty"),
    ],
    ids=lambda v: v if isinstance(v, str) and "." in v and len(v) < 20 else "",
)  # fmt: skip
def test_what_cannot_be_read_is_one_problem_that_says_why(
    tmp_path: Path, name: str, data: bytes | str, code: str
) -> None:
    found = read(written(tmp_path, name, data), f"r/{name}")
    assert isinstance(found, Problem)
    assert (found.code, found.where, bool(found.hint)) == (code, f"r/{name}", True)


def test_without_the_extra_a_file_is_skipped_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("mammoth", "python_calamine"):
        monkeypatch.setitem(__import__("sys").modules, package, None)
    for name, data in (("a.docx", files.docx(files.paragraph("x"))), ("a.xlsx", files.xlsx(A=(("x",),)))):
        found = read(written(tmp_path, name, data), f"r/{name}")
        assert isinstance(found, Problem)
        assert (found.code, "kgc-toolkit[office]" in found.hint) == ("unsupported", True)
