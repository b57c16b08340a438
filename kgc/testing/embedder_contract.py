"""What every embedder must keep. Subclass it, give it an embedder, and pytest runs the contract.

class TestMine(EmbedderContract):
    def embedder(self) -> Embedder:
        return Mine("small")
"""

from __future__ import annotations

from abc import abstractmethod

import numpy as np

from kgc.llm.embedder import Embedder

TEXTS = (
    "A cat sleeps on the warm roof.",
    "The minister resigned.",
    "Steel prices rose again in May, the mill said. " * 9,
)


class EmbedderContract:
    """Nothing here depends on how good the vectors are."""

    @abstractmethod
    def embedder(self) -> Embedder:
        """An embedder, ready to answer."""

    def test_its_name_says_of_which_kind_it_is(self) -> None:
        kind, colon, name = self.embedder().name.partition(":")
        assert all((kind, colon, name))

    def test_every_text_has_a_vector_of_length_one(self) -> None:
        mine = self.embedder()
        found = mine.embed(TEXTS)
        assert found.shape == (len(TEXTS), mine.dimensions)
        assert found.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-4)

    def test_no_text_has_no_vector(self) -> None:
        mine = self.embedder()
        assert mine.embed(()).shape == (0, mine.dimensions)
        assert not mine.embed(["", "  "]).any()

    def test_a_text_has_the_same_vector_whatever_stands_beside_it(self) -> None:
        mine = self.embedder()
        together = mine.embed(TEXTS[::-1])[::-1]
        for text, vector in zip(TEXTS, together, strict=True):
            [alone] = mine.embed([text])
            assert float(alone @ vector) > 0.995

    def test_a_text_is_most_like_itself(self) -> None:
        found = self.embedder().embed(TEXTS)
        assert (found @ found.T).argmax(axis=1).tolist() == list(range(len(TEXTS)))
