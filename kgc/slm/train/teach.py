"""The training itself: stages and epochs, a state after each, the package and its report at the end. Needs torch."""

# mypy: disable-error-code="import-not-found, import-untyped, misc, no-untyped-call, no-any-return, unused-ignore"
# torch is no dependency: where it is not installed, its classes are unknown to the type checker.

from __future__ import annotations

import json
import random
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from kgc.slm.lexicon import read_lexicon
from kgc.slm.package import folder
from kgc.slm.train import loop
from kgc.slm.train.base import read_base
from kgc.slm.train.encode import Encoded, Reader
from kgc.slm.train.examples import Example
from kgc.slm.train.export import export
from kgc.slm.train.measure import facts, names
from kgc.slm.train.network import Shape
from kgc.slm.train.recipe import Recipe
from kgc.slm.train.report import finish
from kgc.slm.train.run import Output
from kgc.slm.train.sources import DEV
from kgc.slm.train.supply import gather

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Trained:
    """The model in training as a judge of windows."""

    model: loop.Model
    reader: Reader

    def outputs(self, windows: Sequence[Encoded]) -> Iterator[Output]:
        self.model.eval()
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            for window in windows:
                t = loop.tensors([window])
                words, hidden = self.model.embed(t)
                pairs = t.pairs if len(t.pairs) else torch.zeros((1, 2), dtype=torch.int64)
                relations, classes = words[:0], words[:0]
                if len(t.spans):
                    relations, classes = self.model.pairs(hidden, t.mask, t.types, t.spans, pairs)
                found = [x.float().numpy() for x in (words, relations[: len(t.pairs)], classes)]
                yield Output(found[0], found[1], found[2])


def teach(recipe: Recipe, *, data: Path, user: Sequence[Example], out: Path, resume: bool, say: Say) -> None:
    """See `kgc.slm.train.recipe.train`."""
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    torch.use_deterministic_algorithms(True, warn_only=True)
    state = out.with_name(f"{out.name}-training")
    state.mkdir(parents=True, exist_ok=True)
    out.mkdir(parents=True, exist_ok=True)
    if not (out / "lexicon.tsv").is_file():
        shutil.copy(folder("en") / "lexicon.tsv", out / "lexicon.tsv")
    lexicon = read_lexicon(out / "lexicon.tsv", "en")
    base, shape = read_base(), shape_of(recipe)
    reader = Reader(base.tokenizer, lexicon, shape.pieces)
    model = loop.Model(shape, base)
    history = learn(recipe, Trained(model, reader), data, user, state, say, resume=resume)
    export(model, base, shape, out / "encoder")
    finish(recipe, out, lexicon, data, history, say)


def shape_of(recipe: Recipe) -> Shape:
    net = recipe.network
    return Shape(net.layers, 384, net.hidden, net.pieces, net.dropout)


def learn(
    recipe: Recipe, trained: Trained, data: Path, user: Sequence[Example], state: Path, say: Say, *, resume: bool
) -> list[dict[str, float]]:
    """All stages; the history has a row an epoch."""
    model, rates = trained.model, loop.Rates(recipe.layers, recipe.heads, pairs=recipe.pairs, classes=recipe.classes)
    adam = loop.optimizer(model, rates)
    saved = state / "state.pt"
    done, history = loop.load(saved, model, adam) if resume and saved.is_file() else (0, [])
    supply, held = gather(data, trained.reader.lexicon, user)
    dev = {name: list(read(data)) for name, read in DEV.items()}
    say(f"{sum(map(len, supply.sets.values()))} examples, {len(supply.templates)} templates; {done} epochs done")
    epoch = 0
    for number, stage in enumerate(recipe.stages):
        for i in range(stage.epochs):
            epoch += 1
            if epoch <= done:
                continue
            start = time.monotonic()
            dice = random.Random(f"{recipe.seed}.{epoch}")  # noqa: S311  repeatable, not secret
            torch.manual_seed(recipe.seed * 1000 + epoch)
            for group in adam.param_groups:
                group["top"] = stage.rate * (recipe.layers if group is adam.param_groups[0] else recipe.heads)
            windows = encoded(trained.reader, stage.hide, supply.epoch(stage, dice), dice)
            part = (i / stage.epochs, (i + 1) / stage.epochs)
            lost = loop.one_epoch(model, adam, windows, stage.batch, rates, part, dice, say)
            row = {"stage": number + 1, "epoch": epoch, "names": lost[0], "pairs": lost[1], "classes": lost[2],
                   **scores(trained, dev, held), "seconds": time.monotonic() - start}  # fmt: skip
            history.append({k: round(float(v), 4) for k, v in row.items()})
            loop.save(saved, model, adam, epoch, history)
            (state / "history.json").write_text(json.dumps(history, indent=1) + "\n", encoding="utf-8")
            say(f"epoch {epoch}: " + " ".join(f"{k} {v:g}" for k, v in history[-1].items()))
    return history


def encoded(reader: Reader, hide: float, examples: Sequence[Example], dice: random.Random) -> list[Encoded]:
    return [w for e in examples if len((w := reader.read(e, hide=hide, dice=dice)).firsts)]


def scores(trained: Trained, dev: dict[str, list[Example]], held: list[Example]) -> dict[str, float]:
    """Strict F1 of names by set, and of relations between given names, on what chooses and calibrates."""
    found = {f"dev {name}": names(trained, examples).row()["f1"] for name, examples in dev.items()}
    found["dev own"] = names(trained, held).row()["f1"]
    found["dev relations"] = facts(trained, dev["redocred"]).row()["f1"]
    found["dev own relations"] = facts(trained, held).row()["f1"]
    found["mean"] = float(np.mean(list(found.values())))
    return found
