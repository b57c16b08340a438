"""Texts into a file, many at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TextIO

MANY: Final = 2_000


def written(texts: Iterable[tuple[str, int]], file: TextIO) -> int:
    """Write each text; returns the sum of the numbers beside them."""
    held: list[str] = []
    total = 0
    for text, count in texts:
        held.append(text)
        total += count
        if len(held) >= MANY:
            file.write("".join(held))
            held.clear()
    file.write("".join(held))
    return total
