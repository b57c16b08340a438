"""Documents are cut so that one edited sentence changes at most two chunks.

The whole document is one piece at first. A piece that is too long is cut in two at its best place, and each half again.
Which place is best depends on the text at that place alone: a heading before a paragraph, a paragraph before a
sentence, and between equals a hash of the words that follow. So the cuts of a piece stay where they are whatever
happens elsewhere, as in a treap; a cut whose sentence is edited away joins two chunks, which are then cut elsewhere.
Content-defined chunking in one pass (FastCDC, Xia et al. 2016) was not chosen: its minimum length makes each cut depend
on the one before, so that an edit can move several in a row. Measured with 200 edits each (a sentence changed, added or
removed) of two encyclopaedia articles, a novel and a Chinese statute: 784 of 800 gave one or two new chunks, 15 three,
one six; all others of the document kept their keys.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from kgc.chunk.atoms import HEADING, Atom, atoms
from kgc.chunk.measure import UNIT
from kgc.data import Chunk, Document, Span, content_id
from kgc.errors import ConfigError

SIZE = 640
"""What chunks aim at, in estimated tokens; long articles and a novel then have 370 to 520 English words a chunk."""


def split(document: Document, size: int = SIZE) -> tuple[Chunk, ...]:
    """The chunks of a document, in order; every character that is not blank is in exactly one of them.

    `size` is in estimated tokens (`kgc.chunk.measure`). A chunk measures about `size`, never more than twice as much.
    Headings stand in the text of the chunk they open and in its heading path; small neighbouring sections share a
    chunk, whose path is then what their paths have in common. `Chunk.header` is the header row of the first table that
    has rows in the chunk (a further table there begins with its own). Raises `ConfigError` for a size below 8.
    """
    if size < 8:
        raise ConfigError(f"A chunk size of {size} is too small.", "Use 8 or more; 640 is the default.")
    parts = atoms(document, most=size * UNIT * 2)
    seen: Counter[str] = Counter()
    return tuple(_chunk(document, parts[a:b], seen) for a, b in cuts(parts, size * UNIT))


def _chunk(document: Document, parts: Sequence[Atom], seen: Counter[str]) -> Chunk:
    span = Span(parts[0].span.start, parts[-1].span.end)
    text = span.of(document.text)
    path = common(parts)
    header = next((p.header for p in parts if p.header), "")
    key = content_id(document.lang, header, text, *path)
    seen[key] += 1
    return Chunk(
        content_id(document.id, key, str(seen[key])), document.id, key, span, text, path, header, document.lang
    )


def common(parts: Sequence[Atom]) -> tuple[str, ...]:
    """The heading path that all parts share, headings left aside: those stand over the text that comes after them."""
    parts = [p for p in parts if not p.heading] or parts
    path = parts[0].path
    for part in parts:
        if part.path is not path:
            same = [a == b for a, b in zip(path, part.path, strict=False)]
            path = path[: same.index(False) if False in same else len(same)]
    return path


def cuts(parts: Sequence[Atom], size: int) -> list[tuple[int, int]]:
    """Ranges of atoms, one a chunk, in order. `size` is in sevenths of a token."""
    sums = [0, *accumulate(p.weight for p in parts)]
    done: list[tuple[int, int]] = []
    todo = [(0, len(parts))] if parts else []
    while todo:
        low, high = todo.pop()
        at = place(parts, sums, low, high, size)
        if at is None:
            done.append((low, high))
        else:
            todo += [(at, high), (low, at)]
    return done


def place(parts: Sequence[Atom], sums: Sequence[int], low: int, high: int, size: int) -> int | None:
    """Where to cut `parts[low:high]`, or None where it is short enough to stay.

    A piece of up to the maximum is only cut at a heading that has half a chunk on both sides. A longer one is cut at a
    heading that leaves an eighth, else at a paragraph or sentence that leaves half a chunk. No other bound is set:
    each moves when a length changes, and takes cuts with it.
    """
    fits = sums[high] - sums[low] <= size * 2
    headings = [i for i in between(sums, low, high, size // 2 if fits else size // 8) if parts[i].rank > HEADING]
    if headings:
        return best(parts, sums, headings, low, high)
    if fits:
        return None
    places = between(sums, low, high, size // 2)
    if not places:
        return min(range(low + 1, high), key=lambda i: off_middle(sums, low, high, i))
    return best(parts, sums, places, low, high)


def between(sums: Sequence[int], low: int, high: int, least: int) -> range:
    """The places that leave at least `least` on both sides."""
    first = bisect_left(sums, sums[low] + least, low + 1, high)
    last = bisect_right(sums, sums[high] - least, low + 1, high)
    return range(first, max(first, last))


def best(parts: Sequence[Atom], sums: Sequence[int], places: Sequence[int], low: int, high: int) -> int:
    """The place of the highest rank, then of the luckiest text; of equal texts the one nearest the middle."""
    rank, luck = max((parts[i].rank, parts[i].luck) for i in places)
    same = [i for i in places if parts[i].rank == rank and parts[i].luck == luck]
    return min(same, key=lambda i: off_middle(sums, low, high, i))


def off_middle(sums: Sequence[int], low: int, high: int, i: int) -> int:
    return abs(2 * sums[i] - sums[low] - sums[high])
