"""Run an exported package in training: predictions of its own int8 graphs, to score and to calibrate."""

# mypy: disable-error-code="import-not-found, import-untyped"

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from tokenizers import Tokenizer

from kgc.slm.bits import FEATURES
from kgc.slm.lexicon import Lexicon
from kgc.slm.train.encode import Encoded, Reader

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession


@dataclass(frozen=True, slots=True)
class Output:
    """Logits of a window's words, pairs and arguments."""

    words: NDArray[np.float32]
    pairs: NDArray[np.float32]
    classes: NDArray[np.float32]


class Judge(Protocol):
    """A model in training or an exported one: what it says of windows, whose pairs are of their own arguments."""

    @property
    def reader(self) -> Reader: ...

    def outputs(self, windows: Sequence[Encoded]) -> Iterator[Output]: ...


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of `encoder/`."""

    config: dict[str, list[str]]
    rows: NDArray[np.float32]
    encoder: InferenceSession
    pairs: InferenceSession
    reader: Reader

    def outputs(self, windows: Sequence[Encoded]) -> Iterator[Output]:
        """One window at a time."""
        for window in windows:
            size = len(window.pieces)
            features = np.zeros((1, size, FEATURES), np.float32)
            features[0, window.firsts] = window.features
            mask = np.ones((1, size), np.int64)
            feed = {"inputs_embeds": self.rows[window.pieces][None], "features": features, "mask": mask}
            logits, hidden = self.encoder.run(["logits", "hidden"], feed)
            relations = np.zeros((0, len(self.config["relations"])), np.float32)
            classes = np.zeros((0, len(self.config["classes"])), np.float32)
            if len(window.spans):
                relations, classes = related(self, window, hidden, mask)
            yield Output(logits[0][window.firsts], relations, classes)


def read_package(folder: Path, lexicon: Lexicon) -> Package:
    import onnxruntime  # noqa: PLC0415  heavy

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    first, second = (
        onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
        for name in ("encoder.onnx", "relations.onnx")
    )
    rows = np.load(folder / "words.npy").astype(np.float32) * np.load(folder / "words_scale.npy")[:, None]
    reader = Reader(Tokenizer.from_file(str(folder / "tokenizer.json")), lexicon)
    return Package(json.loads((folder / "config.json").read_text(encoding="utf-8")), rows, first, second, reader)


def related(
    package: Package, window: Encoded, hidden: NDArray[np.float32], mask: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    types = np.zeros_like(mask)
    for (first, last), kind in zip(window.spans, window.types, strict=True):
        types[0, first:last] = kind
    spans = np.column_stack([np.zeros(len(window.spans), np.int64), window.spans])
    pairs = window.pairs if len(window.pairs) else np.zeros((1, 2), np.int64)
    feed = {"hidden": hidden, "mask": mask, "types": types, "spans": spans, "pairs": pairs}
    relations, classes = package.pairs.run(["relations", "classes"], feed)
    return relations[: len(window.pairs)], classes
