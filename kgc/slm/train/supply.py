"""The examples of an epoch: sets as often as the recipe says, other names, spacing as in print or as tokenised."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

from kgc.slm.lexicon import Lexicon
from kgc.slm.train.examples import Example
from kgc.slm.train.filling import fill, filled
from kgc.slm.train.markup import Template, read_passages
from kgc.slm.train.naming import Sampled, sampled
from kgc.slm.train.passages import example, read_free
from kgc.slm.train.recipe import Stage
from kgc.slm.train.renamed import renamed, shouted
from kgc.slm.train.sources import TRAIN, printed
from kgc.slm.train.treebank import treebank

HELD_OUT: Final = 12
"""One of so many annotated passages is kept for development."""
PRINTED: Final = 0.7
"""Share of tokenised texts that are set as in print."""


@dataclass(frozen=True, slots=True)
class Supply:
    """Everything there is to learn from. `sets` by name; templates are filled anew each epoch."""

    sets: dict[str, list[Example]]
    templates: list[Template]
    lexicon: Lexicon
    names: Sampled

    def epoch(self, stage: Stage, dice: random.Random) -> list[Example]:
        """In random order."""
        found: list[Example] = []
        for name, times in stage.data.items():
            if name == "templates":
                count = round(len(self.templates) * times)
                found += [example(p) for p in filled(self.templates, count, self.names, dice.randrange(1 << 30), 3)]
                continue
            pool = self.sets.get(name, [])
            for copy in range(int(times)):
                found += (self.changed(e, stage, dice, again=copy > 0) for e in pool)
            part = round((times - int(times)) * len(pool))
            found += (self.changed(e, stage, dice, again=times > 1) for e in dice.sample(pool, part))
        dice.shuffle(found)
        return [shouted(e, dice) for e in found]

    def changed(self, given: Example, stage: Stage, dice: random.Random, *, again: bool) -> Example:
        shown = printed(given) if given.source not in ("own", "user") and dice.random() < PRINTED else given
        if dice.random() < (0.8 if again else stage.renamed):
            return renamed(shown, self.names, self.lexicon, dice)
        return shown


def gather(data: Path, lexicon: Lexicon, user: Sequence[Example]) -> tuple[Supply, list[Example]]:
    """What is trained on, and the annotated passages that are held out."""
    names = sampled(lexicon)
    kept, dev = annotated(names)
    sets = {name: list(read(data)) for name, read in TRAIN.items()}
    sets["treebank"], sets["own"], sets["user"] = list(treebank(data)), kept, list(user)
    return Supply(sets, passages()[1], lexicon, names), dev


def annotated(names: Sampled) -> tuple[list[Example], list[Example]]:
    """Our annotated passages: those that are trained on, and those that are held out."""
    own, _ = passages()
    dice = random.Random(0)  # noqa: S311  only wordings of choices
    kept = [example(fill(t, names, dice)) for t in own if not held_out(t)]
    return kept, [example(fill(t, names, dice), "own") for t in own if held_out(t)]


def passages() -> tuple[list[Template], list[Template]]:
    """Annotated passages and templates of the English files."""
    folder = Path(str(resources.files("kgc.slm.train"))) / "data"
    lines = [t for path in sorted(folder.glob("*_en_*.txt")) for t in read_passages(path)]
    lines += [t for path in sorted((folder / "more").glob("*_en.txt")) for t in read_free(path)]
    return [t for t in lines if t.annotated], [t for t in lines if not t.annotated]


def held_out(template: Template) -> bool:
    """By its text, so that adding passages moves none."""
    text = "".join(str(p) for p in template.parts)
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % HELD_OUT == 0
