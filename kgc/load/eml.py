"""E-mail, by Python's email package: who, when and about what as lines, then the part of the body that says most."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from kgc.data import Document, Problem
from kgc.load.contract import Source
from kgc.load.draft import Draft, problem
from kgc.load.encoding import clean, decode
from kgc.load.html import add_page, parse

if TYPE_CHECKING:
    from email.message import MIMEPart

HEADERS = ("From", "To", "Cc", "Date")
MAX_HEADER = 2000
MAX_PARTS = 1000
LESS = 0.5
"""Plain text with less than this share of the web page's letters only says that there is a page."""


class EmlLoader:
    """Subject as heading, From, To, Cc and Date as lines, the body, and the names of attachments, not read."""

    media_types: ClassVar[tuple[str, ...]] = ("message/rfc822",)
    suffixes: ClassVar[tuple[str, ...]] = (".eml",)

    def load(self, source: Source) -> Document | Problem:
        from email import message_from_bytes, policy  # noqa: PLC0415 - asked for only when a message is read
        from email.errors import MessageError  # noqa: PLC0415

        try:
            message = message_from_bytes(source.data, policy=policy.default)
            if not any(header(message, name) for name in (*HEADERS, "Subject")):
                what = "is no e-mail: it has no sender, date or subject"
                return problem("broken", source, what, "Give it the suffix of what it is.")
            draft = Draft()
            tell(message, draft)
        except (RecursionError, MessageError, ValueError) as error:
            return problem("broken", source, "is no e-mail that can be read", "Save it anew.", str(error))
        return draft.finish(source, title=header(message, "Subject"))


def tell(message: MIMEPart, draft: Draft) -> None:
    draft.add("heading", header(message, "Subject"), 1)
    for name in HEADERS:
        if value := header(message, name):
            draft.add("item", f"{name}: {value}")
    parts = list(leaves(message))
    add_body([p for p in parts if not is_attached(p)], draft)
    attached = [label(p) for p in parts if is_attached(p)]
    if attached:
        draft.add("paragraph", f"Attachments (not read): {', '.join(attached)}")


def header(message: MIMEPart, name: str) -> str:
    """A header in one line, "" where there is none or it cannot be read."""
    try:
        return " ".join(clean(str(message.get(name) or "")).split())[:MAX_HEADER]
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):  # what the parser of broken headers raises
        raw = next((v for k, v in message.raw_items() if k.casefold() == name.casefold()), "")
        return " ".join(clean(str(raw)).split())[:MAX_HEADER]


def leaves(message: MIMEPart) -> Iterator[MIMEPart]:
    """The parts that hold something, in order; a message in a message is one of them, whole."""
    todo, count = [message], 0
    while todo and count < MAX_PARTS:
        part = todo.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            todo += reversed(list(part.iter_parts()))
        else:
            count += 1
            yield part


def is_attached(part: MIMEPart) -> bool:
    kind = part.get_content_type()
    return part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html")


def label(part: MIMEPart) -> str:
    return " ".join(clean(part.get_filename() or part.get_content_type()).split())[:200]


def add_body(parts: list[MIMEPart], draft: Draft) -> None:
    """The plain text, or the web page where that says much more."""
    plain = "\n\n".join(text_of(p) for p in parts if p.get_content_type() == "text/plain")
    page = Draft()
    for part in parts:
        if part.get_content_type() == "text/html":
            text = text_of(part)
            root = parse(text)
            if root is not None:
                add_page(text, root, page)
    if len(plain.strip()) >= LESS * page.length:
        for paragraph in plain.split("\n\n"):
            draft.add("paragraph", paragraph)
    else:
        draft.join(page)


def text_of(part: MIMEPart) -> str:
    """The text of a part in the encoding that it names, or in the one that its bytes tell."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        return clean(data.decode(part.get_content_charset("utf-8")))
    except (LookupError, ValueError):
        return decode(data, declares=True).text
