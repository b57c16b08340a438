"""The one protocol behind which texts become vectors: for search, for choosing demonstrations, for linking names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Embedder(Protocol):
    """Texts in, vectors out; the product of two vectors says how alike their texts are (1 the same, 0 nothing).

    `name` changes whenever the vectors may ("builtin:3d0789f6b7db"): what is kept of them is kept under it.
    `languages` are the ISO 639-1 codes of what it reads; empty means any.
    """

    @property
    def name(self) -> str: ...
    @property
    def dimensions(self) -> int: ...
    @property
    def languages(self) -> frozenset[str]: ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row for each text, `[len(texts), dimensions]`, of length one; all zero where nothing of it can be read.

        The same text always gives the same row, whatever stands beside it (but for the last digits). Of a long text
        the beginning is read. Raises `KgcError` when the model cannot answer at all.
        """
        ...
