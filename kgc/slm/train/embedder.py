"""The frozen base model as a package's `embedder/`: six layers, 4-bit matrices, one graph from rows to unit vectors.

`python -m kgc.slm.train.embedder PACKAGE` writes it. It reads the word table of the package's `encoder/`, whose rows
are those of the base model: the training of the encoder leaves them as they are.
"""

# mypy: disable-error-code="import-not-found, import-untyped, misc, no-untyped-call, no-any-return, unused-ignore"
# torch and onnx are no dependencies: where they are not installed, their classes are unknown to the type checker.

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from kgc.errors import KgcError
from kgc.slm.train.base import SHA256, Base, read_base
from kgc.slm.train.markup import Choice, read_passages
from kgc.slm.train.network import Layer, away
from kgc.slm.train.nibbles import Rounded, round_matrix

if TYPE_CHECKING:
    from numpy.typing import NDArray

LAYERS: Final = 6
PIECES: Final = 256
"""Most word pieces of a text, the two marks included: what the base model was trained to read."""
BLOCK: Final = 64
"""Weights that share a scale."""
DATA: Final = Path(__file__).parent / "data"
PARTS: Final = ("qkv", "out", "wide", "narrow")
SMALL: Final = 4096
"""Numbers of a tensor that stays in full precision."""
OPSET: Final = 17


class Sentences(nn.Module):
    """Rows of the word table in; the mean of the last layer at length one out. All of the base model, unchanged."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        places = base.weights["embeddings.position_embeddings.weight"][:PIECES]
        places = places + base.weights["embeddings.token_type_embeddings.weight"][0]
        self.place = nn.Parameter(torch.from_numpy(places.copy()))
        width = places.shape[1]
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.norm.weight.data = torch.from_numpy(base.weights["embeddings.LayerNorm.weight"].copy())
        self.norm.bias.data = torch.from_numpy(base.weights["embeddings.LayerNorm.bias"].copy())
        self.layers = nn.ModuleList(Layer(width, 0.0) for _ in range(LAYERS))
        for number, layer in enumerate(self.layers):
            layer.take(base, number)

    def forward(self, inputs_embeds: Tensor, mask: Tensor) -> Tensor:
        x = self.begin(inputs_embeds)
        bias = away(mask)
        for layer in self.layers:
            x = layer(x, bias)
        weight = mask[:, :, None].float()
        mean = (x * weight).sum(1) / weight.sum(1)
        return mean / mean.norm(dim=1, keepdim=True)

    def begin(self, inputs_embeds: Tensor) -> Tensor:
        """What the first layer reads."""
        embedded: Tensor = self.norm(inputs_embeds + self.place[: inputs_embeds.shape[1]])
        return embedded


def export(package: Path, base: Base, texts: Sequence[str], block: int = BLOCK) -> None:
    """Write `embedder/` of a package, rounded on these texts.

    Raises `KgcError` when the package's word table is another one.
    """
    if not np.array_equal(np.load(package / "encoder" / "words.npy", mmap_mode="r"), base.table):
        raise KgcError(f"{package / 'encoder'} has another word table.", "Write the encoder first.")
    out = package / "embedder"
    out.mkdir(parents=True, exist_ok=True)
    module = Sentences(base).eval()
    matrices = round_all(module, [rows_of(base, text) for text in texts], block)
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        write_full(module, full)
        onnx.save(narrowed(onnx.load(full), matrices, block), out / "embedder.onnx")
    about = {
        "name": "all-MiniLM-L6-v2", "weights": SHA256, "layers": LAYERS, "bits": 4, "block": block, "pieces": PIECES,
        "width": int(base.table.shape[1]), "languages": ["en"],
        "inputs": "inputs_embeds f32 [b,s,width]; mask i64 [b,s] -> vectors f32 [b,width], of length one",
    }  # fmt: skip
    (out / "config.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def rows_of(base: Base, text: str) -> Tensor:
    """A text as the graph reads it, [1, s, width]."""
    first, last = (base.tokenizer.token_to_id(mark) or 0 for mark in ("[CLS]", "[SEP]"))
    ids = base.tokenizer.encode(text, add_special_tokens=False).ids[: PIECES - 2]
    ids = [first, *ids, last]
    return torch.from_numpy(base.table[ids].astype(np.float32) * base.scale[ids][:, None])[None]


def round_all(module: Sentences, texts: Sequence[Tensor], block: int) -> dict[str, Rounded]:
    """Round the matrices layer by layer, each on what the rounded layers before it give; by the name of the product."""
    found: dict[str, Rounded] = {}
    with torch.no_grad():
        states = [module.begin(rows) for rows in texts]
        for number, layer in enumerate(module.layers):
            for part, seen in products(layer, states).items():
                linear = getattr(layer, part)
                rounded = round_matrix(linear.weight.detach().T.numpy(), seen, block)
                linear.weight.data = torch.from_numpy(rounded.values.T.copy())
                found[f"/layers.{number}/{part}/MatMul"] = rounded
            states = [layer(x, torch.zeros(1)) for x in states]
    return found


def products(layer: nn.Module, states: Sequence[Tensor]) -> dict[str, NDArray[np.float64]]:
    """The sum of x xᵀ over what each matrix of a layer is multiplied with."""
    totals: dict[str, Tensor] = {}

    def add(part: str, inputs: tuple[Tensor, ...]) -> None:
        rows = inputs[0].reshape(-1, inputs[0].shape[-1])
        totals[part] = totals.get(part, torch.zeros(())) + rows.T @ rows

    hooks = [
        getattr(layer, part).register_forward_pre_hook(lambda _, inputs, part=part: add(part, inputs)) for part in PARTS
    ]
    for x in states:
        layer(x, torch.zeros(1))
    for hook in hooks:
        hook.remove()
    return {part: total.double().numpy() for part, total in totals.items()}


def write_full(module: Sentences, path: Path) -> None:
    """The graph in full precision."""
    width = module.place.shape[1]
    names = {"inputs_embeds": {0: "b", 1: "s"}, "mask": {0: "b", 1: "s"}, "vectors": {0: "b"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module, (torch.randn(2, 9, width), torch.ones(2, 9, dtype=torch.int64)), str(path), dynamo=False,
            input_names=["inputs_embeds", "mask"], output_names=["vectors"], opset_version=OPSET, dynamic_axes=names,
        )  # fmt: skip


def narrowed(model: onnx.ModelProto, matrices: dict[str, Rounded], block: int) -> onnx.ModelProto:
    """The graph with these matrices in 4 bits and other large tensors in half precision, widened when it is loaded."""
    graph = model.graph
    tensors = {t.name: t for t in graph.initializer}
    nodes: list[onnx.NodeProto] = []
    widen: list[onnx.NodeProto] = []
    for node in graph.node:
        if node.name not in matrices:
            nodes.append(node)
            continue
        graph.initializer.remove(tensors.pop(node.input[1]))
        nodes.append(product(node, matrices[node.name], block))
        graph.initializer.extend(stored(node.name, matrices[node.name]))
        widen.append(wider(f"{node.name}.half", f"{node.name}.scales"))
    for name, tensor in tensors.items():
        array = numpy_helper.to_array(tensor)
        if array.dtype == np.float32 and array.size > SMALL:
            graph.initializer.remove(tensor)
            graph.initializer.append(numpy_helper.from_array(array.astype(np.float16), f"{name}.half"))
            widen.append(wider(f"{name}.half", name))
    del graph.node[:]
    graph.node.extend([*widen, *nodes])
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    return model


def product(node: onnx.NodeProto, parts: Rounded, block: int) -> onnx.NodeProto:
    """The same product with a matrix of 4 bits."""
    rows, columns = parts.values.shape
    names = [f"{node.name}.{end}" for end in ("nibbles", "scales", "zeros")]
    return helper.make_node(
        "MatMulNBits", [node.input[0], *names], node.output, name=f"{node.name}_4", domain="com.microsoft",
        K=rows, N=columns, bits=4, block_size=block, accuracy_level=4,
    )  # fmt: skip


def stored(name: str, parts: Rounded) -> list[onnx.TensorProto]:
    return [
        numpy_helper.from_array(parts.nibbles, f"{name}.nibbles"),
        numpy_helper.from_array(parts.scales, f"{name}.half"),
        numpy_helper.from_array(parts.zeros, f"{name}.zeros"),
    ]


def wider(source: str, target: str) -> onnx.NodeProto:
    return helper.make_node("Cast", [source], [target], name=f"{target}_wider", to=TensorProto.FLOAT)


def own_texts(most: int = 128) -> list[str]:
    """Passages of ours to round the matrices on, evenly from all files."""
    found = [
        "".join(p if isinstance(p, str) else p.surface or "" for p in passage.parts if not isinstance(p, Choice))
        for passage in read_passages(DATA)
        if passage.annotated
    ]
    return found[:: max(1, len(found) // most)]


def main() -> None:
    """Write the embedder of the package named, and its checksums anew."""
    from kgc.slm.train.pack import seal  # noqa: PLC0415  imports spaCy

    torch.set_num_threads(1)
    package = Path(sys.argv[1])
    export(package, read_base(), own_texts())
    meta = json.loads((package / "meta.json").read_text(encoding="utf-8"))
    seal(package, meta["lang"], meta["seed"])
    written = (package / "embedder" / "embedder.onnx").read_bytes()
    sys.stdout.write(f"{len(written):,} bytes, sha256 {hashlib.sha256(written).hexdigest()}\n")


if __name__ == "__main__":
    main()
