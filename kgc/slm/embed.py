"""The built-in embedder: a frozen all-MiniLM-L6-v2 in the English package, run by onnxruntime in one thread.

What a package holds in `embedder/` (written by `kgc.slm.train.embedder`): `config.json` (`pieces`, `width`,
`languages`), and `embedder.onnx`: `inputs_embeds` f32 [b, s, width], `mask` i64 [b, s] -> `vectors` f32 [b, width].
Tokenizer and word table are those of `encoder/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from kgc.data import content_id
from kgc.data.encodable import encodable
from kgc.errors import KgcError
from kgc.slm.encoder import session
from kgc.slm.graphs import outputs
from kgc.slm.package import check, folder, meta

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FILES: Final = (
    "embedder/config.json", "embedder/embedder.onnx",
    "encoder/tokenizer.json", "encoder/words.npy", "encoder/words_scale.npy",
)  # fmt: skip
LETTERS: Final = 4096
"""Code points of a text that are looked at: more than the most pieces ever hold of prose."""
BATCH: Final = 256
"""Word pieces that are read at once, padding included: what fits the caches; larger batches are slower."""


@dataclass(frozen=True, slots=True)
class BuiltinEmbedder:
    """`Embedder` by the weights of kgc-model-en. It reads English; what is mostly other letters has no vector."""

    name: str
    languages: frozenset[str]
    pieces: int
    tokenizer: Tokenizer
    marks: tuple[int, int, int]
    table: NDArray[np.int8]
    scales: NDArray[np.float32]
    graph: InferenceSession

    @staticmethod
    def load(package: Path | None = None) -> BuiltinEmbedder:
        """Check and load it. Raises `KgcError` with what to install."""
        from tokenizers import Tokenizer  # noqa: PLC0415

        path = package or folder("en")
        name = checked(path)
        config = json.loads((path / "embedder" / "config.json").read_text(encoding="utf-8"))
        tokenizer = Tokenizer.from_file(str(path / "encoder" / "tokenizer.json"))
        first, last, unknown = (tokenizer.token_to_id(mark) or 0 for mark in ("[CLS]", "[SEP]", "[UNK]"))
        return BuiltinEmbedder(
            name, frozenset(config["languages"]), config["pieces"], tokenizer, (first, last, unknown),
            np.load(path / "encoder" / "words.npy", mmap_mode="r"), np.load(path / "encoder" / "words_scale.npy"),
            session(path / "embedder" / "embedder.onnx"),
        )  # fmt: skip

    @property
    def dimensions(self) -> int:
        return int(self.table.shape[1])

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As `Embedder.embed`; texts of a like length are read together."""
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        sound = [encodable(t[:LETTERS]) for t in texts]  # a lone surrogate is no text there
        encoded = self.tokenizer.encode_batch(sound, add_special_tokens=False)
        ids = {n: e.ids[: self.pieces - 2] for n, e in enumerate(encoded) if self.readable(e.ids)}
        for batch in batches(ids):
            vectors[batch] = self._run([ids[n] for n in batch])
        return vectors

    def readable(self, ids: Sequence[int]) -> bool:
        """Whether most of the pieces are known ones."""
        return len(ids) > 2 * ids.count(self.marks[2])

    def _run(self, texts: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        most = max(map(len, texts)) + 2
        first, last, _ = self.marks
        pieces = np.zeros((len(texts), most), np.int64)
        mask = np.zeros((len(texts), most), np.int64)
        for row, ids in enumerate(texts):
            pieces[row, : len(ids) + 2] = [first, *ids, last]
            mask[row, : len(ids) + 2] = 1
        embeds = self.table[pieces].astype(np.float32) * self.scales[pieces][:, :, None]
        return outputs(self.graph, ("vectors",), {"inputs_embeds": embeds, "mask": mask})[0]


def batches(ids: dict[int, list[int]]) -> Iterator[list[int]]:
    """The numbers of texts in groups of a like length, none with more pieces than BATCH (a single text aside)."""
    group: list[int] = []
    for n in sorted(ids, key=lambda n: len(ids[n])):
        if group and (len(group) + 1) * (len(ids[n]) + 2) > BATCH:
            yield group
            group = []
        group.append(n)
    if group:
        yield group


def checked(path: Path) -> str:
    """The embedder's name, after its files were compared with what was packed. Raises `KgcError`."""
    about = meta(path)
    sums = about.get("files")
    packed = {n: str(sums[n]) for n in FILES if n in sums} if isinstance(sums, dict) else {}
    if len(packed) < len(FILES):
        raise KgcError(
            "The installed kgc-model-en has no embedder.", "Install a newer one: pip install -U kgc-model-en"
        )
    check(path, {"lang": about.get("lang"), "files": packed})
    return f"builtin:{content_id(*packed.values())[:12]}"
