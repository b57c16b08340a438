"""Train the relations between Chinese names and values (`pairs.npz`) on our annotated passages.

    python -m kgc.slm.train.han_pairs --out models/kgc-model-zh [--seed 1]

Comes after `kgc.slm.train.han`. Needs torch, of the extra `train`. Deterministic by seed. One of twelve passages is
held out to calibrate and to set the thresholds; `sentences_zh_fresh.txt` is only scored.
"""

# mypy: disable-error-code="import-not-found, import-untyped, misc, no-untyped-call, no-any-return, unused-ignore"
# torch is no dependency: where it is not installed, its classes are unknown to the type checker.

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from kgc.slm.decode import log_softmax
from kgc.slm.han_names import read_script
from kgc.slm.han_pairs import HanPairs
from kgc.slm.lexicon import read_lexicon
from kgc.slm.train.han_supply import NONE, Pair, gather, score
from kgc.slm.train.measure import coolest, limits
from kgc.slm.train.pack import seal

WIDTH: Final = 32
HIDDEN: Final = 64
EPOCHS: Final = 14
BATCH: Final = 128
RATE: Final = 3e-3
SEEN: Final = 4
"""A feature counts when it is seen in so many pairs."""
DROPPED: Final = 0.25
"""Share of the features of a pair that are hidden, drawn anew each time."""


class Net(nn.Module):
    """Rows of features summed, two layers."""

    def __init__(self, count: int, classes: int) -> None:
        super().__init__()
        self.rows = nn.EmbeddingBag(count, WIDTH, mode="sum")
        nn.init.normal_(self.rows.weight, std=0.05)
        self.bias = nn.Parameter(torch.zeros(WIDTH))
        self.inner, self.outer = nn.Linear(WIDTH, HIDDEN), nn.Linear(HIDDEN, classes)
        self.dropout = nn.Dropout(0.2)

    def forward(self, codes: Tensor, starts: Tensor) -> Tensor:
        x = self.dropout(torch.relu(self.rows(codes, starts) + self.bias))
        return self.outer(self.dropout(torch.relu(self.inner(x))))


def train(pairs: Sequence[Pair], seed: int) -> HanPairs:
    """The network of these pairs, rounded to int8."""
    torch.manual_seed(seed)
    dice = random.Random(seed)  # noqa: S311  repeatable, not secret
    counts = Counter(code for p in pairs for code in p.bag)
    keys = np.array(sorted(c for c, n in counts.items() if n >= SEEN), np.uint32)
    number = {int(k): i for i, k in enumerate(keys)}
    relations = (NONE, *sorted({p.relation for p in pairs} - {NONE}))
    column = {name: i for i, name in enumerate(relations)}
    rows = [([number[c] for c in p.bag if c in number], column[p.relation]) for p in pairs]
    net = Net(len(keys), len(relations))
    adam = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.05)
    steps, at = EPOCHS * (len(rows) // BATCH + 1), 0
    for epoch in range(EPOCHS):
        dice.shuffle(rows)
        total = 0.0
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            for group in adam.param_groups:
                group["lr"] = RATE * min(1.0, at / 100) * max(0.0, 1 - at / steps)
            at += 1
            logits = net(*bagged([[c for c in bag if dice.random() >= DROPPED] for bag, _ in batch]))
            loss = nn.functional.cross_entropy(logits, torch.tensor([y for _, y in batch]), label_smoothing=0.02)
            adam.zero_grad()
            loss.backward()
            adam.step()
            total += loss.item() * len(batch)
        sys.stdout.write(f"epoch {epoch + 1}: loss {total / len(rows):.4f}\n")
    return rounded(net.eval(), keys, relations)


def bagged(bags_: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    starts = np.cumsum([0, *(len(b) for b in bags_[:-1])])
    return torch.tensor([c for b in bags_ for c in b]), torch.from_numpy(starts)


def rounded(net: Net, keys: NDArray[np.uint32], relations: tuple[str, ...]) -> HanPairs:
    """Features that are seen whole count a quarter more than those of training, of which a share was hidden."""
    table = net.rows.weight.detach().numpy() * (1 - DROPPED)
    scales = np.maximum(np.abs(table).max(1), 1e-6).astype(np.float32) / np.float32(127)
    parts = (net.bias, net.inner.weight.T, net.inner.bias, net.outer.weight.T, net.outer.bias)
    bias, inner, inner_bias, outer, outer_bias = (p.detach().numpy().astype(np.float32) for p in parts)
    whole = np.rint(table / scales[:, None]).astype(np.int8)
    return HanPairs(relations, {}, 1.0, keys, whole, scales, bias, inner, inner_bias, outer, outer_bias)


def calibrated(model: HanPairs, held: Sequence[Pair]) -> HanPairs:
    """With the temperature and the thresholds of held-out pairs."""
    logits = model.logits([p.bag for p in held])
    some = [(row, p.relation) for row, p in zip(logits, held, strict=True) if row.argmax()]

    def said(temperature: float) -> Iterator[tuple[float, bool]]:
        for row, relation in some:
            chance = np.exp(log_softmax(row[None], temperature))[0]
            yield float(chance.max()), model.relations[int(chance.argmax())] == relation

    temperature = coolest(said)
    found: dict[str, list[tuple[float, bool]]] = {}
    for row, pair in zip(np.exp(log_softmax(logits, temperature)), held, strict=True):
        best = int(row[1:].argmax()) + 1
        found.setdefault(model.relations[best][:-1], []).append(
            (float(row[best]), model.relations[best] == pair.relation)
        )
    return replace(model, temperature=temperature, thresholds=limits(found))


def write(model: HanPairs, package: Path, seed: int, scores: dict[str, dict[str, float]]) -> None:
    """Write `pairs.npz`, its scores beside those of names, and the checksums."""
    about = {"relations": model.relations, "thresholds": model.thresholds, "temperature": model.temperature}
    np.savez_compressed(
        package / "pairs.npz", about=np.array(json.dumps(about)), keys=model.keys, rows=model.rows, scales=model.scales,
        bias=model.bias, inner=model.inner, inner_bias=model.inner_bias, outer=model.outer, outer_bias=model.outer_bias,
    )  # fmt: skip
    path = package / "scores.json"
    table = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    table["relations given names"] = scores
    path.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    seal(package, "zh", seed)


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the relations between Chinese names and values.")
    parser.add_argument("--out", type=Path, required=True, help="the model package, models/kgc-model-zh")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    package = options.out / "kgc_model_zh"
    lexicon, script = read_lexicon(package / "lexicon.tsv", "zh"), read_script(package / "script.tsv")
    learned, held, fresh = gather(lexicon, script)
    sys.stdout.write(f"{len(learned)} pairs, {sum(p.relation != NONE for p in learned)} with a relation\n")
    model = calibrated(train(learned, options.seed), held)
    sets = {"own passages, held out": held, "written after the rules": fresh}
    scores = {name: score(model, pairs) for name, pairs in sets.items()}
    scores |= {f"{name}, thresholds": score(model, pairs, strict=True) for name, pairs in sets.items()}
    for name, row in scores.items():
        sys.stdout.write(f"{name}: {row}\n")
    write(model, package, options.seed, scores)


if __name__ == "__main__":
    main()
