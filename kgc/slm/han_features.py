"""What the Chinese entity model is told of each character: the characters, words and listed names around it.

A feature is a 64-bit hash; 0 says that there is none. Words and their classes are features, never tokens: the model
labels characters, so that no name is lost to a wrong cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kgc.slm.han_words import LISTS, HanWords, Hashes, Ints, code_points, cut, matches, mixed, word_hashes

NUMERALS: Final = frozenset("一二三四五六七八九十百千万亿零〇两")
GAP: Final = "\0\0\0"
"""Stands between texts that are read at once: as far as a feature looks, so that none sees its neighbour."""
BREAKS: Final = frozenset("，。；：！？、（）()“”「」《》 \0")
MARKS: Final = {"\0": 0, **dict.fromkeys("·・", 7), **dict.fromkeys("，。；：、！？", 8), **dict.fromkeys("（）()", 9),
                **dict.fromkeys("“”「」《》『』\"", 10)}  # fmt: skip
FAR: Final = 12
"""How many characters ahead the ending of a body's name is looked for."""
BORDER: Final = 99
"""The part of speech before the first and after the last word."""


@dataclass(slots=True)
class Table:
    """The features gathered so far: each gets the next number as its seed."""

    columns: list[Hashes] = field(default_factory=list)

    def add(self, *codes: Ints | Hashes, where: NDArray[np.bool_] | None = None) -> None:
        """One feature a character of these codes, only where `where` is true."""
        found = mixed(len(self.columns) + 1, *codes)
        self.columns.append(found if where is None else np.where(where, found, np.uint64(0)))


def features_of(texts: Sequence[str], words: HanWords) -> list[Hashes]:
    """The features of each text's characters (rows); no text is empty. All at once is much faster than one by one."""
    if not texts:
        return []
    every = features(GAP + GAP.join(texts) + GAP, words)
    found: list[Hashes] = []
    at = len(GAP)
    for text in texts:
        found.append(every[at : at + len(text)])
        at += len(text) + len(GAP)
    return found


def features(text: str, words: HanWords) -> Hashes:
    """The features of each character (rows) of a text that is not empty. Linear in the text."""
    points = code_points(text)
    table = Table()
    kinds = np.fromiter((kind_of(c) for c in text), np.int64, len(text))
    shown = np.where(kinds == 1, 48, points)
    add_characters(table, shown, kinds)
    found = matches(words, points)
    place, size = add_words(table, text, points, words, found)
    add_lists(table, shown, words, found, place, size)
    add_shapes(table, points, words, place)
    add_endings(table, text, points, shown, words, found)
    return np.stack(table.columns, axis=1)


def kind_of(character: str) -> int:
    """A small number for what sort of character it is."""
    if character.isascii() and character.isalnum():
        return 1 if character.isdigit() else 2 if character.islower() else 3
    if character in NUMERALS:
        return 4
    return 5 if "一" <= character <= "鿿" else MARKS.get(character, 6)


def moved(codes: Ints, by: int) -> Ints:
    """What stands `by` characters after each (before, when negative); 0 outside the text."""
    found = np.zeros_like(codes)
    if by == 0:
        return codes
    if abs(by) < len(codes):
        if by > 0:
            found[:-by] = codes[by:]
        else:
            found[-by:] = codes[:by]
    return found


def add_characters(table: Table, shown: Ints, kinds: Ints) -> None:
    near = {by: moved(shown, by) for by in range(-3, 4)}
    sort = {by: moved(kinds, by) for by in range(-2, 3)}
    for by in range(-3, 4):
        table.add(near[by])
    for by in range(-2, 2):
        table.add(near[by], near[by + 1])
    for by in (-1, -2, 0):
        table.add(near[by], near[by + 2])
    for by in (-2, -1, 0):
        table.add(near[by], near[by + 1], near[by + 2])
    table.add(sort[-1], sort[0], sort[1])
    table.add(*sort.values())


def add_words(table: Table, text: str, points: Ints, words: HanWords, found: list[Ints]) -> tuple[Ints, Ints]:
    """The word of each character and its neighbours. Gives the place in the word (1 to 4) and the word's length."""
    pieces = cut(text, words, found)
    ends = np.array([end for _, end in pieces], np.int64)
    lengths = np.diff(ends, prepend=0)
    ids, tags = named_words(pieces, points, words, found)
    of = np.repeat(np.arange(len(pieces)), lengths)
    offset = np.arange(len(text)) - (ends - lengths)[of]
    size = np.minimum(lengths[of], 5)
    place = np.where(lengths[of] == 1, 4, np.where(offset == 0, 1, np.where(offset == lengths[of] - 1, 3, 2)))
    wide = np.concatenate((np.ones(1, np.uint64), ids, np.ones(1, np.uint64)))
    classes = np.concatenate((np.array([BORDER]), tags, np.array([BORDER])))
    before, word, after = wide[of], wide[of + 1], wide[of + 2]
    left, tag, right = classes[of], classes[of + 1], classes[of + 2]
    table.add(place, points)
    table.add(moved(place, -1), place, moved(place, 1))
    for codes in (
        (word,), (before,), (after,), (tag,), (left, tag), (tag, right), (left, tag, right), (word, left),
        (word, right), (before, tag), (after, tag), (size, tag), (before, after),
    ):  # fmt: skip
        table.add(*codes, place)
    return place, size


def named_words(pieces: list[tuple[int, int]], points: Ints, words: HanWords, found: list[Ints]) -> tuple[Hashes, Ints]:
    """Hash and part of speech of each word; what is not in the list has its own hash and no part of speech."""
    hashes = word_hashes(points, max((end - start for start, end in pieces), default=1))
    ids = np.array([hashes[end - start - 1][start] for start, end in pieces], np.uint64)
    rows = np.array([found[e - s - 1][s] if e - s <= len(found) else -1 for s, e in pieces], np.int64)
    return ids, np.where(rows >= 0, words.tags[rows].astype(np.int64) + 1, 0)


def add_lists(table: Table, shown: Ints, words: HanWords, found: list[Ints], place: Ints, size: Ints) -> None:
    """For each list the longest listed name over a character: its length and where in it the character stands."""
    for bit in range(len(LISTS) - 1):
        codes = longest(words, found, bit)
        there = codes > 0
        before, after = moved(codes, -1), moved(codes, 1)
        table.add(codes, where=there)
        table.add(codes, shown, where=there)
        table.add(before, where=before > 0)
        table.add(after, where=after > 0)
        table.add(codes, place, size, where=there)


def longest(words: HanWords, found: list[Ints], bit: int) -> Ints:
    codes = np.zeros(len(found[0]), np.int64)
    for length, rows in enumerate(found, 1):
        starts = np.nonzero((rows >= 0) & (words.masks[rows] >> bit & 1).astype(bool))[0]
        for offset in range(length):
            within = 3 if length == 1 else 0 if offset == 0 else 2 if offset == length - 1 else 1
            codes[starts + offset] = min(length, 6) * 4 + within + 1
    return codes


def add_shapes(table: Table, points: Ints, words: HanWords, place: Ints) -> None:
    """How name-like the characters are: family name, given name (two places), transcription (two), place, body."""
    at = np.minimum(np.searchsorted(words.characters, points), len(words.characters) - 1)
    known = words.characters[at] == points
    shapes = [np.where(known, column[at], 3).astype(np.int64) for column in words.shapes.T]
    for shape in shapes:
        table.add(shape)
        table.add(moved(shape, 1))
        table.add(moved(shape, -1))
        table.add(moved(shape, -1), shape, moved(shape, 1))
    family, first, second = shapes[:3]
    table.add(family, moved(first, 1), moved(second, 2))
    table.add(moved(family, -1), first, moved(second, 1))
    table.add(moved(family, -2), moved(first, -1), second)
    for shape in (shapes[3], shapes[5], shapes[6]):
        table.add(shape, place)


def add_endings(table: Table, text: str, points: Ints, shown: Ints, words: HanWords, found: list[Ints]) -> None:
    """The next word that ends names of bodies, if no mark stands between, and how far it is."""
    pairs = found[1] if len(found) > 1 else np.full(0, -1)
    ending = (pairs >= 0) & (words.masks[pairs] >> (len(LISTS) - 1) & 1).astype(bool)
    near, which = np.zeros(len(text), np.int64), np.zeros(len(text), np.int64)
    distance, word = BORDER, 0
    for at in range(len(text) - 1, -1, -1):
        distance += 1
        if text[at] in BREAKS:
            distance, word = BORDER, 0
        elif at and ending[at - 1]:
            distance, word = 0, int(points[at - 1]) << 20 | int(points[at])
        if distance <= FAR:
            near[at], which[at] = 1 + min(distance, 9) // 2, word
    there = near > 0
    table.add(near, where=there)
    table.add(near, which, where=there)
    table.add(which, shown, where=there)
