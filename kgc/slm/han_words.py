"""Chinese words: a list with frequencies and classes, looked up by hash, and the likeliest cut of a text into them.

The cut is that of a unigram model over the words of the list (maximum probability path, as jieba does it without its
hidden Markov model). No text of a word is kept: a word is the 64-bit hash of its characters, so the list loads as
NumPy arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

LONGEST: Final = 8
"""Characters of the longest word of the list."""
STEP: Final = np.uint64(0x9E3779B97F4A7C15)
SHIFT: Final = np.uint64(29)
LISTS: Final = ("country", "region", "city", "town", "place", "body", "person", "foreign", "other", "word", "ending")
"""What the bits of a word's mask say it is listed as; `ending` ends names of bodies ("大学")."""


@dataclass(frozen=True, slots=True)
class HanWords:
    """Sorted hashes with, for each word, its log probability, part of speech (a number) and mask of `LISTS`.

    `characters` (sorted code points) and `shapes` say of a character how much oftener it stands in a kind of name than
    in other words: one small number (0 to 8, 3 is as often) a kind. `unknown` is the log probability of a character
    outside the list.
    """

    keys: Hashes
    chances: NDArray[np.float32]
    tags: NDArray[np.uint8]
    masks: NDArray[np.uint16]
    characters: NDArray[np.uint32]
    shapes: NDArray[np.uint8]
    unknown: float


def read_words(path: Path) -> HanWords:
    """Read `words.npz`. Raises OSError when it is not there."""
    with np.load(path, allow_pickle=False) as held:
        fields = {name: held[name] for name in held.files}
    unknown = float(fields.pop("unknown"))
    return HanWords(**fields, unknown=unknown)


def mixed(seed: int, *codes: Ints | Hashes) -> Hashes:
    """One hash for each row of the codes; `seed` keeps features apart that have the same codes."""
    found = np.full(len(codes[0]), np.uint64((seed * 2654435761 + 12345) % 2**64), np.uint64)
    for code in codes:
        found = (found ^ code.astype(np.uint64)) * STEP
        found ^= found >> SHIFT
    return found


def word_hashes(points: Ints, size: int) -> list[Hashes]:
    """For each length 1 to `size` the hashes of all stretches of that length, by where they start."""
    held = np.full(len(points), np.uint64(14695981039346656037), np.uint64)
    found: list[Hashes] = []
    for length in range(1, size + 1):
        if len(points) < length:
            break
        held = (held[: len(points) - length + 1] ^ points[length - 1 :].astype(np.uint64)) * STEP
        held ^= held >> SHIFT
        found.append(held)
    return found


def code_points(text: str) -> Ints:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)


def rows_of(keys: Hashes, wanted: Hashes) -> Ints:
    """The row of each wanted hash among the sorted keys, -1 for none."""
    at = np.searchsorted(keys, wanted)
    at[at == len(keys)] = 0
    return np.where(keys[at] == wanted, at, -1)


def matches(words: HanWords, points: Ints) -> list[Ints]:
    """For each length the row of the word that starts at each place, -1 for none."""
    return [rows_of(words.keys, hashes) for hashes in word_hashes(points, LONGEST)]


def cut(text: str, words: HanWords, found: list[Ints]) -> list[tuple[int, int]]:
    """The likeliest words of a text as (start, end); Latin letters and digits in a row are one word."""
    size = len(text)
    starts: list[list[tuple[int, float]]] = [[] for _ in range(size)]
    for length, rows in enumerate(found, 1):
        there = np.nonzero(rows >= 0)[0]
        chances = words.chances[rows[there]].tolist()
        for at, chance in zip(there.tolist(), chances, strict=True):
            starts[at].append((length, chance))
    best, after = [0.0] * (size + 1), [0] * size
    for at in range(size - 1, -1, -1):
        top, end = words.unknown + best[at + 1], at + 1
        for length, chance in starts[at]:
            total = chance + best[at + length]
            if total > top or length == 1:
                top, end = total, at + length
        best[at], after[at] = top, end
    return walk(text, after)


def walk(text: str, after: list[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        end = after[at]
        while end == at + 1 or latin(text[end - 1]):
            if end >= len(text) or not (latin(text[end]) and latin(text[end - 1])):
                break
            end += 1
        found.append((at, end))
        at = end
    return found


def latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
