"""Markdown, by the token tree of markdown-it-py (MIT, CommonMark; small, and what Jupyter and MyST stand on).

The tree is walked itself rather than by way of HTML: it tells code from prose and keeps the levels of headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from kgc.data import Document, Problem
from kgc.load.contract import Source
from kgc.load.draft import Draft
from kgc.load.encoding import decode
from kgc.load.txt import TextLoader

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_NESTING = 60
TITLE = re.compile(r"^title\s*[:=]\s*(.+?)\s*$", re.MULTILINE | re.IGNORECASE)
SKIPPED_HTML = re.compile(r"<!--.*?-->|<(script|style|video|audio|iframe)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


class MarkdownLoader:
    """Headings, paragraphs, items, tables and code without their marks; the text of links and of pictures is kept.

    Front matter gives the title. Footnotes stand at the end. HTML in Markdown loses its tags, its comments and scripts.
    """

    media_types: ClassVar[tuple[str, ...]] = ("text/markdown",)
    suffixes: ClassVar[tuple[str, ...]] = (".md", ".markdown", ".mdown", ".mkd")

    def load(self, source: Source) -> Document | Problem:
        decoded = decode(source.data)
        tokens = parser().parse(decoded.text)
        if any(token.level >= MAX_NESTING - 2 for token in tokens):
            return TextLoader().load(source)  # the parser leaves out what is nested deeper
        draft = Draft()
        walk(tokens, draft)
        return draft.finish(source, title=front_title(tokens), encoding=decoded.encoding)


def parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - asked for only when a Markdown file is read
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415
    from mdit_py_plugins.front_matter import front_matter_plugin  # noqa: PLC0415

    found = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    return found.use(front_matter_plugin).use(footnote_plugin)


def front_title(tokens: Sequence[Token]) -> str:
    """The title of the front matter, "" without one."""
    if not tokens or tokens[0].type != "front_matter":
        return ""
    found = TITLE.search(tokens[0].content)
    return found.group(1).strip("\"'") if found else ""


def walk(tokens: Sequence[Token], draft: Draft) -> None:
    """Add every block of the token list, in order."""
    items = 0
    heading = 0
    head_row = in_cell = False
    cells: list[str] = []
    for token in tokens:
        match token.type:
            case "heading_open":
                heading = int(token.tag[1])
            case "list_item_open" | "footnote_open":
                items += 1
            case "list_item_close" | "footnote_close":
                items -= 1
            case "thead_open":
                head_row = True
            case "tr_open":
                cells = []
            case "th_open" | "td_open":
                in_cell = True
            case "inline" if in_cell:
                cells.append(" ".join(inline(token).split()))
                in_cell = False
            case "tr_close":
                draft.add("header" if head_row else "row", row(cells))
                head_row = False
            case _:
                add_block(token, draft, heading, in_list=items > 0)
                heading = 0 if token.type == "heading_close" else heading


def add_block(token: Token, draft: Draft, heading: int, *, in_list: bool) -> None:
    match token.type:
        case "inline" if heading:
            draft.add("heading", " ".join(inline(token).split()), heading)
        case "inline":
            draft.add("item" if in_list else "paragraph", inline(token))
        case "fence" | "code_block":
            draft.add("code", token.content)
        case "html_block":
            draft.add("paragraph", html_text(token.content))
        case _:
            pass


def row(cells: Sequence[str]) -> str:
    return " | ".join(cells) if any(cells) else ""


def inline(token: Token) -> str:
    """The text of an inline token: no marks; a hard break is a line end, a soft one too."""
    return "".join(words(token.children or ()))


def words(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        match child.type:
            case "text" | "code_inline" | "text_special":
                yield child.content
            case "softbreak" | "hardbreak":
                yield "\n"
            case "image":
                yield child.content
            case "html_inline":
                yield "\n" if BREAK.fullmatch(child.content) else ""
            case _:
                pass


def html_text(source: str) -> str:
    """What is left of HTML in Markdown without its tags, scripts and comments; entities decoded."""
    from html import unescape  # noqa: PLC0415

    return unescape(TAG.sub("", BREAK.sub("\n", SKIPPED_HTML.sub("", source))))
