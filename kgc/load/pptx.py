"""Slides, read from their XML by lxml (BSD), which kgc has anyway.

python-pptx 1.0.2 (MIT) was last released in August 2024 and brings Pillow and XlsxWriter, which only its writing needs;
the words of a slide are a handful of elements in a file whose opening is bounded here for all of Office alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from kgc.data import Document, Problem
from kgc.load.contract import Source
from kgc.load.draft import Draft
from kgc.load.office import RELATION, explained, open_parts, relations, xml
from kgc.load.table import line, tidy
from kgc.load.unzip import Parts, Refused

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

BOOK = "ppt/presentation.xml"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
FURNITURE = ("dt", "ftr", "sldNum", "hdr", "sldImg")
TITLES = ("title", "ctrTitle")


class PptxLoader:
    """A slide a section, under its title or "Slide N"; lists, tables, and the speaker's notes. A slide is a page."""

    media_types: ClassVar[tuple[str, ...]] = (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    )
    suffixes: ClassVar[tuple[str, ...]] = (".pptx", ".pptm")

    def load(self, source: Source) -> Document | Problem:
        draft = Draft()
        try:
            parts = open_parts(source, BOOK)
            for n, name in enumerate(slides(parts), start=1):
                add_slide(parts, name, n, draft)
                draft.end_page()
        except Refused as why:
            return explained(source, why)
        return draft.finish(source)


def slides(parts: Parts) -> list[str]:
    """The slides in their order."""
    known = relations(parts, BOOK)
    listed = xml(parts.read(BOOK)).iter(f"{P}sldId")
    found = [known.get(one.get(f"{RELATION}id") or "", ("", ""))[1] for one in listed]
    return [name for name in found if name in parts]


def add_slide(parts: Parts, name: str, number: int, draft: Draft) -> None:
    shapes = list(shapes_of(xml(parts.read(name))))
    notes = [part for kind, part in relations(parts, name).values() if kind == "notesSlide" and part in parts]
    said = [s for s in shapes if s.tag == f"{A}tbl" or texts(s)]
    if not said and not notes:
        return
    titles = [" ".join(texts(s)) for s in said if role(s) in TITLES]
    draft.add("heading", titles[0] if titles else f"Slide {number}", 1)
    for shape in said:
        if shape.tag == f"{A}tbl":
            add_rows(shape, draft)
        elif role(shape) not in TITLES:
            add_texts(texts(shape), draft)
    for part in notes:
        for shape in shapes_of(xml(parts.read(part))):
            for text in texts(shape):
                draft.add("paragraph", text)


def shapes_of(root: _Element) -> Iterator[_Element]:
    """Shapes with text and tables, those in groups too, in the order of the file; no dates, footers and numbers."""
    for element in root.iter(f"{P}sp", f"{A}tbl"):
        if role(element) not in FURNITURE and next(element.iterancestors(FALLBACK), None) is None:
            yield element


def role(shape: _Element) -> str:
    """What a shape is for ("title", "body", "ftr" …); "" for one that the layout knows nothing of."""
    place = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
    return "" if place is None else place.get("type") or "body"


def texts(shape: _Element) -> list[str]:
    """The paragraphs of a shape or cell that hold words."""
    found = ("".join(words(p)).strip() for p in shape.iter(f"{A}p"))
    return [text for text in found if text]


def words(paragraph: _Element) -> Iterator[str]:
    for element in paragraph.iter(f"{A}t", f"{A}br"):
        yield "\n" if element.tag == f"{A}br" else element.text or ""


def add_texts(found: list[str], draft: Draft) -> None:
    """One paragraph as such, several as the items of a list."""
    for text in found:
        draft.add("item" if len(found) > 1 else "paragraph", text)


def add_rows(table: _Element, draft: Draft) -> None:
    named = table.find(f"{A}tblPr")
    first = named is not None and named.get("firstRow") in ("1", "true")
    for row in table.iter(f"{A}tr"):
        cells = tidy(["; ".join(texts(cell)) for cell in row.iter(f"{A}tc")])
        draft.add("header" if first else "row", line(cells))
        first = False
