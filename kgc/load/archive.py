"""Archives: a gzip file is read as the one file that it packs, a ZIP file holds several, each a document of its own.

A member's name is data: it becomes part of a source, never a path. One that could not be a file's place inside a folder
is refused by name. An archive in an archive is not opened.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from kgc.data import Problem
from kgc.load.encoding import decode
from kgc.load.unzip import FREE, MAX_MEMBER, MAX_RATIO, STEP, Parts, Refused

ARCHIVES = (".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar", ".zst")
"""What is not opened inside another archive."""
UTF8_NAMES = 0x800
DRIVE = re.compile(r"^[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name there, made readable, and how to get at it (`info`); or why it is refused."""

    name: str
    info: zipfile.ZipInfo
    refused: Refused | None = None


def members(parts: Parts) -> Iterator[Member]:
    """The files of an archive in order, without hidden ones (a leading dot) and what macOS adds."""
    seen: set[str] = set()
    for n, info in enumerate(parts.members, start=1):
        name = name_of(info)
        if any(part.startswith(".") and part not in (".", "..") for part in name.split("/")) or "__MACOSX/" in name:
            continue
        why = oddity(name, info, seen)
        seen.add(name)
        if why:
            refused = Refused("unsupported", f"holds {ascii(name)[:200]}: {why}", "Unpack it and ingest the folder.")
            yield Member(f"({n})", info, refused)
        else:
            yield Member(name, info)


def name_of(info: zipfile.ZipInfo) -> str:
    """A member's name; where the archive does not say that it is UTF-8, what its bytes look like."""
    name = info.orig_filename
    if info.flag_bits & UTF8_NAMES or name.isascii():
        return name
    try:
        return decode(name.encode("cp437")).text
    except UnicodeEncodeError:
        return name


def oddity(name: str, info: zipfile.ZipInfo, seen: set[str]) -> str:
    """What is wrong with a member, "" where nothing is."""
    parts = name.split("/")
    kind = stat.S_IFMT(info.external_attr >> 16)
    oddities = (
        (name.startswith("/") or DRIVE.match(name), "an absolute path"),
        ({"..", ".", ""} & set(parts), "a path that leads elsewhere"),
        ("\\" in name or not name.isprintable(), "a name with backslashes or control characters"),
        (name in seen, "a second file of this name"),
        (kind not in (0, stat.S_IFREG), "a link or device"),
        (PurePosixPath(name).suffix.lower() in ARCHIVES, "an archive in an archive"),
    )
    return next((what for odd, what in oddities if odd), "")


def inner_suffix(name: str) -> str:
    """The suffix of what a gzip file packs: ".txt" of "a.txt.gz"."""
    return PurePosixPath(name[: -len(".gz")]).suffix.lower()


def gunzip(data: bytes, limit: int = MAX_MEMBER) -> bytes:
    """What a gzip file packs, several streams in a row too. Raises `Refused` for one that is damaged or a bomb."""
    pieces: list[bytes] = []
    size = 0
    rest = data
    try:
        while rest.strip(b"\0"):
            stream = zlib.decompressobj(wbits=31)
            todo = rest
            while todo and not stream.eof:
                piece = stream.decompress(todo, STEP)
                todo = stream.unconsumed_tail
                size += len(piece)
                if size > limit or (size > FREE and size > MAX_RATIO * len(data)):
                    hint = "If it is no bomb, unpack it and split what it holds."
                    raise Refused("too_large", f"unpacks to more than {size / 1e6:.0f} MB", hint)
                pieces.append(piece)
            if not stream.eof:
                raise Refused("broken", "ends in the middle", "Fetch it again.")
            rest = stream.unused_data
    except zlib.error as error:
        raise Refused("broken", "is no gzip file that can be read", "Pack it anew.", str(error)) from error
    return b"".join(pieces)


def refused(source: str, why: Refused) -> Problem:
    return Problem(why.code, f"{source} {why.what}.", where=source, raw=why.raw, hint=why.hint)
