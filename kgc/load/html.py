"""Web pages: the words of the page without its menus, by a walk of our own over lxml's tree (BSD licence).

Compared on the real pages in KGC_DATA/documents (2 cores): trafilatura 2.3 (Apache-2.0, twelve packages with it, import
0.29 s, 66 ms and 46 MB for a 245 kB encyclopaedia page) keeps main text well but loses the first heading and most of
the lists of one page, moves a nested table out of its row, and reads Windows-1252 as Windows-1250; selectolax 1.0
(MIT, 4 ms) is quick but decodes by itself and leaves menus in, as does plain `text_content` of lxml. A graph needs
every sentence and row more than it needs a perfect page, so the tree is walked with few rules for what is no content.
It takes 56 ms for that page, and no package beside lxml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from kgc.data import Document, Problem
from kgc.load.contract import Source
from kgc.load.draft import Draft, problem
from kgc.load.encoding import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SKIPPED = words(
    "script style noscript template svg math iframe object embed video audio canvas nav aside menu dialog button "
    "select input textarea head map footer"
)
BLOCKS = words(
    "p div section article main header body html blockquote figure figcaption details summary address ul ol dl li dt "
    "dd pre table tbody thead tfoot tr td th caption hr center form fieldset h1 h2 h3 h4 h5 h6 hgroup search legend"
)
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
ROLES = words("navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar")
JUNK = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|navbox|navbar|navigation|nav|menu|breadcrumbs?|sidebar|noprint|mw-jump-link|"
    r"mw-editsection|mw-cite-backlink|catlinks|toc|printfooter|advert|ads|dropdown|popup|modal|share|social|skip-link|sr-only|"
    r"newsletter|related-posts)(?:$|[\s_-])",
    re.IGNORECASE,
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
TAG = re.compile(r"<(/)?([a-zA-Z][a-zA-Z0-9]*)")
UNPAIRED = words("p li td tr th dt dd br hr img input meta link area base col embed source track wbr option")
"""Tags that need no end, or often have none."""
MAX_DEPTH = 200
MAIN_SHARE = 0.25
"""A part that calls itself the main one is believed when it holds this share of the page's letters."""
JUNK_SHARE = 0.4
"""A part that looks like junk by its name is kept all the same when it holds this share."""


PARTING = {"li": "\x02", "tr": "\x02", "td": "\x01", "th": "\x01"}
"""Marks that no text holds (`clean` took them out), until it is known what they part."""
SPACE = re.compile(r"\s+")
PARTS = re.compile(r"(?:\s*[\x01\x02]\s*)+")


class HtmlLoader:
    """What a reader of the page would read, in order: headings, paragraphs, items, tables a row a line, code."""

    media_types: ClassVar[tuple[str, ...]] = ("text/html", "application/xhtml+xml")
    suffixes: ClassVar[tuple[str, ...]] = (".html", ".htm", ".xhtml")

    def load(self, source: Source) -> Document | Problem:
        decoded = decode(source.data, declares=True)
        root = parse(decoded.text)
        if root is None:
            return problem("empty", source, "holds no text", "Nothing to do, unless it should hold some.")
        draft = Draft()
        add_page(decoded.text, root, draft)
        lang = (root.get("lang") or "")[:2].lower()
        title = " ".join((root.findtext(".//head/title") or "").split())
        return draft.finish(source, title=title, encoding=decoded.encoding, lang=lang if lang.isalpha() else "")


def add_page(text: str, root: HtmlElement, draft: Draft) -> None:
    """Add what a page says; `root` is its tree, `text` what the tree was made of."""
    if is_too_deep(text):
        read_flat(text, draft)
    else:
        read(main_part(root), draft)


def parse(text: str) -> HtmlElement | None:
    """The tree of a page, however broken; None where there is none."""
    from lxml import etree, html  # type: ignore[import-untyped]  # noqa: PLC0415 - asked for only when a page is read

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode("utf-8"), parser=parser)
    except etree.ParserError:  # "Document is empty"
        return None


def is_too_deep(text: str) -> bool:
    """Whether elements are nested deeper than libxml2 follows; it leaves out what is below."""
    depth = deepest = 0
    for found in TAG.finditer(text):
        depth += -1 if found.group(1) else 0 if found.group(2).lower() in UNPAIRED else 1
        depth = max(depth, 0)
        deepest = max(deepest, depth)
    return deepest > MAX_DEPTH


def read_flat(text: str, draft: Draft) -> None:
    """Add the blocks of a page that is nested too deeply for a tree, tag by tag."""
    from html.parser import HTMLParser  # noqa: PLC0415

    flow = Flow(draft)

    class Tags(HTMLParser):
        skipping = 0

        def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the base class names it
            self.skipping += tag in SKIPPED and tag not in UNPAIRED
            flow.open(tag)

        def handle_endtag(self, tag: str) -> None:
            self.skipping -= tag in SKIPPED and self.skipping > 0
            flow.close(tag)

        def handle_data(self, data: str) -> None:
            flow.say("" if self.skipping else data)

    tags = Tags()
    tags.feed(text)
    tags.close()
    flow.flush()


def letters(element: HtmlElement) -> int:
    return sum(len(t) for t in element.itertext())


def main_part(root: HtmlElement) -> HtmlElement:
    """The element that holds the page's own content: its only `main`, where that is not a small part of it."""
    found = root.xpath("//main | //*[@role='main']")
    return found[0] if len(found) == 1 and letters(found[0]) >= MAIN_SHARE * letters(root) else root


def read(root: HtmlElement, draft: Draft) -> None:
    """Add every block of the tree, in one walk without recursion, so that depth does no harm."""
    from lxml import etree  # noqa: PLC0415  # pyright: ignore[reportAttributeAccessIssue]

    total = letters(root)
    flow = Flow(draft)
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if element is not root and no_content(element, tag, total):
                walk.skip_subtree()
            elif tag == "table" and is_data(element):
                flow.flush()
                add_table(element, draft)
                walk.skip_subtree()
            else:
                flow.open(tag)
                flow.say(element.text)
        else:
            flow.close(tag)
            if element is not root:
                flow.say(element.tail)
    flow.flush()


class Flow:
    """Text on its way to the draft: gathered until the next element that begins a block of its own."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._said: list[str] = []
        self._level = 0
        self._code = 0
        self._item = False

    def say(self, text: str | None) -> None:
        if text:
            self._said.append(text if self._code else SPACE.sub(" ", text))

    def open(self, tag: str) -> None:
        if tag in BLOCKS:
            self.flush()
            self._level = HEADINGS.get(tag, self._level)
            self._code += tag == "pre"
            self._item = tag == "li" or (self._item and tag in ("p", "div"))
        elif tag == "br":
            self._said.append("\n")

    def close(self, tag: str) -> None:
        if tag in BLOCKS:
            self.flush()
            self._level = 0 if tag in HEADINGS else self._level
            self._code -= tag == "pre" and self._code > 0
            self._item = False

    def flush(self) -> None:
        text = "".join(self._said)
        self._said.clear()
        if self._code:
            self._draft.add("code", text)
        elif self._level:
            self._draft.add("heading", " ".join(text.split()), self._level)
        else:
            lines = (" ".join(line.split()) for line in text.split("\n"))
            self._draft.add("item" if self._item else "paragraph", "\n".join(line for line in lines if line))


def no_content(element: HtmlElement, tag: str, total: int) -> bool:
    """Whether an element is no part of what the page says: scripts, menus, cookie boxes, what is hidden."""
    if tag in SKIPPED or not tag:
        return True
    if tag in ("html", "body", "main", "article") or tag in HEADINGS:
        return False
    if element.get("hidden") is not None or HIDDEN.search(element.get("style") or ""):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if tag == "sup" and "reference" in names:
        return True
    if element.get("role") in ROLES or JUNK.search(names):
        return letters(element) < JUNK_SHARE * total
    return False


def is_data(table: HtmlElement) -> bool:
    """Whether a table holds data; one that only lays out the page has headings, or tables and no header cells."""
    if table.find(".//h1") is not None or table.find(".//h2") is not None or table.find(".//h3") is not None:
        return False
    return table.find(".//th") is not None or table.find(".//table") is None


def add_table(table: HtmlElement, draft: Draft) -> None:
    """A table as its caption, a header row where it has one, and a row a line, cells joined with " | ".

    A table in a cell is told in that cell. Empty cells are left out where there is no header row to line up with.
    """
    caption = table.find("caption")
    if caption is not None:
        draft.add("paragraph", cell_text(caption))
    lined_up = False
    for row in rows(table):
        cells = [c for c in row if c.tag in ("td", "th")]
        texts = [cell_text(c) for c in cells]
        if not any(texts):
            continue
        head = not lined_up and (
            row.getparent().tag == "thead" or (len(cells) > 1 and all(c.tag == "th" for c in cells))
        )
        lined_up = lined_up or head
        draft.add("header" if head else "row", " | ".join(t for t in texts if t or lined_up))


def rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """The rows of a table itself, not those of tables in its cells."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def cell_text(cell: HtmlElement) -> str:
    """All words of a cell on one line; items and inner rows parted by "; ", inner cells by ", "."""
    from lxml import etree  # noqa: PLC0415  # pyright: ignore[reportAttributeAccessIssue]

    said: list[str] = []
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if element is not cell and no_content(element, tag, 0 if tag in SKIPPED else 1):
                walk.skip_subtree()
                continue
            said.append(element.text or "")
        else:
            if tag in BLOCKS or tag == "br":
                said.append(PARTING.get(tag, " ") if element is not cell else "")
            if element is not cell:
                said.append(element.tail or "")
    text = SPACE.sub(" ", "".join(said)).strip(" \x01\x02")
    return PARTS.sub(lambda m: "; " if "\x02" in m.group() else ", ", text)
