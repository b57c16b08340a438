"""What the linker is given of a name and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kgc.data.knowledge import KbEntry
from kgc.resolve.linking.kinds import Wanted
from kgc.resolve.records import Feature


@dataclass(frozen=True, slots=True)
class Query:
    """A name that may mean an entry, with what is around it.

    `context` are words of the texts around it; `beside` are keys of names that facts or sentences join it with;
    `fuller` are keys of longer names in its documents that hold all its words ("Ada Byron" for "Byron").
    `refused` are ids that a person said it is not. `likeness` is evidence of an embedder, by id, in [-1, 1].
    """

    key: str
    surface: str
    wanted: Wanted = field(default_factory=Wanted)
    context: frozenset[str] = frozenset()
    beside: tuple[str, ...] = ()
    fuller: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset()
    likeness: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """A candidate with what speaks for and against it, in log-odds; `score` is its share of the probability."""

    entry: KbEntry
    features: tuple[Feature, ...]
    score: float = 0.0

    @property
    def weight(self) -> float:
        return sum(f.weight for f in self.features)

    @property
    def reason(self) -> str:
        """What spoke for it and against it, the strongest first."""
        return "; ".join(f.reason for f in sorted(self.features, key=lambda f: (-abs(f.weight), f.name)))


@dataclass(frozen=True, slots=True)
class Choice:
    """What a name was taken to mean: `chosen` is None where nothing is sure enough (NIL). `options` come best first."""

    key: str
    surface: str
    chosen: Option | None
    options: tuple[Option, ...] = ()
    why: str = ""
