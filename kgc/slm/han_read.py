"""Chinese texts read: names by the character model, relations between any names one gives it by the pair model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kgc.slm.found import Found, Item, Judged
from kgc.slm.han_names import HanNames, load_names, read_script
from kgc.slm.han_pairs import HanPairs, load_pairs
from kgc.slm.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class HanReader:
    """`script` simplifies traditional characters, one for one."""

    names: HanNames
    pairs: HanPairs
    script: dict[int, int]
    lexicon: Lexicon

    @staticmethod
    def load(path: Path, lexicon: Lexicon) -> HanReader:
        """Read the Chinese package. Raises OSError when a file is not there."""
        return HanReader(load_names(path), load_pairs(path / "pairs.npz"), read_script(path / "script.tsv"), lexicon)

    def passages(self, texts: Iterable[str]) -> Iterator[HanPassage]:
        """One passage a text, in order. Spans are those of the text as it was written."""
        for text, found in self.names.found(t.translate(self.script) for t in texts):
            yield HanPassage(found, text, self)


@dataclass(frozen=True, slots=True)
class HanPassage:
    """A text in simplified script with its names, for as long as somebody asks about pairs."""

    found: tuple[Found, ...]
    text: str
    reader: HanReader

    def judge(self, items: Sequence[Item], together: Sequence[Sequence[int]]) -> Judged:
        """Relations of pairs of a sentence. The class of a name is that of its own words: none is told."""
        return self.reader.pairs.judge(self.text, items, together, self.reader.lexicon)
