"""A text cut into windows that the encoder reads at once: whole sentences, and long ones with an overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """The words `start` to `end` of a text are read together; the labels of `keep_start` to `keep_end` are taken."""

    start: int
    end: int
    keep_start: int
    keep_end: int


def windows(sizes: Sequence[int], sentences: Sequence[tuple[int, int]], room: int, overlap: int = 64) -> list[Window]:
    """Windows over words that take `sizes` pieces each, at most `room` together.

    `sentences` are half-open ranges of words that follow one another; a window holds as many whole ones as fit. One
    that does not fit is cut where it is full, with `overlap` pieces read twice: each half is taken from the window
    that sees more beside it. Each word is kept once. No word takes more than `room`. Linear in the words.
    """
    found: list[Window] = []
    start, used = 0, 0
    for first, last in sentences:
        need = sum(sizes[first:last])
        if need > room:
            if used:
                found.append(Window(start, first, start, first))
            found += slices(sizes, first, last, room, overlap)
            start, used = last, 0
        elif used + need > room:
            found.append(Window(start, first, start, first))
            start, used = first, need
        else:
            start, used = (start if used else first), used + need
    if used:
        last = sentences[-1][1]
        found.append(Window(start, last, start, last))
    return found


def slices(sizes: Sequence[int], first: int, last: int, room: int, overlap: int) -> Iterator[Window]:
    """The windows of one sentence that is too long for one."""
    start, keep = first, first
    while start < last:
        end, used = start, 0
        while end < last and used + sizes[end] <= room:
            used += sizes[end]
            end += 1
        if end == last:
            yield Window(start, end, keep, end)
            return
        back, seen = end, 0
        again = min(overlap, room - sizes[end])  # the next window must hold a word that this one does not
        while back > start + 1 and seen + sizes[back - 1] <= again:
            back -= 1
            seen += sizes[back]
        cut = max((back + end) // 2, keep + 1)
        yield Window(start, end, keep, cut)
        start, keep = back, cut


def by_length(found: Sequence[Window], most: int) -> Iterator[list[int]]:
    """Indices of windows that are read in one run: those of like length together, at most `most` words in all."""
    order = sorted(range(len(found)), key=lambda i: found[i].end - found[i].start)
    group: list[int] = []
    for i in order:
        size = found[i].end - found[i].start
        if group and (len(group) + 1) * size > most:
            yield group
            group = []
        group.append(i)
    if group:
        yield group
