"""E-books: a ZIP file of web pages, each read as such, in the order of the book."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import unquote

from kgc.data import Document, Problem
from kgc.load.contract import Source
from kgc.load.draft import Draft
from kgc.load.encoding import decode
from kgc.load.html import add_page, parse
from kgc.load.office import explained, first, named, xml
from kgc.load.unzip import Parts, Refused

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

CONTAINER = "META-INF/container.xml"
PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Ways to hide fonts alone; any other encryption hides the text."""
HINT = "Open it in a reader of e-books and save it anew."


class EpubLoader:
    """The chapters in order, without covers that hold no text and without the table of contents."""

    media_types: ClassVar[tuple[str, ...]] = ("application/epub+zip",)
    suffixes: ClassVar[tuple[str, ...]] = (".epub",)

    def load(self, source: Source) -> Document | Problem:
        try:
            return read(source)
        except Refused as why:
            return explained(source, why)


def read(source: Source) -> Document | Problem:
    parts = Parts(source.data)
    if CONTAINER not in parts:
        raise Refused("broken", "is no e-book", HINT)
    check_open(parts)
    roots = [e.get("full-path") or "" for e in named(xml(parts.read(CONTAINER)), "rootfile")]
    if not roots or roots[0] not in parts:
        raise Refused("broken", "names no book inside", HINT)
    book = xml(parts.read(roots[0]))
    draft = Draft()
    for name in chapters(book, dirname(roots[0])):
        text = decode(parts.read(name), declares=True).text
        root = parse(text) if text.strip() else None
        if root is not None:
            add_page(text, root, draft)
    return draft.finish(source, title=first(book, "title"), lang=first(book, "language")[:2].lower())


def check_open(parts: Parts) -> None:
    """Raises `Refused` where the text itself is locked."""
    data = parts.read("META-INF/encryption.xml")
    ways = [e.get("Algorithm") or "" for e in named(xml(data), "EncryptionMethod")] if data else []
    if any(way not in FONTS for way in ways) or "META-INF/rights.xml" in parts:
        raise Refused("encrypted", "is locked (DRM)", "Ask whoever sold it for a copy without a lock.")


def chapters(book: _Element, folder: str) -> list[str]:
    """The parts of a book in reading order."""
    items = {e.get("id"): e for e in named(book, "item")}
    order = [items[r] for e in named(book, "itemref") if (r := e.get("idref")) in items]
    pages = [e for e in order if e.get("media-type") in PAGES and "nav" not in (e.get("properties") or "").split()]
    return [normpath(join(folder, unquote(e.get("href") or ""))) for e in pages]
