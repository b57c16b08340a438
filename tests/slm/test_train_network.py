"""The network and its training, small and random. Needs torch, which is of the extra `train`."""

from __future__ import annotations

import random
import re
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch: pip install 'kgc-toolkit[train]'")

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from kgc.slm.lexicon import Lexicon
from kgc.slm.train.base import Base
from kgc.slm.train.encode import Reader
from kgc.slm.train.examples import CLASSES, DIRECTED, LABELS, Argument, Example
from kgc.slm.train.export import export
from kgc.slm.train.loop import Model, Rates, load, one_epoch, optimizer, save, tensors
from kgc.slm.train.network import Shape
from kgc.slm.train.run import read_package

SHAPE = Shape(layers=1, width=24, hidden=16, pieces=32)
VOCABULARY = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "Dahl": 4, "leads": 5, "Fjordcell": 6, "sleeps": 7}
LEXICON = Lexicon({"Dahl": "l"}, re.compile("Norway"))
NAMES = (Argument(0, 4, "PER"), Argument(11, 20, "ORG"))
DATA = [
    Example("Dahl leads Fjordcell", NAMES, ((0, "LeaderOf", 1, 1.0),), negative=1.0, misc=True),
    Example("Dahl sleeps", (Argument(0, 4, "PER", "Person"),), negative=1.0, misc=True),
]  # fmt: skip


def base() -> Base:
    dice = np.random.default_rng(1)

    def some(*shape: int) -> np.ndarray:
        return (dice.normal(size=shape) * 0.1).astype(np.float32)

    weights = {
        "embeddings.position_embeddings.weight": some(32, 24),
        "embeddings.token_type_embeddings.weight": some(2, 24),
        "embeddings.LayerNorm.weight": np.ones(24, np.float32),
        "embeddings.LayerNorm.bias": some(24),
    }
    sizes = {"attention.self.query": (24, 24), "attention.self.key": (24, 24), "attention.self.value": (24, 24),
             "attention.output.dense": (24, 24), "intermediate.dense": (96, 24), "output.dense": (24, 96)}  # fmt: skip
    for layer in range(2):
        for name, size in sizes.items():
            weights[f"encoder.layer.{layer}.{name}.weight"] = some(*size)
            weights[f"encoder.layer.{layer}.{name}.bias"] = some(size[0])
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            weights[f"encoder.layer.{layer}.{name}.weight"] = np.ones(24, np.float32)
            weights[f"encoder.layer.{layer}.{name}.bias"] = some(24)
    table = dice.integers(-127, 127, (len(VOCABULARY), 24)).astype(np.int8)
    return Base(
        Tokenizer(WordLevel(VOCABULARY, unk_token="[UNK]")), table, np.full(len(VOCABULARY), 0.01, np.float32), weights
    )


def trained(epochs: int) -> tuple[Model, torch.optim.AdamW, Reader, list[float]]:
    torch.manual_seed(1)
    made = base()
    model = Model(SHAPE, made)
    reader = Reader(made.tokenizer, LEXICON, 32)
    adam = optimizer(model, Rates(layers=1e-3, heads=5e-3))
    windows = [reader.read(e) for e in DATA]
    dice = random.Random(1)
    lost = [sum(one_epoch(model, adam, windows, 64, Rates(), (0.1, 0.2), dice, print)) for _ in range(epochs)]
    return model, adam, reader, lost


def test_what_is_learned_is_found_by_the_exported_graphs(tmp_path: Path) -> None:
    model, _, reader, lost = trained(60)
    assert lost[-1] < lost[0] / 3
    export(model, base(), SHAPE, tmp_path / "encoder")
    package = read_package(tmp_path / "encoder", LEXICON)
    window = reader.read(DATA[0])
    [out] = package.outputs([window])
    assert [LABELS[i] for i in out.words.argmax(1)] == ["B-PER", "O", "B-ORG"]
    assert DIRECTED[int(out.pairs[0].argmax())] == "LeaderOf>"
    assert out.classes.shape == (2, len(CLASSES))


def test_the_same_seed_gives_the_same_losses() -> None:
    assert trained(2)[3] == trained(2)[3]


def test_a_state_is_taken_up_again(tmp_path: Path) -> None:
    model, adam, reader, _ = trained(2)
    save(tmp_path / "state.pt", model, adam, 2, [{"epoch": 2.0}])
    other = Model(SHAPE, base())
    again = optimizer(other, Rates())
    assert load(tmp_path / "state.pt", other, again) == (2, [{"epoch": 2.0}])
    batch = tensors([reader.read(DATA[0])])
    model.eval()
    other.eval()
    assert torch.equal(model.embed(batch)[0], other.embed(batch)[0])
