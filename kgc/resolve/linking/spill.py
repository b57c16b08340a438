"""More (key, entry) pairs than memory holds, sorted: cut into parts by key on disk, each part sorted by itself."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

PARTS: Final = 64
_BUFFER: Final = 1_000_000
_ROW: Final = np.dtype([("key", "<i8"), ("prior", "<f4"), ("entry", "<u4")])
Posting = tuple[int, int, bytes]
"""A key, how many entries have it, the first of them (four bytes each, little-endian) by prior and place."""


class Spill:
    """Pairs are added in any order and come back as postings in the order of their keys."""

    def __init__(self, folder: Path, most: int) -> None:
        self._folder = folder
        self._most = most
        self._keys, self._priors, self._entries = array("q"), array("f"), array("L")
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, keys: tuple[int, ...], prior: float, entry: int) -> None:
        self._keys.extend(keys)
        self._priors.extend([prior] * len(keys))
        self._entries.extend([entry] * len(keys))
        if len(self._keys) >= _BUFFER:
            self._write()

    def postings(self) -> Iterator[Posting]:
        self._write()
        for part in range(PARTS):
            path = self._path(part)
            if path.is_file():
                yield from _postings(np.fromfile(path, dtype=_ROW), self._most)
                path.unlink()

    def _write(self) -> None:
        rows = np.empty(len(self._keys), dtype=_ROW)
        rows["key"], rows["prior"], rows["entry"] = self._keys, self._priors, self._entries
        parts = rows["key"] >> 57  # the top six of 63 bits
        order = np.argsort(parts, kind="stable")
        rows, parts = rows[order], parts[order]
        ends = np.searchsorted(parts, np.arange(PARTS + 1))
        for part in range(PARTS):
            if ends[part] < ends[part + 1]:
                with self._path(part).open("ab") as file:
                    rows[ends[part] : ends[part + 1]].tofile(file)
        self._keys, self._priors, self._entries = array("q"), array("f"), array("L")

    def _path(self, part: int) -> Path:
        return self._folder / f"{part:02}.part"


def _postings(rows: NDArray[np.void], most: int) -> Iterator[Posting]:
    """Each key's entries, the likeliest first, then in the order of the source; an entry once."""
    rows = rows[np.lexsort((rows["entry"], -rows["prior"], rows["key"]))]
    kept = np.ones(len(rows), dtype=np.bool_)
    kept[1:] = (rows["key"][1:] != rows["key"][:-1]) | (rows["entry"][1:] != rows["entry"][:-1])
    rows = rows[kept]
    starts = np.flatnonzero(np.r_[True, rows["key"][1:] != rows["key"][:-1]])
    sizes = np.diff(np.r_[starts, len(rows)])
    entries = np.ascontiguousarray(rows["entry"]).tobytes()
    for key, start, size in zip(rows["key"][starts].tolist(), starts.tolist(), sizes.tolist(), strict=True):
        yield key, size, entries[4 * start : 4 * (start + min(size, most))]
