"""The tagger and parser of the English model package, as a small file: found, checked, loaded.

Tables are kept as bytes with a scale a row, other weights in half precision: 4 and 2 times smaller than spaCy's own.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import numpy as np
import srsly  # type: ignore[import-untyped]

from kgc.data.encodable import encodable
from kgc.errors import KgcError
from kgc.slm.lemmas import Lemmas

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import TrainablePipe
    from spacy.tokens import Doc

LONGEST: Final = 1000
"""Sentences beyond this (code points) are lists or broken text: they are not parsed."""
ROWS_FROM: Final = 500
"""A matrix of so many rows is an embedding table."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What reads the grammar of English sentences."""

    nlp: Language
    lemmas: Lemmas
    version: str

    @classmethod
    def read(cls, folder: Path) -> Grammar:
        """Load `folder`, the `parser` of the model package. Raises `KgcError` when it is not there."""
        model, verbs = folder / "model.msgpack", folder / "verbs.tsv"
        if not (model.is_file() and verbs.is_file()):
            raise KgcError(
                f"The model package at {folder.parent} has no parser, which open facts are read with.",
                "Install a newer kgc-model-en, or leave out --open.",
            )
        raw = model.read_bytes()
        lemmas = Lemmas.read(verbs.read_text(encoding="utf-8"))
        return cls(unpack(raw), lemmas, version_of(folder))

    def parse(self, sentences: Iterable[str]) -> Iterator[Doc]:
        """One parsed `Doc` a sentence, in order. Their texts are the sentences, letter by letter.

        A lone surrogate, which no encoding can hold, is a question mark there.
        """
        sound = map(encodable, sentences)
        return self.nlp.pipe(sound, batch_size=64)


def version_of(folder: Path) -> str:
    """A hash of the parser's files, "missing" where there are none."""
    files = [folder / "model.msgpack", folder / "verbs.tsv"]
    if not all(f.is_file() for f in files):
        return "missing"
    return sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:12]


def pack(nlp: Language) -> bytes:
    """The pipeline as one file, its weights made small. What is read back differs from it by rounding only."""
    parts = {
        name: _told(cast("TrainablePipe", component).to_bytes(exclude=["vocab"]), small)
        for name, component in nlp.pipeline
    }
    return bytes(srsly.msgpack_dumps({"config": nlp.config.to_str(), "parts": parts}))


def unpack(raw: bytes) -> Language:
    """The pipeline that `pack` wrote."""
    import spacy  # noqa: PLC0415  heavy, and only needed once a sentence is parsed
    from thinc.api import Config  # noqa: PLC0415

    saved = srsly.msgpack_loads(raw)
    assert isinstance(saved, dict)  # what `pack` wrote
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nlp = spacy.util.load_model_from_config(Config().from_str(saved["config"]), auto_fill=False)
        for name, component in nlp.pipeline:
            cast("TrainablePipe", component).from_bytes(_told(saved["parts"][name], large))
    for label in nlp.get_pipe("tagger").labels:  # type: ignore[attr-defined]
        nlp.vocab.strings.add(label)
    return nlp


def _told(raw: bytes, change: Callable[[object], object]) -> bytes:
    """A component's bytes with the arrays of its model changed."""
    component = srsly.msgpack_loads(raw)
    assert isinstance(component, dict)
    model = srsly.msgpack_loads(component["model"])
    assert isinstance(model, dict)
    model["params"] = [{k: change(v) for k, v in node.items()} for node in model["params"]]
    component["model"] = srsly.msgpack_dumps(model)
    return bytes(srsly.msgpack_dumps(component))


def small(weights: object) -> object:
    if not isinstance(weights, np.ndarray):
        return weights
    if weights.ndim == 2 and len(weights) >= ROWS_FROM:
        scale = np.maximum(np.abs(weights).max(axis=1, keepdims=True), 1e-8) / 127
        return {"rows": np.round(weights / scale).astype(np.int8), "scale": scale.astype(np.float32)}
    return weights.astype(np.float16)


def large(kept: object) -> object:
    if isinstance(kept, dict):
        return kept["rows"].astype(np.float32) * kept["scale"]
    return kept.astype(np.float32) if isinstance(kept, np.ndarray) and kept.dtype == np.float16 else kept
