"""Every loader keeps the laws of the contract."""

from __future__ import annotations

from kgc.load.csv import CsvLoader
from kgc.load.docx import DocxLoader
from kgc.load.eml import EmlLoader
from kgc.load.epub import EpubLoader
from kgc.load.html import HtmlLoader
from kgc.load.json import JsonLoader
from kgc.load.md import MarkdownLoader
from kgc.load.pdf import PdfLoader
from kgc.load.pptx import PptxLoader
from kgc.load.txt import TextLoader
from kgc.load.xlsx import XlsxLoader
from kgc.testing.loader_contract import LoaderContract
from tests.load import files


class TestText(LoaderContract):
    subject = TextLoader
    samples = (b"CHAPTER I\n\nAda Byron wrote it.\n", "第一章\n\n中国的公司。".encode("gb18030"))


class TestMarkdown(LoaderContract):
    subject = MarkdownLoader
    samples = (b"# One\n\nText.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",)


class TestHtml(LoaderContract):
    subject = HtmlLoader
    samples = (b"<h1>One</h1><p>Text.<table><tr><th>a<th>b<tr><td>1<td>2</table>",)


class TestPdf(LoaderContract):
    subject = PdfLoader
    samples = (files.pdf([files.column(72, ["A line of text", "and another."])]),)


class TestCsv(LoaderContract):
    subject = CsvLoader
    samples = (b'Name,Town\nAda,London\nBob,"Paris,\nFrance"\n', "名称\t国家\n北京\t中国\n".encode("utf-16"))


class TestJson(LoaderContract):
    subject = JsonLoader
    samples = (b'{"name": "Acme", "staff": [{"name": "Ada", "age": 36}, {"name": "Bob", "age": 7}]}', b"[1, [2, null]]")


class TestEml(LoaderContract):
    subject = EmlLoader
    samples = (files.EML,)


class TestEpub(LoaderContract):
    subject = EpubLoader
    samples = (files.epub("<h1>One</h1><p>Text.</p>", "<h1>Two</h1><p>More.</p>"),)


class TestDocx(LoaderContract):
    subject = DocxLoader
    samples = (
        files.docx(files.paragraph("One", "H1") + files.paragraph("Text.") + files.word_table(("A", "B"), ("1", "2"))),
    )


class TestXlsx(LoaderContract):
    subject = XlsxLoader
    samples = (files.xlsx(Staff=(("Name", "Age"), ("Ada", "36")), Empty=(), Towns=(("London",),)),)


class TestPptx(LoaderContract):
    subject = PptxLoader
    samples = (files.pptx(files.shape("title", "Plans") + files.shape("body", "One", "Two"), files.shape("", "Box")),)
