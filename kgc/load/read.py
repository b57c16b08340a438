"""The way in: a path becomes a document, or the one problem that says why not."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from kgc.data import Document, Problem, ProblemCode
from kgc.load.contract import Loader, Source
from kgc.load.encoding import encoding_of
from kgc.plugins import load, table

MAX_BYTES = 200_000_000
"""The largest file that is read; its text and layout take about ten times as much memory."""

SNIFFED = 4096
"""How many bytes tell what a file is."""

OTHER_FILES = (
    (b"PK\x03\x04", "a ZIP archive or an Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a SQLite database"),
    (b"{\\rtf", "a rich text file"),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A format that is read: its plug-in name, its own media type."""

    name: str
    media_type: str


def kinds() -> frozenset[str]:
    """The suffixes that are read, in small letters with their dot; files with others are skipped by the pipeline."""
    return frozenset(by_suffix())


def by_suffix() -> dict[str, Kind]:
    """Which format a suffix stands for; a plug-in cannot take a suffix that kgc reads itself."""
    found: dict[str, Kind] = {}
    for name in table("loader"):
        loader = cast("type[Loader]", load("loader", name))
        for suffix in loader.suffixes:
            found.setdefault(suffix, Kind(name, loader.media_types[0]))
    return found


def read(path: Path, source: str) -> Document | Problem:
    """The document in a file, or the problem that keeps it from being read. Never raises for what the file holds.

    `source` is its name in the workspace, `<root>/<path>`. Links are followed: whether one may lead out of the root is
    for the caller to decide.
    """
    data = bytes_of(path, source)
    if isinstance(data, Problem):
        return data
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return refusal("empty", source, "is empty", "Nothing to do, unless it should hold something.")
    suffix = path.suffix.lower()
    kind = kind_of(data, suffix)
    if isinstance(kind, str):
        return refusal("unsupported", source, kind, "Give it the suffix of what it is, or convert it to text.")
    loader = cast("Loader", load("loader", kind.name)())
    found = Source(source, path, data, kind.media_type, suffix, hashlib.sha256(data).hexdigest())
    try:
        return loader.load(found)
    except MemoryError:
        return refusal("too_large", source, "needs more memory than there is", "Split it into smaller files.")


def bytes_of(path: Path, source: str) -> bytes | Problem:
    """What a regular file holds, no more than `MAX_BYTES`; devices, pipes and folders are not opened."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return refusal("unsupported", source, "is no regular file", "Only files are read.")
        if status.st_size > MAX_BYTES:
            return too_large(source, status.st_size)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        hint = "Check that it exists and may be read (`ls -l`)."
        return refusal("unreadable", source, "cannot be read", hint, raw=str(error))
    return data if len(data) <= MAX_BYTES else too_large(source, len(data))


def kind_of(data: bytes, suffix: str) -> Kind | str:
    """The format of a file by what it holds, then by its suffix; in words what it is where it is none of those read."""
    known = by_suffix()
    head = data[:SNIFFED]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"%PDF-"):
        return known[".pdf"]
    for magic, what in OTHER_FILES:
        if head.startswith(magic) and suffix in known and known[suffix].name in ("txt", "md", "html"):
            return f"is {what}, whatever its name says"
    kind = known.get(suffix)
    if kind is None:
        return f"is of a kind that is not read ({suffix or 'no suffix'})"
    if kind.name in ("txt", "md", "html") and is_binary(data):
        return "holds bytes that are no text"
    if kind.name == "txt" and is_page(head):
        return known[".html"]
    return kind


def is_binary(data: bytes) -> bool:
    """Whether a file is no text in any encoding: many control characters once it is decoded."""
    sample = data[:65536]
    sample = sample[: len(sample) & ~3] if len(sample) == 65536 else sample
    text = sample.decode(encoding_of(data), errors="replace")
    odd = sum(1 for c in text if (c < " " and c not in "\t\n\r\f\v\x1b\x00") or c == "\ufffd")
    zeros = text.count("\0")
    return odd > 0.1 * len(text) or odd + zeros > 0.3 * len(text)


def is_page(head: bytes) -> bool:
    """Whether a file that calls itself text is a web page."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html"))


def too_large(source: str, size: int) -> Problem:
    what = f"is too large: {size / 1e6:.0f} MB of at most {MAX_BYTES / 1e6:.0f} MB"
    return refusal("too_large", source, what, "Split it into smaller files.")


def refusal(code: ProblemCode, source: str, what: str, hint: str, raw: str = "") -> Problem:
    return Problem(code, f"{source} {what}.", where=source, raw=raw, hint=hint)
