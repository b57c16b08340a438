"""The English encoder: two ONNX graphs and one table of word pieces, run by onnxruntime, one thread a session.

What a package holds in `encoder/` (written by `kgc.slm.train`), and what the graphs take:

- `config.json`: `pieces` (most word pieces a window, the two marks at its ends included), `width`, `labels` (BIO, "O"
  first; PER ORG LOC MISC NORP), `classes` (of `schemas/general.py`, and "Misc"), `relations` ("none" first; "BornIn>"
  has its head first in the text, "BornIn<" its tail; symmetric ones have ">" only), `types` (kinds of arguments, ""
  first, values among them), `temperature` {entity, relation}, `thresholds` {relation: least probability}, `features`
  (bits a word), `distance` (most words between the two of a pair), `cls`, `sep`, `unk` (ids of pieces).
- `words.npy` int8 [v, width], `words_scale.npy` float32 [v]: row i of the table is `words[i] * words_scale[i]`.
- `encoder.onnx`: `inputs_embeds` f32 [b, s, width], `features` f32 [b, s, features] (a word's bits at its first piece,
  zero at the others and at the marks), `mask` i64 [b, s] -> `logits` f32 [b, s, labels], `hidden` f32 [b, s, width].
- `relations.onnx`: `hidden` f32 [b, s, width], `mask` i64 [b, s], `types` i64 [b, s] (index into config `types` on
  every piece of an argument, 0 elsewhere), `spans` i64 [n, 3] (window, first piece, last piece + 1), `pairs` i64
  [p, 2] (into `spans`, the one first in the text first) -> `relations` f32 [p, relations], `classes` f32 [n, classes],
  both logits.

Words are those of `kgc.slm.words`; a window is `[CLS] pieces of whole sentences [SEP]`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from kgc.data.encodable import encodable
from kgc.errors import KgcError
from kgc.slm.decode import Scores
from kgc.slm.graphs import outputs

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MOST_PIECES: Final = 12
"""Pieces of one word that are read; what is longer is no word."""
WINDOW: Final = 160
"""Pieces of a window at most: on development data names are found no worse than in longer ones, in less memory."""
REMEMBERED: Final = 1 << 16
"""Words whose pieces are kept."""


@dataclass(frozen=True, slots=True)
class Config:
    """`encoder/config.json`."""

    pieces: int
    labels: tuple[str, ...]
    classes: tuple[str, ...]
    relations: tuple[str, ...]
    entity_temperature: float
    relation_temperature: float
    thresholds: Mapping[str, float]
    distance: int
    types: tuple[str, ...]


def read_config(path: Path) -> Config:
    """Raises `KgcError` when the file is not what it should be."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        warm = raw["temperature"]
        return Config(
            int(raw["pieces"]),
            tuple(raw["labels"]),
            tuple(raw["classes"]),
            tuple(raw["relations"]),
            float(warm["entity"]),
            float(warm["relation"]),
            {str(k): float(v) for k, v in raw["thresholds"].items()},
            int(raw["distance"]),
            tuple(raw["types"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KgcError(f"{path} cannot be read: {error!r}.", "Install kgc-model-en again.") from error


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of single words; those of common words are remembered."""

    tokenizer: Tokenizer
    first: int
    last: int
    unknown: int
    known: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @staticmethod
    def load(path: Path) -> Pieces:
        from tokenizers import Tokenizer  # noqa: PLC0415

        made = Tokenizer.from_file(str(path))
        first, last, unknown = (made.token_to_id(mark) for mark in ("[CLS]", "[SEP]", "[UNK]"))
        if first is None or last is None or unknown is None:
            raise KgcError(f"{path} lacks the marks [CLS], [SEP], [UNK].", "Install kgc-model-en again.")
        return Pieces(made, first, last, unknown)

    def of(self, word: str) -> tuple[int, ...]:
        """At least one piece, at most MOST_PIECES."""
        ids = self.known.get(word)
        if ids is None:
            sound = encodable(word)  # a lone surrogate is no text for the tokenizer
            ids = tuple(self.tokenizer.encode(sound, add_special_tokens=False).ids[:MOST_PIECES]) or (self.unknown,)
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            self.known[word] = ids
        return ids


SLOW: Final = "SkipLayerNormFusion"
"""An optimizer of ONNX Runtime 1.2x whose one node takes four times as long as the two that it replaces."""


def session(path: Path) -> InferenceSession:
    """A session of one thread. The file's checksum was compared before, so what it holds can be read."""
    import onnxruntime  # noqa: PLC0415  heavy, and only needed once a chunk is read

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=[SLOW]
    )


@dataclass(frozen=True, slots=True)
class Encoder:
    """The first graph and what goes into it."""

    config: Config
    pieces: Pieces
    table: NDArray[np.int8]
    scales: NDArray[np.float32]
    graph: InferenceSession

    @staticmethod
    def load(folder: Path) -> Encoder:
        """Raises `KgcError` for a configuration or tokenizer that cannot be read."""
        return Encoder(
            read_config(folder / "config.json"),
            Pieces.load(folder / "tokenizer.json"),
            np.load(folder / "words.npy", mmap_mode="r"),
            np.load(folder / "words_scale.npy"),
            session(folder / "encoder.onnx"),
        )

    @property
    def room(self) -> int:
        """Pieces of a window without its marks."""
        return min(self.config.pieces, WINDOW) - 2

    def run(self, ids: Sequence[Sequence[int]], told: NDArray[np.uint8]) -> Encoded:
        """One window: the pieces of each word, and a row of bits for each."""
        flat = [self.pieces.first, *(piece for word in ids for piece in word), self.pieces.last]
        firsts = np.cumsum([1, *map(len, ids)], dtype=np.int64)[:-1]
        embeds = self.table[flat].astype(np.float32) * self.scales[flat][:, None]
        features = np.zeros((len(flat), told.shape[1]), np.float32)
        features[firsts] = told
        feed = {"inputs_embeds": embeds[None], "features": features[None], "mask": np.ones((1, len(flat)), np.int64)}
        logits, hidden = outputs(self.graph, ("logits", "hidden"), feed)
        return Encoded(logits[0, firsts], hidden, firsts)


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the first graph gave for a window.

    `logits` has a row a word; `hidden` is [1, pieces, width]; `firsts` are the pieces that words begin with.
    """

    logits: Scores
    hidden: Scores
    firsts: NDArray[np.int64]

    def pieces(self, first: int, last: int) -> tuple[int, int]:
        """The pieces of the words `first` to `last` (half-open; at least one word)."""
        end = int(self.firsts[last]) if last < len(self.firsts) else self.hidden.shape[1] - 1
        return int(self.firsts[first]), end
