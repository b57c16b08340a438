"""Pieces of a page as HTML. Whatever came from a document, a model or an address is escaped here and nowhere else.

Text of documents never goes through Markdown: its links, pictures and emoji codes would come alive.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from kgc.data import Fact, Node
from kgc.data.facts import OPEN
from kgc.view.entity import AttributeRow, EntityPage
from kgc.view.overview import PassageRow
from kgc.view.passage import Passage, Segment

STYLE = """<style>
.stMainBlockContainer { padding: 4.1rem 1.75rem 1rem; }
.stMainBlockContainer > div > [data-testid="stVerticalBlock"], .stMainBlockContainer .stVerticalBlock { gap: .6rem; }
.kgc-quote, .kgc-text mark { background: color-mix(in srgb, #f2c744 30%, transparent); color: inherit;
  padding: .1em 0; }
.kgc-head, .kgc-tail { font-weight: 600; padding: .05em 0; border-radius: .25em; color: inherit; }
.kgc-head { background: transparent; border-bottom: 3px solid #1b6ca8; }
.kgc-tail { background: transparent; border-bottom: 3px double #b3541e; }
.kgc-text { white-space: pre-wrap; line-height: 1.6; overflow-wrap: anywhere; border-left: 3px solid #8884;
  padding: .2em 0 .2em 1em; margin: .4em 0; max-width: 46em; }
.kgc-place { opacity: .75; font-size: .9em; overflow-wrap: anywhere; }
.kgc-note { border: 1px solid #8886; border-left: 4px solid #b3541e; padding: .6em 1em; border-radius: .3em; }
.kgc-name { overflow-wrap: anywhere; margin: 0; padding: 0; }
h2.kgc-name { font-size: 1.35rem; line-height: 1.25; }
h3.kgc-name { font-size: 1.1rem; line-height: 1.5; font-weight: 400; }
.kgc-relation { opacity: .8; font-style: italic; }
.kgc-attributes { border-collapse: collapse; width: 100%; font-size: .93em; }
.kgc-attributes th { text-align: left; font-weight: 600; padding: .15em .8em .15em 0; vertical-align: top; }
.kgc-attributes td { padding: .15em .6em .15em 0; overflow-wrap: anywhere; }
.kgc-attributes td:last-child { opacity: .75; white-space: nowrap; text-align: right; padding-right: 0; }
</style>"""

_UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")


_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
_PICTURE = re.compile(r":([\w+-]+):")


def plain(text: str) -> str:
    """The text with control and direction characters made visible, so that none of them can reorder what is read.

    >>> plain("abc\u202edef")
    'abc⟨U+202E⟩def'
    """
    return _UNSEEN.sub(lambda m: f"⟨U+{ord(m[0]):04X}⟩", text.replace("\r\n", "\n").replace("\r", "\n"))


def label(text: str) -> str:
    r"""The text for the label of a button or a field, which is read as Markdown: its signs stand for themselves.

    Names of pictures such as `:smile:` are looked for after escapes are undone; a word joiner keeps them apart.

    >>> label("![a](http://x.test/a.png)")
    '\\!\\[a\\]\\(http\\:\\/\\/x\\.test\\/a\\.png\\)'
    """
    return _SIGNS.sub(r"\\\g<0>", _PICTURE.sub(":\u2060\\1:", plain(text).replace("\n", " ")))


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun.

    >>> counted(1, "fact", "facts"), counted(2, "fact", "facts")
    ('1 fact', '2 facts')
    """
    return f"{number:,} {one if number == 1 else many}"


def escaped(text: str) -> str:
    """The text as HTML text, inside an element or a quoted attribute."""
    return html.escape(plain(text), quote=True)


def notice(message: str, hint: str = "") -> str:
    """A box that says what is wrong and what to do."""
    return f'<div class="kgc-note" role="alert"><b>{escaped(message)}</b><br>{escaped(hint)}</div>'


def passage(found: Passage) -> str:
    """A piece of evidence: where it stands, then the quote in its text."""
    quote = "".join(_segment(s) for s in found.quote)
    before = ("… " if found.cut_before else "") + escaped(found.before)
    after = escaped(found.after) + (" …" if found.cut_after else "")
    text = f'<div class="kgc-text" dir="auto">{before}<mark class="kgc-quote">{quote}</mark>{after}</div>'
    return f'<section class="kgc-evidence">{_place(found)}{text}{_reason(found)}</section>'


def snippet(row: PassageRow) -> str:
    """A passage that a search found, with what matches marked."""
    pieces = "".join(f"<mark>{escaped(t)}</mark>" if match else escaped(t) for t, match in row.pieces)
    where = " · ".join((document(row.document, row.page), *map(escaped, row.headings)))
    return f'<div class="kgc-place">{where}</div><div class="kgc-text" dir="auto">{pieces}</div>'


def heading(page: EntityPage) -> str:
    """An entity's name, type and other names."""
    name = f'<h2 class="kgc-name"><bdi>{escaped(page.entity.name)}</bdi></h2>'
    also = f"Also: {_names(page.aliases)}" if page.aliases else ""
    parts = [part for part in (escaped(page.entity.type), also, *_links(page.entity.links)) if part]
    return f'{name}<div class="kgc-place">{" · ".join(parts)}</div>'


def attributes(rows: Iterable[AttributeRow]) -> str:
    """Values of attributes, each with how many places tell it and whether others say otherwise."""
    lines = "".join(
        f'<tr><th scope="row">{escaped(a.name)}</th><td dir="auto">{escaped(a.value)}</td>'
        f"<td>{counted(a.support, 'place', 'places')}{' · conflict' if a.conflict else ''}</td></tr>"
        for a in rows
    )
    return f'<table class="kgc-attributes"><tbody>{lines}</tbody></table>'


def statement(fact: Fact) -> str:
    """A fact as a sentence: head, relation, tail; then how sure it is and what was decided."""
    tail = fact.tail.name if isinstance(fact.tail, Node) else " ".join(p for p in (fact.tail.raw, fact.tail.unit) if p)
    words = [f"confidence {fact.confidence:.2f}", fact.status]
    flags = (("conflict", fact.conflict), ("denied", fact.negated), ("hedged", fact.hedged))
    words += [word for word, holds in flags if holds]
    words += [f"{q.name} {q.value}" for q in fact.qualifiers]
    return (
        f'<h3 class="kgc-name"><bdi class="kgc-head">{escaped(fact.head.name)}</bdi>'
        f' <span class="kgc-relation">{escaped(fact.relation.removeprefix(OPEN))}</span>'
        f' <bdi class="kgc-tail">{escaped(tail)}</bdi></h3><div class="kgc-place">{escaped(" · ".join(words))}</div>'
    )


def document(source: str, page: int) -> str:
    """Where a passage stands: the document, and the page in formats that have pages."""
    return f"<bdi>{escaped(source)}</bdi>" + (f", page {page}" if page else "")


def _segment(segment: Segment) -> str:
    text = escaped(segment.text)
    if segment.kind == "text":
        return text
    return f'<span class="kgc-{segment.kind}" title="{segment.kind}">{text}</span>'


def _place(found: Passage) -> str:
    support = found.supports[0]
    title = f"<b><bdi>{escaped(found.title)}</bdi></b> · " if found.title else ""
    offsets = f" · characters {support.start}-{support.end}" if found.in_place else ""
    aligned = {"exact": "", "fuzzy": " · loosely aligned", "none": " · not found in the text"}[support.aligned]
    return f'<div class="kgc-place">{title}{document(support.document, support.page)}{offsets}{aligned}</div>'


def _reason(found: Passage) -> str:
    """Why the fact is believed, once for each that read it there."""
    told: dict[str, None] = {}
    for support in found.supports:
        because = [f"because: {support.rationale}"] if support.rationale else []
        by = support.strategy if support.model == support.strategy else f"{support.strategy}, {support.model}"
        told[" · ".join((*because, f"confidence {support.confidence:.2f}", f"read by {by}"))] = None
    return "".join(f'<div class="kgc-place">{escaped(line)}</div>' for line in told)


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"<bdi>{escaped(n)}</bdi>" for n in names)


def _links(links: Iterable[str]) -> Iterable[str]:
    """Links to knowledge bases as text: nothing on the page leads away from this machine by itself."""
    return (escaped(link) for link in links)
