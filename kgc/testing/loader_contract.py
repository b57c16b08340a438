"""The laws of a loader as a test class: subclass it, give a loader and some files it reads.

class TestMine(LoaderContract):
    subject = MyLoader
    samples = (b"…", b"…")
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

from kgc.data import Document, Problem
from kgc.load.contract import Loader, Source

HOSTILE = (
    b"",
    b" \n\t\r",
    b"\0" * 64,
    b"\xff\xfe\xff",
    b"\xef\xbb\xbf",
    b"\x80\x81\xfe\xff" * 50,
    b"PK\x03\x04" + b"\0" * 60,
    b"\x1f\x8b\x08\x00",
    b"%PDF-1.7\n",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    b"<" * 3000,
    b"[" * 20_000,
    b'{"a":' * 100_000,
    b'"' + b",\n" * 500,
    b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 300,
    b"<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;&b;'>]><a>&d;</a>",
    "\u2028\u2029\ufeff\ufffe𝔘\u202e".encode(),
)
"""Bytes that no loader may choke on."""


class LoaderContract:
    """The laws of `kgc.load.contract`. `samples` are files that are read; `subject` is the loader's class."""

    subject: ClassVar[type[Loader]]
    samples: ClassVar[Sequence[bytes]]

    def load(self, data: bytes, suffix: str = "") -> Document | Problem:
        suffix = suffix or self.subject.suffixes[0]
        digest = hashlib.sha256(data).hexdigest()
        source = Source(f"r/a{suffix}", Path(f"a{suffix}"), data, self.subject.media_types[0], suffix, digest)
        return self.subject().load(source)

    def broken(self) -> Iterator[bytes]:
        """What is no file of the format, and the samples cut short, doubled and with a byte changed."""
        yield from HOSTILE
        for data in self.samples:
            for part in range(1, 8):
                at = len(data) * part // 8
                yield data[:at]
                yield data[:at] + b"\xff" + data[at + 1 :]
            yield data + data

    def test_it_names_its_media_types_and_suffixes(self) -> None:
        assert self.subject.media_types
        assert all("/" in m for m in self.subject.media_types)
        assert self.subject.suffixes
        assert all(s.startswith(".") and s == s.lower() for s in self.subject.suffixes)

    def test_samples_are_read_as_documents_with_a_sound_layout(self) -> None:
        assert self.samples
        for data in self.samples:
            found = self.load(data)
            assert isinstance(found, Document), found
            check_layout(found)
            assert found.blocks
            assert found.sha256 == hashlib.sha256(data).hexdigest()

    def test_the_same_bytes_give_the_same_document(self) -> None:
        for data in self.samples:
            assert self.load(data) == self.load(data)

    def test_what_is_broken_is_a_document_or_one_problem_with_a_hint(self) -> None:
        for data in self.broken():
            found = self.load(data)
            if isinstance(found, Problem):
                assert (found.where, bool(found.hint)) == (f"r/a{self.subject.suffixes[0]}", True)
                assert found.where in found.message
            else:
                check_layout(found)


def check_layout(document: Document) -> None:
    """Blocks are in order and apart, hold text and lie in the text, which is clean; pages cover the whole of it."""
    text, end = document.text, 0
    assert text.strip()
    assert not set(text) & {"\r", "\0", "\v", "\f"}
    text.encode("utf-8")
    for block in document.blocks:
        assert end <= block.span.start < block.span.end <= len(text)
        assert block.span.of(text).strip()
        assert (block.kind == "heading") == (1 <= block.level <= 6)
        end = block.span.end
    if pages := document.meta.pages:
        assert (pages[0].start, pages[-1].end) == (0, len(text))
        assert all(a.end == b.start for a, b in pairwise(pages))
