"""The training loop: other names every epoch, list cues hidden now and then, the best epoch on dev is kept."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, Optimizer, fix_random_seed

from kgc.slm.cues import mark
from kgc.slm.lexicon import Lexicon, read_lexicon
from kgc.slm.train.invent import passages
from kgc.slm.train.pack import pack
from kgc.slm.train.pipeline import blank
from kgc.slm.train.records import Record, Splits, chinese, english
from kgc.slm.train.score import Counts, score
from kgc.slm.train.swap import Names, pools, swapped
from kgc.slm.train.trust import trust


@dataclass(frozen=True, slots=True)
class Plan:
    data: Path
    out: Path
    lang: str
    seed: int = 1
    epochs: int = 14
    batch: int = 16

    @property
    def package(self) -> Path:
        return self.out / f"kgc_model_{self.lang}"


def fit(plan: Plan, say: Callable[[str], None]) -> None:
    """Train, score and write the package; with no epochs, score and pack the weights that are there."""
    fix_random_seed(plan.seed)
    dice = random.Random(plan.seed)  # noqa: S311
    splits = english(plan.data) if plan.lang == "en" else chinese(plan.data)
    lexicon = read_lexicon(plan.package / "lexicon.tsv", plan.lang)
    names = pools(lexicon, splits.train, han=plan.lang == "zh")
    nlp = blank(plan.lang)
    for label in ("PER", "ORG", "LOC"):
        nlp.get_pipe("ner").add_label(label)  # type: ignore[attr-defined]
    first = list(examples(nlp, splits.train[:200], lexicon, names, dice, copies=False))
    optimizer = nlp.initialize(lambda: first, sgd=Adam(0.001, L2=0.01, grad_clip=1.0, use_averages=True))
    best = -1.0
    for epoch in range(1, plan.epochs + 1):
        optimizer.learn_rate = 0.0001 + 0.0009 * (1 + math.cos(math.pi * (epoch - 1) / plan.epochs)) / 2
        made = tuple(passages(lexicon, dice, 700)) if plan.lang == "en" else ()
        data = list(examples(nlp, (*splits.train, *made), lexicon, names, dice, copies=True))
        dice.shuffle(data)
        loss = one_epoch(nlp, optimizer, data, plan.batch)
        with nlp.use_params(optimizer.averages):
            found = score(nlp, splits.dev, lexicon)
            say(f"epoch {epoch} loss {loss:.0f} dev {found['all']}")
            if found["all"].f1 > best:
                best = found["all"].f1
                nlp.to_disk(plan.package / "pipeline", exclude=["vocab"])
    measure(plan, splits, lexicon)
    pack(plan.package, plan.lang, plan.seed, report(plan, splits, lexicon, say))


def measure(plan: Plan, splits: Splits, lexicon: Lexicon) -> None:
    measured = trust(spacy.load(plan.package / "pipeline"), splits.dev, lexicon, plan.lang)
    (plan.package / "trust.json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")


def report(plan: Plan, splits: Splits, lexicon: Lexicon, say: Callable[[str], None]) -> dict[str, dict[str, Counts]]:
    nlp = spacy.load(plan.package / "pipeline")
    scores = {name: score(nlp, records, lexicon) for name, records in {"dev": splits.dev, **splits.test}.items()}
    for name, found in scores.items():
        say(f"{name}: " + ", ".join(f"{label} {counts}" for label, counts in found.items()))
    return scores


def examples(
    nlp: Language, records: Sequence[Record], lexicon: Lexicon, names: Names, dice: random.Random, *, copies: bool
) -> Iterator[Example]:
    """Each record, sometimes with other names; in `copies` mode list cues are hidden for some tokens."""
    for record in records:
        changed = swapped(record, names, dice) if copies and dice.random() < 0.35 else record
        doc = nlp.make_doc(changed.text)
        if len(doc) < 2:
            continue
        hide = hidden(doc, changed, dice) if copies else ()
        gold = doc.copy()
        found = [doc.char_span(s, e, label, alignment_mode="contract") for s, e, label in changed.spans]
        gold.ents = [span for span in found if span]
        yield Example(mark(doc, lexicon, hide=hide), gold)


def hidden(doc: Doc, record: Record, dice: random.Random) -> list[bool]:
    """Tokens without list cues: whole names a quarter of the time, other tokens one in ten."""
    flags = [dice.random() < 0.1 for _ in doc]
    for start, end, _ in record.spans:
        hide = dice.random() < 0.25
        for token in doc.char_span(start, end, alignment_mode="expand") or ():
            flags[token.i] = hide
    return flags


def one_epoch(nlp: Language, optimizer: Optimizer, data: list[Example], size: int) -> float:
    losses: dict[str, float] = {}
    for start in range(0, len(data), size):
        nlp.update(data[start : start + size], sgd=optimizer, drop=0.25, losses=losses)
    return losses["ner"]
