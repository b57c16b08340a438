"""Word documents, by mammoth (BSD-2-Clause, one small package with it), which makes a plain web page of them.

Compared on the five real files of KGC_DATA/documents (2 cores): mammoth 1.13 takes 0.02 to 0.5 s a file (long style
sheets), python-docx 1.2 (MIT) 0.002 to 0.04 s. But python-docx knows no footnotes, and its `Paragraph.text` leaves out
tracked insertions and content controls, so that half of a reader would be ours again; mammoth reads all of them.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, ClassVar

from kgc.data import Document, Problem
from kgc.load.contract import Source
from kgc.load.draft import Draft, problem
from kgc.load.html import add_page, cell_text, parse, rows
from kgc.load.office import SAVE, explained, first, needs_extra, open_parts, xml
from kgc.load.table import is_header, usual_width
from kgc.load.unzip import Parts, Refused

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => p:fresh
"""
CORE = "docProps/core.xml"


class DocxLoader:
    """Headings by style, lists, tables and footnotes; no headers, footers, comments, pictures or deleted text."""

    media_types: ClassVar[tuple[str, ...]] = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
    suffixes: ClassVar[tuple[str, ...]] = (".docx", ".docm")

    def load(self, source: Source) -> Document | Problem:
        try:
            title = title_of(open_parts(source, "word/document.xml"))
        except Refused as why:
            return explained(source, why)
        try:
            import mammoth  # type: ignore[import-untyped]  # noqa: PLC0415 - of the extra "office"
        except ModuleNotFoundError:
            return needs_extra(source)
        try:
            page = mammoth.convert_to_html(
                io.BytesIO(source.data), style_map=STYLES, convert_image=no_picture, external_file_access=False
            ).value
        except (RecursionError, ValueError, KeyError, AttributeError, TypeError, IndexError, OSError) as error:
            return problem("broken", source, "is no Word document that can be read", SAVE, str(error))
        return compose(source, page, title)


def no_picture(_: object) -> list[object]:
    return []


def compose(source: Source, page: str, title: str) -> Document | Problem:
    draft = Draft()
    root = parse(page) if page.strip() else None
    if root is not None:
        mark(root)
        add_page(page, root, draft)
    return draft.finish(source, title=title)


def mark(root: HtmlElement) -> None:
    """Take out the marks of footnotes and the names of bookmarks, and give tables the header that they have."""
    for link in root.xpath("//a[starts-with(@href, '#footnote') or starts-with(@href, '#endnote')]"):
        around = link.getparent()
        (around if around.tag == "sup" else link).drop_tree()
    for element in root.xpath("//*[@id or @class]"):
        element.attrib.pop("id", None)
        element.attrib.pop("class", None)
    for table in root.iter("table"):
        lines = [[cell_text(cell) for cell in row] for row in rows(table)]
        if table.find(".//th") is None and len(lines) > 1 and is_header(lines[0], usual_width(lines)):
            for cell in next(rows(table)):
                cell.tag = "th"


def title_of(parts: Parts) -> str:
    """The title that the document's properties give it."""
    data = parts.read(CORE)
    return first(xml(data), "title") if data else ""
