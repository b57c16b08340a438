"""What was found of names the last time, by their content: names that stay as they are need not be read again.

Nothing here decides anything: with it and without it the outcome is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from kgc.resolve.blocking import Numbers, Shapes, shapes
from kgc.resolve.records import Item
from kgc.resolve.statistics import Statistics

Digests = NDArray[np.uint64]
_END: Final = "\x00"
"""Divides texts in the file; no text of a name has it, since it is no letter."""
_MIX: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(32))


@dataclass(frozen=True, slots=True)
class Seen:
    """Digests of names, what blocking knows of each, and digests of the pairs that nothing was to be said of."""

    digests: Digests
    shapes: Shapes
    nothing: Digests


def empty() -> Seen:
    none = np.empty(0, np.int64)
    return Seen(np.empty(0, np.uint64), Shapes(none, none, none, (), ()), np.empty(0, np.uint64))


def digests(items: Sequence[Item]) -> Digests:
    """64 bits of all that is known of each name."""
    found = b"".join(
        hashlib.blake2b(repr(item).encode("utf-8", "surrogatepass"), digest_size=8).digest() for item in items
    )
    return np.frombuffer(found, dtype="<u8").astype(np.uint64)


def pair_digests(all_: Digests, found: Numbers) -> Digests:
    """64 bits of each pair of places."""
    one, two = all_[found[:, 0]], all_[found[:, 1]]
    mixed = (one ^ (two * _MIX[0])) * _MIX[1]
    return np.asarray(mixed ^ (mixed >> _MIX[2]), dtype=np.uint64)


def read(items: Sequence[Item], all_: Digests, statistics: Statistics, before: Seen) -> Shapes:
    """The shapes of the names: those that were read before are taken over."""
    place = {int(digest): n for n, digest in enumerate(before.digests)}
    known = np.array([place.get(int(digest), -1) for digest in all_], dtype=np.int64)
    fresh = np.flatnonzero(known < 0)
    new = shapes((items[n] for n in fresh.tolist()), statistics)
    source = known.copy()
    source[fresh] = len(before.digests) + np.arange(len(fresh))
    return _taken(before.shapes, new, source)


def _taken(old: Shapes, new: Shapes, source: Numbers) -> Shapes:
    """The shapes at these places of both together."""
    counts = np.concatenate([old.counts, new.counts])
    starts = np.cumsum(counts) - counts
    codes = np.concatenate([old.codes, new.codes])
    taken = counts[source]
    first = np.repeat(starts[source] - (np.cumsum(taken) - taken), taken)
    texts, joined = (*old.texts, *new.texts), (*old.joined, *new.joined)
    places = source.tolist()
    return Shapes(
        codes[first + np.arange(len(first))],
        taken,
        np.concatenate([old.signatures, new.signatures])[source],
        tuple(texts[n] for n in places),
        tuple(joined[n] for n in places),
    )


def save(seen: Seen, path: Path, key: str) -> None:
    """Write it whole or not at all. `key` names the code and the statistics that it holds for. Raises OSError."""
    draft = path.with_name(f"{path.name}.new")
    texts = (_END.join(part).encode("utf-8", "surrogatepass") for part in (seen.shapes.texts, seen.shapes.joined))
    one, two = (np.frombuffer(text, dtype=np.uint8) for text in texts)
    with draft.open("wb") as file:
        np.savez(
            file, key=np.array(key), digests=seen.digests, codes=seen.shapes.codes, counts=seen.shapes.counts,
            signatures=seen.shapes.signatures, texts=one, joined=two, nothing=seen.nothing,
        )  # fmt: skip
    draft.replace(path)


def load(path: Path, key: str) -> Seen:
    """What `save` wrote, if it holds for this key and can be read; else nothing."""
    try:
        with np.load(path, allow_pickle=False) as file:
            if str(file["key"]) != key:
                return empty()
            size = len(file["digests"])
            texts, joined = (_texts(file[name], size) for name in ("texts", "joined"))
            found = Shapes(file["codes"], file["counts"], file["signatures"], texts, joined)
            return Seen(file["digests"], found, file["nothing"])
    except (OSError, EOFError, ValueError, KeyError, BadZipFile):
        return empty()  # it is made again


def _texts(data: NDArray[np.uint8], size: int) -> tuple[str, ...]:
    found = tuple(data.tobytes().decode("utf-8", "surrogatepass").split(_END)) if size else ()
    if len(found) != size:
        raise ValueError(f"{len(found)} texts of {size} names")
    return found
