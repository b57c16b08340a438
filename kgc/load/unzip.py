"""The parts of a ZIP file, read in memory and within bounds that hold while it is unpacked, whatever its header says.

Nothing is written to disk, so a member's name is never a path. Office files and e-books are ZIP files as well.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from kgc.data import ProblemCode

MAX_MEMBER = 200_000_000
"""Bytes of one member, unpacked."""
MAX_TOTAL = 1_000_000_000
"""Bytes of all members that are read, unpacked."""
MAX_MEMBERS = 10_000
MAX_RATIO = 200
"""Unpacked to packed bytes, from `FREE` bytes on. Tables of numbers reach 20 to 50; a bomb has 1,000 and more."""
FREE = 20_000_000
STEP = 1 << 20
UNPACKING = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, LookupError,
)  # fmt: skip
"""What Python's zipfile raises for what a file holds (lzma.LZMAError is looked up where it is needed)."""


class Refused(Exception):
    """Why a part is not read; becomes the `Problem` of the file."""

    def __init__(self, code: ProblemCode, what: str, hint: str, raw: str = "") -> None:
        super().__init__(what)
        self.code: ProblemCode = code
        self.what = what
        self.hint = hint
        self.raw = raw


class Parts:
    """The members of a ZIP file. Raises `Refused` for one that is broken, encrypted, or larger than may be."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except UNPACKING as error:
            raise Refused("broken", "is no ZIP file that can be read", "Make it anew.", str(error)) from error
        self._packed = len(data)
        self._read = 0
        self.members = [m for m in self._zip.infolist() if not m.is_dir()]
        if len(self.members) > MAX_MEMBERS:
            what = f"holds {len(self.members)} files, of at most {MAX_MEMBERS}"
            raise Refused("too_large", what, "Unpack it into a folder and ingest that.")
        self._by_name = {m.filename: m for m in self.members}

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def names(self) -> Iterator[str]:
        return iter(self._by_name)

    def read(self, name: str) -> bytes:
        """A part by its name; b"" where there is none."""
        found = self._by_name.get(name)
        return self.read_member(found) if found else b""

    def read_member(self, member: zipfile.ZipInfo) -> bytes:
        """What a member holds."""
        if member.flag_bits & 0x1:
            raise Refused("encrypted", "is protected by a password", "Make an archive without a password.")
        pieces: list[bytes] = []
        size = 0
        for piece in self._pieces(member):
            size += len(piece)
            self._read += len(piece)
            self._weigh(member, size)
            pieces.append(piece)
        return b"".join(pieces)

    def _pieces(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        from lzma import LZMAError  # noqa: PLC0415 - seldom needed

        try:
            with self._zip.open(member) as stream:
                while piece := stream.read(STEP):
                    yield piece
        except NotImplementedError as error:
            hint = "Pack it anew with the usual compression (deflate)."
            raise Refused("unsupported", "is packed in a way that is not read", hint, str(error)) from error
        except (*UNPACKING, LZMAError) as error:
            raise Refused("broken", "is damaged inside the archive", "Pack it anew.", str(error)) from error

    def _weigh(self, member: zipfile.ZipInfo, size: int) -> None:
        hint = "If it is no bomb, unpack it and ingest the folder."
        if size > MAX_MEMBER:
            raise Refused("too_large", f"unpacks to more than {MAX_MEMBER / 1e6:.0f} MB", hint)
        if size > FREE and size > MAX_RATIO * max(1, member.compress_size):
            raise Refused("too_large", f"unpacks to more than {MAX_RATIO} times its size", hint)
        if self._read > MAX_TOTAL or (self._read > FREE and self._read > MAX_RATIO * self._packed):
            raise Refused("too_large", "is in an archive that unpacks to far more than its size", hint)
