"""Which of many files to open: some of every kind, chosen by their names and sizes alone, the same every time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from kgc.data import content_id

HAN: Final = re.compile(r"[㐀-鿿]|(?:^|[/._-])(?:zh|cn|chinese)(?:[/._-]|$)", re.IGNORECASE)
BANDS: Final = ((4_000, "short"), (64_000, "middling"))
"""Up to so many bytes a file is of this size; beyond them it is long."""
KNOWN: Final = {".md": "text", ".markdown": "text", ".txt": "text", ".text": "text", ".htm": "html"}
"""Suffixes that are one kind."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that could be opened. `lang` is "" where only its name is known and does not tell."""

    source: str
    size: int
    lang: str = ""

    @property
    def stratum(self) -> str:
        """Subfolder, kind, size and language in words: what makes two files alike."""
        path = PurePosixPath(self.source)
        folder = path.parts[1] if len(path.parts) > 2 else "."
        kind = KNOWN.get(path.suffix.lower(), path.suffix.lower().lstrip(".") or "none")
        band = next((name for most, name in BANDS if self.size <= most), "long")
        lang = self.lang or ("zh" if HAN.search(self.source) else "")
        return " ".join(part for part in (folder, kind, band, lang) if part)


def by_stratum(files: Iterable[Candidate]) -> dict[str, list[Candidate]]:
    """The files of each stratum, in an order that comes from their names and is no order of anything else."""
    found: dict[str, list[Candidate]] = {}
    for file in files:
        found.setdefault(file.stratum, []).append(file)
    return {name: sorted(found[name], key=luck) for name in sorted(found)}


def luck(file: Candidate) -> str:
    return content_id(file.source)


def quotas(sizes: dict[str, int], most: int) -> dict[str, int]:
    """How many of each stratum, at most `most` together: one of each, the rest by the square root of its size.

    The square root keeps a folder of 10,000 notes from hiding one of ten contracts. Where there are more strata than
    files to open, those with most files get one each.
    """
    order = sorted(sizes, key=lambda name: (-sizes[name], content_id(name)))
    found = Counter(dict.fromkeys(order[:most], 1))
    while found.total() < most:
        open_ = [name for name in order if found[name] < sizes[name]]
        if not open_:
            break
        best = max(open_, key=lambda name: (sizes[name] ** 0.5 / found[name], content_id(name)))
        found[best] += 1
    return dict(found)


def draw(
    files: Iterable[Candidate], most: int, take: Callable[[Sequence[Candidate]], Sequence[bool]]
) -> tuple[dict[str, int], dict[str, int]]:
    """Open files until each stratum has its share: `take` opens some and says which of them were good.

    For each that was not, the next of its stratum is tried, at most as many again as were wanted. Returns how many
    files each stratum has, and how many good ones were opened.
    """
    strata = by_stratum(files)
    sizes = {name: len(held) for name, held in strata.items()}
    left = {name: iter(held) for name, held in strata.items()}
    missing = quotas(sizes, most)
    got: Counter[str] = Counter()
    for _ in range(2):
        chosen = [(name, file) for name, want in missing.items() for file in some(left[name], want)]
        good = take([file for _, file in chosen])
        missing = Counter()
        for (name, _), fine in zip(chosen, good, strict=True):
            got[name] += fine
            missing[name] += not fine
    return sizes, dict(got)


def some(files: Iterator[Candidate], most: int) -> Iterator[Candidate]:
    for _, file in zip(range(most), files, strict=False):
        yield file
