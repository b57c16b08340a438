"""What must and must not be in the text of real files and of small ones written here."""
# ruff: noqa: E501 - the tables below are read line by line

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.data import Document, Problem
from kgc.load.read import kinds, read
from tests.load.files import column, pdf

REAL = [
    ("html/wikipedia_duck.html", ["Ducks are mostly aquatic birds", "Order: | Anseriformes", "External links"],
     ["Create account", "[edit]", "Toggle the table of contents", "mw-parser-output", "[3]"]),
    ("html/sec_10k_one_page.html", ["Galaxy Gaming, Inc.", "Common stock | GLXZ | OTCQB marketplace", "000-30653"],
     ["font-family", "\xa0", "|  |"]),
    ("html/clreq_home_zh.html", ["中文文字布局需求特别任务组", "Requirements for Chinese Text Layout", "语言支持索引"],
     ["AUTHORS should fill", "getElementById"]),
    ("robustness/latin1_page.html", ["L'été était très chaud", "15,50 €", "¡Qué rico!", "köttbullar"], ["�", "trčs"]),
    ("robustness/nested_table_cells.html",
     ["Name | Habitat | Comment", "Teal | Pond; Marsh; Riverbank", "Quack | Type, Sound; Short, “quak”", "H2O"],
     ["border-collapse", "thumb"]),
    ("md/18f_open_source_policy.md", ["Cost-savings. The ability", "source code—as opposed to", "default LICENSE file"],
     ["**", "](", "## ", "&mdash;"]),
    ("md/tidb_architecture_zh.md", ["TiDB Server：SQL 层", "存储节点"], ["aliases", "---", "<video", "](/"]),
    ("md/data_security_law_zh.md", ["第一条 为了规范数据处理活动"], ["INFO END", "##"]),
    ("txt/a_christmas_carol.txt", ["MARLEY'S GHOST", "Bob Cratchit, clerk to Ebenezer Scrooge."], ["\ufeff", "\r"]),
    ("txt/wikipedia_walmart.txt", ["It is headquartered in Bentonville, Arkansas."], ["\r"]),
    ("txt/patent_rules_zh.txt", ["第二条 本法所称的发明创造是指发明、实用新型和外观设计。"], ["�"]),
    ("pdf/biodiversity_data_journal_e57090.pdf",
     ["advanced computer vision techniques are being used to extract information from them", "Carranza-Rojas et al. 2018",
      "two-stage, region-based CNN detectors", "to automatically identify species and higher taxa"],
     ["\x02", "\ufffe", "annotation of plant organs from digitised herbarium scans ..."]),
    ("pdf/c2_outage_report.pdf", ["duplicate the existing misconfigured environment", "9:47 PM: Dev is fully operational"], []),
    ("pdf/va_data_asset_memo.pdf", ["Under no circumstance does metadata include personally identifiable information"], []),
    ("pdf/cybersecurity_law_zh.pdf",
     ["公民、法人和其他组织的合法权益", "依法惩治网络违法犯罪活动，维护网络空间安全和秩序。"], ["法 人", "\n人和"]),
]  # fmt: skip

WRITTEN: list[tuple[str, bytes, list[str], list[str]]] = [
    ("table.md", b"# T\n\n| a | b |\n|---|---|\n| 1 | **2** |\n", ["a | b\n1 | 2"], ["---", "**"]),
    ("foot.md", b"Text[^1] with `code`.\n\n[^1]: The note.\n", ["Text with code.", "The note."], ["[^1]"]),
    ("escapes.md", rb"AT&amp;T \*not bold\* <b>bold</b> ![alt](x.png)" + b"\n", ["AT&T *not bold* bold alt"], ["<b>", "png"]),
    ("page.htm", b"<p>One<br>two</p><nav>Menu</nav><ul><li>a<li>b</ul><div id='cookie-consent'>We use cookies</div>"
      b"<p>" + b"The words of the page. " * 20, ["One\ntwo", "a\nb"], ["Menu", "cookies"]),
    ("pre.html", b"<pre>x\n  y</pre><p>a &lt; b &amp; c&nbsp;d</p>", ["x\n  y", "a < b & c d"], ["&lt;", "&amp;"]),
    ("hidden.html", b"<p style='display: none'>secret</p><p>open</p><template>t</template>", ["open"], ["secret", "t\n"]),
    ("is_a_page.txt", b"<!DOCTYPE html><title>T</title><p>Hi <i>there</i></p>", ["Hi there"], ["<p>"]),
    ("lines.txt", b"a\r\nb\rc\n", ["a\nb\nc"], ["\r"]),
    ("nuls.txt", b"Some words with\0 a NUL in them, which is dropped.", ["with a NUL"], ["\0"]),
    ("deep.html", b"<div>" * 5000 + b"down here" + b"</div>" * 5000 + b"<p>after", ["down here", "after"], ["<div>"]),
    ("deep.md", b"".join(b" " * 2 * i + b"- item %d\n" % i for i in range(200)), ["item 0", "item 199"], []),
    ("layout.html", b"<table><tr><td><h1>Title</h1><p>Prose in a cell.</p></td></tr></table>", ["Title\n\nProse"], [" | "]),
]  # fmt: skip


def text_of(found: Document | Problem) -> str:
    assert isinstance(found, Document), found
    return found.text


def check_layout(document: Document) -> None:
    """Blocks are in order and apart, hold text, and lie in the text; pages follow each other over the whole text."""
    end = 0
    for block in document.blocks:
        assert end <= block.span.start < block.span.end <= len(document.text)
        assert block.span.of(document.text).strip()
        end = block.span.end
    if document.meta.pages:
        assert document.meta.pages[0].start == 0
        assert document.meta.pages[-1].end == len(document.text)
        assert all(a.end == b.start for a, b in pairwise(document.meta.pages))


@pytest.mark.parametrize(("name", "has", "has_not"), REAL, ids=[r[0] for r in REAL])
def test_a_real_file_reads_as_a_person_would_read_it(
    kgc_data: Path, name: str, has: list[str], has_not: list[str]
) -> None:
    found = read(kgc_data / "documents" / name, f"documents/{name}")
    text = text_of(found)
    assert [s for s in has if s not in text] == []
    assert [s for s in has_not if s in text] == []
    assert isinstance(found, Document)
    check_layout(found)


@pytest.mark.parametrize(("name", "data", "has", "has_not"), WRITTEN, ids=[w[0] for w in WRITTEN])
def test_a_written_file_reads_as_a_person_would_read_it(
    tmp_path: Path, name: str, data: bytes, has: list[str], has_not: list[str]
) -> None:
    (tmp_path / name).write_bytes(data)
    found = read(tmp_path / name, f"r/{name}")
    text = text_of(found)
    assert [s for s in has if s not in text] == []
    assert [s for s in has_not if s in text] == []
    assert isinstance(found, Document)
    check_layout(found)


def test_every_real_file_is_a_document_or_a_problem_with_a_hint(kgc_data: Path) -> None:
    for path in sorted((kgc_data / "documents").rglob("*.*")):
        found = read(path, f"documents/{path.name}")
        if isinstance(found, Problem):
            assert found.hint
            assert found.where == f"documents/{path.name}"
        else:
            check_layout(found)


def test_languages_and_titles_of_real_files_are_known(kgc_data: Path) -> None:
    expected = {
        "html/wikipedia_duck.html": ("en", "Duck - Wikipedia"),
        "md/tidb_architecture_zh.md": ("zh", "TiDB 整体架构"),
        "pdf/cybersecurity_law_zh.pdf": ("zh", "中华人民共和国网络安全法"),
        "pdf/c2_outage_report.pdf": ("en", "C2 server outage incident report"),
        "txt/a_christmas_carol.txt": ("en", "The Project Gutenberg eBook of A Christmas Carol"),
        "txt/patent_rules_zh.txt": ("zh", "专利法"),
    }
    for name, (lang, title) in expected.items():
        found = read(kgc_data / "documents" / name, name)
        assert isinstance(found, Document)
        assert (found.lang, found.meta.title) == (lang, title)


def test_the_headings_of_plain_text_are_found_and_its_contents_page_is_none(kgc_data: Path) -> None:
    found = read(kgc_data / "documents/txt/a_christmas_carol.txt", "r/x")
    assert isinstance(found, Document)
    headings = [b.span.of(found.text) for b in found.blocks if b.kind == "heading"]
    assert {"STAVE ONE", "PREFACE", "STAVE FIVE"} <= set(headings)
    assert not [h for h in headings if h.endswith("137")]


def test_pages_of_a_pdf_are_kept(kgc_data: Path) -> None:
    found = read(kgc_data / "documents/pdf/c2_outage_report.pdf", "r/x")
    assert isinstance(found, Document)
    assert len(found.meta.pages) == 3
    assert "C2 server outage" in found.meta.pages[0].of(found.text)
    assert "Sincerely," in found.meta.pages[2].of(found.text)


BROKEN: list[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\n\t", "empty"),
    ("zeros.md", b"\0" * 100, "empty"),
    ("comment.md", b"<!-- nothing -->", "empty"),
    ("script.html", b"<script>var a = 1</script>", "empty"),
    ("broken.pdf", b"%PDF-1.7 and nothing else", "broken"),
    ("text.pdf", b"This is no PDF.", "broken"),
    ("office.txt", b"PK\x03\x04 a zip archive", "unsupported"),
    ("binary.txt", bytes(range(256)) * 20, "unsupported"),
    ("picture.md", b"\x89PNG\r\n\x1a\n" + bytes(range(200)), "unsupported"),
    ("sheet.xlsx", b"PK\x03\x04", "broken"),
    ("no_suffix", b"text", "unsupported"),
]


@pytest.mark.parametrize(("name", "data", "code"), BROKEN, ids=[b[0] for b in BROKEN])
def test_what_cannot_be_read_is_one_problem_with_a_hint(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    found = read(tmp_path / name, f"r/{name}")
    assert isinstance(found, Problem)
    assert (found.code, found.where, bool(found.hint)) == (code, f"r/{name}", True)
    assert f"r/{name}" in found.message


def test_an_encrypted_pdf_is_refused_with_a_hint(kgc_data: Path) -> None:
    found = read(kgc_data / "documents/robustness/password.pdf", "r/password.pdf")
    assert isinstance(found, Problem)
    assert found.code == "encrypted"
    assert "qpdf" in found.hint


def test_a_pdf_under_another_name_is_read_as_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(pdf(["BT /F1 12 Tf 72 700 Td (Hello from a PDF.) Tj ET"]))
    found = read(tmp_path / "a.txt", "r/a.txt")
    assert text_of(found) == "Hello from a PDF."
    assert isinstance(found, Document)
    assert found.media_type == "application/pdf"


def test_a_pdf_without_words_names_ocr(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(["0 0 100 100 re f"]))
    found = read(tmp_path / "a.pdf", "r/a.pdf")
    assert isinstance(found, Problem)
    assert found.code == "no_text_layer"
    assert "ocrmypdf" in found.hint


def test_columns_are_read_one_after_the_other_and_parted_words_joined(tmp_path: Path) -> None:
    left = ["The first column tells of com-", "puters and of the people who", "built them."]
    right = ["The second column tells of", "something else altogether."]
    (tmp_path / "a.pdf").write_bytes(pdf([column(72, left) + column(320, right)]))
    text = text_of(read(tmp_path / "a.pdf", "r/a.pdf"))
    assert "The first column tells of computers and of the people who built them." in text
    assert text.index("built them.") < text.index("The second column tells of something else altogether.")


def test_running_heads_and_page_numbers_go_and_paragraphs_cross_pages(tmp_path: Path) -> None:
    def page(i: int, words: str) -> str:
        return column(72, ["Annual Report of the Company"], 780) + column(72, [words], 700) + column(300, [str(i)], 40)

    pages = [
        page(1, "A sentence begins here and"),
        page(2, "goes on over the page."),
        page(3, "The third."),
        page(4, "End."),
    ]
    (tmp_path / "a.pdf").write_bytes(pdf(pages))
    found = read(tmp_path / "a.pdf", "r/a.pdf")
    text = text_of(found)
    assert "A sentence begins here and goes on over the page." in text
    assert "Annual Report" not in text
    assert isinstance(found, Document)
    assert found.meta.pages[1].of(found.text).strip() == "goes on over the page."


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(300_000_000)  # sparse: no disk is used
    found = read(tmp_path / "a.txt", "r/a.txt")
    assert isinstance(found, Problem)
    assert found.code == "too_large"


def test_pipes_folders_and_missing_files_are_refused_without_opening(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    codes = [read(tmp_path / n, f"r/{n}") for n in ("pipe.txt", "folder.txt", "gone.txt", "nul\0.txt")]
    assert [c.code for c in codes if isinstance(c, Problem)] == [
        "unsupported",
        "unsupported",
        "unreadable",
        "unreadable",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("secret")
    (tmp_path / "a.txt").chmod(0)
    found = read(tmp_path / "a.txt", "r/a.txt")
    assert isinstance(found, Problem)
    assert found.code == "unreadable"


def test_a_line_of_ten_megabytes_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"word " * 2_000_000)
    assert len(text_of(read(tmp_path / "a.txt", "r/a.txt"))) == 10_000_000


def test_the_kinds_that_are_read_are_those_of_the_table() -> None:
    assert {".txt", ".md", ".html", ".pdf", ".csv", ".json", ".docx", ".xlsx", ".pptx", ".epub", ".eml"} <= kinds()
    assert {".zip", ".gz"} <= kinds()
    assert ".doc" not in kinds()


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(kinds())),
    st.binary(max_size=300) | st.text(max_size=300).map(lambda s: s.encode("utf-8", "replace")),
)
def test_any_bytes_are_a_document_with_a_sound_layout_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(data)
    found = read(path, f"r/any{suffix}")
    if isinstance(found, Document):
        check_layout(found)
        assert "\0" not in found.text
        assert "\r" not in found.text
