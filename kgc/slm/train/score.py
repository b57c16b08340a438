"""Strict scores: boundaries and label must be right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    found: int = 0
    gold: int = 0
    right: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.found + other.found, self.gold + other.gold, self.right + other.right)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.found + self.gold
        return 2 * self.right / total if total else 0.0

    def __str__(self) -> str:
        return f"p {self.precision:.3f} r {self.recall:.3f} f1 {self.f1:.3f}"
