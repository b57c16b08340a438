"""Train the Chinese entity model and write it into its package.

    python -m kgc.slm.train.han --data $KGC_DATA --recipe models/recipe_zh.toml --out models/kgc-model-zh

Needs the extra `train`. Deterministic: one core, no drawing but by the recipe's seed. Writes `words.npz`, `script.tsv`,
`crf.npz`, `scores.json` and `meta.json`.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from kgc.slm.crf import NEVER, Crf, allowed
from kgc.slm.found import KIND_OF
from kgc.slm.han_features import features_of
from kgc.slm.han_words import HanWords, read_words
from kgc.slm.lexicon import read_lexicon
from kgc.slm.train.balance import DATA
from kgc.slm.train.han_lists import make_script, make_words, script
from kgc.slm.train.han_score import best_temperature, report
from kgc.slm.train.markup import Mention, read_passages
from kgc.slm.train.pack import pack
from kgc.slm.train.records import Record, Splits, plain, rows
from kgc.slm.train.supply import held_out
from kgc.slm.train.swap import Names, pools, swapped

KINDS: Final = ("PER", "ORG", "LOC")
LABELS: Final = ("O", *(f"{tag}-{kind}" for kind in KINDS for tag in "BIES"))
FRESH: Final = DATA / "sentences_zh_fresh.txt"
"""Passages that are only scored."""
OURS: Final = tuple(file for file in sorted(DATA.glob("sentences_zh*.txt")) if file != FRESH)
BROKEN: Final = "batch-0100-"
"""In these rows of the source the labels stand beside their names (a shift of some words)."""
LETTERS: Final = {"P": "PER", "O": "ORG", "L": "LOC"}


@dataclass(frozen=True, slots=True)
class Recipe:
    """What training does; see `models/recipe_zh.toml`."""

    seed: int
    rounds: int
    l1: float
    l2: float
    least: int
    copies: int
    share: float
    ours: int
    held: float


class Tagger(Protocol):
    """What of `pycrfsuite` is used after training."""

    def open(self, name: str) -> object: ...
    def info(self) -> Info: ...


class Info(Protocol):
    """The weights by name."""

    transitions: dict[tuple[str, str], float]
    state_features: dict[tuple[str, str], float]


def read_recipe(path: Path) -> Recipe:
    return Recipe(**tomllib.loads(path.read_text(encoding="utf-8")))


def splits(data: Path, held: float) -> Splits:
    """UNER's train file, its last part held out to calibrate on; its published dev file is only scored."""
    every = rows(data / "ner/uner_zh_gsdsimp/train.jsonl")
    train = [plain(r) for r in every if not str(r["id"]).startswith(BROKEN)]
    border = round(len(train) * (1 - held))
    test = tuple(plain(r) for r in rows(data / "ner/uner_zh_gsdsimp/dev.jsonl"))
    return Splits(tuple(train[:border]), tuple(train[border:]), {"uner_zh_gsdsimp dev": test})


def ours(table: Mapping[int, str], *, held: bool = False) -> Iterator[Record]:
    """The annotated passages of our own, or those that are held out, in simplified script.

    Neighbouring places are one name, as UNER has it.
    """
    for passage in (p for file in OURS for p in read_passages(file) if held_out(p) == held):
        text = ""
        found: list[tuple[int, int, str]] = []
        for part in passage.parts:
            words = part.surface or "" if isinstance(part, Mention) else str(part)
            kind = LETTERS.get(KIND_OF.get(part.kind, ""), "") if isinstance(part, Mention) else ""
            if kind and found and kind == "LOC" == found[-1][2] and found[-1][1] == len(text):
                found[-1] = (found[-1][0], len(text) + len(words), kind)
            elif kind:
                found.append((len(text), len(text) + len(words), kind))
            text += words
        yield Record(text.translate(table), tuple(found))


def labels(record: Record) -> list[str]:
    """The BIOES label of each character."""
    found = ["O"] * len(record.text)
    for start, end, kind in record.spans:
        found[start:end] = [f"I-{kind}"] * (end - start)
        found[start], found[end - 1] = f"B-{kind}", f"E-{kind}"
        if end - start == 1:
            found[start] = f"S-{kind}"
    return found


def train(records: Sequence[Record], words: HanWords, recipe: Recipe) -> Crf:
    """The weights that make the records likeliest (L-BFGS, L1 and L2), features seen at least `least` times."""
    found = features_of([r.text for r in records], words)
    counts: Counter[int] = Counter()
    for rows_ in found:
        counts.update(rows_.ravel().tolist())
    kept = {key for key, count in counts.items() if key and count >= recipe.least}
    suite = import_module("pycrfsuite")
    trainer = suite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({
        "c1": recipe.l1, "c2": recipe.l2, "max_iterations": recipe.rounds, "feature.possible_transitions": True,
        "period": 10, "epsilon": 1e-4,
    })  # fmt: skip
    for record, rows_ in zip(records, found, strict=True):
        trainer.append([[format(k, "x") for k in row if k in kept] for row in rows_.tolist()], labels(record))
    with tempfile.TemporaryDirectory() as folder:
        trainer.train(f"{folder}/crf")
        tagger: Tagger = suite.Tagger()
        tagger.open(f"{folder}/crf")
        return weights(tagger.info())


def weights(info: Info) -> Crf:
    """The trained weights as arrays: int8 with one scale a label; steps that BIOES forbids score `NEVER`."""
    keys = np.array(sorted({int(key, 16) for key, _ in info.state_features}), np.uint64)
    row = {int(key): i for i, key in enumerate(keys)}
    column = {label: i for i, label in enumerate(LABELS)}
    table = np.zeros((len(keys), len(LABELS)), np.float32)
    for (key, label), weight in info.state_features.items():
        table[row[int(key, 16)], column[label]] = weight
    scales = np.maximum(np.abs(table).max(axis=0), 1e-6).astype(np.float32) / np.float32(127)
    small = np.round(table / scales).astype(np.int8)
    some = np.any(small != 0, axis=1)
    steps = [[info.transitions.get((a, b), 0.0) if allowed(a, b) else NEVER for b in LABELS] for a in LABELS]
    first = [0.0 if allowed("", label) else NEVER for label in LABELS]
    last = [0.0 if allowed(label, "") else NEVER for label in LABELS]
    return Crf(
        LABELS, keys[some], small[some], scales, np.array(steps, np.float32), np.array(first, np.float32),
        np.array(last, np.float32),
    )  # fmt: skip


def write_crf(crf: Crf, path: Path) -> None:
    np.savez_compressed(
        path, labels=np.array(crf.labels), keys=crf.keys, weights=crf.weights, scales=crf.scales, steps=crf.steps,
        first=crf.first, last=crf.last, temperature=np.float64(crf.temperature),
    )  # fmt: skip


def material(records: Sequence[Record], own: tuple[Record, ...], names: Names, recipe: Recipe) -> list[Record]:
    """The records, our own passages, and copies of both with other names."""
    dice = random.Random(recipe.seed)  # noqa: S311
    whole = [r for r in (*records, *own * recipe.ours) if r.text.strip()]
    named = [r for r in whole if r.spans]
    return [*whole, *(swapped(r, names, dice, recipe.share) for _ in range(recipe.copies) for r in named)]


def fit(data: Path, recipe: Recipe, out: Path, say: Callable[[str], None]) -> None:
    """Train twice and write the package.

    Without the held-out end of the train file, to calibrate on it; then with it, for the weights that are shipped.
    """
    package = out / "kgc_model_zh"
    lexicon = read_lexicon(package / "lexicon.tsv", "zh")
    table = script()
    make_words(lexicon, table, package)
    make_script(table, package)
    words, parts = read_words(package / "words.npz"), splits(data, recipe.held)
    simpler = {ord(old): new for old, new in table.items()}
    own, held = tuple(ours(simpler)), tuple(ours(simpler, held=True))
    names = pools(lexicon, parts.train, han=True)
    part = train(material(parts.train, own, names, recipe), words, recipe)
    part = replace(part, temperature=best_temperature(part, (*parts.dev, *held), words))
    say(f"temperature {part.temperature}")
    scores = {"held out": report(part, parts.dev, words, say, "held out")}
    whole = train(material((*parts.train, *parts.dev), own, names, recipe), words, recipe)
    say(f"trained: {len(whole.keys)} features")
    whole = replace(whole, temperature=part.temperature)
    write_crf(whole, package / "crf.npz")
    tests = {**parts.test, "own passages, held out": held}
    scores |= {name: report(whole, records, words, say, name) for name, records in tests.items()}
    pack(package, "zh", recipe.seed, scores)


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the Chinese entity model.")
    parser.add_argument("--data", type=Path, required=True, help="the data sets (KGC_DATA)")
    parser.add_argument("--recipe", type=Path, required=True, help="models/recipe_zh.toml")
    parser.add_argument("--out", type=Path, required=True, help="the model package, models/kgc-model-zh")
    options = parser.parse_args()
    fit(options.data, read_recipe(options.recipe), options.out, lambda line: print(line, file=sys.stderr, flush=True))  # noqa: T201


if __name__ == "__main__":
    main()
