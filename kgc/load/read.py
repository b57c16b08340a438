"""The way in: a path becomes a document, or the one problem that says why not."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import cast

from kgc.data import Document, Problem, ProblemCode
from kgc.load.archive import ARCHIVES, Member, gunzip, inner_suffix, members, refused
from kgc.load.contract import Loader, Source
from kgc.load.encoding import encoding_of
from kgc.load.unzip import Parts, Refused
from kgc.plugins import load, table

MAX_BYTES = 200_000_000
"""The largest file that is read; its text and layout take about ten times as much memory."""

TEXTS = frozenset(("txt", "md", "html", "csv", "json"))
"""Formats that a person could read in an editor."""

SMALL = 64_000
SMALL_SUFFIXES = (".txt", ".text", ".md", ".markdown")
"""Files of so many bytes and of these kinds are read at once, others within the bounds of `kgc.load.pool`."""

ODD = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
"""Control characters that no text holds, and what stands for bytes that are none in its encoding."""

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
    return frozenset((*by_suffix(), ".zip", ".gz"))


@cache
def by_suffix() -> dict[str, Kind]:
    """Which format a suffix stands for; a plug-in cannot take a suffix that kgc reads itself."""
    found: dict[str, Kind] = {}
    for name in table("loader"):
        loader = cast("type[Loader]", load("loader", name))
        for suffix in loader.suffixes:
            found.setdefault(suffix, Kind(name, loader.media_types[0]))
    return found


@dataclass(frozen=True, slots=True)
class Request:
    """A file to read, under its name in the workspace; `known` is the hash it had when it was last read, if it was."""

    path: Path
    source: str
    known: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file, or of one in an archive.

    `sha256` is of its bytes, "" where they could not be had; `result` is None when that is the hash the caller knew.
    """

    source: str
    result: Document | Problem | None
    sha256: str = ""


def read(path: Path, source: str) -> Document | Problem:
    """The document in a file, or the problem that keeps it from being read. Never raises for what the file holds.

    `source` is its name in the workspace, `<root>/<path>`. Links are followed: whether one may lead out of the root is
    for the caller to decide. An archive of several files is a problem here: see `read_all`.
    """
    outcomes = [o.result for o in read_all(Request(path, source))]
    first = outcomes[0]
    if len(outcomes) == 1 and first is not None:
        return first
    return refusal("unsupported", source, f"holds {len(outcomes)} files", "Name one of them: ARCHIVE/INNER/PATH.")


def read_all(request: Request, *, begin: Callable[[str], None] | None = None, skip: int = 0) -> Iterator[Outcome]:
    """What becomes of a file: one outcome, or one for each file in a ZIP archive (`<source>/<inner path>`), in order.

    A file whose hash is known is not read again. `begin` is told each source before it is read; the first `skip`
    members of an archive are passed over.
    """
    begin = begin or (lambda _: None)
    begin(request.source)
    data = bytes_of(request.path, request.source)
    if isinstance(data, Problem):
        yield Outcome(request.source, data)
    elif is_zip(data, request.path):
        yield from read_members(request, data, begin, skip)
    else:
        digest = hashlib.sha256(data).hexdigest()
        yield Outcome(request.source, None if digest == request.known else read_one(request, data, digest), digest)


def read_small(request: Request) -> Outcome | None:
    """The outcome for a small file of plain text, which needs no bounds; None for any other."""
    try:
        small = request.path.suffix.lower() in SMALL_SUFFIXES and request.path.stat().st_size <= SMALL
    except (OSError, ValueError):
        return None
    data = bytes_of(request.path, request.source) if small else b""
    if not data or isinstance(data, Problem) or len(data) > SMALL:
        return None
    kind = kind_of(data, request.path.suffix.lower())
    if isinstance(kind, Kind) and kind.name not in ("txt", "md"):
        return None
    digest = hashlib.sha256(data).hexdigest()
    return Outcome(request.source, None if digest == request.known else read_one(request, data, digest), digest)


def hashes(path: Path) -> Iterator[str]:
    """The hashes of a file, or of the files in an archive, as far as it can be read: they tell a move from a loss."""
    data = bytes_of(path, "")
    if isinstance(data, Problem):
        return
    if not is_zip(data, path):
        yield hashlib.sha256(data).hexdigest()
        return
    try:
        parts = Parts(data)
        for member in members(parts):
            if not member.refused:
                yield hashlib.sha256(parts.read_member(member.info)).hexdigest()
    except Refused:
        return


def is_zip(data: bytes, path: Path) -> bool:
    """Whether a file is an archive of several files; Office files and e-books are ZIP files too, and are not."""
    return path.suffix.lower() == ".zip" and bool(data)


def read_one(request: Request, data: bytes, digest: str) -> Document | Problem:
    """One file, or the one that a gzip file packs."""
    path, source, suffix = request.path, request.source, request.path.suffix.lower()
    if suffix != ".gz":
        return read_bytes(path, source, data, suffix, digest)
    suffix = inner_suffix(path.name.lower())
    if suffix in ARCHIVES:
        return refusal("unsupported", source, "is an archive in an archive", "Unpack it and ingest the folder.")
    try:
        return read_bytes(path, source, gunzip(data, MAX_BYTES), suffix, digest)
    except Refused as why:
        return refused(source, why)


def read_members(request: Request, data: bytes, begin: Callable[[str], None], skip: int) -> Iterator[Outcome]:
    """An outcome for each file in a ZIP archive; one for the archive where it cannot be opened or holds none."""
    source = request.source
    try:
        parts = Parts(data)
    except Refused as why:
        yield Outcome(source, refused(source, why), hashlib.sha256(data).hexdigest())
        return
    count = 0
    for member in members(parts):
        count += 1
        if count > skip:
            inner = f"{source}/{member.name}"
            begin(inner)
            yield read_member(request.path, inner, parts, member)
    if not count:
        empty = refusal("empty", source, "holds no files", "Nothing to do, unless it should hold some.")
        yield Outcome(source, empty, hashlib.sha256(data).hexdigest())


def read_member(path: Path, source: str, parts: Parts, member: Member) -> Outcome:
    suffix = PurePosixPath(member.name).suffix.lower()
    try:
        if member.refused:
            raise member.refused
        if suffix not in by_suffix():
            return Outcome(source, not_read(source, suffix))
        data = parts.read_member(member.info)
    except Refused as why:
        return Outcome(source, refused(source, why))
    digest = hashlib.sha256(data).hexdigest()
    return Outcome(source, read_bytes(path, source, data, suffix, digest), digest)


def read_bytes(path: Path, source: str, data: bytes, suffix: str, digest: str) -> Document | Problem:
    """The document in some bytes."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return refusal("empty", source, "is empty", "Nothing to do, unless it should hold something.")
    kind = kind_of(data, suffix)
    if isinstance(kind, str):
        return refusal("unsupported", source, kind, "Give it the suffix of what it is, or convert it to text.")
    loader = cast("Loader", load("loader", kind.name)())
    try:
        found = loader.load(Source(source, path, data, kind.media_type, suffix, digest))
    except MemoryError:
        return refusal("too_large", source, "needs more memory than there is", "Split it into smaller files.")
    if isinstance(found, Document) and len(found.text) > MAX_BYTES:
        return refusal("too_large", source, "holds more text than is read of one file", "Split it into smaller files.")
    return found


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
        if head.startswith(magic) and suffix in known and known[suffix].name in TEXTS:
            return f"is {what}, whatever its name says"
    kind = known.get(suffix)
    if kind is None:
        return unknown(suffix)
    if kind.name in TEXTS and is_binary(data):
        return "holds bytes that are no text"
    if kind.name == "txt" and is_page(head):
        return known[".html"]
    return kind


def unknown(suffix: str) -> str:
    return f"is of a kind that is not read ({suffix or 'no suffix'})"


def not_read(source: str, suffix: str) -> Problem:
    hint = "Give it the suffix of what it is, or convert it to text."
    return refusal("unsupported", source, unknown(suffix), hint)


def is_binary(data: bytes) -> bool:
    """Whether a file is no text in any encoding: many control characters once it is decoded."""
    sample = data[:65536]
    sample = sample[: len(sample) & ~3] if len(sample) == 65536 else sample
    text = sample.decode(encoding_of(data), errors="replace")
    odd = len(ODD.findall(text))
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
