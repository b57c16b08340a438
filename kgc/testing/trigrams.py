"""An embedder without weights, for tests, in any language: texts are alike that share runs of three characters."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Trigrams:
    """`Embedder` by counting: a run of three characters falls into one of `dimensions` boxes by its checksum."""

    def __init__(self, name: str = "trigrams:1", dimensions: int = 64, languages: frozenset[str] = frozenset()) -> None:
        self.name = name
        self.dimensions = dimensions
        self.languages = languages
        self.read: list[str] = []
        """Every text that was embedded, in order."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        found = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(found, texts, strict=True):
            self.read.append(text)
            folded = f" {text.casefold()} " if text.strip() else ""
            for at in range(len(folded) - 2):
                row[zlib.crc32(folded[at : at + 3].encode("utf-8", "replace")) % self.dimensions] += 1
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        vectors: NDArray[np.float32] = found / np.maximum(lengths, 1e-12)
        return vectors
